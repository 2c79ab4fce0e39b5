"""A failing plan is made smaller as long as it fails in the same way."""

from __future__ import annotations

from architrave.sim.plan import Plan, plan_for
from architrave.sim.shrink import shrunk


def a_plan() -> Plan:
    return Plan(
        seed=1,
        parties=3,
        shipped=False,
        body="BASIN",
        works=("decisions", "handovers"),
        faults=("crash", "cut", "drift"),
        malice=0.2,
        steps=60,
    )


def test_what_does_not_matter_is_left_out() -> None:
    def fails(plan: Plan) -> set[str]:
        return {"f"} if "cut" in plan.faults and "decisions" in plan.works else {"i"}

    small = shrunk(a_plan(), "f", fails)
    assert (small.works, small.faults, small.malice) == (("decisions",), ("cut",), 0.0)
    assert small.steps < 10


def test_a_plan_that_cannot_be_smaller_stays() -> None:
    assert shrunk(a_plan(), "f", lambda plan: {"f"} if plan == a_plan() else set()) == a_plan()


def test_a_plan_depends_on_its_seed_alone() -> None:
    assert plan_for(5) == plan_for(5)
    assert len({plan_for(seed) for seed in range(50)}) == 50
