"""Days after a loss of capacity as a scenario: how long, how much, and with which stocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property

import numpy as np

from architrave.desks.errors import BadInput
from architrave.desks.supply.basis import Basis, basis_of
from architrave.desks.supply.dynamics.paths import LONGEST
from architrave.desks.supply.dynamics.scenario import (
    Outage,
    Parameters,
    Recovery,
    Scenario,
    checked_scenario,
)
from architrave.desks.supply.dynamics.totals import Totals, totals
from architrave.desks.supply.factored import factored
from architrave.desks.supply.table import Matrix, Table
from architrave.desks.supply.uncertainty.ranges import Kind, Output, Ran, Range, by_desk, columns
from architrave.desks.supply.uncertainty.resourced import lost_ranges

__all__ = ["OutageDays", "OwnDays"]

_USUAL = Parameters()
_RUNAWAY = "the model ran away: its stocks were too short, and its figures tell nothing."


@dataclass(frozen=True, slots=True)
class OwnDays:
    """What holds for one loss alone: its first day, and the ends of its days at the full loss.

    Without `lasting` it has those of the others.
    """

    start: int = 1
    lasting: tuple[float, float] | None = None


_ALL = OwnDays()


@dataclass(frozen=True, eq=False)
class OutageDays:
    """Capacity is lost for some days and comes back evenly: what the days cost `watched` regions.

    `lost` has the ends of the share by cell or region, `lasting` those of the days at the full
    loss; `days` are followed; `own` are the days of a loss, by its name, that are not those of all.
    Where each loss has days at the full loss of its own, `lasting` is not used.
    Whole days are taken, the nearest. BadInput as `dynamics.scenario`.
    """

    table: Table
    lost: Mapping[str, tuple[float, float]]
    lasting: tuple[float, float]
    days: int
    watched: tuple[str, ...]
    own: Mapping[str, OwnDays] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 1 <= self.days <= LONGEST:
            raise BadInput(f"a run takes from 1 to {LONGEST} days, not {self.days}.")
        for name, own in self.own.items():
            if name not in self.lost:
                raise BadInput(f"{name} has days of its own, and nothing of it is lost.")
            if not 0 <= own.start < self.days:
                raise BadInput(f"{name}: the first day must lie from 0 to {self.days - 1}.")
        for name, ends in self._lasting.items():
            if not 1 <= min(ends) <= max(ends) <= self.days:
                whose = name.removeprefix("lasting").strip()
                said = f"the days at the full loss must lie from 1 to {self.days}."
                raise BadInput(f"{whose}: {said}" if whose else said)
        for one in self.ranges:
            one.require_sound()
        if not self.watched:
            raise BadInput("no region is watched: name one.")
        for name in self.watched:
            self.table.region(name)
        checked_scenario(self.table, self._event(np.array([one.at for one in self.ranges])))

    @cached_property
    @by_desk("recovery", "stock", "psi", "restoring", "most")
    def ranges(self) -> tuple[Range, ...]:
        """Each share lost, how long, and what `dynamics.scenario.Parameters` assumes."""
        return (
            *lost_ranges(self.table, self.lost),
            *(
                Range(name, *ends, Kind.TIME, law=(1.0, self.days))
                for name, ends in self._lasting.items()
            ),
            Range("recovery", 1.0, 60.0, Kind.TIME, law=(1.0, LONGEST)),
            Range("stock", 60.0, 120.0, Kind.STOCK, base=_USUAL.stock, law=(1.0, LONGEST)),
            Range("psi", 0.5, 0.9, Kind.STOCK, base=_USUAL.psi, law=(0.0, 1.0)),
            Range("restoring", 30.0, 90.0, Kind.TIME, base=_USUAL.restoring, law=(1.0, LONGEST)),
            Range("most", 1.0, 1.5, Kind.CAPACITY, base=_USUAL.alpha_max, law=(1.0, 10.0)),
        )

    @cached_property
    def _lasting(self) -> Mapping[str, tuple[float, float]]:
        """The ends of days at the full loss, by range: only what some loss has."""
        own = {f"lasting {name}": one.lasting for name, one in self.own.items()}
        # By name: a document keeps the names in no order of its own.
        mine = {name: ends for name, ends in sorted(own.items()) if ends is not None}
        shared = {"lasting": self.lasting} if len(mine) < len(self.lost) else {}
        return {**shared, **mine}

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """Days of usual output lost and of final use missed, for each region that is watched."""
        return (
            *(Output(f"lost {one}", "days", "of its usual output") for one in self.watched),
            *(Output(f"missed {one}", "days", "of its usual final use") for one in self.watched),
        )

    @cached_property
    def basis(self) -> Basis:
        """What it rests on; days that no loss has are none of it."""
        shared = {"lasting": list(self.lasting)} if "lasting" in self._lasting else {}
        own = {
            name: {word: given for word, given in asdict(one).items() if given is not None}
            for name, one in self.own.items()
        }
        return basis_of(
            self.table, lost={name: list(ends) for name, ends in self.lost.items()},
            **shared, days=self.days, start=1, shape="linear", **({"own": own} if own else {}),
            alpha_base=_USUAL.alpha_base, alpha_tau=_USUAL.alpha_tau,
            negligible=_USUAL.negligible, orders=_USUAL.orders, year_days=_USUAL.year_days,
        )  # fmt: skip

    def followed(self, rows: Matrix) -> tuple[Totals, Mapping[int, str]]:
        """What K rows side by side cost each region, and their output day by day.

        Beside it the rows in which the model ran away, by their place, each with a sentence.
        """
        found = totals(factored(self.table), [self._event(row) for row in rows], self.days)
        return found, {int(row): _RUNAWAY for row in np.flatnonzero(found.runaway)}

    def run(self, rows: Matrix) -> Ran:
        """K rows side by side, day by day; a row in which the model runs away has no answer."""
        found, faults = self.followed(rows)
        places = [self.table.regions.index(one) for one in self.watched]
        values = np.concatenate([found.lost_days[places], found.missed_days[places]]).T
        return Ran(values, faults)

    def _event(self, row: Matrix) -> Scenario:
        at = {name: float(values[0]) for name, values in columns(self, row[None, :]).items()}
        recovery = Recovery(max(1, round(at["recovery"])))
        alike: dict[tuple[int, int], dict[str, float]] = {}
        for name in self.lost:
            own = self.own.get(name, _ALL)
            days = at[f"lasting {name}" if own.lasting else "lasting"]
            named = alike.setdefault((own.start, max(1, round(days))), {})
            named[name] = at[f"lost {name}"]
        outages = tuple(Outage(lost, *days, recovery) for days, lost in alike.items())
        parameters = Parameters(
            stock=at["stock"], psi=at["psi"], restoring=at["restoring"], alpha_max=at["most"]
        )
        return Scenario(outages, parameters=parameters)
