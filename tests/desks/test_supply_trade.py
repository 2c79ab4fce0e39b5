"""Trade by six-digit code: shares by hand, missing weights said, both ends shown, rows by line."""

from __future__ import annotations

import csv
import gzip
import random
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from supply_tables import ECONOMY
from trade_copies import (
    BACI_ROWS,
    COUNTRIES,
    NEW_ROWS,
    NUMBERS,
    baci_text,
    baci_trade,
    new_row,
    new_text,
    old_text,
    trade_of,
)
from world import ROOT

from architrave.desks.errors import BadInput
from architrave.desks.evidence import digest_of
from architrave.desks.registry import Shelf, rerun
from architrave.desks.supply.chains.reading import SHIPPED, shipped_chain
from architrave.desks.supply.trade.assessing import assess_trade
from architrave.desks.supply.trade.concordance import read_concordance, shipped_concordance
from architrave.desks.supply.trade.mirror import mirrored
from architrave.desks.supply.trade.model import Teller
from architrave.desks.supply.trade.reading import read_trade
from architrave.desks.supply.trade.sources import given_text
from architrave.desks.supply.trade.supplying import supplied, supplies, trade_basis

KNOWN = shipped_concordance()
ACID = KNOWN.of_stage("sem_hf")


def test_shares_the_index_and_unit_values_are_what_a_hand_reckons() -> None:
    found = supplied(baci_trade(), "KOR", ACID, 2023)
    assert found is not None
    assert [(one.name, one.share) for one in found.suppliers] == [
        ("JPN", 50.0), ("CHN", 30.0), ("USA", 20.0),
    ]  # fmt: skip
    assert found.index == (3800.0, 3800.0)
    assert found.teller is Teller.RECONCILED
    assert found.total.value == 1_000_000
    # 500,000 dollars for 200 tons; the weight of the third supplier is missing, and is not 0.
    japan, china, other = (one.priced for one in found.suppliers)
    assert (japan.unit_value, china.unit_value) == (2.5, 0.75)
    assert (other.weight, other.unit_value, other.weighed) == (None, None, 0.0)
    assert found.total.unit_value == pytest.approx(800_000 / 600_000)
    assert found.total.weighed == 800_000


def test_each_year_is_told_and_the_newest_stands_first() -> None:
    trade = baci_trade()
    assert trade.years == (2023, 2022)
    both = supplies(trade, ("KOR",), (ACID,), (2022, 2023))
    assert [(one.year, one.suppliers[0].share) for one in both] == [(2022, 60.0), (2023, 50.0)]
    assert [one.year for one in supplies(trade, ("KOR", "JPN"), (ACID,))] == [2023]
    newest = trade_basis(trade).newest
    assert newest.startswith("BACI_HS22_Y2023.csv: 2023; country_codes.csv: not dated; concordance")
    with pytest.raises(BadInput, match=r"nothing is told of 1999; the files tell of 2023, 2022\."):
        supplies(trade, ("KOR",), (ACID,), (1999,))


def test_what_the_whole_holds_beyond_its_partners_has_no_supplier() -> None:
    found = supplied(trade_of(a_csv=new_text()), "KOR", ACID, 2023)
    assert found is not None
    assert found.teller is Teller.IMPORTER
    assert found.unnamed == pytest.approx(100 * 100_000 / 1_100_000)
    shares = {one.name: one.share for one in found.suppliers}
    low = sum(share**2 for share in shares.values())
    high = (shares["JPN"] + found.unnamed) ** 2 + shares["CHN"] ** 2
    assert found.index == pytest.approx((low, high))


def test_a_weight_of_nothing_beside_a_value_is_a_missing_weight() -> None:
    found = supplied(trade_of(a_csv=new_text()), "KOR", ACID, 2023)
    assert found is not None
    china = next(one for one in found.suppliers if one.name == "CHN")
    assert china.priced.weight is None
    assert china.priced.unit_value is None


def test_both_ends_of_a_trade_are_shown_and_re_exports_are_named() -> None:
    rows = mirrored(trade_of(a_csv=new_text()), ("KOR",), ACID, 2023)
    told = {
        row.supplier: (row.importer_says, row.exporter_says, row.difference, row.again)
        for row in rows
    }
    assert told == {
        "JPN": (600_000, 550_000, 50_000, 50_000),
        "CHN": (400_000, None, None, None),
    }
    assert mirrored(baci_trade(), ("KOR",), ACID, 2023) == ()


def test_where_an_importer_is_silent_the_exporters_are_heard_and_that_is_said() -> None:
    text = new_text([new_row("JPN", "X", "USA", "281111", 10, 5)])
    found = supplied(trade_of(a_csv=text), "USA", ACID, 2023)
    assert found is not None
    assert found.teller is Teller.EXPORTER


def test_other_asia_is_one_supplier_under_the_code_that_is_printed() -> None:
    memories = KNOWN.of_codes(["854232"])
    for trade in (baci_trade(), trade_of(a_csv=new_text())):
        found = supplied(trade, "KOR", memories, 2023)
        assert found is not None
        assert [one.name for one in found.suppliers] == ["S19"]


def test_the_older_download_is_read_by_its_own_columns() -> None:
    trade = trade_of(old_csv=old_text())
    found = supplied(trade, "KOR", ACID, 2019)
    assert found is not None
    assert [(one.name, one.share) for one in found.suppliers] == [("JPN", 80.0), ("CHN", 20.0)]
    assert found.suppliers[0].priced.unit_value == 8.0
    assert found.suppliers[1].priced.unit_value is None
    assert mirrored(trade, ("KOR",), ACID, 2019)[0].again == 70


def test_months_are_summed_and_a_year_that_is_not_whole_says_so() -> None:
    rows = [new_row("KOR", "M", "JPN", "281111", 10, 1, month=one) for one in (1, 2, 3)]
    found = supplied(trade_of(a_csv=new_text(rows)), "KOR", ACID, 2023)
    assert found is not None
    assert (found.months, found.total.value) == (3, 30)
    whole = [*rows, new_row("KOR", "M", "JPN", "281111", 120, 12)]
    trade = trade_of(a_csv=new_text(whole))
    found = supplied(trade, "KOR", ACID, 2023)
    assert found is not None
    assert (found.months, found.total.value) == (12, 120)
    assert "3 rows of months are passed over, as the year is told" in trade.said


def test_what_is_passed_over_is_counted_and_a_part_without_its_whole_is_refused() -> None:
    said = trade_of(a_csv=new_text()).said
    assert "1 rows that only break a whole down are passed over" in said
    assert "1 rows of other flows (re-imports and such) are passed over" in said
    part = new_row("KOR", "M", "USA", "281111", 9, 9, partner2Code=842, partner2ISO="USA")
    with pytest.raises(
        BadInput, match=r"a.csv, line 11: the row of KOR with USA, 281111 in 2023, is a"
    ):
        trade_of(a_csv=new_text([*NEW_ROWS, part]))


def test_a_code_of_another_edition_is_said() -> None:
    rows = [new_row("KOR", "M", "JPN", "854140", 10, 1, classificationCode="H6")]
    said = trade_of(a_csv=new_text(rows)).said
    assert said == ("codes of another meaning or edition than here: 854140 (edition of 2022)",)


def test_each_edition_is_held_against_its_own_rows() -> None:
    rows = [
        new_row("KOR", "M", "JPN", "854140", 10, 1, year=2019, classificationCode="H5"),
        new_row("KOR", "M", "JPN", "854141", 10, 1, classificationCode="H6"),
    ]
    assert trade_of(a_csv=new_text(rows)).said == ()
    said = baci_trade([(2023, "JPN", "KOR", "854140", "1.0", "NA")]).said
    assert said == ("codes of another meaning or edition than here: 854140 (edition of 2022)",)


def test_numbers_without_letters_are_resolved_by_the_list_of_countries() -> None:
    rows = [new_row("KOR", "M", "JPN", "281111", 10, 1, reporterISO="", partnerISO="")]
    alone = trade_of(a_csv=new_text(rows))
    assert [(flow.importer, flow.exporter) for flow in alone.flows] == [("code 410", "code 392")]
    both = trade_of(a_csv=new_text(rows), country_codes_csv=COUNTRIES)
    assert [(flow.importer, flow.exporter) for flow in both.flows] == [("KOR", "JPN")]


def _baci_with(line: int, row: str) -> dict[str, str]:
    lines = baci_text().splitlines()
    lines[line - 1] = row
    return {"b_csv": "\n".join(lines) + "\n", "country_codes_csv": COUNTRIES}


@pytest.mark.parametrize(
    ("line", "row", "words"),
    [
        (2, "2022,392,410,281111,much,1", r"b.csv, line 2: v must be a number .* not 'much'"),
        (3, "2022,392,410,281111,-4,1", r"b.csv, line 3: v must be a number from 0 up, not '-4'"),
        (3, "2022,392,410,281111,,1", r"b.csv, line 3: v is empty"),
        (4, "2022,392,410,281111,4,heavy", r"b.csv, line 4: q must be a number"),
        (4, "22,392,410,281111,4,1", r"b.csv, line 4: t must be a year such as 2024, not '22'"),
        (5, "2022,777,410,281111,4,1", r"b.csv, line 5: i is '777', which is not in the list"),
        (5, "2022,392,410,281111,4", r"b.csv, line 5: 6 cells were expected, 5 found"),
        (3, "2022,392,410,281111,4,1", r"b.csv, line 3: JPN to KOR, 281111 in 2022, is told other"),
    ],
)
def test_a_bad_row_is_named_by_its_line(line: int, row: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        trade_of(**_baci_with(line, row))


def test_files_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(BadInput, match=r"b.csv: its countries are numbers; give the country_code"):
        trade_of(b_csv=baci_text())
    with pytest.raises(BadInput, match=r"x.csv, line 1: its columns are neither those of BACI"):
        trade_of(x_csv="a,b\n1,2\n")
    with pytest.raises(BadInput, match=r"no row of the \d+ codes asked for"):
        trade_of(b_csv=baci_text(BACI_ROWS[-1:]), c_csv=COUNTRIES)
    with pytest.raises(BadInput, match=r"x.csv: it holds no row below a heading"):
        trade_of(x_csv="t,i,j,k,v,q\n")
    bad = new_text([new_row("KOR", "M", "JPN", "281111", "", 1)])
    with pytest.raises(BadInput, match=r"a.csv, line 2: the value is empty"):
        trade_of(a_csv=bad)


FLOWS = st.lists(
    st.tuples(
        st.sampled_from([2021, 2022]),
        st.sampled_from(list(NUMBERS)),
        st.sampled_from(["KOR", "JPN"]),
        st.sampled_from(["281111", "854232", "850760"]),
        st.floats(0.001, 1e7).map(lambda one: f"{one:.3f}"),
        st.one_of(st.just("NA"), st.floats(0.001, 1e6).map(lambda one: f"{one:.3f}")),
    ),
    min_size=1, max_size=40, unique_by=lambda one: one[:4],
)  # fmt: skip


@settings(max_examples=60)
@given(FLOWS, st.integers(0, 1000))
@example([(2022, "CHN", "KOR", "854232", "6081539.562", "NA"),
          (2022, "JPN", "KOR", "854232", "4727005.875", "NA"),
          (2022, "KOR", "KOR", "854232", "6036269.250", "NA")], 0)  # fmt: skip
def test_shares_are_a_hundred_in_all_and_the_order_of_rows_does_not_matter(
    rows: list[tuple[object, ...]], seed: int
) -> None:
    trade = baci_trade(rows)
    mixed = list(rows)
    random.Random(seed).shuffle(mixed)
    assert baci_trade(mixed).flows == trade.flows
    for one in supplies(trade, ("KOR", "JPN"), KNOWN.covered(), trade.years):
        assert sum(who.share for who in one.suppliers) + one.unnamed == pytest.approx(100)
        assert one.index[0] <= one.index[1] <= 10_000 * (1 + 1e-12)
        assert sum(code.value for code in one.by_code.values()) == pytest.approx(one.total.value)
        for who in one.suppliers:
            assert (who.priced.weight is None) == (who.priced.unit_value is None)


def test_the_same_file_twice_or_under_two_names_changes_nothing() -> None:
    once = trade_of(a_csv=new_text())
    files = [given_text("a.csv", new_text()), given_text("b.csv", new_text())]
    twice = read_trade(files, KNOWN)
    assert twice.flows == once.flows
    rows = [*NEW_ROWS[1:3], *NEW_ROWS]
    assert trade_of(a_csv=new_text(rows)).flows == once.flows


def _shelf(*texts: str) -> Shelf:
    own = (ROOT / "data" / "chains" / "concordance.csv").read_text(encoding="utf-8")
    return Shelf({digest_of(one.encode()): one for one in (*texts, own)}, {}, ("JPN", "KOR", "USA"))


def test_another_capital_with_the_same_files_finds_the_same_and_with_others_does_not() -> None:
    texts = {"BACI_HS22_Y2023.csv": baci_text(), "country_codes.csv": COUNTRIES}
    trade = read_trade([given_text(*one) for one in texts.items()], KNOWN)
    found = assess_trade(trade, KNOWN, ("JPN", "KOR", "USA"), stages=["sem_hf"], years=[2022, 2023])
    again = rerun(found, _shelf(*texts.values()))
    assert again.document == found.document
    assert again.digest == found.digest
    assert found.result["KOR.2023.sem_hf"]["shares"] == {"JPN": 50.0, "CHN": 30.0, "USA": 20.0}
    with pytest.raises(BadInput, match=r"BACI_HS22_Y2023.csv: nothing here has the SHA-256"):
        rerun(found, _shelf(baci_text(BACI_ROWS[1:]), COUNTRIES))
    for name, value in (("top", 0), ("years", ["x"]), ("stages", ["sem_hf"] * 61), ("codes", 7)):
        other = replace(found, parameters={**found.parameters, name: value})
        with pytest.raises(BadInput, match="supply: "):
            rerun(other, _shelf(*texts.values()))


def test_every_code_of_the_chains_is_in_the_concordance_with_its_stage() -> None:
    links = {(one.code, one.stage) for one in KNOWN.links}
    for name in SHIPPED:
        for stage in shipped_chain(name).stages.values():
            assert {(code, stage.id) for code in stage.hs6} <= links
    stages = {stage for name in SHIPPED for stage in shipped_chain(name).stages}
    assert {one.stage for one in KNOWN.links} <= stages | {""}
    assert {one.code[:4] for one in KNOWN.links} >= {
        "8541", "8542", "8486", "8507", "3818", "2811", "2825", "3707",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("85423,,2007,,w,s", r"c.csv, line 2: hs6 must be six digits, not '85423'"),
        ("854232,,2007,1999,w,s", r"c.csv, line 2: hs_to must be a whole number from 2007"),
        ("854232,,2007,,,s", r"c.csv, line 2: wider is empty"),
        ("854232,,2007,,w,s\n854232,,2007,,w,s", r"c.csv, line 3: 854232 without a stage is there"),
    ],
)
def test_a_faulty_concordance_is_refused_by_its_line(row: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_concordance("c.csv", f"hs6,stage_id,hs_from,hs_to,wider,source\n{row}\n")
    with pytest.raises(BadInput, match=r"no code is known for the stage 'sem_osat'"):
        KNOWN.of_stage("sem_osat")
    with pytest.raises(BadInput, match="'8542' is no six-digit code"):
        KNOWN.of_codes(["8542"])


def test_real_exports_of_chips_come_to_the_sums_of_their_own_rows() -> None:
    path = ECONOMY / "taiwan_hs8542_exports_2013_2025.csv.gz"
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the project.")
    iso = {"Japan": "JPN", "South Korea": "KOR", "United States": "USA"}
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["partner"] in iso:
                sums[row["Year"], iso[row["partner"]], row["hs6"]] += int(row["usd"])
    assert {who for _, who, _ in sums} == set(iso.values())
    text = old_text(
        [
            (int(year), "Export", "S19", who, code, "", value)
            for (year, who, code), value in sums.items()
        ]
    )
    trade = trade_of(real_csv=text)
    assert trade.years[0] == 2025
    for one in supplies(trade, ("JPN", "KOR", "USA"), KNOWN.covered(), trade.years):
        wanted = sum(sums[str(one.year), one.party, code] for code in one.covered.codes)
        assert one.total.value == wanted
        assert one.teller is Teller.EXPORTER
        assert one.total.unit_value is None
