"""Tables: every row in both forms, every language in columns, and no cell a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from data_scenes import ALL, FORMULAS, SECRETS, scene_of, up, whole_of
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from page_scenes import NASTY

from architrave.institution.register import Register
from architrave.portal.data import tables
from architrave.portal.data.data_whole import Whole, files_of, rebuild
from architrave.portal.data.sheets import csv_file, neutral, xlsx_file
from architrave.portal.data.tables import TABLES, Cell, Sheet, sheet_of

RISKY = "=+-@＝＋－＠\t\r\n"
in_each_scene = pytest.mark.parametrize("name", list(ALL))
each_table = pytest.mark.parametrize("table", list(TABLES))


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def bare(cell: str) -> str:
    """A cell as the record holds it: what docs/api.md tells a reader to do."""
    return cell.removeprefix("'")


def as_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return "" if cell is None else str(cell)


def whole(name: str, register: Register) -> Whole:
    return whole_of(name, up(scene_of(name).world)[0], register)


@in_each_scene
def test_csv_holds_every_row_as_it_is(register: Register, name: str) -> None:
    found = whole(name, register)
    for table in TABLES.values():
        sheet = sheet_of(table, found)
        data = csv_file(sheet)
        assert data.startswith(b"\xef\xbb\xbf")
        head, *rows = read_csv(data)
        assert tuple(head) == sheet.columns
        assert len(set(head)) == len(head)
        assert [[bare(cell) for cell in row] for row in rows] == [
            [as_text(cell) for cell in row] for row in sheet.rows
        ]
        assert all(not cell.startswith(tuple(RISKY)) for row in rows for cell in row)


@in_each_scene
def test_no_row_has_a_cell_without_a_column(register: Register, name: str) -> None:
    found = whole(name, register)
    for table in TABLES.values():
        columns = set(table.columns(found))
        for row in table.rows(found):
            assert set(row) - columns == set(), table.name


@in_each_scene
def test_a_table_can_be_made_from_the_json_alone(register: Register, name: str) -> None:
    found = whole(name, register)
    again = rebuild(files_of(found))
    for table in TABLES.values():
        assert sheet_of(table, again) == sheet_of(table, found)


@in_each_scene
def test_xlsx_holds_every_row_with_typed_dates_and_no_formula(
    register: Register, name: str
) -> None:
    found = whole(name, register)
    for table in TABLES.values():
        sheet = sheet_of(table, found)
        made = load_workbook(io.BytesIO(xlsx_file(sheet)))[table.name]
        assert made.freeze_panes == "A2"
        head, *rows = made.iter_rows()
        assert tuple(cell.value for cell in head) == sheet.columns
        assert len(rows) == len(sheet.rows)
        for row, cells in zip(rows, sheet.rows, strict=True):
            for cell, wanted in zip(row, cells, strict=True):
                assert cell.data_type != "f"
                assert type(cell.value) is kind_of(wanted), (table.name, cell.coordinate)
                if isinstance(wanted, str):
                    assert (cell.value or "") == wanted
                elif isinstance(wanted, datetime):
                    gap = wanted.replace(tzinfo=None) - cell.value
                    assert abs(gap.total_seconds()) < 0.002
                    assert "hh:mm" in cell.number_format
                elif isinstance(wanted, date):
                    assert cell.value.date() == wanted


def kind_of(cell: Cell) -> type:
    if cell is None or cell == "":
        return type(None)
    return datetime if isinstance(cell, date) else type(cell)


@each_table
def test_every_language_has_a_column(register: Register, table: str) -> None:
    columns = TABLES[table].columns(whole("in_force", register))
    families = {one.rpartition("_")[0] for one in columns if one.endswith("_ko")}
    assert families, table
    for family in families:
        assert {f"{family}_{language}" for language in ("ko", "ja", "en")} <= set(columns)


def test_a_charter_in_other_languages_has_them_in_columns(register: Register) -> None:
    columns = TABLES["matters"].columns(whole("five_parties", register))
    assert [one for one in columns if one.startswith("title_")] == ["title_en", "title_fr"]
    assert "stage_ko" in columns


def test_tables_say_what_is_in_the_record(register: Register) -> None:
    found = whole("in_force", register)
    row = dict(zip(*_head_and_first(found, "matters"), strict=True))
    assert (row["stage"], row["article"], row["ticks"], row["ticks_of"]) == (
        "in-force",
        "4(2)",
        6,
        6,
    )
    assert row["title_ko"] == scene_of("in_force").world.words(NASTY)["ko"]
    assert row["body_proposed"] is True
    owed = dict(zip(*_head_and_first(found, "commitments"), strict=True))
    assert (owed["due"], owed["state"], owed["accepted"]) == (date(2027, 3, 31), "held", "JPN")
    assert len(sheet_of(TABLES["events"], found).rows) == len(register.events)
    ids = {one[0] for one in sheet_of(TABLES["promises"], found).rows}
    assert ids == {one.id for one in register.promises}
    lines = sheet_of(TABLES["lines"], found).rows
    assert len(lines) == sum(one.size for one in found.books.books)
    seats = sheet_of(TABLES["seats"], found)
    assert any(row[seats.columns.index("holder")] for row in seats.rows)


def _head_and_first(found: Whole, table: str) -> tuple[tuple[str, ...], tuple[Cell, ...]]:
    sheet = sheet_of(TABLES[table], found)
    return sheet.columns, sheet.rows[0]


def test_nothing_sealed_is_in_a_table(register: Register) -> None:
    for party in scene_of("for_two").world.parties:
        found = whole_of("for_two", party, register)
        for table in TABLES.values():
            text = csv_file(sheet_of(table, found)).decode()
            assert [secret for secret in SECRETS if secret in text] == []
        lines = sheet_of(TABLES["lines"], found)
        place = lines.columns.index
        sealed = [row for row in lines.rows if row[place("what")] == "sealed"]
        assert [row[place("readers")] for row in sealed] == ["JPN KOR"]


# -- formulas ---------------------------------------------------------------------------------


def test_texts_of_the_record_that_are_formulas_are_texts(register: Register) -> None:
    found = whole("formulas", register)
    sheet = sheet_of(TABLES["matters"], found)
    place = sheet.columns.index("title_ko")
    assert {row[place] for row in sheet.rows} == set(FORMULAS)
    cells = {row[place] for row in read_csv(csv_file(sheet))[1:]}
    assert cells == {f"'{text}" for text in FORMULAS}
    made = load_workbook(io.BytesIO(xlsx_file(sheet)))["matters"]
    for row in made.iter_rows(min_row=2):
        assert row[place].data_type in ("s", "inlineStr")
        assert row[place].value in FORMULAS


@given(st.text())
def test_taking_one_mark_off_gives_any_text_back(text: str) -> None:
    assert bare(neutral(text)) == text
    assert not neutral(text).startswith(tuple(RISKY))
    assert neutral(text) == text or text[0] in f"{RISKY}'"


def test_a_number_is_never_marked() -> None:
    sheet = Sheet("t", ("n", "yes", "none"), ((-1, True, None),))
    assert read_csv(csv_file(sheet)) == [["n", "yes", "none"], ["-1", "true", ""]]


def test_lines_end_as_rfc_4180_says_and_quotes_are_doubled() -> None:
    data = csv_file(Sheet("t", ("a", "b"), (('say "yes", twice', "two\nlines"),)))
    assert data.decode("utf-8-sig") == 'a,b\r\n"say ""yes"", twice","two\nlines"\r\n'


# -- what a workbook cannot hold --------------------------------------------------------------


def cell_of(value: Cell) -> object:
    made = load_workbook(io.BytesIO(xlsx_file(Sheet("t", ("a",), ((value,),)))))["t"]
    return made["A2"].value


def test_what_a_workbook_cannot_hold_is_told_in_another_way() -> None:
    assert cell_of("bell\x07, \x1f, \x00") == "bell_x0007_, _x001F_, _x0000_"
    assert cell_of("_x0007_") == "_x005F_x0007_"
    assert cell_of("a\ufffeb") == "a\ufffdb"
    long = cell_of("가" * 40_000)
    assert isinstance(long, str)
    assert (len(long), long.endswith("[…]")) == (32_767, True)
    wide = cell_of("😀" * 20_000)
    assert isinstance(wide, str)
    assert len(wide.encode("utf-16-le")) // 2 <= 32_767
    assert cell_of("<b>&\"'") == "<b>&\"'"
    assert cell_of(date(1850, 1, 2)) == "1850-01-02"
    assert cell_of(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)) is not None


@each_table
def test_the_same_rows_give_the_same_bytes_without_a_time(register: Register, table: str) -> None:
    sheet = sheet_of(TABLES[table], whole("in_force", register))
    data = xlsx_file(sheet)
    assert xlsx_file(sheet) == data
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert {one.date_time for one in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = made.read("docProps/core.xml").decode()
    assert properties.count("1980-01-01T00:00:00Z") == 2
    assert str(datetime.now(UTC).year) not in properties


def test_a_day_is_a_date_and_a_month_is_not() -> None:
    assert tables._day("2027-03-31") == date(2027, 3, 31)
    assert tables._day("2027-03") == "2027-03"
    assert tables._day("2027-02-31") == "2027-02-31"
    assert tables._day("") is None
