"""Machines are no daily input, and the cause that is told is the one that makes the number."""

from __future__ import annotations

import numpy as np
import pytest
from test_supply_chains import BOUGHT, HEAD, STOCKS, held

from architrave.desks.errors import BadInput
from architrave.desks.supply.chains.flows import coming
from architrave.desks.supply.chains.loss import lose
from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.chains.reading import read_chain, shipped_chain
from architrave.desks.supply.uncertainty.chained import ChainLoss


def row(stage: str, tier: str, ups: str, who: str, share: str) -> str:
    """A primary share of 2020."""
    return f"{stage},{stage.title()},{tier},{ups},production,{who},{share},,,2020,,[primary] x,u\n"


def works(stocks: str = "") -> Chain:
    """Lens into tool; gas and tool into chip; chip into board. The tool is a machine."""
    rows = (
        row("lens", "component", "", "AAA", "100")
        + row("tool", "equipment", "lens", "BBB", "100")
        + row("gas", "material", "", "CCC", "100")
        + row("chip", "process", "gas;tool", "DDD", "100")
        + row("board", "product", "chip", "EEE", "100")
    )
    tables = (("c.csv", HEAD + rows), ("s.csv", STOCKS + stocks), ("d.csv", BOUGHT))
    return read_chain("works", *tables)


def test_a_fab_runs_on_without_new_machines_and_new_capacity_waits() -> None:
    found = lose(works(), "BBB", 60, "XXX")
    assert [(one.stage, one.earliest, one.least) for one in found.exposed] == [("tool", 0, 0.0)]
    assert dict(found.machines) == {"tool": ("chip",)}


def test_what_a_machine_is_made_of_stops_the_machine_and_no_fab() -> None:
    # Twenty days of lenses are in hand, so new machines stop on day 20.
    found = lose(works(held("lens", "20,20")), "AAA", 60, "XXX")
    assert [(one.stage, one.earliest, one.cause) for one in found.exposed] == [
        ("lens", 20, "lens"), ("tool", 20, "lens"),
    ]  # fmt: skip
    assert dict(found.machines) == {"tool": ("chip",)}


def test_a_material_still_stops_what_uses_it_up() -> None:
    found = lose(works(held("gas", "7,7")), "CCC", 60, "XXX")
    days = {one.stage: (one.earliest, one.cause, one.least_cause) for one in found.exposed}
    assert days == {name: (7, "gas", "gas") for name in ("gas", "chip", "board")}
    assert dict(found.machines) == {}


def test_a_machine_that_the_supplier_only_may_make_is_not_told_as_lost() -> None:
    rows = row("tool", "equipment", "", "BBB", "70") + row("chip", "process", "tool", "AAA", "100")
    chain = read_chain("x", ("c.csv", HEAD + rows), ("s.csv", STOCKS), ("d.csv", BOUGHT))
    found = lose(chain, "AAA", 60, "XXX", ["tool"])
    tool = found.of("tool")
    assert tool is not None
    assert (tool.earliest, tool.by_known, tool.known_least) == (0, None, None)
    assert (dict(found.machines), found.of("chip")) == ({}, None)


def test_many_cases_at_once_leave_machines_out_as_one_does() -> None:
    one = np.ones(1)
    found = coming(works(), {"tool": one}, {}, {"tool": 60 * one}, 90)
    assert found["tool"][0].tolist() == [0.0] * 60 + [1.0] * 30
    assert found["chip"].min() == found["board"].min() == 1.0


def test_the_cause_is_the_stage_that_makes_the_number() -> None:
    # Of paste AAA makes 50 in 100, of plate 70, and of the rest of things it may make all.
    rows = (
        row("paste", "material", "", "AAA", "50")
        + row("paste", "material", "", "BBB", "50")
        + row("plate", "component", "paste", "AAA", "30")
        + row("plate", "component", "paste", "BBB", "70")
        + row("pack", "product", "plate", "BBB", "20")
    )
    chain = read_chain("x", ("c.csv", HEAD + rows), ("s.csv", STOCKS), ("d.csv", BOUGHT))
    found = lose(chain, "AAA", 60, "XXX")
    plate, pack = found.of("plate"), found.of("pack")
    assert plate is not None
    assert pack is not None
    # Paste lets less through than what is lost of the plate itself.
    assert (plate.least, plate.least_cause, plate.cause) == (0.5, "paste", "paste")
    # By what is known half of the packs come, for want of paste; else a fifth, for want of packs.
    assert (pack.known_least, pack.known_least_cause) == (0.5, "paste")
    assert (pack.least, pack.least_cause) == (pytest.approx(0.2), "pack")


def test_a_shortage_may_begin_at_one_stage_and_be_worst_by_another() -> None:
    # Sand has no stock and lacks a tenth; ore's ten days cover half of it for twenty.
    rows = (
        row("sand", "material", "", "AAA", "10")
        + row("sand", "material", "", "BBB", "90")
        + row("ore", "material", "", "AAA", "50")
        + row("ore", "material", "", "BBB", "50")
        + row("glass", "product", "sand;ore", "BBB", "100")
    )
    tables = (("c.csv", HEAD + rows), ("s.csv", STOCKS + held("ore", "10,10")))
    found = lose(read_chain("x", *tables, ("d.csv", BOUGHT)), "AAA", 60, "XXX")
    glass = found.of("glass")
    assert glass is not None
    assert (glass.earliest, glass.cause) == (0, "sand")
    assert (glass.least, glass.least_cause) == (0.5, "ore")


@pytest.mark.parametrize(
    ("supplier", "stages"), [("NLD", ()), ("DEU", ("sem_euv_optics", "sem_euv_laser"))]
)
def test_no_shipped_fab_is_short_for_want_of_a_scanner_or_its_parts(
    supplier: str, stages: tuple[str, ...]
) -> None:
    found = lose(shipped_chain("semiconductors"), supplier, 60, "USA", stages)
    known = {one.stage for one in found.exposed if one.by_known is not None}
    assert known <= {"sem_euv", "sem_euv_optics", "sem_euv_laser"}
    assert dict(found.machines) == {"sem_euv": ("sem_logic_lt10", "sem_dram")}


def test_a_scenario_of_ranges_leaves_running_fabs_out_of_what_machines_reach() -> None:
    chain = shipped_chain("semiconductors")
    asked = (chain, "DEU", (30.0, 60.0), "KOR", ("sem_euv_optics",))
    assert ChainLoss(*asked, watched=("sem_euv",)).shown == ("sem_euv",)
    with pytest.raises(BadInput, match="reaches nothing that is watched"):
        ChainLoss(*asked, watched=("sem_logic_lt10", "sem_hbm"))
