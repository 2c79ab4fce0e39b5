"""The verbs of the supply desk read shares in one way, and ignore no option in silence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cli_nodes import fault, run, value
from official_copies import WIOD13
from trade_copies import COUNTRIES, baci_text, new_text

SHARES = {
    "outage --lose JPN:ELE=0.5 --route CHN>KOR=0.2 --psi 0.7 --days 20": (
        "outage --lose JPN:ELE=50% --route CHN>KOR=20% --psi 70% --days 20"
    ),
    "outage --destroy JPN:ELE=90 --rebuild CON=0.7 --rebuild MAC=0.3 --days 20": (
        "outage --destroy JPN:ELE=90 --rebuild CON=70% --rebuild MAC=30% --days 20"
    ),
    "shortage --lose EU27:CHM=0.07": "shortage --lose EU27:CHM=7%",
    "price --add ROW:MIN=-0.1": "price --add ROW:MIN=-10%",
    "embargo --from TWN --to KOR --share 0.5": "embargo --from TWN --to KOR --share 50%",
    "resource --lose EU27:CHM=0.2 --spare 0.04 --party KOR": (
        "resource --lose EU27:CHM=20% --spare 4% --party KOR"
    ),
}


@pytest.mark.parametrize("plain", SHARES, ids=lambda typed: typed.split(" --")[0])
def test_a_share_may_have_a_percent_sign(plain: str) -> None:
    assert value("supply", *SHARES[plain].split()) == value("supply", *plain.split())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("outage --lose JPN:ELE=50", "--lose JPN:ELE=50: without a percent sign a share is a part "
         "of 1; write 50% or 0.5."),
        ("outage --lose JPN:ELE=150%", "--lose JPN:ELE=150%: this share lies from 0 to 1, or 0% to "
         "100%, and 150% does not; write it as in 50% or 0.5."),
        ("outage --lose JPN:ELE=-0.1", "and -0.1 does not; write it as in 50% or 0.5."),
        ("outage --lose JPN:ELE=0.1 --psi nan", "--psi nan: 'nan' is no share; write it as in 50%"),
        ("shortage --lose EU27:CHM=20", "write 20% or 0.2."),
        ("embargo --from TWN --to KOR --share 30", "--share 30: without a percent sign a share"),
        ("price --add ROW:MIN=10", "write 10% or 0.1, or 1000% if so much is meant."),
        ("resource --lose EU27:CHM --spare 5", "write 5% or 0.05, or 500% if so much is meant."),
        ("resource --lose EU27:CHM --spare 2000%", "from 0 to 10, or 0% to 1000%, and 2000% does"),
        ("resource --lose EU27:CHM=0.5 --lose EU27:CHM", "--lose EU27:CHM: EU27:CHM is named twi"),
        ("demand --change USA:TRQ=-1e9", "let demand for USA:TRQ fall by 539290 at the most."),
        ("backtest chip-materials --tables .", "--tables is of tohoku; chip-materials rests on"),
    ],
)  # fmt: skip
def test_what_would_be_misread_or_ignored_is_refused(typed: str, words: str) -> None:
    assert words in fault("supply", *typed.split())
    assert not Path("out.json").exists()


@pytest.mark.parametrize(
    "typed",
    [
        "chokepoints", "mutual", "trade x --stage sem_hf", "resource --lose EU27:CHM=0.5",
        "outage --lose JPN:ELE=0.5 --days 20", "lose batteries CHN",
        "uncertain price --add ROW:MIN=0:0.1 --size 2",
    ],
)  # fmt: skip
def test_a_party_named_twice_is_refused_by_every_verb(typed: str) -> None:
    asked = ("supply", *typed.split(), "--party", "KOR", "--party", "USA", "--party", "KOR")
    assert fault(*asked) == "--party KOR: KOR is named twice."


@pytest.mark.parametrize("typed", ["demand --change KOR:ELE=10", "price --add ROW:MIN=0.1"])
def test_as_json_all_cells_are_told_or_so_many_as_were_asked_for(typed: str) -> None:
    every = value("supply", *typed.split())["cells"]
    some = value("supply", *typed.split(), "--top", "3")["cells"]
    assert len(every) == 140
    assert list(some.items()) == list(every.items())[:3]
    assert "the 12 largest" in run("supply", *typed.split()).stdout


def test_an_extract_keeps_to_the_stages_that_are_named(tmp_path: Path) -> None:
    baci, countries = tmp_path / "BACI_HS22_Y2023.csv", tmp_path / "country_codes.csv"
    baci.write_text(baci_text(), encoding="utf-8")
    countries.write_text(COUNTRIES, encoding="utf-8")
    path = tmp_path / "TradeData.csv"
    path.write_bytes(new_text().encode("latin-1"))
    for name, stages in (("all", ()), ("one", ("--stage", "sem_hf"))):
        run("supply", "trade", path, *stages, "--extract", tmp_path / name)
    lines = {
        name: (tmp_path / name / "TradeData.csv").read_text(encoding="utf-8").splitlines()
        for name in ("all", "one")
    }
    assert set(lines["one"]) < set(lines["all"])
    asked = ("--stage", "sem_hf")
    whole, kept = (
        value("supply", "trade", one, *asked)["supplied"]
        for one in (path, tmp_path / "one" / "TradeData.csv")
    )
    assert kept == whole
    for option in (("--party", "KOR"), ("--year", "2023"), ("--top", "3"), ("--fields", "x.json")):
        said = fault("supply", "trade", path, "--extract", tmp_path / "no", *option)
        assert f"--extract only writes rows, and {option[0]} is of an answer: leave" in said
    assert not (tmp_path / "no").exists()


def test_two_tables_of_one_year_are_refused_by_their_files(tmp_path: Path) -> None:
    labels = {"countries": ["JPN", "USA", "ROW"], "sectors": ["c14", "c35"]}
    told = {"name": "invented", "unit": "million", "currency": "USD"}
    files = [tmp_path / name for name in ("a_2010.npz", "b_2011.npz", "c_2010.npz")]
    for file in files:
        np.savez(file, Z=WIOD13.Z, Y=WIOD13.Y, x=WIOD13.x, **labels, **told)
    parties = ("--party", "JPN", "--party", "USA")
    pairs = value("supply", "mutual", *files[:2], *parties, "--json")["pairs"]
    assert [(one["year"], one["of"]) for one in pairs] == [
        (2010, "JPN"), (2010, "USA"), (2011, "JPN"), (2011, "USA"),
    ]  # fmt: skip
    for first, second in ((files[0], files[2]), (files[1], files[1])):
        year = first.stem[-4:]
        assert fault("supply", "mutual", first, second, *parties) == (
            f"{first} and {second} are both tables of {year}: name one for each year."
        )
