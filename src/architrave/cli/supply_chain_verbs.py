"""`architrave supply points|trace|lose`: product chains at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.evidence_verbs import Fields
from architrave.cli.exercises_files import day_of
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.supply_amounts import (
    amount_row,
    amount_words,
    dates_row,
    dates_words,
    left_out_lines,
    span,
    undated_row,
    year_of,
)
from architrave.cli.supply_chain_opening import ChainName, opened_chain
from architrave.cli.supply_loss_lines import loss_lines
from architrave.cli.supply_loss_rows import (
    ExposedRow,
    LossSheet,
    NotMadeRow,
    PartyLossRow,
    UndatedRow,
)
from architrave.cli.supply_resource_verb import named_parties
from architrave.cli.supply_rows import (
    PointRow,
    PointsSheet,
    SharesRow,
    StepRow,
    StepsSheet,
)
from architrave.cli.supply_verbs import AsJson, basis_lines, basis_sheet, write_assessed

if TYPE_CHECKING:
    from architrave.desks.supply.chains.amounts import Missed
    from architrave.desks.supply.chains.loss import Exposed, PartyLoss
    from architrave.desks.supply.chains.model import Amount, Chain, Stage
    from architrave.desks.supply.chains.shares import Concentration, Shares
    from architrave.desks.supply.chains.tracing import Step

__all__ = ["lose", "points", "trace"]


@plainly
def points(
    chain: ChainName,
    top: Annotated[int, typer.Option(min=1, max=200, help="How many stages.")] = 15,
    as_json: AsJson = False,
) -> None:
    """Stages by the largest share of one maker: single points of failure."""
    from architrave.desks.supply.chains.shares import shares_of, single_points, undated_shares
    from architrave.desks.supply.chains.tracing import points_basis

    opened = opened_chain(chain)
    found = opened.chain
    rows = single_points(found)[:top]
    basis = points_basis(found, [stage.id for stage, _, _ in rows])
    left = [one for stage, _, _ in rows for one in undated_shares(found, stage.id)]
    bare = [one for one in found.stages if shares_of(found, one) is None]
    if as_json:
        stages = [_point_row(found, *one) for one in rows]
        undated = [undated_row(one) for one in left]
        print_json(asdict(PointsSheet(basis_sheet(basis), stages, bare, undated)))
        return
    print_lines(basis_lines(opened.sourced(basis, addresses=True)))
    words = "Largest share, index of all (10,000: one alone), time to another, the world's amount"
    print_lines([heading(words)])
    print_lines(table([_point(found, *one) for one in rows], fixed=0))
    if bare:
        named = ", ".join(f"{one} ({found.stages[one].name})" for one in bare)
        print_lines(paragraph(f"No figure: {named}.", 0))
    print_lines(left_out_lines(left))


@plainly
def trace(
    chain: ChainName,
    product: Annotated[str, typer.Argument(help="A stage by its id, such as bat_cell.")],
    as_json: AsJson = False,
) -> None:
    """A product traced upstream: every stage that it takes from, and what is known of it."""
    from architrave.desks.supply.chains.tracing import trace as traced

    opened = opened_chain(chain)
    found = traced(opened.chain, product)
    if as_json:
        sheet = StepsSheet(
            basis_sheet(found.basis), found.product, [_step_row(step) for step in found.steps],
            [list(link) for link in found.links], list(found.not_here),
            [undated_row(one) for one in found.left_out],
        )  # fmt: skip
        print_json(asdict(sheet))
        return
    print_lines(basis_lines(opened.sourced(found.basis, addresses=True)))
    print_lines(
        table(
            [
                (
                    str(step.distance), step.stage.name,
                    _top(step.shares) if step.shares else "no figure",
                    _world(step.amounts),
                    f"feeds {', '.join(step.feeds)}" if step.feeds else "the product",
                )
                for step in found.steps
            ]
        )
    )  # fmt: skip
    print_lines(
        paragraph(
            "The number is how many stages off it is by the longest way: a stage stands behind all "
            "that take from it, though a shorter way may lead to the product as well.", 0,
        )
    )  # fmt: skip
    if found.not_here:
        print_lines(
            paragraph(f"Inputs of which this chain has no row: {', '.join(found.not_here)}.", 0)
        )
    print_lines(left_out_lines(found.left_out))


@plainly
def lose(
    chain: ChainName,
    supplier: Annotated[str, typer.Argument(help="A maker by its three letters.")],
    days: Annotated[int, typer.Option(help="For how long it is lost: 1 to 365.")] = 60,
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
    from architrave.desks.supply.chains.amounts import missed, printed_of
    from architrave.desks.supply.chains.loss import basis_together
    from architrave.desks.supply.chains.loss import lose as lost
    from architrave.desks.supply.evidence import LOSS

    first, opened = day_of(start, "--from"), opened_chain(chain)
    found = opened.chain
    if not 1 <= days <= 365:
        raise Unclear(f"--days {days}: expected 1 to 365 days.")
    if stock is not None and not 0 <= stock <= 3650:
        raise Unclear(f"--stock {stock:g}: expected 0 to 3650 days.")
    parties = named_parties(party)
    write_assessed(
        fields, LOSS, found, supplier=supplier, days=days, parties=parties, stages=stage or (),
        stock=stock,
    )  # fmt: skip
    said = [lost(found, supplier, days, one, stage or (), stock=stock) for one in parties]
    basis, asked = basis_together(said), stage or list(found.stages)
    gone, printed = missed(found, supplier, days, asked), printed_of(found, supplier, asked)
    if as_json:
        sheet = LossSheet(
            basis_sheet(basis), [_party_row(one, first) for one in said],
            [_not_made_row(one) for one in gone], [amount_row(one) for one in printed],
        )  # fmt: skip
        print_json(asdict(sheet))
        return
    shown = {name: one for name, one in basis.assumptions.items() if not isinstance(one, dict)}
    # By stage, it stands below.
    print_lines(basis_lines(opened.sourced(replace(basis, assumptions=shown), addresses=True)))
    print_lines(loss_lines(found, said, first, gone, printed))


def _point(
    chain: Chain, stage: Stage, shares: Shares, index: Concentration
) -> tuple[str, str, str, str, str]:
    from architrave.desks.supply.chains.amounts import of_world
    from architrave.desks.supply.chains.dating import months_dates

    until = "no time printed"
    if (months := _months(chain, stage.id)) is not None:
        dates = dates_words(months_dates(chain, stage.id))
        until = f"{span(months[0], months[1], ' months')} {dates}"
    return stage.name, _top(shares), _index(index), until, _world(of_world(chain, stage.id))


def _point_row(chain: Chain, stage: Stage, shares: Shares, index: Concentration) -> PointRow:
    from architrave.desks.supply.chains.amounts import of_world
    from architrave.desks.supply.chains.cover import sources_of_cover
    from architrave.desks.supply.chains.dating import months_dates

    return PointRow(
        stage.id,
        stage.name,
        _shares_row(shares, index),
        _months(chain, stage.id),
        dates_row(months_dates(chain, stage.id)),
        list(dict.fromkeys(sources_of_cover(chain, stage.id, ""))),
        [amount_row(one) for one in of_world(chain, stage.id)],
    )


def _world(amounts: Sequence[Amount]) -> str:
    return amount_words(amounts[0]) if amounts else "no amount printed"


def _top(shares: Shares) -> str:
    who, (low, high) = shares.top
    part = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    part = f"at least {low:g}" if shares.at_least else part
    unknown = f", {shares.unknown:.0f} unknown" if shares.unknown else ""
    return f"{who} {part} in 100{unknown}; {shares.measure} {year_of(shares.year)}"


def _index(found: Concentration) -> str:
    low, high = round(found.low), round(found.high)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _months(chain: Chain, stage: str) -> list[float | None] | None:
    from architrave.desks.supply.chains.cover import replaced_in

    found = replaced_in(chain, stage)
    return None if found is None else list(found)


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
    amounts = [amount_row(one) for one in step.amounts]
    return StepRow(
        stage.id, stage.name, stage.tier.value, step.distance, list(step.feeds), known, amounts
    )


def _party_row(said: PartyLoss, first: date) -> PartyLossRow:
    return PartyLossRow(
        said.party,
        list(said.stages),
        list(said.nothing),
        dict(said.not_known),
        [_exposed_row(one, first) for one in said.exposed],
        {name: list(waits) for name, waits in said.machines.items()},
        list(said.without_figures),
        said.in_tables,
        {name: list(one) for name, one in said.sources.items()},
        dict(said.dates.years),
        {name: dates_row(dates) for name, dates in said.dates.stocks.items()},
        {name: dates_row(dates) for name, dates in said.dates.months.items()},
        [
            UndatedRow(one.stage, round(one.share / 100, 9), one.note, one.source)
            for one in said.dates.left_out
        ],
        [undated_row(one) for one in said.dates.shares_left_out],
    )


def _not_made_row(one: Missed) -> NotMadeRow:
    return NotMadeRow(
        one.stage, [one.low, one.high], [one.lost.low, one.lost.high], one.measure,
        one.lost.year, amount_row(one.amount),
    )  # fmt: skip


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
        least_cause=one.least_cause,
        known_least=one.known_least,
        known_least_cause=one.known_least_cause,
        cause=one.cause,
        stock_days=list(one.stock),
        lost=[lost.low, lost.high] if lost else None,
        named=lost.named if lost else None,
        makes=list(lost.makes) if lost and lost.makes else None,
        own_figure=lost.own if lost else None,
        year=lost.year if lost else None,
    )
