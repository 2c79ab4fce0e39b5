"""Evidence of a matter worked out again, in a process with limits."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, run, said, value
from desk_examples import notebook
from desk_shelves import assessed, shipped_facts, tables
from world import World

from architrave.cli import evidence_verbs, rerunning
from architrave.cli.act_verbs import Way, entered
from architrave.cli.desk_tables import LONGEST_TABLE, marking, tables_by_digest, tables_in
from architrave.cli.evidence_verbs import attestation
from architrave.cli.faults import Unclear
from architrave.cli.look import look
from architrave.cli.rerunning import Inputs, NotRerun, rerun_apart
from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, digest_of
from architrave.desks.tabling import wording_with_evidence
from architrave.institution import acts
from architrave.institution.attestations import MOST_CELLS

SAME, CHANGED, ENDLESS, PLAIN = (f"TDC/2027/KOR/{place}" for place in range(1, 5))


@cache
def launches() -> Assessment:
    (found,) = assessed("launches")
    return found


def changed() -> Assessment:
    result = {**launches().result, "soon": 1, "\x1b[31mred": "x" * 200}
    return replace(launches(), result=result, versions={"architrave": "0.0.1"})


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node with four matters: evidence that holds, that does not, without end, and none."""
    world = World()
    world.open("TDC")
    endless = replace(launches(), parameters={**launches().parameters, "shuffles": 100_000})
    given = [[launches(), *assessed("dialogues"), *assessed("interoperability")], [changed()]]
    given += [[endless, replace(launches(), desk="nowhere")]]
    words = world.words("evidence")
    wordings = [wording_with_evidence(words, words, found) for found in given]
    wordings[1] = acts.Wording(words, words, "note", "political", wordings[1].document, {})
    wordings.append(acts.Wording(words, words, "note", "political", "a text of a plan"))
    for symbol, wording in zip((SAME, CHANGED, ENDLESS, PLAIN), wordings, strict=True):
        world.act(
            "KOR", "TDC", acts.Tabled, symbol=symbol, body="TDC", article="3(1)", wording=wording
        )
    world.settle()
    return lay_out(world, tmp_path_factory.mktemp("evidence"), "TDC")["KOR"]


@pytest.mark.slow
def test_a_plan_and_drills_are_worked_out_again_within_the_limits() -> None:
    files = tables("examples/exercises")
    texts = {digest_of(one.encode()): one for one in files.values()}
    inputs = Inputs(texts, {}, ("JPN", "KOR", "USA"))
    for tabled in (assessed("exercises")[0], *assessed("consultation")):
        again = rerun_apart(tabled, inputs, 60)
        assert again["result"] == json.loads(json.dumps(tabled.document["result"]))


@pytest.mark.slow
def test_what_holds_is_the_same_line_by_line(node: Path) -> None:
    lines = run("evidence", "check", node, SAME).stdout.splitlines()
    names = ["launches", "dialogues", *["interoperability"] * 4]
    heads = [line for line in lines if not line.startswith(" ")]
    assert heads == [f"{name}: the same, worked out again" for name in names]
    assert lines[1] == "  newest: launches: 2026-08-20; register: 2025-10-29"


@pytest.mark.slow
def test_what_does_not_hold_is_told_cell_by_cell(node: Path) -> None:
    result = run("evidence", "check", node, CHANGED)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "launches: different in 2 cells (by another version)"
    assert "is not among those that the matter names" in lines[2]
    assert lines[3].startswith("  result.?[31mred: tabled xxx")
    assert lines[3].endswith("…, here (absent)")
    soon = launches().result["soon"]
    assert lines[4] == f"  result.soon: tabled 1, here {soon}"
    assert "\x1b" not in result.stdout
    found = value("evidence", "check", node, CHANGED, code=1)
    assert (found["symbol"], found["version"]) == (CHANGED, 1)
    (row,) = found["assessments"]
    assert (row["state"], row["named"], row["other_versions"]) == ("different", False, True)
    assert row["cells"][1] == {"cell": "result.soon", "tabled": 1, "again": soon}


@pytest.mark.slow
def test_work_without_end_is_ended_and_an_unknown_desk_is_named(node: Path) -> None:
    told = said("evidence", "check", node, ENDLESS, "--seconds", 9, code=1)
    assert "launches: not worked out again: it was not done after 9 seconds." in told or (
        "launches: not worked out again: it broke off" in told
    )
    assert "nowhere: not worked out again: there is no desk 'nowhere' here" in told


@pytest.mark.slow
def test_what_came_of_it_is_attested_by_another_capital_and_not_by_its_author(node: Path) -> None:
    words = ("evidence", "check", node.parent / "JPN", SAME, "--attest", "--dry-run")
    found = value(*words)
    assert [one["kind"] for one in found["attested"]] == ["attested"] * 6
    assert all(one["admitted"] and one["article"] == "6(3)" for one in found["attested"])
    assert "evidence worked out again, TDC/2027/KOR/1: would be admitted" in said(*words)
    own = value("evidence", "check", node, SAME, "--attest", "--dry-run", code=1)
    assert {one["reason"] for one in own["attested"]} == {
        "a party attests no evidence of its own version."
    }


def test_an_attestation_shows_the_first_cells_and_counts_all(node: Path) -> None:
    it = look(str(node.parent / "JPN"))
    matter = it.state.symbols[SAME][0]
    evidence = next(iter(matter.act.wording.digests.values()))
    cells = [evidence_verbs.CellRow(f"result.{one}", one, one + 1) for one in range(200)]
    row = evidence_verbs.EvidenceRow(
        "launches", "q", evidence, True, "different", False, cells, "", "cd" * 32, {"numpy": "2"}
    )
    way = Way(dry_run=True)
    told = attestation(it, matter.name, matter.name, row)
    assert entered(it, "attested", told, way).admitted
    assert (told["differing"], len(told["cells"])) == (200, MOST_CELLS)
    assert told["cells"][1] == {"cell": "result.1", "tabled": "1", "again": "2"}
    not_done = replace(row, state="not-rerun", cells=[], reason="no table.", result="", versions={})
    told = attestation(it, matter.name, matter.name, not_done)
    assert set(told["reason"]) == {"ko", "ja", "en"}
    assert entered(it, "attested", told, way).admitted
    same = replace(row, state="same", cells=[])
    assert entered(it, "attested", attestation(it, matter.name, matter.name, same), way).admitted


def test_a_matter_without_evidence_is_refused_in_one_sentence(node: Path) -> None:
    assert fault("evidence", "check", node, PLAIN) == f"{PLAIN}: this matter tables no evidence."
    assert fault("evidence", "check", node, "TDC/2027/KOR/9").startswith("'TDC/2027/KOR/9'")


def inputs() -> Inputs:
    folder = Path(__file__).parents[2] / "data" / "register"
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
    registers = {shipped_facts().digest: files}
    return Inputs(tables_by_digest([]), registers, ("JPN", "KOR", "USA"))


def test_a_process_that_breaks_off_or_answers_too_much_is_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers: list[tuple[bytes, int]] = [
        (b"{", 1),
        (b"x" * (rerunning.LONGEST_ANSWER + 1), 0),
        (b'{"found": {"desk": "launches"}}', 0),
    ]

    def ended(words: list[str], stdout: object, **_more: object) -> object:
        data, status = answers.pop(0)
        stdout.write(data)  # type: ignore[attr-defined]
        return subprocess.CompletedProcess(words, status)

    monkeypatch.setattr(subprocess, "run", ended)
    for _ in range(2):
        with pytest.raises(NotRerun, match="broke off"):
            rerun_apart(launches(), inputs(), 9)
    assert rerun_apart(launches(), inputs(), 9) == {"desk": "launches"}


def test_the_other_process_gets_only_what_the_assessment_names() -> None:
    chosen = inputs().of(launches())
    assert len(inputs().tables) > 6
    assert list(chosen.tables) == [launches().layers[0].digest]
    assert list(chosen.registers) == [shipped_facts().digest]
    assert inputs().of(replace(launches(), layers=())).registers == {}


@pytest.mark.slow
def test_nothing_is_imported_from_where_somebody_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("open('taken', 'w')\n", encoding="ascii")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotRerun, match="nothing here has the SHA-256"):
        rerun_apart(launches(), Inputs({}, {}, ("JPN", "KOR", "USA")), 30)
    assert not (tmp_path / "taken").exists()


def test_its_memory_and_its_answer_are_bounded() -> None:
    code = (
        "from architrave.cli.rerunning import _limit; import resource; _limit(7); "
        "print([resource.getrlimit(one)[0] for one in "
        "(resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(found.stdout) == [7, rerunning.MEMORY, rerunning.LONGEST_ANSWER]


def test_the_fields_of_a_matter_are_written_once(tmp_path: Path) -> None:
    out = tmp_path / "fields.json"
    found = value("evidence", "fields", "dialogues", "--out", out, "--today", "2026-11-26")
    wording = json.loads(out.read_text(encoding="utf-8"))["wording"]
    assert (
        wording["digests"] == found["digests"] == {"1. dialogues": assessed("dialogues")[0].digest}
    )
    assert set(wording) == {"instrument", "nature", "document", "digests"}
    assert "something lies there already" in fault("evidence", "fields", "dialogues", "--out", out)
    other = tmp_path / "other.json"
    assert "the nearest are launches" in fault("evidence", "fields", "lanches", "--out", other)
    told = fault("evidence", "fields", "dialogues", "--out", other, "--today", "soon")
    assert told == "--today: expected a date such as 2026-03-31, found 'soon'."
    assert not other.exists()


def test_folders_of_tables_are_read_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unclear, match="no folder with tables"):
        tables_in(tmp_path / "none")
    place = tmp_path / "one.csv"
    place.write_bytes(b"\xff")
    with pytest.raises(BadInput, match="expected UTF-8"):
        tables_in(tmp_path)
    place.write_bytes(b"x" * (LONGEST_TABLE + 1))
    with pytest.raises(BadInput, match="longer than"):
        tables_in(tmp_path)
    monkeypatch.setattr("architrave.cli.desk_tables.MOST_TABLES", 0)
    with pytest.raises(Unclear, match="more than 0 tables"):
        tables_in(tmp_path)
    assert marking("TOP SECRET") == "TOP SECRET"
    assert marking("public") is None
    assert tables("research")


def test_the_page_s_piece_of_python_says_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    exec(notebook("evidence"), {})
    assert capsys.readouterr().out.split() == ["True", "44"]


def test_no_verb_names_a_desk() -> None:
    source = Path(evidence_verbs.__file__).read_text(encoding="utf-8")
    assert not [name for name in ("launches", "dialogues", "interoperability") if name in source]
