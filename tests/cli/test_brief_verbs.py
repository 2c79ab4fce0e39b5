"""The council brief at a terminal: a file, its digest, the fields of a matter that tables it."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
import typst
from cli_nodes import fault, lay_out, run, value
from desk_shelves import assessed
from world import World, load_charter

from architrave.cli import brief_verbs
from architrave.cli.desk_tables import tables_beside, tables_for
from architrave.desks.evidence import Assessment
from architrave.institution import acts
from architrave.portal.papers import desk_data, fonts, press
from architrave.portal.words import LANGUAGES, say


@cache
def _launches(content: str, facts: object, parties: tuple[str, ...]) -> Assessment:
    (found,) = assessed("launches")
    return found


@pytest.fixture(autouse=True)
def _few_shuffles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_data, "_launches", _launches)


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three nodes with one open matter, and the register in each folder."""
    world = World()
    world.open("TDC")
    words = world.words("a plan")
    wording = acts.Wording(words, words, "plan", "political")
    world.act(
        "JPN", "TDC", acts.Tabled, symbol="TDC/2027/JPN/1", body="TDC", article="3(1)",
        wording=wording,
    )  # fmt: skip
    world.settle()
    folders = lay_out(world, tmp_path_factory.mktemp("brief"), "TDC")
    register = Path(__file__).parents[2] / "data" / "register"
    for folder in folders.values():
        (folder / "register").mkdir(exist_ok=True)
        for file in register.iterdir():
            (folder / "register" / file.name).write_bytes(file.read_bytes())
    return folders


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_capital_writes_the_same_file(
    nodes: dict[str, Path], tmp_path: Path, language: str
) -> None:
    digests = set()
    for party, folder in nodes.items():
        for ending in ("txt", "docx"):
            out = tmp_path / f"{party}.{ending}"
            found = value("brief", "council", folder, "--out", out, "--language", language)
            data = out.read_bytes()
            assert found["digest"] == hashlib.sha256(data).hexdigest()
            digests.add((ending, found["digest"]))
            assert found["language"] == language
            assert set(found["assessments"]) == {"dialogues", "launches"}
            assert [one["party"] for one in found["books"]] == ["JPN", "KOR", "USA"]
            sizes = [f"{one['party']}:{one['lines']}" for one in found["books"]]
            assert found["state"] == ",".join(sizes)
        text = (tmp_path / f"{party}.txt").read_text(encoding="utf-8")
        assert say("brief-waits", language) in text
        assert all(one["root"] in text for one in found["books"])
        assert all(digest in text for digest in found["assessments"].values())
    assert len(digests) == 2


def test_a_pdf_is_written_where_fonts_are(nodes: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "brief.pdf"
    result = run("brief", "council", nodes["KOR"], "--out", out)
    assert result.exit_code == 0, result.stderr
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert f"SHA-256 {hashlib.sha256(out.read_bytes()).hexdigest()}" in result.stdout


def test_an_earlier_state_is_made_again(nodes: dict[str, Path], tmp_path: Path) -> None:
    now = value("brief", "council", nodes["KOR"], "--out", tmp_path / "now.txt")
    again = value(
        "brief", "council", nodes["USA"], "--out", tmp_path / "again.txt", "--state", now["state"]
    )
    assert again["digest"] == now["digest"]
    for state, why in (
        ("JPN:1", "the size of the book of KOR is missing"),
        ("JPN:999,KOR:1,USA:1", "fewer than 999 lines of the book of JPN"),
        ("JPN:1,JPN:2", "expected each book once"),
        ("yesterday", "expected each book once"),
    ):
        told = fault(
            "brief", "council", nodes["KOR"], "--out", tmp_path / "x.txt", "--state", state
        )
        assert told.startswith("--state: ")
        assert why in told
    assert not (tmp_path / "x.txt").exists()


def test_the_fields_of_a_matter_table_it_by_its_digest(
    nodes: dict[str, Path], tmp_path: Path
) -> None:
    out, fields = tmp_path / "b.txt", tmp_path / "fields.json"
    found = value("brief", "council", nodes["KOR"], "--out", out, "--table", fields)
    wording = json.loads(fields.read_text(encoding="utf-8"))["wording"]
    assert wording["digests"]["council-brief.en.txt"] == found["digest"]
    assert set(found["assessments"].values()) < set(wording["digests"].values())
    assert set(wording["title"]) == set(wording["summary"]) == {"ko", "ja", "en"}
    assert wording["title"]["en"] == "Brief: Defence Council"
    assert (wording["instrument"], wording["nature"]) == ("note", "political")
    dry = run("act", nodes["KOR"], "tabled", "--file", fields, "--set", "body=TDC", "--dry-run")
    assert (dry.exit_code, "would be admitted" in dry.stdout) == (0, True), dry.stderr
    told = run("brief", "council", nodes["KOR"], "--out", tmp_path / "c.txt").stdout
    assert "To sign the digest" not in told
    more = tmp_path / "more.json"
    result = run("brief", "council", nodes["KOR"], "--out", tmp_path / "d.txt", "--table", more)
    assert "To sign the digest: architrave act NODE tabled --file" in result.stdout


def test_without_desks_it_is_tabled_by_its_digest_alone(
    nodes: dict[str, Path], tmp_path: Path
) -> None:
    empty, fields = tmp_path / "tables", tmp_path / "fields.json"
    empty.mkdir()
    out = tmp_path / "b.txt"
    run("brief", "council", nodes["KOR"], "--out", out, "--data", empty, "--table", fields)
    wording = json.loads(fields.read_text(encoding="utf-8"))["wording"]
    assert list(wording["digests"]) == ["council-brief.en.txt"]
    assert "document" not in wording
    assert out.read_text(encoding="utf-8").count(say("brief-no-table", "en")) == 2


def test_what_is_missing_is_said_in_one_sentence(
    nodes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(out: Path, *more: object) -> str:
        sentence = fault("brief", "council", nodes["KOR"], "--out", out, *more)
        assert "\n" not in sentence
        return sentence

    assert "expected a file that ends in .pdf, .docx or .txt" in told(tmp_path / "brief.odt")
    assert told(tmp_path / "b.txt", "--language", "fr").startswith("--language: expected one of")
    there = tmp_path / "there.txt"
    there.write_text("x", encoding="utf-8")
    assert "something lies there already" in told(there)
    assert "something lies there already" in told(tmp_path / "b.txt", "--table", there)
    monkeypatch.setattr(fonts, "found", lambda: typst.Fonts(include_system_fonts=False))
    assert told(tmp_path / "b.pdf", "--language", "ko").startswith("no font for ko is installed")
    monkeypatch.setattr(press, "find_spec", lambda package: None)
    for ending, library in (("pdf", "typst"), ("docx", "python-docx")):
        assert told(tmp_path / f"b.{ending}") == (
            f"b.{ending} needs {library}: install architrave[papers], or run make setup."
        )
    assert [one.name for one in tmp_path.iterdir()] == ["there.txt"]


def test_the_shipped_tables_belong_to_the_shipped_charter() -> None:
    own, other = World().charter, load_charter("src/architrave/sim/rivers.toml")
    found = tables_beside(SimpleNamespace(charter=own))
    assert found == tables_for(own)
    assert found is not None
    assert {"dialogues.csv", "dialogue_meetings.csv", "provocations.csv"} <= set(found.texts)
    assert tables_beside(SimpleNamespace(charter=other)) is None
    given = tables_for(other, Path(__file__).parents[2] / "data" / "research")
    assert given == found


def test_a_charter_without_a_council_has_none(
    nodes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief_verbs, "council_paper", lambda copy, desk: None)
    told = fault("brief", "council", nodes["KOR"], "--out", tmp_path / "b.txt")
    assert told.endswith("its charter sets up no council, so there is no brief of one.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_capital_writes_the_same_page_of_the_forum(
    nodes: dict[str, Path], tmp_path: Path, language: str
) -> None:
    digests = set()
    for party, folder in nodes.items():
        out = tmp_path / f"{party}.txt"
        found = value("brief", "forum", folder, "--out", out, "--language", language)
        digests.add(found["digest"])
        assert found["digest"] == hashlib.sha256(out.read_bytes()).hexdigest()
        assert found["assessments"]["supply"] in out.read_text(encoding="utf-8")
    assert len(digests) == 1
    assert "something lies there already" in fault("brief", "forum", folder, "--out", out)


def test_without_the_figures_there_is_no_brief_of_the_forum(
    nodes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief_verbs, "forum_for", lambda charter: None)
    out = tmp_path / "brief.txt"
    said = fault("brief", "forum", nodes["KOR"], "--out", out)
    assert "no figures were written for it" in said
    assert not out.exists()
