"""What each verb of the supply desk tables with --fields: its question, read and found again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_nodes import fault, run
from desk_shelves import shelf
from trade_copies import COUNTRIES, baci_text

from architrave.desks.evidence import Assessment, differences, digest_of
from architrave.desks.registry import Shelf, rerun
from architrave.desks.supply.questions import QUESTIONS
from architrave.desks.tabling import assessments_in

TABLED = {
    "where inputs come from": "exposure KOR:ELE",
    "on what most hangs": "chokepoints --top 3",
    "demand changes": "demand --change KOR:ELE=100",
    "costs rise": "price --add ROW:MIN=0.1",
    "an embargo": "embargo --from ROW:MIN --to KOR",
    "a shortage": "shortage --lose TWN:ELE=0.3",
    "days after a shock": "outage --lose JPN:ELE=0.5 --for 5 --days 30",
    "a way round a loss": "resource --lose EU27:CHM=0.5",
    "a supplier is lost": "lose batteries AUS --days 90 --stage bat_li_mine --stock 30",
    "who supplies": "trade {0} {1} --stage sem_hf --year 2022",
    "which assumption matters": "uncertain shortage --lose TWN:ELE=0.1:0.3 --size 2",
    "output after a loss, with a band": (
        "uncertain outage --lose JPN:CHM=0.2:0.5 --for 5:20 --days 40 --paths --size 4"
    ),
    "single points": "",
    # Of several tables, and beside another question: test_supply_mutual_verb.py asks both.
    "mutual dependence by year": "",
    "how far one depends on another": "",
}


def tabled(typed: list[str], out: Path) -> Assessment:
    noted = run(*typed, "--fields", str(out)).stderr
    told = "holds the fields. Add a title and a summary in each language, then: architrave act NODE"
    assert told in " ".join(noted.split())
    wording = json.loads(out.read_text(encoding="utf-8"))["wording"]
    (found,) = assessments_in(wording["document"])
    return found


def test_every_question_of_the_desk_is_tabled_by_a_verb(tmp_path: Path) -> None:
    assert set(TABLED) == set(QUESTIONS)
    out = tmp_path / "points.json"
    run("evidence", "fields", "supply", "--out", str(out))
    found = assessments_in(json.loads(out.read_text(encoding="utf-8"))["wording"]["document"])
    assert {one.question for one in found} == {"single points"}


@pytest.mark.parametrize("question", [name for name, typed in TABLED.items() if typed])
def test_what_a_verb_tables_is_its_question_and_is_found_again(
    question: str, tmp_path: Path
) -> None:
    baci, countries = tmp_path / "BACI_HS22_Y2023.csv", tmp_path / "country_codes.csv"
    baci.write_text(baci_text(), encoding="utf-8")
    countries.write_text(COUNTRIES, encoding="utf-8")
    typed = TABLED[question].format(baci, countries).split()
    found = tabled(["supply", *typed], tmp_path / "fields.json")
    assert found.question == question
    texts = {digest_of(text.encode()): text for text in (baci_text(), COUNTRIES)}
    here = Shelf({**shelf().tables, **texts}, {}, ("JPN", "KOR", "USA"))
    assert differences(found.document, rerun(found, here).document) == ()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("chokepoints --party KOR --party KOR", "--party KOR: KOR is named twice."),
    ],
)
def test_what_another_capital_would_refuse_is_not_written(
    typed: str, words: str, tmp_path: Path
) -> None:
    out = tmp_path / "fields.json"
    assert words in fault("supply", *typed.split(), "--fields", str(out))
    assert not out.exists()
