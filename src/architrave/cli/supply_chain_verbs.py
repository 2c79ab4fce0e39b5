"""`architrave supply points|trace|lose`: product chains at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.evidence_verbs import Fields
from architrave.cli.exercises_files import day_of
from architrave.cli.faults import plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.supply_resource_verb import shipped_parties
from architrave.cli.supply_rows import (
    ExposedRow,
    LossSheet,
    PartyLossRow,
    PointRow,
    PointsSheet,
    SharesRow,
    StepRow,
    StepsSheet,
)
from architrave.cli.supply_verbs import AsJson, basis_lines, basis_sheet, write_assessed

if TYPE_CHECKING:
    from architrave.desks.supply.chains.loss import Exposed, PartyLoss
    from architrave.desks.supply.chains.model import Chain
    from architrave.desks.supply.chains.shares import Concentration, Shares
    from architrave.desks.supply.chains.tracing import Step

__all__ = ["lose", "points", "trace"]

ChainName = Annotated[str, typer.Argument(metavar="CHAIN", help="semiconductors or batteries.")]


@plainly
def points(
    chain: ChainName,
    top: Annotated[int, typer.Option(min=1, max=200, help="How many stages.")] = 15,
    as_json: AsJson = False,
) -> None:
    """Stages by the largest share of one maker: single points of failure."""
    from architrave.desks.supply.chains.reading import shipped_chain
    from architrave.desks.supply.chains.shares import single_points
    from architrave.desks.supply.chains.tracing import chain_basis

    found = shipped_chain(chain)
    rows = single_points(found)[:top]
    if as_json:
        stages = [
            PointRow(stage.id, stage.name, _shares_row(shares, index), _months(found, stage.id))
            for stage, shares, index in rows
        ]
        print_json(asdict(PointsSheet(basis_sheet(chain_basis(found)), stages)))
        return
    print_lines(basis_lines(chain_basis(found)))
    words = (
        "Largest share of one maker, the index of all (10,000: one alone), time to another maker"
    )
    print_lines([heading(words)])
    print_lines(
        table(
            [
                (
                    stage.name,
                    _top(shares),
                    _index(index),
                    _until(_months(found, stage.id)),
                    f"{shares.measure} {_year(shares.year)}",
                )
                for stage, shares, index in rows
            ],
            fixed=0,
        )
    )


@plainly
def trace(
    chain: ChainName,
    product: Annotated[str, typer.Argument(help="A stage by its id, such as bat_cell.")],
    as_json: AsJson = False,
) -> None:
    """A product traced upstream: every stage that it takes from, and what is known of it."""
    from architrave.desks.supply.chains.reading import shipped_chain
    from architrave.desks.supply.chains.tracing import trace as traced

    found = traced(shipped_chain(chain), product)
    if as_json:
        sheet = StepsSheet(
            basis_sheet(found.basis), found.product, [_step_row(step) for step in found.steps],
            [list(link) for link in found.links], list(found.not_here),
        )  # fmt: skip
        print_json(asdict(sheet))
        return
    print_lines(basis_lines(found.basis))
    print_lines(
        table(
            [
                (
                    str(step.distance), step.stage.name,
                    _top(step.shares) if step.shares else "no figure",
                    f"feeds {', '.join(step.feeds)}" if step.feeds else "the product",
                )
                for step in found.steps
            ]
        )
    )  # fmt: skip
    if found.not_here:
        print_lines(
            paragraph(f"Inputs of which nothing is shipped: {', '.join(found.not_here)}.", 0)
        )


@plainly
def lose(
    chain: ChainName,
    supplier: Annotated[str, typer.Argument(help="A maker by its three letters.")],
    days: Annotated[int, typer.Option(help="For how long it is lost.")] = 60,
    stage: Annotated[
        list[str] | None, typer.Option(help="Only in this stage; may be repeated.")
    ] = None,
    party: Annotated[
        list[str] | None, typer.Option(help="Whose stocks; else the charter's parties.")
    ] = None,
    stock: Annotated[
        float | None, typer.Option(help="Days of stock where no source prints any.")
    ] = None,
    start: Annotated[str | None, typer.Option("--from", help="The first day; today.")] = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Lose a supplier for some days: when each party runs out, stage by stage."""
    from architrave.desks.supply.chains.loss import basis_together
    from architrave.desks.supply.chains.loss import lose as lost
    from architrave.desks.supply.chains.reading import shipped_chain
    from architrave.desks.supply.evidence import LOSS

    first, found = day_of(start, "--from"), shipped_chain(chain)
    parties = tuple(party) if party else shipped_parties()
    write_assessed(
        fields, LOSS, found, supplier=supplier, days=days, parties=parties, stages=stage or (),
        stock=stock,
    )  # fmt: skip
    said = [lost(found, supplier, days, one, stage or (), stock=stock) for one in parties]
    basis = basis_together(said)
    if as_json:
        sheet = LossSheet(basis_sheet(basis), [_party_row(one, first) for one in said])
        print_json(asdict(sheet))
        return
    shown = {name: one for name, one in basis.assumptions.items() if not isinstance(one, dict)}
    print_lines(basis_lines(replace(basis, assumptions=shown)))  # by stage, it stands below
    for one in said:
        print_lines(_loss_lines(one, first))
    print_lines(
        paragraph(
            "A range of what follows from the figures, and no forecast: where no stock is known "
            "the earliest day is reckoned without any, and of the latest nothing is said.", 0,
        )
    )  # fmt: skip


def _loss_lines(said: PartyLoss, first: date) -> Iterator[str]:
    yield heading(f"{said.party}: without {said.supplier} for {said.days} days from {first}")
    if said.party == said.supplier:
        yield from paragraph(f"What {said.party} makes itself is not counted as lost to it.")
        yield ""
        return
    rows = [
        (one.stage, _when(one, first), f"{one.least:.0%} comes at worst", _lost(one))
        for one in said.exposed
        if one.by_known is not None
    ]
    yield from (
        table(rows) if rows else ["  Nothing that is known runs out within the days looked at."]
    )
    if said.not_known:
        most = ", ".join(f"{name} up to {part:.0%}" for name, part in said.not_known.items())
        yield from paragraph(
            f"Not known whether {said.supplier} supplies: {most}. The earliest days count this as "
            "lost."
        )
    other = [one.stage for one in said.exposed if one.by_known is None]
    if other:
        yield from paragraph(f"Short only if it does: {', '.join(other)}.")
    yield from _taken_lines(said)
    yield from _assumed_lines(said)
    yield ""


def _taken_lines(said: PartyLoss) -> Iterator[str]:
    """What sources print and the days were reckoned from: parts lost, stocks, months."""
    taken = said.basis.assumptions
    short = {one.stage for one in said.exposed if one.by_known is not None}
    covered = {name: part for name, part in taken["lost"].items() if name not in short}
    if covered:
        parts = (
            f"{name} {_span(100 * low, 100 * high, '%')}" for name, (low, high) in covered.items()
        )
        yield from paragraph(f"Lost, and covered: {', '.join(parts)}.")
    for words, key, unit in (
        (f"{said.party} holds", "stocks", " days"),
        (f"Another takes {said.supplier}'s place", "months_until_another", " months"),
    ):
        spans = [f"{name} {_span(*span, unit)}" for name, span in taken[key].items()]
        if spans:
            yield from paragraph(f"{words}, as sources print: {', '.join(spans)}.")


def _span(low: float | None, high: float | None, unit: str) -> str:
    """A range in words; an end that no source prints is none."""
    if low is None:
        return f"up to {high:.3g}{unit}"
    if high is None:
        return f"{low:.3g}{unit} or more"
    return f"{low:.3g}{unit}" if low == high else f"{low:.3g} to {high:.3g}{unit}"


def _assumed_lines(said: PartyLoss) -> Iterator[str]:
    """What was taken for the party's own dependence, by stage."""
    makes = said.basis.assumptions["makes_itself"]
    world = [name for name in said.basis.assumptions["by_share_of_the_world"] if name not in makes]
    if world:
        yield from paragraph(
            f"Assumed: {said.party} depends on {said.supplier} as the world does, as no source "
            f"prints its own purchases: {', '.join(world)}."
        )
    if makes:
        own = ", ".join(f"{name} ({_part(*share)} of the world's)" for name, share in makes.items())
        yield from paragraph(
            f"Assumed: {said.party} uses first what it makes itself, so that it loses between "
            f"nothing and what the world loses: {own}."
        )


def _part(low: float, high: float) -> str:
    return f"{low:g}%" if low == high else f"{low:g} to {high:g}%"


def _when(one: Exposed, first: date) -> str:
    earliest = f"from {first + timedelta(days=one.earliest)} on"
    if one.by_known is not None and one.by_known > one.earliest:
        earliest += f" (by what is known from {first + timedelta(days=one.by_known)})"
    if not one.latest_known:
        return f"{earliest}, or later: not every stock is known"
    if one.latest == one.earliest:
        return f"on {first + timedelta(days=one.earliest)}"
    if one.latest is None:
        return f"{earliest}, or not at all"
    return f"{earliest}, by {first + timedelta(days=one.latest)} at the latest"


def _lost(one: Exposed) -> str:
    if one.lost is None or not one.lost.named:
        return f"for want of {one.cause}"
    share = f"{one.lost.low:.0%}"
    if one.lost.high > one.lost.low:
        share = f"{share} to {one.lost.high:.0%}"
    whose = "of its own purchases" if one.lost.own else "of the world's output"
    return f"{share} {whose}, {_year(one.lost.year)}"


def _top(shares: Shares) -> str:
    who, (low, high) = shares.top
    part = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    part = f"at least {low:g}" if shares.at_least else part
    unknown = f", {shares.unknown:.0f} unknown" if shares.unknown else ""
    return f"{who} {part} in 100{unknown}"


def _index(found: Concentration) -> str:
    low, high = round(found.low), round(found.high)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _year(year: int | None) -> str:
    return str(year) if year else "(no year printed)"


def _months(chain: Chain, stage: str) -> list[float | None] | None:
    from architrave.desks.supply.chains.cover import replaced_in

    found = replaced_in(chain, stage)
    return None if found is None else list(found)


def _until(months: list[float | None] | None) -> str:
    return "no time printed" if months is None else _span(months[0], months[1], " months")


def _shares_row(shares: Shares, index: Concentration) -> SharesRow:
    return SharesRow(
        shares.measure,
        shares.year,
        {who: list(share) for who, share in shares.by_country.items()},
        shares.unknown,
        [index.low, index.high],
        list(shares.sources),
    )


def _step_row(step: Step) -> StepRow:
    known = (
        _shares_row(step.shares, step.concentration)
        if step.shares is not None and step.concentration is not None
        else None
    )
    stage = step.stage
    return StepRow(stage.id, stage.name, stage.tier.value, step.distance, list(step.feeds), known)


def _party_row(said: PartyLoss, first: date) -> PartyLossRow:
    return PartyLossRow(
        said.party,
        list(said.stages),
        list(said.nothing),
        dict(said.not_known),
        [_exposed_row(one, first) for one in said.exposed],
        list(said.without_figures),
    )


def _exposed_row(one: Exposed, first: date) -> ExposedRow:
    def day(after: int | None) -> str | None:
        return (first + timedelta(days=after)).isoformat() if after is not None else None

    lost = one.lost
    return ExposedRow(
        stage=one.stage,
        earliest=(first + timedelta(days=one.earliest)).isoformat(),
        latest=day(one.latest),
        latest_known=one.latest_known,
        by_known=day(one.by_known),
        least=one.least,
        cause=one.cause,
        stock_days=list(one.stock),
        lost=[lost.low, lost.high] if lost else None,
        named=lost.named if lost else None,
        makes=list(lost.makes) if lost and lost.makes else None,
        own_figure=lost.own if lost else None,
        year=lost.year if lost else None,
    )
