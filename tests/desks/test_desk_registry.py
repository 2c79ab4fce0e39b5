"""Desks are found by name, and each works its own assessments out again."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib.metadata import EntryPoint

import pytest
from desk_shelves import PARTIES, assessed, shelf, sources, tables
from world import ROOT

from architrave.desks import registry
from architrave.desks.errors import BadInput
from architrave.desks.evidence import differences
from architrave.desks.registry import SHIPPED, Sources, desk_named, names, rerun

every_desk = pytest.mark.parametrize("desk", sorted(SHIPPED))


def test_the_package_declares_the_desks_that_the_code_names() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["entry-points"][registry.GROUP] == SHIPPED
    assert set(SHIPPED) <= set(names())


@every_desk
def test_a_desk_is_found_by_its_own_name(desk: str) -> None:
    assert desk_named(desk).name == desk


@every_desk
def test_what_a_desk_says_is_found_again(desk: str) -> None:
    for one in assessed(desk):
        again = rerun(one, shelf())
        assert differences(one.document, again.document) == ()
        assert again.digest == one.digest


def test_a_changed_result_is_told_by_its_cell() -> None:
    (one,) = assessed("launches")
    changed = replace(one, result={**one.result, "soon": one.result["soon"] + 1})
    found = differences(rerun(changed, shelf()).document, changed.document)
    assert [cell.cell for cell in found] == ["result.soon"]


def test_what_all_parties_may_not_read_is_found_again_for_whoever_may() -> None:
    from architrave.desks.interoperability.evidence import assess_matrix
    from architrave.desks.interoperability.model import readable
    from architrave.desks.interoperability.reading import read_documents

    content = (
        "function,first,second,level,evidence,assessor,on,basis,to\n"
        "f,A,B,2,seen,x,2026-01-01,assessed,A;B\nf,A,C,1,seen,x,2026-01-01,assessed,\n"
    )
    texts = {"functions.csv": "id,name\nf,F\n", "scores.csv": content}
    documents = read_documents(texts, ("A", "B", "C"))
    for readers in (("A", "B", "C"), ("A",), ("C",)):
        said = assess_matrix(documents, readable(documents.scores, readers), date(2026, 2, 1))
        again = desk_named("interoperability").rerun(said, Sources(texts, None, PARTIES))
        assert again.digest == said.digest


def test_an_input_that_is_not_here_and_a_desk_that_is_not_are_named() -> None:
    (one,) = assessed("dialogues")
    empty = replace(shelf(), tables={})
    with pytest.raises(
        BadInput, match=r"^dialogues\.csv: nothing here has the SHA-256 [0-9a-f]{16}"
    ):
        rerun(one, empty)
    with pytest.raises(BadInput, match="there is no desk 'nowhere' here, only consultation"):
        rerun(replace(one, desk="nowhere"), shelf())
    with pytest.raises(BadInput, match="no register of facts"):
        rerun(replace(one, layers=one.layers[:2]), shelf())
    with pytest.raises(BadInput, match=r"provocations\.csv is not here"):
        desk_named("launches").assess(replace(sources("launches"), texts={}), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("desk", "name", "given"),
    [
        ("launches", "days", 0),
        ("launches", "days", True),
        ("launches", "shuffles", 10**9),
        ("dialogues", "today", "soon"),
        ("dialogues", "today", 20261126),
        ("dialogues", "parties", ["JPN"]),
        ("dialogues", "parties", ["JPN", "JPN"]),
        ("dialogues", "parties", "JPN"),
        ("interoperability", "parties", [["A"], "B"]),
    ],
)
def test_a_parameter_without_bounds_is_refused(desk: str, name: str, given: object) -> None:
    one = assessed(desk)[0]
    asked = replace(one, parameters={**one.parameters, name: given})
    with pytest.raises(BadInput, match=f"the parameter {name} must be"):
        rerun(asked, shelf())


def test_a_mission_that_no_table_has_is_refused() -> None:
    one = assessed("interoperability")[-1]
    with pytest.raises(BadInput, match=r"missions\.csv has no mission 'elsewhere'"):
        rerun(replace(one, parameters={**one.parameters, "mission": "elsewhere"}), shelf())


def test_a_marked_table_is_refused_with_its_line() -> None:
    given = replace(
        sources("interoperability"), marking=lambda cell: (cell == "A" and "MARK") or None
    )
    with pytest.raises(BadInput, match=r"missions\.csv, line 3: a cell carries the marking MARK"):
        desk_named("interoperability").assess(given, date(2026, 1, 1))


def test_another_package_may_bring_a_desk_but_not_take_a_shipped_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points = [
        EntryPoint("launches", "nowhere:DESK", registry.GROUP),
        EntryPoint("ferries", "architrave.desks.launches.desk:DESK", registry.GROUP),
        EntryPoint("odd", "architrave.desks.evidence:ABSENT", registry.GROUP),
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    assert desk_named("launches") is desk_named("ferries")
    with pytest.raises(BadInput, match="is no desk"):
        desk_named("odd")
    assert "ferries" in names()
    assert tables("research")
