"""What one history is to be: all that is drawn from its seed before anything happens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from architrave.charter.model import Charter
from architrave.sim.agenda import bodies_with_parties, ways
from architrave.sim.faults import FAULTS
from architrave.sim.rivers import rivers
from architrave.sim.workloads.amendments import Amendments
from architrave.sim.workloads.consultations import ConsultationStorm
from architrave.sim.workloads.decisions import Decisions, SilenceRace
from architrave.sim.workloads.erasures import Erasures
from architrave.sim.workloads.offices import Handovers
from architrave.sim.workloads.successions import Successions
from architrave.sim.workloads.two_parties import TwoParties
from architrave.sim.workloads.warnings import Warnings
from architrave.sim.workloads.withdrawals import Withdrawals
from architrave.sim.workloads.work import Workload

__all__ = ["WORKLOADS", "Plan", "charter_of", "plan_for"]

WORKLOADS: Mapping[str, Workload] = {
    "amendments": Amendments,
    "decisions": Decisions,
    "silence race": SilenceRace,
    "consultation storm": ConsultationStorm,
    "handovers": Handovers,
    "two parties": TwoParties,
    "withdrawals": Withdrawals,
    "erasures": Erasures,
    "successions": Successions,
    "warnings": Warnings,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One history. `malice` is 0 where nobody lies; `shipped` says whose charter is tried."""

    seed: int
    parties: int
    shipped: bool
    body: str
    works: tuple[str, ...]
    faults: tuple[str, ...]
    malice: float
    steps: int

    @property
    def sentence(self) -> str:
        """The plan in words."""
        lies = f"one of them lies ({self.malice:g})" if self.malice else "nobody lies"
        faults = ", ".join(self.faults) or "none"
        return (
            f"seed {self.seed}: {self.parties} parties, {lies}; in {self.body}: "
            f"{', '.join(self.works)}; faults: {faults}; {self.steps} steps"
        )


def charter_of(plan: Plan, shipped: Charter | None) -> Charter:
    """The charter of a plan."""
    return shipped if plan.shipped and shipped is not None else rivers(plan.parties)


def plan_for(
    seed: int, shipped: Charter | None = None, parties: int | None = None, steps: int = 60
) -> Plan:
    """The plan of a seed; with a shipped charter, half of those of its size are under it."""
    draw = Random(f"plan/{seed}")
    chosen = draw.choices([3, 4, 5], [70, 20, 10])[0]
    parties = parties or chosen
    ours = draw.random() < 0.5
    under_shipped = shipped is not None and ours and parties == len(shipped.party_ids)
    charter = shipped if shipped is not None and under_shipped else rivers(parties)
    bodies = [body.id for body in bodies_with_parties(charter) if ways(charter, body.id, "decide")]
    works = _some(seed, WORKLOADS, draw.choice([0.2, 0.3, 0.5])) or ["decisions"]
    faults = _some(seed, FAULTS, draw.choice([0.0, 0.1, 0.2, 0.35]))
    malice = draw.choice([0.0, 0.0, 0.05, 0.2, 1.0])
    return Plan(
        seed,
        parties,
        under_shipped,
        draw.choice(bodies),
        tuple(works),
        tuple(faults),
        malice,
        steps,
    )


def _some(seed: int, names: Iterable[str], share: float) -> list[str]:
    """Some of the names, each drawn by itself: a name that is added later changes no other."""
    return [name for name in sorted(names) if Random(f"plan/{seed}/{name}").random() < share]
