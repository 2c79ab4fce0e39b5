"""`architrave goods`: the list that stands, the next one checked against it, what is refused."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, said, value
from desk_shelves import assessed
from goods_scenes import BODY, SOURCE, agree, day_of, good, listed, table, words
from world import World

from architrave.cli.goods_verbs import read_by
from architrave.desks.tabling import wording_with_evidence
from architrave.institution import acts
from architrave.record.entries import Audience

EVIDENCE, FIRST, NEXT = (f"{BODY}/2027/{one}" for one in ("USA/1", "KOR/1", "JPN/1"))


def digest() -> str:
    return assessed("launches")[0].digest


def evidence(world: World, symbol: str, to: list[str]) -> str:
    title = world.words("Evidence")
    return world.act(
        "USA", BODY, acts.Tabled, symbol=symbol, body=BODY, article="3(1)", to=to,
        wording=wording_with_evidence(title, title, assessed("launches")),
    )  # fmt: skip


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A list that all agreed to, on evidence that one worked out again, and one before the body."""
    world = World()
    world.open(BODY)
    matter = evidence(world, EVIDENCE, world.everyone())
    world.settle()
    world.act(
        "JPN", BODY, acts.Attested, matter=matter, version=matter, evidence=digest(),
        finding="same", result="cd" * 32, versions={"architrave": "0.1"},
    )  # fmt: skip
    soon, later = (day_of(world) + timedelta(days=days) for days in (200, 400))
    first = listed(
        good("dry-film", review=later),
        good("gas", review=soon, evidence=(f"sha256:{digest()}",), hs=(), stage="sem_photoresist"),
    )
    agree(world, table(world, "KOR", first))
    after = listed(good("dry-film", review=later), before=[first], gas="made here")
    table(world, "JPN", after, [first])
    world.settle()
    return lay_out(world, tmp_path_factory.mktemp("nodes"), BODY)


def test_what_stands_is_shown_with_its_evidence_and_who_worked_it_out(
    folders: dict[str, Path],
) -> None:
    sheet = value("goods", "show", folders["USA"], "--body", BODY)
    first, second = sheet["goods"]
    assert (first["id"], first["list"], first["stage"]) == ("gas", FIRST, "sem_photoresist")
    assert first["evidence"] == [
        {"piece": f"sha256:{digest()}", "symbol": EVIDENCE, "again": {"JPN": "same"}}
    ]
    assert second["evidence"] == [{"piece": SOURCE.format("dry-film"), "symbol": "", "again": {}}]
    new, old = sheet["lists"]
    assert (new["symbol"], new["stands"], old["symbol"], old["stands"]) == (
        NEXT, False, FIRST, True,
    )  # fmt: skip
    assert new["changes"]["removed"] == {"gas": words("made here")}
    assert (new["before"], new["lacks"]) == ([old["digest"]], [])
    text = said("goods", "show", folders["USA"], "--body", "economic security forum")
    assert "Critical goods, Economic Security Forum: 2" in text
    assert text.index("gas: gas (en)") < text.index("dry-film: dry-film (en)")
    assert f"evidence: {EVIDENCE}, {digest()[:16]}… (Tokyo: " in text
    assert "removed: gas" in text


def test_a_review_that_is_overdue_says_so(folders: dict[str, Path]) -> None:
    sheet = value("goods", "show", folders["USA"], "--body", BODY, "--as-of", "2028-01-01")
    assert [(one["id"], one["overdue"]) for one in sheet["goods"]] == [
        ("gas", True), ("dry-film", False),
    ]  # fmt: skip
    text = said("goods", "show", folders["USA"], "--body", BODY, "--as-of", "2028-01-01")
    assert "(overdue), " in text


def test_the_next_list_is_written_into_the_one_that_stands(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    out, tree = tmp_path / "goods.csv", tmp_path / "next.json"
    assert value("goods", "export", folders["KOR"], "--body", BODY, "--out", out)["goods"] == 2
    told = fault("goods", "fields", folders["KOR"], out, "--body", BODY, "--out", tree)
    assert "it says what ESF's list says already" in told
    rows = list(csv.DictReader(StringIO(out.read_text(encoding="utf-8"))))
    review = "2028-01-31"
    new = {**rows[0], "id": "resist", "evidence": EVIDENCE, "review": review}
    write(out, [*rows, new])
    answer = value("goods", "fields", folders["KOR"], out, "--body", BODY, "--out", tree)
    assert answer["changes"] == {"added": ["resist"], "removed": {}, "reviewed": [], "reworded": []}
    given = json.loads(tree.read_text(encoding="utf-8"))
    (pledge,) = given["pledges"]
    assert (pledge["id"], pledge["owner"], pledge["due"]) == ("review-resist", "JPN/ESF", review)
    assert given["wording"]["digests"]["list"] == answer["digest"]
    assert given["wording"]["digests"]["resist 1"] == digest()
    assert "3 goods: 1 added, 0 removed" in given["wording"]["summary"]["en"]
    act = value(
        "act", folders["KOR"], "tabled", "--file", tree, "--set", "article=3(1)", "--dry-run"
    )
    assert (act["admitted"], act["symbol"]) == (True, f"{BODY}/2027/KOR/2")


def write(out: Path, rows: list[dict[str, str]]) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]))
        lines.writeheader()
        lines.writerows(rows)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"evidence": ""}, "goods.csv, line 2: evidence is empty"),
        ({"evidence": "sha256:" + "ef" * 32}, "no matter in this record tables an assessment"),
        ({"evidence": FIRST}, "evidence: document: expected assessments"),
        ({"evidence": "ESF/2027/KOR/7"}, "goods.csv, line 2: evidence: 'ESF/2027/KOR/7'"),
        (
            {"review": "2021-01-01"},
            "goods.csv, line 2: dry-film: the review 2021-01-01 is not",
        ),
        ({"stage": "sem_nothing"}, "no product chain has the stage 'sem_nothing'"),
        ({"id": "other"}, "goods.csv: dry-film leaves the list without a reason"),
        ({"removed": "yes", "evidence": "", "review": "", "id": "z"}, "z is removed, and was on"),
    ],
)
def test_a_list_that_cannot_follow_is_refused_and_nothing_is_written(
    folders: dict[str, Path], tmp_path: Path, changed: dict[str, str], why: str
) -> None:
    out, tree = tmp_path / "goods.csv", tmp_path / "next.json"
    value("goods", "export", folders["KOR"], "--body", BODY, "--out", out)
    rows = list(csv.DictReader(StringIO(out.read_text(encoding="utf-8"))))
    write(out, [{**rows[0], **changed}, *rows[1:]])
    assert why in fault("goods", "fields", folders["KOR"], out, "--body", BODY, "--out", tree)
    assert not tree.exists()


def test_where_no_list_stands_there_is_none_to_write(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "goods.csv"
    told = fault("goods", "export", folders["KOR"], "--body", "TDC", "--out", out)
    assert "TDC: no critical-goods list stands" in told
    assert "No list stands." in said("goods", "show", folders["KOR"], "--body", "TDC")
    out.write_text("mine", encoding="utf-8")
    told = fault("goods", "export", folders["KOR"], "--body", BODY, "--out", out)
    assert "something lies there already" in told
    assert out.read_text(encoding="utf-8") == "mine"


def test_what_a_party_of_the_body_cannot_read_is_no_evidence_for_it() -> None:
    world = World()
    world.open(BODY)
    matter = evidence(world, EVIDENCE, world.everyone())
    world.settle()
    shown, everyone = world.stand("JPN", matter), frozenset(world.everyone())
    assert read_by(shown, everyone)
    for logs, read in ((None, True), (everyone - {world.origin("KOR")}, False)):
        tabled = replace(shown.tabled, audience=Audience(logs))
        assert read_by(replace(shown, tabled=tabled), everyone) is read


def test_a_list_that_another_replaced_is_shown_as_such(tmp_path: Path) -> None:
    world = World()
    world.open(BODY)
    review = day_of(world) + timedelta(days=200)
    first = listed(good("a", review=review), good("b", review=review))
    agree(world, table(world, "KOR", first))
    agree(world, table(world, "JPN", listed(good("a", review=review), before=[first], b="why")))
    folders = lay_out(world, tmp_path, BODY)
    text = said("goods", "show", folders["USA"], "--body", BODY)
    assert f"{BODY}/2027/JPN/1: 1 goods, stands" in text
    assert f"{BODY}/2027/KOR/1: 2 goods, replaced" in text
