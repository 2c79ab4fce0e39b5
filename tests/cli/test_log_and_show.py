from __future__ import annotations

from pathlib import Path

import pytest
from cli_nodes import fault, said, value
from cli_scenes import Scene

from architrave.record.proofs import parse_offline_proof, verify_offline_proof


def lines_of(node: str, party: str) -> list[dict[str, object]]:
    (book,) = value("log", node, party, "--from", "1", "--count", "1000")
    return list(book["lines"])


# log


def test_each_copy_holds_the_same_lines_of_each_book(demo: Path) -> None:
    for party in ("JPN", "KOR", "USA"):
        heads = [
            [(line["line"], line["at"]) for line in lines_of(node, party)]
            for node in ("Tokyo", "Seoul", "Washington")
        ]
        shortest = min(map(len, heads))
        assert shortest > 10
        assert heads[0][:shortest] == heads[1][:shortest] == heads[2][:shortest]


def test_what_is_sealed_for_two_is_a_sealed_text_to_the_third(demo: Path, scene: Scene) -> None:
    seen = {node: lines_of(node, "JPN") for node in ("Tokyo", "Seoul", "Washington")}
    place = next(line for line in seen["Tokyo"] if line["what"] == "deposited")["line"]
    row = {node: next(r for r in rows if r["line"] == place) for node, rows in seen.items()}
    assert row["Washington"]["what"] == "deposited"
    assert (row["Seoul"]["what"], row["Seoul"]["name"]) == ("sealed", "")
    assert set(row["Seoul"]["to"]) == {"JPN", "USA"}
    assert scene.sealed not in said("log", "Seoul", "JPN", "--count", "100")
    assert "sealed text for" in said("log", "Seoul", "JPN", "--count", "100")


def test_a_few_lines_are_shown_from_where_one_asks(demo: Path) -> None:
    (book,) = value("log", "Seoul", "도쿄", "--from", "2", "--count", "3")
    assert [line["line"] for line in book["lines"]] == [2, 3, 4]
    assert book["party"] == "JPN"
    (last,) = value("log", "Seoul", "JPN", "--count", "1")
    assert last["lines"][0]["line"] == last["size"]
    assert "It ends with line" in said("log", "Seoul", "JPN", "--from", "9000")


def test_an_acknowledgement_says_how_far_it_reaches(demo: Path) -> None:
    row = next(line for line in lines_of("Seoul", "KOR") if line["what"] == "acknowledgement")
    assert row["acknowledges"]
    assert row["name"] == row["about"] == row["seat"] == ""


# show: a matter


def test_a_matter_in_effect_has_all_its_ticks(demo: Path) -> None:
    sheet = value("show", "Tokyo", "tdc/2027/kor/1")
    (version,) = sheet["versions"]
    assert (sheet["standing"], sheet["stage"], sheet["awaiting"]) == ("in effect", "in-force", [])
    assert all(version["has_all"].values())
    assert all(version["knows"].values())
    assert sheet["explained"]["decided"] is True
    assert sheet["explained"]["changes"] == []
    assert "only notice is left" in said("show", "Tokyo", "TDC/2027/KOR/1")
    (commitment,) = version["commitments"]
    assert commitment["owner"] == "JPN/TDC"


def test_an_objection_is_explained_and_so_is_what_would_change_it(demo: Path) -> None:
    explained = value("show", "Seoul", "TDC/2027/JPN/1")["explained"]
    assert explained["decided"] is False
    assert explained["roles"]["KOR"] == "blocks"
    assert explained["smallest"] == 2
    assert {"JPN": "concur", "KOR": "concur"} in explained["changes"]
    text = said("show", "Seoul", "TDC/2027/JPN/1")
    assert "Remedy sought: Half of it (en)" in text
    assert "nothing is decided while this stands" in text
    assert "awaits Seoul: its objection stands" in text


def test_a_silence_shows_each_partys_own_period(demo: Path) -> None:
    (version,) = value("show", "Seoul", "ESFBT/2027/USA/1")["versions"]
    assert {run["party"] for run in version["silence"]} == {"JPN", "KOR", "USA"}
    assert all(run["ends"] >= version["expiry"] and not run["kept"] for run in version["silence"])
    assert "own period has still to run" in said("show", "Seoul", "ESFBT/2027/USA/1")


def test_a_matter_is_found_by_its_name_and_by_its_line(demo: Path, scene: Scene) -> None:
    line = value("show", "Seoul", scene.plan[:10])
    assert line["act"]["symbol"] == "TDC/2027/KOR/1"
    assert line["line"]["name"] == scene.plan
    assert value("show", "Seoul", f"KOR:{line['line']['line']}") == line


def test_a_consultation_shows_who_answered_and_who_has_not(demo: Path) -> None:
    sheet = value("show", "Washington", "TDC/2027/USA/1")
    assert [row["party"] for row in sheet["answers"]] == ["JPN"]
    assert sheet["awaiting"] == ["KOR"]
    assert sheet["closed"] is None


def test_as_of_a_date_the_matter_is_not_there_yet(demo: Path) -> None:
    assert "names no record entry here" in fault(
        "show", "Seoul", "TDC/2027/KOR/1", "--as-of", "2026-12-31"
    )


# show: a line, and its proof


def test_a_line_lies_between_what_it_had_seen_and_the_co_signatures(demo: Path) -> None:
    for number in range(2, 12):
        times = value("show", "Tokyo", f"KOR:{number}")["times"]
        assert times["not_before"] is None or times["not_before"] <= times["claimed"]
        assert times["claimed"] <= times["not_after"]
        assert times["outside"] is False


def test_a_claim_outside_its_interval_is_flagged(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from architrave.cli import evidence

    monkeypatch.setattr(evidence, "_cosigned_by", lambda look, tip: 1)
    assert value("show", "Tokyo", "KOR:3")["times"]["outside"] is True
    assert "OUTSIDE" in said("show", "Tokyo", "KOR:3")


def test_who_has_received_a_line_is_read_from_their_own_books(demo: Path) -> None:
    rows = value("show", "Tokyo", "KOR:2")["received"]
    assert {row["party"] for row in rows} == {"JPN", "USA"}
    assert all(row["line"] >= 1 for row in rows)


def test_a_proof_convinces_whoever_has_the_founding(
    demo: Path, scene: Scene, tmp_path: Path
) -> None:
    file = tmp_path / "line.tlog-proof"
    said("show", "Seoul", "JPN:3", "--proof", file)
    entry = (tmp_path / "line.tlog-proof.entry").read_bytes()
    author = scene.world.founding.named("JPN")
    others = [one.cosigner for one in scene.world.founding.members if one.name != "JPN"]
    proof = parse_offline_proof(file.read_bytes())
    checkpoint = verify_offline_proof(proof, entry, author.log_key, others)
    assert (proof.index, checkpoint.origin) == (2, author.origin)
    assert "is there already" in fault("show", "Seoul", "JPN:3", "--proof", file)


def test_the_newest_line_has_no_proof_before_all_have_co_signed_it(
    demo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from architrave.cli import evidence

    monkeypatch.setattr(evidence, "_cosigned_by", lambda look, tip: None)
    file = tmp_path / "line.tlog-proof"
    assert "co-signed" in fault("show", "Seoul", "JPN:3", "--proof", file)
    assert not file.exists()
