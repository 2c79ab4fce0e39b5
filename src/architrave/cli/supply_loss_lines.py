"""`architrave supply lose` in lines: what runs out for each party, and what is not known, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from architrave.cli.layout import heading, paragraph, table
from architrave.cli.supply_amounts import (
    amount_words,
    dates_words,
    left_out_lines,
    quantity,
    span,
    year_of,
)

if TYPE_CHECKING:
    from architrave.desks.supply.chains.amounts import Missed
    from architrave.desks.supply.chains.loss import Exposed, PartyLoss
    from architrave.desks.supply.chains.model import Amount, Chain

__all__ = ["loss_lines"]

_SHOWN = 3
_WORLD = "WLD"


def loss_lines(
    chain: Chain,
    said: Sequence[PartyLoss],
    first: date,
    gone: Sequence[Missed],
    printed: Sequence[Amount],
) -> Iterator[str]:
    """The whole answer: party by party, then what holds for all of them.

    `gone` is what is not made meanwhile, `printed` what else is printed of the same.
    """
    told = _Told(chain, first)
    for one in said:
        yield from told.party(one)
    yield from _amounts(said[0], gone, printed)
    yield from told.not_known(said)
    yield from left_out_lines(dict.fromkeys(it for one in said for it in one.dates.shares_left_out))
    yield from paragraph(
        "A range of what follows from the figures, and no forecast. Where no stock is known the "
        "earliest day is reckoned without any, and nothing bounds the latest: 'or later'.", 0,
    )  # fmt: skip


class _Told:
    """The lines of one answer. A stage has its name beside its code where it first stands."""

    def __init__(self, chain: Chain, first: date) -> None:
        self._chain, self._first = chain, first
        self._named: set[str] = set()

    def party(self, said: PartyLoss) -> Iterator[str]:
        """What runs out for a party, and what that was reckoned from."""
        yield heading(
            f"{said.party}: without {said.supplier} for {said.days} days from {self._first}"
        )
        if said.party == said.supplier:
            yield from paragraph(f"What {said.party} makes itself is not counted as lost to it.")
            yield ""
            return
        if not said.in_tables:
            yield from paragraph(
                f"{said.party} stands in no row of this chain's tables: what it makes, buys and "
                "holds is not known. It is taken to make nothing and to buy as the world does."
            )
        known = [one for one in said.exposed if one.by_known is not None]
        running = [one for one in known if one.stage not in said.machines]
        if running:
            yield from table((one.stage, self._exposed(said, one)) for one in running)
        else:
            but = ", but for new machines" if said.machines else ""
            yield f"  Nothing that is known runs out within the days looked at{but}."
        yield from self._machines(said)
        yield from self._taken(said)
        yield from self._assumed(said)
        yield ""

    def not_known(self, said: Sequence[PartyLoss]) -> Iterator[str]:
        """Once for all parties: the stages that the supplier may be in without being named."""
        most: dict[str, float] = {}
        years: dict[str, int | None] = {}
        for one in said:
            for name, part in one.not_known.items():
                if part > most.get(name, 0.0):
                    most[name], years[name] = part, one.dates.years[name]
        if not most:
            return
        largest = sorted(most, key=lambda it: -most[it])
        shown = largest if len(most) <= _SHOWN + 1 else largest[:_SHOWN]
        parts = ", ".join(
            f"{self._stage(one)} up to {most[one]:.0%} "
            + ("(no figure printed)" if one in said[0].without_figures else _year(years[one]))
            for one in shown
        )
        more = f", and {len(most) - len(shown)} more" if len(shown) < len(most) else ""
        only = {
            it.stage for one in said for it in one.exposed
            if it.by_known is None and one.party != one.supplier
        }  # fmt: skip
        short = f" {len(only)} stages run short only if it does." if only else ""
        if len(only) == 1:
            short = f" Only if it does, {self._stage(*only)} runs short."
        yield from paragraph(
            f"Not known whether {said[0].supplier} also supplies: {parts}{more}.{short} "
            "All of them, with their days, stand in --json.", 0,
        )  # fmt: skip

    def _stage(self, name: str) -> str:
        if name in self._named:
            return name
        self._named.add(name)
        return f"{name} ({self._chain.stages[name].name})"

    def _exposed(self, said: PartyLoss, one: Exposed) -> str:
        """Name, days, the least that comes and why; the code stands before it."""
        self._named.add(one.stage)
        words = [f"{self._chain.stages[one.stage].name}: {self._when(one)}"]
        if one.cause not in (one.stage, one.known_least_cause):
            words[0] += f", first for want of {self._stage(one.cause)}"
        words.append(self._least(one))
        if one.lost is not None and one.lost.named:
            words.append(f"lost to {said.supplier}: {_lost(one)}")
        return "; ".join(words)

    def _least(self, one: Exposed) -> str:
        """The least by what is known and beyond it, each with the stage that makes it."""
        known = one.least if one.known_least is None else one.known_least
        words = f"{known:.0%} comes at worst"
        if one.known_least_cause not in (None, one.stage):
            words += f", for want of {self._stage(str(one.known_least_cause))}"
        if f"{one.least:.0%}" != f"{known:.0%}":
            cause = "" if one.least_cause == one.stage else f" of {self._stage(one.least_cause)}"
            words += f" ({one.least:.0%} if what is not known{cause} is lost too)"
        return words

    def _when(self, one: Exposed) -> str:
        def day(after: int) -> date:
            return self._first + timedelta(days=after)

        known = one.earliest if one.by_known is None else one.by_known
        earliest = f"from {day(known)} on"
        if one.earliest < known:
            earliest += f" (from {day(one.earliest)} if what is not known is lost too)"
        if not one.latest_known:
            return f"{earliest}, or later"
        if one.latest == one.earliest:
            return f"on {day(one.earliest)}"
        if one.latest is None:
            return f"{earliest}, or not at all"
        return f"{earliest}, by {day(one.latest)} at the latest"

    def _machines(self, said: PartyLoss) -> Iterator[str]:
        """New machines, what waits for them, and what is not known of those that run."""
        for name, waits in said.machines.items():
            one = said.of(name)
            if one is None:
                continue
            new = f"New and replaced machines, {name}, {self._exposed(said, one)}."
            if waits:
                new += f" New capacity waits: {', '.join(self._stage(it) for it in waits)}."
            yield from paragraph(new)
        if said.machines:
            yield from paragraph(
                "Machines that run go on; for how long without spares and service is not known."
            )

    def _taken(self, said: PartyLoss) -> Iterator[str]:
        """What sources print and the days were reckoned from: parts lost, stocks, months."""
        taken = said.basis.assumptions
        short = {one.stage for one in said.exposed if one.by_known is not None}
        covered = {name: part for name, part in taken["lost"].items() if name not in short}
        if covered:
            parts = (
                f"{self._stage(name)} {span(100 * low, 100 * high, '%')} "
                f"{_year(said.dates.years[name])}"
                for name, (low, high) in covered.items()
            )
            yield from paragraph(f"Lost, and covered: {', '.join(parts)}.")
        for words, key, unit, dates in (
            (f"{said.party} holds", "stocks", " days", said.dates.stocks),
            (
                f"Another takes {said.supplier}'s place", "months_until_another", " months",
                said.dates.months,
            ),
        ):  # fmt: skip
            spans = [
                f"{self._stage(name)} {span(low, high, unit)}" + f" {dates_words(dates[name])}"
                for name, (low, high) in taken[key].items()
                if name in short or name in said.stages
            ]
            if spans:
                yield from paragraph(f"{words}, as sources print: {', '.join(spans)}.")

        for one in said.dates.left_out:
            note = f" ({one.note})" if one.note else ""
            yield from paragraph(
                f"Left out, as no year is printed with it: {self._stage(one.stage)} "
                f"{one.share:g}% of {said.party}'s own purchases{note}."
            )

    def _assumed(self, said: PartyLoss) -> Iterator[str]:
        """What was taken for the party's own dependence, where the supplier is named."""
        taken = said.basis.assumptions
        makes = {name: one for name, one in taken["makes_itself"].items() if name in said.stages}
        world = [
            name
            for name in taken["by_share_of_the_world"]
            if name in said.stages and name not in makes
        ]
        if world:
            yield from paragraph(
                f"Assumed: {said.party} depends on {said.supplier} as the world does, as no source "
                f"prints its own purchases: {self._list(world)}."
            )
        if makes:
            own = ", ".join(
                f"{self._stage(name)} {_part(*share)} {_year(said.dates.years[name])}"
                for name, share in makes.items()
            )
            yield from paragraph(
                f"Assumed: {said.party} uses first what it makes itself, so that it loses between "
                f"nothing and what the world loses; its part of the world's: {own}."
            )

    def _list(self, names: Iterable[str]) -> str:
        return ", ".join(self._stage(one) for one in names)


def _amounts(said: PartyLoss, gone: Sequence[Missed], printed: Sequence[Amount]) -> Iterator[str]:
    """What the supplier does not make meanwhile, and who is printed to make how much."""
    if gone:
        yield heading(f"Not made in {said.days} days without {said.supplier}, where printed")
        yield from table((one.stage, _gone(one)) for one in gone)
        yield ""
    if printed:
        yield heading("What else sources print of these stages")
        yield from table((one.stage, f"{_whose(one)}: {amount_words(one)}") for one in printed)
        yield ""


def _whose(one: Amount) -> str:
    return "the world" if one.country == _WORLD else one.country


def _gone(one: Missed) -> str:
    return (
        f"{quantity(one.low, one.high, one.amount.unit, 3)}: "
        f"{span(100 * one.lost.low, 100 * one.lost.high, '%')} ({one.measure}, "
        f"{_bare(one.lost.year)}) of {amount_words(one.amount)}"
    )


def _bare(year: int | None) -> str:
    return str(year) if year else "no year printed"


def _year(year: int | None) -> str:
    """The year behind a number in a list: in brackets, as a comma stands before the next."""
    return f"({year})" if year else year_of(year)


def _part(low: float, high: float) -> str:
    return f"{low:g}%" if low == high else f"{low:g} to {high:g}%"


def _lost(one: Exposed) -> str:
    if one.lost is None:
        return "nothing"
    share = f"{one.lost.low:.0%}"
    if one.lost.high > one.lost.low:
        share = f"{share} to {one.lost.high:.0%}"
    whose = "of its own purchases" if one.lost.own else "of the world's output"
    return f"{share} {whose}, {year_of(one.lost.year)}"
