"""Series and notices from sheets: what is seen is read, what is not is refused by its row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from architrave.desks.errors import BadInput
from architrave.desks.exercises.workbook import read_workbook
from architrave.desks.supply.warning.series import read_series
from architrave.desks.supply.warning.sheets import MOST_BYTES, read_sheet

HEAD = ("period", "value", "unit", "currency", "year")
ROW = ("2026-07", 100.5, "USD/kg", "USD", 2026)


def book(*rows: tuple[object, ...], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of one sheet with these rows below the heading, changed where asked."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "gallium"
    for row in (HEAD, *rows):
        sheet.append(row)
    if change is not None:
        change(sheet)
    paper = BytesIO()
    workbook.save(paper)
    return paper.getvalue()


def rewritten(content: bytes, *changes: tuple[str, str]) -> bytes:
    """A workbook with texts of its first sheet's own file replaced."""
    paper = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(paper, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                text = data.decode()
                for before, after in changes:
                    assert before in text
                    text = text.replace(before, after)
                data = text.encode()
            new.writestr(name, data)
    return paper.getvalue()


def refusal(content: bytes, sheet: str | None = None) -> str:
    with pytest.raises(BadInput) as fault:
        read_series("g", *read_sheet("figures.xlsx", content, sheet))
    assert "\n" not in str(fault.value)
    return str(fault.value)


def formats(shown: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet["A2"].number_format = shown

    return change


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("yyyy-mm-dd", "2026-07-01"),
        ("dd/mm/yy", "2026-07-01"),
        ("mmm-yy", "2026-07"),
        ('yyyy"년" m"월"', "2026-07"),
        ("[$-411]yyyy\\-mm", "2026-07"),
        ("yyyy", "2026"),
    ],
)
def test_a_date_is_the_period_that_the_sheet_shows(shown: str, read: str) -> None:
    row = (date(2026, 7, 1), *ROW[1:])
    series = read_series("g", *read_sheet("f.xlsx", book(row, change=formats(shown)), None))
    assert [one.period.text for one in series.points] == [read]


def test_a_figure_has_the_digits_that_a_spreadsheet_counts_with() -> None:
    rows = [("2026-07", 0.1 + 0.2, "t", "none", 2026), ("2026-08", 1e20, "t", "none", 2026.0)]
    series = read_series("g", *read_sheet("f.xlsx", book(*rows), None))
    assert [one.value for one in series.points] == [0.3, 1e20]


def percent(sheet: Any) -> None:
    sheet["B2"].number_format = "0.0%"


def merged(sheet: Any) -> None:
    sheet.merge_cells("B2:B3")


def unsaved(sheet: Any) -> None:
    sheet["B3"] = "=B2*2"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (percent, "gallium, row 2: B2 is shown in percent, and holds 100.5"),
        (merged, "gallium, row 2: B2:B3 is one cell over several"),
        (unsaved, "gallium, row 3: B3 is a formula whose result was not saved"),
    ],
)
def test_a_cell_that_holds_something_else_than_it_shows_is_refused_by_its_row(
    change: Callable[[Any], None], said: str
) -> None:
    rows = (ROW, ("2026-08", None, *ROW[2:]))
    assert said in refusal(book(*rows, change=change))


def test_a_formula_is_read_as_the_result_that_was_saved() -> None:
    content = rewritten(book(ROW, change=lambda sheet: sheet.__setitem__("B2", "=100+1")),
                        ("<v></v>", "<v>101</v>"))  # fmt: skip
    series = read_series("g", *read_sheet("f.xlsx", content, None))
    assert [one.value for one in series.points] == [101.0]


@pytest.mark.parametrize("value", ["#N/A", "#DIV/0!", True, datetime(2026, 7, 1, 12), "1,5"])
def test_what_is_no_figure_is_refused_by_its_row(value: object) -> None:
    content = book(ROW, ("2026-08", value, *ROW[2:]))
    assert "gallium, row 3: value must be a number, or empty if not known" in refusal(content)


def test_a_sheet_that_claims_a_size_that_it_has_not_loses_no_row_and_takes_no_time() -> None:
    rows = [(f"2026-{month:02}", month, *ROW[2:]) for month in range(1, 10)]
    short = rewritten(book(*rows), ('ref="A1:E10"', 'ref="A1:E3"'))
    assert len(read_series("g", *read_sheet("f.xlsx", short, None)).points) == 9
    assert read_workbook("f.xlsx", short)["gallium"].count("\n") == 10
    wide = rewritten(book(*rows), ('ref="A1:E10"', 'ref="A1:XFD1048576"'))
    assert len(read_series("g", *read_sheet("f.xlsx", wide, None)).points) == 9
    assert read_workbook("f.xlsx", wide)["gallium"].count("\n") == 10


def test_a_sheet_with_a_cell_far_away_is_refused() -> None:
    far = book(ROW, change=lambda sheet: sheet.cell(1_048_576, 16_384, 1))
    assert refusal(far) == (
        "gallium: it reaches to row 1048576 and column 16384; "
        "100000 rows and 100 columns are allowed."
    )


def test_what_is_no_workbook_or_unpacks_to_too_much_is_refused() -> None:
    assert (
        refusal(b"period,value\n") == "figures.xlsx: this is no workbook that can be read (.xlsx)."
    )
    paper = BytesIO()
    with ZipFile(paper, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (MOST_BYTES + 1))
    assert f"unpacked it holds {MOST_BYTES + 1} bytes" in refusal(paper.getvalue())
    names = "abcdefghi"
    grown = "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in pairwise(names))
    bomb = f'<!DOCTYPE x [<!ENTITY a "1111111111">{grown}]><worksheet'
    hostile = rewritten(book(ROW), ("<worksheet", bomb), ("<v>100.5</v>", "<v>&i;</v>"))
    assert refusal(hostile) == "figures.xlsx: this is no workbook that can be read (.xlsx)."


def test_a_sheet_is_named_where_there_are_several() -> None:
    content = book(ROW, change=lambda sheet: sheet.parent.create_sheet("notes"))
    assert "it has 2 sheets (gallium, notes); name --sheet." in refusal(content)
    assert "there is no sheet 'x'; it has gallium, notes." in refusal(content, "x")
    assert read_sheet("f.xlsx", content, "gallium")[0] == "gallium"
