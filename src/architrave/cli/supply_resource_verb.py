"""`architrave supply resource`: a way round a loss, alone, in pairs and all together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.charter.parse import parse_charter
from architrave.cli.evidence_verbs import Fields
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import heading, paragraph, print_json, print_lines, table
from architrave.cli.shipped import shipped
from architrave.cli.supply_rows import CoalitionRow, ResourceSheet
from architrave.cli.supply_shares import share_of
from architrave.cli.supply_verbs import AsJson, TableFile, basis_lines, basis_sheet, write_assessed

if TYPE_CHECKING:
    from architrave.desks.supply.resourcing.pooling import Pooled

__all__ = ["lost_shares", "named_parties", "resource", "shipped_parties"]

_SHOWN = 5


def shipped_parties() -> tuple[str, ...]:
    """The parties of the shipped charter, in its order."""
    file = shipped("charters/trilateral.toml")
    return tuple(parse_charter(file.read_text(encoding="utf-8"), file.name).party_ids)


def named_parties(typed: Sequence[str] | None) -> tuple[str, ...]:
    """The parties typed with --party, else those of the charter; Unclear for one named twice."""
    for at, one in enumerate(typed or ()):
        if one in (typed or ())[:at]:
            raise Unclear(f"--party {one}: {one} is named twice.")
    return tuple(typed) if typed else shipped_parties()


def lost_shares(typed: list[str]) -> dict[str, float]:
    """What is lost, typed as NAME or NAME=SHARE; Unclear for what is no share, or named twice."""
    found: dict[str, float] = {}
    for one in typed:
        name, parted, share = one.partition("=")
        if name in found:
            raise Unclear(f"--lose {one}: {name} is named twice.")
        found[name] = share_of("--lose", one, share) if parted else 1.0
    return found


@plainly
def resource(
    lose: Annotated[
        list[str], typer.Option(help="REGION or REGION:SECTOR, =SHARE if not all; repeatable.")
    ],
    party: Annotated[
        list[str] | None, typer.Option(help="A region that looks for a way; else the charter's.")
    ] = None,
    spare: Annotated[
        str, typer.Option(help="What each can make beyond its output, as a share of it.")
    ] = "0.05",
    uncovered: Annotated[
        float, typer.Option(help="What a unit costs that is not found, in its price.")
    ] = 3.0,
    months: Annotated[float, typer.Option(help="Until all spare is running.")] = 12.0,
    file: TableFile = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """The cheapest and the quickest way round a loss: each alone, every pair, and all."""
    from architrave.desks.supply.evidence import WAY_ROUND
    from architrave.desks.supply.readers.opening import opened_table
    from architrave.desks.supply.resourcing.losses import loss_of
    from architrave.desks.supply.resourcing.market import Assumed
    from architrave.desks.supply.resourcing.pooling import pooled

    found = opened_table(file)
    part = share_of("--spare", spare, most=10.0)
    assumed = Assumed(spare=part, uncovered=uncovered, months=months)
    parties = named_parties(party)
    for one in parties:
        found.region(one)
    lost = lost_shares(lose)
    write_assessed(fields, WAY_ROUND, found, lost=lost, parties=parties, assumed=assumed)
    said = pooled(found, loss_of(found, lost), parties, assumed)
    if as_json:
        rows = [
            CoalitionRow(list(one.members), one.needed, one.uncovered, one.cost, one.months)
            for one in said.found
        ]
        shares = said.sharing
        sheet = ResourceSheet(
            basis_sheet(said.basis), said.loss, list(said.parties), rows, said.gain, said.only_all,
            dict(shares.shapley), dict(shares.nucleolus),
            {hub: dict(one) for hub, one in shares.through_hub.items()},
        )  # fmt: skip
        print_json(asdict(sheet))
        return
    print_lines(basis_lines(said.basis, {"parties": list(said.parties)}))
    print_lines(_lines(said, f"{found.unit} {found.currency}"))


def _lines(said: Pooled, unit: str) -> Iterator[str]:
    yield heading(f"Lost: {said.loss}. Amounts in {unit} a year")
    yield from table(
        [
            ("", "needed", "not found", "cost", "months"),
            *(
                (
                    " + ".join(one.members), f"{one.needed:z,.0f}", f"{one.uncovered:z,.0f}",
                    f"{one.cost:z,.0f}", f"{one.months:.1f}",
                )
                for one in said.found
            ),
        ]
    )  # fmt: skip
    yield from paragraph(
        "A cost hangs on who else is named: a party may use its own spare but for what the other "
        "parties named buy of it now, so with more of them each keeps less to itself."
    )
    yield ""
    yield from _shared_lines(said)
    yield ""
    yield heading("What one more unit of a supplier's capacity would save all together")
    prices = [
        (
            f"{one.region}:{one.sector}",
            f"{one.price:.2f}",
            f"{one.used:z,.0f} of {one.capacity:z,.0f} used",
        )
        for one in said.of(said.parties).prices[:_SHOWN]
    ]
    yield from table(prices) if prices else ["  Nothing, of any supplier."]
    yield ""
    yield from paragraph(
        "Computed from a table and from what was assumed; no forecast, and nobody's decision. "
        "Which shares are fair is not for arithmetic to say.", 0,
    )  # fmt: skip


def _shared_lines(said: Pooled) -> Iterator[str]:
    """What is saved by looking together, and how it might be divided; nothing for one party."""
    if len(said.parties) < 2:
        yield from paragraph("One party has nobody to share with: name more with --party.", 0)
        return
    yield heading("Together they save, beyond what each saves alone")
    only = f"; of it {said.only_all:z,.0f} only all together, and no pair"
    yield f"  {said.gain:z,.0f}{only if len(said.parties) > 2 else ''}."
    rows = [("", "Shapley", "nucleolus", *(f"through {hub}" for hub in said.sharing.through_hub))]
    for party in said.parties:
        through = [f"{one[party]:z,.0f}" for one in said.sharing.through_hub.values()]
        shares = (said.sharing.shapley[party], said.sharing.nucleolus[party])
        rows.append((party, *(f"{share:z,.0f}" for share in shares), *through))
    yield from table(rows)
    if said.sharing.through_hub:
        hub = said.parties[0]
        yield from paragraph(
            f"Through {hub}: the shares if the others were linked through {hub} alone and could "
            "look together only with it (Myerson's value)."
        )
    if said.sharing.would_leave is not None:
        who, gained = said.sharing.would_leave
        yield from paragraph(
            f"With Shapley's shares {' + '.join(who)} would do better apart, by {gained:z,.0f}."
        )
