"""What files of trade leave out (months, partners, names, editions) is said and never guessed."""

from __future__ import annotations

import pytest
from trade_copies import COUNTRIES, baci_text, baci_trade, new_row, new_text, trade_of

from architrave.desks.errors import BadInput
from architrave.desks.supply.trade.concordance import shipped_concordance
from architrave.desks.supply.trade.mirror import mirrored
from architrave.desks.supply.trade.supplying import supplied

KNOWN = shipped_concordance()
ACID = KNOWN.of_stage("sem_hf")


def test_a_year_of_one_code_and_months_of_another_are_no_whole_year() -> None:
    resists = KNOWN.of_codes(["281111", "370790"])
    rows = [
        new_row("KOR", "M", "JPN", "281111", 120, 12),
        *(new_row("KOR", "M", "JPN", "370790", 10, 1, month=one) for one in (1, 2, 3)),
    ]
    found = supplied(trade_of(a_csv=new_text(rows)), "KOR", resists, 2023)
    assert found is not None
    assert (found.months, found.total.value) == (3, 150)


def test_a_year_and_some_months_of_it_have_no_difference() -> None:
    rows = [new_row("KOR", "M", "JPN", "281111", 120, 12)]
    rows += [new_row("JPN", "X", "KOR", "281111", 9, 1, month=one) for one in (1, 2, 3)]
    found = mirrored(trade_of(a_csv=new_text(rows)), ("KOR",), ACID, 2023)[0]
    assert (found.importer_says, found.exporter_says, found.difference) == (120, 27, None)
    assert not found.same_months
    rows += [new_row("JPN", "X", "KOR", "281111", 9, 1, month=one) for one in range(4, 13)]
    assert mirrored(trade_of(a_csv=new_text(rows)), ("KOR",), ACID, 2023)[0].difference == 12


def test_one_year_in_two_editions_is_said_as_goods_may_be_there_twice() -> None:
    rows = [
        new_row("KOR", "M", "JPN", "854140", 10, 1, classificationCode="H5"),
        new_row("KOR", "M", "JPN", "854142", 10, 1, classificationCode="H6"),
        new_row("USA", "M", "JPN", "854142", 10, 1, classificationCode="H6"),
    ]
    words = "KOR tells 2023 in the editions of 2017 and 2022: goods that have one code in each"
    assert [one.startswith(words) for one in trade_of(a_csv=new_text(rows)).said] == [True]
    known = {"country_codes_csv": COUNTRIES}
    texts = {
        "BACI_HS92_Y2023_csv": baci_text([(2023, "JPN", "KOR", "854140", "1.0", "NA")]),
        "BACI_HS22_Y2023_csv": baci_text([(2023, "JPN", "KOR", "854142", "1.0", "NA")]),
    }
    words = "BACI tells 2023 in the editions of 1992 and 2022"
    assert [one.startswith(words) for one in trade_of(**texts, **known).said] == [True]


@pytest.mark.parametrize(
    ("letters", "number"),
    [("", 899), ("_X", 899), ("N/A", 839), ("W19", 879), ("", 577), ("X1", 837), ("R20", 697)],
)
def test_areas_that_nobody_names_are_no_supplier_by_letters_or_number(
    letters: str, number: int
) -> None:
    rows = [
        new_row("KOR", "M", "JPN", "281111", 60, 1),
        new_row("KOR", "M", "W00", "281111", 100, 1),
        new_row("KOR", "M", "CHN", "281111", 40, 1, partnerISO=letters, partnerCode=number),
    ]
    found = supplied(trade_of(a_csv=new_text(rows)), "KOR", ACID, 2023)
    assert found is not None
    assert [one.name for one in found.suppliers] == ["JPN"]
    assert (found.unnamed, found.index) == (40, (3600, 10_000))


def test_shares_of_some_partners_only_are_not_called_shares_of_all() -> None:
    rows = [new_row("KOR", "M", "JPN", "281111", 10, 1)]
    some = supplied(trade_of(a_csv=new_text(rows)), "KOR", ACID, 2023)
    whole = [*rows, new_row("KOR", "M", "W00", "281111", 40, 4)]
    of_all = supplied(trade_of(a_csv=new_text(whole)), "KOR", ACID, 2023)
    assert some is not None
    assert of_all is not None
    assert (some.suppliers[0].share, some.of_all) == (100, False)
    assert (of_all.suppliers[0].share, of_all.of_all) == (25, True)
    less = [*rows, new_row("KOR", "M", "W00", "281111", 9, 4)]
    below = supplied(trade_of(a_csv=new_text(less)), "KOR", ACID, 2023)
    assert below is not None
    assert not below.of_all
    by_exporter = supplied(
        trade_of(a_csv=new_text([new_row("JPN", "X", "KOR", "281111", 10, 1)])), "KOR", ACID, 2023
    )
    reconciled = supplied(baci_trade(), "KOR", ACID, 2023)
    assert by_exporter is not None
    assert reconciled is not None
    assert (by_exporter.of_all, reconciled.of_all) == (False, True)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"period": "2023Q1"}, r"a.csv, line 2: the period must be a year or a month such as 2024"),
        ({"period": "202313"}, r"the period must be .* not '202313'"),
        ({"period": "202300"}, r"the period must be .* not '202300'"),
        ({"primaryValue": "5_0"}, r"line 2: value must be a number from 0 up, not '5_0'"),
    ],
    ids=["quarter", "month 13", "month 0", "underscore"],
)
def test_a_period_that_is_no_year_or_month_is_no_year(row: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        trade_of(a_csv=new_text([new_row("KOR", "M", "JPN", "281111", 60, 1, **row)]))
