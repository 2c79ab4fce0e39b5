"""July 2019: licences for each shipment of three chip materials, and what chains would have said.

The chain is put back to what was printed by then: no share of a later year, none that needed the
whole of that year, no time to replace a supplier (all that sources print of it was learnt from the
case itself), stocks of the materials alone. Then the supplier is taken to be lost for as long as an
application was said to take. Neither is a licence a loss nor a shortage a standstill, so what is
compared is plain: did anything run short before the first licence, and was production reported to
have stopped?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from architrave.desks.errors import BadInput
from architrave.desks.supply.backtests.facts import Facts
from architrave.desks.supply.basis import Basis
from architrave.desks.supply.chains.loss import Exposed, PartyLoss, lose
from architrave.desks.supply.chains.model import Chain, Kind

__all__ = ["FACTS", "STAGES", "ChipMaterials", "Said", "as_known", "chip_materials"]

FACTS = "chip_materials_2019"
SUPPLIER, BUYER = "JPN", "KOR"
STAGES = ("sem_fluor_polyimide", "sem_photoresist", "sem_photoresist_euv", "sem_hf")
_YEAR = 2019
_WHOLE_YEAR = "full year"


@dataclass(frozen=True, slots=True)
class Said:
    """What would have been said of one material, in days from the first, 0; None: not in that time.

    `share` is what part comes from the supplier, least and most, and `own` whether that is the
    buyer's own figure; `stock` the days of stock that were printed, None where none were.
    `earliest` and `latest` are when less than everything comes if nothing comes from the supplier
    while an application is looked at; `latest_known` as in `Exposed`. `by_world` is the earliest if
    only the world's shares were known, `today` if all was taken that the tables hold by now.
    `licence` is when the first licence was given, least and most; `before_licence` whether the
    earliest comes before that.
    """

    stage: str
    share: tuple[float, float]
    own: bool
    stock: tuple[float | None, float | None]
    earliest: int | None
    latest: int | None
    latest_known: bool
    by_world: int | None
    today: int | None
    licence: tuple[float, float]
    before_licence: bool


@dataclass(frozen=True, slots=True)
class ChipMaterials:
    """The case: `days` lost as was expected, each material, and what takes from them.

    `downstream` are stages that run short in the worse case before the last first licence, and the
    day; `stopped` is how many stoppages of production were reported in the first hundred days.
    """

    basis: Basis
    days: int
    said: tuple[Said, ...]
    downstream: tuple[tuple[str, int], ...]
    stopped: float

    def of(self, stage: str) -> Said:
        """What was said of a material; BadInput for another stage."""
        for one in self.said:
            if one.stage == stage:
                return one
        raise BadInput(f"{stage} is none of {', '.join(STAGES)}.")

    @property
    def short(self) -> int:
        """How many materials would have run short before their first licence, in the worse case."""
        return sum(one.before_licence for one in self.said)


def as_known(chain: Chain, stages: Sequence[str], year: int, own: bool = True) -> Chain:
    """A chain as it could be read in the middle of a year, as far as its rows tell.

    Without `own` the dependence of importers is left out, so that the world's shares are taken.
    """
    return replace(
        chain,
        figures=tuple(one for one in chain.figures if one.year is not None and one.year <= year),
        dependences=tuple(
            one
            for one in chain.dependences
            if own and one.year is not None and one.year <= year and _WHOLE_YEAR not in one.note
        ),
        substitutions=tuple(
            one for one in chain.substitutions if one.stage in stages and one.kind is Kind.HELD
        ),
        amounts=tuple(one for one in chain.amounts if one.year is not None and one.year <= year),
    )


def chip_materials(chain: Chain, facts: Facts) -> ChipMaterials:
    """Tell the case. BadInput where a fact or a stage is missing."""
    days = int(facts.number("screening"))
    then = as_known(chain, STAGES, _YEAR)
    told = lose(then, SUPPLIER, days, BUYER, STAGES)
    world = lose(as_known(chain, STAGES, _YEAR, own=False), SUPPLIER, days, BUYER, STAGES)
    today = lose(chain, SUPPLIER, days, BUYER, STAGES)
    # Lost for longer, each material shows its share and stock, whether or not 90 days are enough.
    longer = lose(then, SUPPLIER, 365, BUYER, STAGES)
    said = tuple(_said(stage, facts, told, world, today, longer) for stage in STAGES)
    last = max(one.licence[1] for one in said)
    return ChipMaterials(
        told.basis.joined(Basis((facts.layer,))),
        days,
        said,
        tuple(
            (one.stage, one.earliest)
            for one in told.exposed
            if one.stage not in STAGES and one.earliest is not None and one.earliest < last
        ),
        facts.number("production"),
    )


def _said(
    stage: str,
    facts: Facts,
    told: PartyLoss,
    world: PartyLoss,
    today: PartyLoss,
    longer: PartyLoss,
) -> Said:
    known = longer.of(stage)
    if known is None or known.lost is None:
        raise BadInput(f"{longer.supplier}: nothing is known of what it supplies in {stage}.")
    mine = told.of(stage)
    licence = facts.bounds("first_licence", stage)
    earliest = _day(mine)
    return Said(
        stage,
        (known.lost.low, known.lost.high),
        known.lost.own,
        known.stock,
        earliest,
        mine.latest if mine is not None else None,
        known.latest_known,
        _day(world.of(stage)),
        _day(today.of(stage)),
        licence,
        earliest is not None and earliest < licence[1],
    )


def _day(found: Exposed | None) -> int | None:
    return found.earliest if found is not None else None
