"""The figures of the forum's pages are found again from the tables that come along."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from supply_tables import wiod
from world import ROOT, load_charter

from architrave.cli.supply_pages_verb import EXAMPLE, storms
from architrave.desks.errors import BadInput
from architrave.desks.evidence import differences
from architrave.desks.supply.chains.reading import SHIPPED, shipped_chain
from architrave.desks.supply.chains.shares import shares_of
from architrave.desks.supply.exposure.mutual import mutual
from architrave.desks.supply.figures import figures
from architrave.desks.supply.finished import finished, finished_years

FILE = ROOT / "data" / "forum" / "figures.json"


def found() -> dict[str, object]:
    chains = [shipped_chain(name) for name in SHIPPED]
    parties = load_charter().party_ids
    said = finished(figures(), chains, parties, EXAMPLE, storms(figures(), parties))
    document: dict[str, object] = json.loads(json.dumps(said.document))
    return document


def test_the_figures_that_are_shipped_are_what_the_desk_finds_today() -> None:
    shipped, again = json.loads(FILE.read_text(encoding="utf-8")), found()
    for name in ("desk", "question", "layers", "parameters", "result"):
        assert differences(again[name], shipped[name]) == (), name


def test_the_shares_by_year_that_are_shipped_are_what_the_full_tables_say() -> None:
    shipped = json.loads((FILE.parent / "years.json").read_text(encoding="utf-8"))
    years = (1995, 2003, 2011)
    tables = [wiod(year) for year in years]
    parties = tuple(shipped["parameters"]["parties"])
    again = json.loads(json.dumps(finished_years(mutual(tables, parties), tables).document))
    places = [shipped["result"]["years"].index(year) for year in years]
    assert [shipped["layers"][at] for at in places] == again["layers"]
    assert [shipped["parameters"]["tables"][at] for at in places] == again["parameters"]["tables"]
    for name in ("parties", "regions", "sectors", "terms"):
        assert shipped["parameters"][name] == again["parameters"][name]
    for mine, pair in zip(again["result"]["pairs"], shipped["result"]["pairs"], strict=True):
        assert (pair["of"], pair["by"]) == (mine["of"], mine["by"])
        for name in ("supplies", "earns"):
            assert [pair[name][at] for at in places] == mine[name]


def test_every_stage_is_there_and_one_without_figures_is_wholly_unknown() -> None:
    chains = found()["result"]["chains"]  # type: ignore[index]
    without = []
    for name in SHIPPED:
        chain = shipped_chain(name)
        assert {one["id"] for one in chains[name]} == set(chain.stages)
        for stage in chains[name]:
            shares = shares_of(chain, stage["id"])
            if shares is None:
                without.append(stage["id"])
                assert (stage["shares"], stage["unknown"], stage["year"]) == ({}, 100.0, None)
            else:
                assert {who: tuple(one) for who, one in stage["shares"].items()} == dict(
                    shares.by_country
                )
                assert stage["unknown"] == shares.unknown
    assert without


def test_layers_are_named_with_the_newest_year_that_is_shown_and_no_forecast() -> None:
    document = found()
    years = {one["name"]: int(one["newest"]) for one in document["layers"]}  # type: ignore[attr-defined]
    assert years[figures().name] == figures().year == 2011
    chain = shipped_chain("semiconductors")
    assert max(one.year or 0 for one in chain.figures) > years["semiconductors.csv"]
    shown = [one["year"] or 0 for one in document["result"]["chains"]["semiconductors"]]  # type: ignore[index]
    assert max(shown) == years["semiconductors.csv"]


def test_a_party_or_a_cell_that_the_table_does_not_have_is_refused() -> None:
    chains = [replace(shipped_chain("batteries"))]
    example = storms(figures(), ("KOR",))
    with pytest.raises(BadInput, match="there is no region 'ABC'"):
        finished(figures(), chains, ("ABC",), EXAMPLE, example)
    with pytest.raises(BadInput, match="there is no sector 'ABC'"):
        finished(figures(), chains, ("KOR",), {"KOR:ABC": 0.1}, example)
    with pytest.raises(BadInput, match="there is no region 'ABC'"):
        storms(figures(), ("ABC",))
