"""`architrave charter amend`: which charter is in force, and what another would change."""

from __future__ import annotations

import json
from pathlib import Path

import amending
import pytest
from amending import BODY, LONGER, SHIPPED
from cli_nodes import fault, lay_out, said, value
from world import World

from architrave.charter.parse import parse_charter
from architrave.portal.composing.fields import typed_fields


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    world = World()
    world.open(BODY)
    return lay_out(world, tmp_path_factory.mktemp("before"), BODY)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    world = World()
    world.open(BODY)
    amending.table(world, "USA", 7, LONGER + "# overtaken\n")
    amending.amend(world, 1)
    amending.agree(world, 2, SHIPPED)
    world.settle()
    return lay_out(world, tmp_path_factory.mktemp("after"), BODY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "longer.toml"
    place.write_bytes(LONGER.encode())
    return place


def test_what_is_in_force_is_said(before: dict[str, Path], after: dict[str, Path]) -> None:
    old, new = (parse_charter(text, "x").digest for text in (SHIPPED, LONGER))
    assert f"the charter with the digest {old}, that of the founding" in said(
        "charter", "amend", before["KOR"]
    )
    told = said("charter", "amend", after["KOR"])
    assert f"the charter with the digest {new}, as amended." in told
    assert "of the minute book of" in told
    assert value("charter", "amend", after["USA"])["charter"] == new


def test_the_record_says_what_was_in_force_then(after: dict[str, Path]) -> None:
    then = value("charter", "amend", after["JPN"], "--as-of", "2026-12-31")
    assert then["charter"] == parse_charter(SHIPPED, "x").digest
    assert then["amended"] == []


def test_what_would_change_is_said_and_the_fields_are_written(
    before: dict[str, Path], file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "fields.json"
    told = said("charter", "amend", before["JPN"], file, "--out", out, "--diff")
    assert "article 4(2): changed (minimum_period)" in told
    assert "-minimum_period = { hours = 24 }" in told
    assert "+minimum_period = { hours = 48 }" in told
    assert "decided under the charter of its tabling" in told
    wording = typed_fields("tabled", [], out)["wording"]
    assert wording["instrument"] == "charter-amendment"
    document = json.loads(wording["document"])
    assert document["charter"] == LONGER
    assert document["attempt"] == 1
    words = [f"--set={name}.{one}=x" for name in ("title", "summary") for one in ("ko", "ja", "en")]
    told = said("act", before["JPN"], "tabled", "--file", out, "--set", f"body={BODY}", *words,
                "--dry-run")  # fmt: skip
    assert "would be admitted" in told
    assert "lies there already" in fault("charter", "amend", before["JPN"], file, "--out", out)


def test_a_changed_rule_is_shown_as_it_was_and_as_it_would_be(
    before: dict[str, Path], tmp_path: Path
) -> None:
    place = tmp_path / "rule.toml"
    old = 'rule = "consensus(2)"'
    assert old in SHIPPED
    place.write_bytes(SHIPPED.replace(old, 'rule = "all-concur"', 1).encode())
    told = said("charter", "amend", before["USA"], place)
    assert "until now:" in told
    assert "then:" in told


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("", ""), "this is the charter in force; nothing would change"),
        (('id = "trilateral"', 'id = "other"'), "no amendment changes this: the charter's id"),
        (("format = 1", "format = 9"), "line 19, format: expected 1"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    before: dict[str, Path], tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    place, out = tmp_path / "new.toml", tmp_path / "out.json"
    place.write_bytes(SHIPPED.replace(*change, 1).encode() if change[0] else SHIPPED.encode())
    assert sentence in fault("charter", "amend", before["KOR"], place, "--out", out)
    assert not out.exists()


def test_a_file_that_is_not_there_is_named(before: dict[str, Path], tmp_path: Path) -> None:
    assert "nowhere.toml" in fault("charter", "amend", before["KOR"], tmp_path / "nowhere.toml")
    assert "--out and --diff need the file" in fault(
        "charter", "amend", before["KOR"], "--out", tmp_path / "x"
    )


def test_a_matter_shows_what_it_would_change_and_what_has_become_of_it(
    after: dict[str, Path],
) -> None:
    found = {
        number: value("show", after["KOR"], f"{BODY}/2027/{number}")["versions"][0]["amends"]
        for number in ("KOR/1", "KOR/2", "USA/7")
    }
    assert {one["course"] for one in found.values()} == {"done", "due", "overtaken"}
    assert found["KOR/1"]["course"] == "done"
    assert found["USA/7"] == {
        "attempt": 1,
        "course": "overtaken",
        "changes": ["article 4(2): changed (minimum_period)"],
    }
    told = said("show", after["JPN"], f"{BODY}/2027/USA/7")
    assert "has been amended since: nothing comes of it" in told
    assert "Awaiting" not in told
