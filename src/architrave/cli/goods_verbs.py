"""`architrave goods …`: the critical-goods list of a body, and the next one put before it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from architrave.charter.model import Body
from architrave.cli.consult_times import day_of
from architrave.cli.consultation_verbs import AsJson, NodeNamed, node_now, write_fields
from architrave.cli.desk_tables import tables_in
from architrave.cli.faults import Unclear, plainly, text_of
from architrave.cli.goods_rows import ChangesRow, goods_lines, goods_sheet
from architrave.cli.layout import paragraph, print_json, print_lines
from architrave.cli.look import Look, look
from architrave.cli.shipped import shipped
from architrave.cli.status_verbs import banner
from architrave.desks.errors import BadInput
from architrave.desks.goods.changes import Changes, changes, lacks
from architrave.desks.goods.document import plain_words, review_pledges, wording_of_list
from architrave.desks.goods.model import GoodsList
from architrave.desks.goods.reading import Named, line_of, read_goods
from architrave.desks.goods.tabled import evidence_tabled, lists_in, standing
from architrave.desks.goods.writing import written
from architrave.desks.tabling import assessments_in
from architrave.institution.pending import all_matters, focus
from architrave.institution.standing import MatterStanding
from architrave.portal.composing.finding import body_found, matter_found, standing_found
from architrave.portal.rows import wording_of

__all__ = ["app", "read_by"]

app = typer.Typer(
    no_args_is_help=True, help="The critical-goods list: as it stands, and the next one."
)

OfBody = Annotated[str, typer.Option(help="Whose list it is, for example ESF.")]


@app.command()
@plainly
def show(
    node: NodeNamed,
    body: OfBody,
    as_of: Annotated[str | None, typer.Option("--as-of", help="As it stood then.")] = None,
    as_json: AsJson = False,
) -> None:
    """The goods that stand, those first whose review is overdue or next, and every list."""
    it = look(node, as_of)
    sheet = goods_sheet(it, body_found(it.charter, body).id, day_of(it.at))
    if as_json:
        print_json(asdict(sheet))
        return
    print_lines(banner(it, as_of is not None))
    typer.echo("")
    print_lines(goods_lines(it, sheet))


@app.command()
@plainly
def export(
    node: NodeNamed,
    body: OfBody,
    out: Annotated[Path, typer.Option(help="The table to write (.csv).")],
    as_json: AsJson = False,
) -> None:
    """Write the goods that stand as the table in which the next list is written."""
    it = look(node)
    chosen = body_found(it.charter, body)
    stands = _stands(it, chosen)
    if not stands:
        raise Unclear(f"{chosen.id}: no critical-goods list stands, so there is none to write.")
    if out.exists():
        raise Unclear(f"{out}: something lies there already; nothing was written.")
    goods: dict[str, object] = {}
    for one in stands:
        twice = [name for name, good in one.goods.items() if goods.setdefault(name, good) != good]
        if twice:
            raise Unclear(f"{chosen.id}: {twice[0]} stands on two lists that say different things.")
    whole = GoodsList({name: good for one in stands for name, good in one.goods.items()})
    out.write_text(written(whole, it.charter.languages), encoding="utf-8")
    if as_json:
        print_json({"file": str(out), "goods": len(whole.goods)})
        return
    print_lines(paragraph(f"{out} holds {len(whole.goods)} goods.", 0))


@app.command()
@plainly
def fields(
    node: NodeNamed,
    file: Annotated[Path, typer.Argument(help="The next list as a table (.csv).")],
    body: OfBody,
    out: Annotated[Path, typer.Option(help="The file to write, for `architrave act`.")],
    as_json: AsJson = False,
) -> None:
    """Check the next list against what stands, and write the fields of the matter that tables it.

    Each review that is newly owed becomes a commitment of the good's owner.
    """
    it = look(node)
    chosen = body_found(it.charter, body)
    stands = _stands(it, chosen)
    before = [one.digest for one in stands]
    content, named = text_of(file), _named(it, chosen)
    goods = read_goods(file.name, content, named, before)
    found = changes(stands, goods)
    faults = lacks(stands, goods, before, day_of(node_now(it)))
    if faults:
        more = f" ({len(faults) - 1} more like it)" if len(faults) > 1 else ""
        place = line_of(file.name, content, named, faults[0].of)
        raise Unclear(f"{place}: {faults[0]}{more}")
    if goods.digest in before or (not any(asdict(found).values()) and len(before) == 1):
        raise Unclear(f"{file.name}: it says what {chosen.id}'s list says already.")
    title, summary = plain_words(goods, found, it.charter)
    due = [goods.goods[name] for name in found.due_anew]
    tree = {
        "body": chosen.id,
        "wording": msgspec.to_builtins(wording_of_list(goods, title, summary)),
        "pledges": msgspec.to_builtins(review_pledges(due, it.charter, chosen)),
    }
    write_fields(out, tree)
    if as_json:
        row = ChangesRow(found.added, goods.removed, found.reviewed, found.reworded)
        print_json({"file": str(out), "digest": goods.digest, "changes": asdict(row)})
        return
    print_lines(_told(found, out))
    typer.echo(f"Next: architrave act {node} tabled --file {out}")


def _told(found: Changes, out: Path) -> Sequence[str]:
    parts = [("added", found.added), ("removed", found.removed)]
    parts += [("with another review", found.reviewed), ("reworded", found.reworded)]
    told = "; ".join(f"{len(names)} {word}" for word, names in parts if names)
    due = len(found.due_anew)
    return [
        *paragraph(f"{out} holds the list: {told or 'the same goods'}.", 0),
        *paragraph(f"{due} reviews become commitments of the goods' owners.", 0),
    ]


def _stands(look: Look, body: Body) -> list[GoodsList]:
    lists, _ = lists_in(all_matters(look.state, look.view), body.id)
    return [one.goods for one in standing(lists)]


def _named(look: Look, body: Body) -> Named:
    """What a table may name in this copy: assessments that every party of the body can read."""
    readers = frozenset(look.state.origin_of(party) for party in body.parties)
    matters = [one for one in all_matters(look.state, look.view) if read_by(one, readers)]
    tabled = evidence_tabled(matters)

    def assessments(symbol: str) -> Sequence[str]:
        try:
            one = standing_found(look, matter_found(look, symbol))
        except Unclear as fault:
            raise BadInput(str(fault)) from fault
        if not read_by(one, readers):
            raise BadInput(f"{one.symbol}: not every party of {body.id} can read it.")
        wording = wording_of(focus(one))
        found = {each.digest for each in assessments_in(wording.document)}
        named = [digest for digest in wording.digests.values() if digest in found]
        if not named:
            raise BadInput(f"{one.symbol}: it names no assessment that it tables.")
        return named

    return Named(
        look.charter.party_ids, look.charter.languages, _stages(), assessments, tabled.__contains__
    )


def read_by(matter: MatterStanding, readers: frozenset[str]) -> bool:
    """Say whether a matter was tabled to all of these logs: else it is no evidence for them."""
    to = matter.tabled.audience.logs
    return to is None or readers <= to


def _stages() -> frozenset[str]:
    """The stages of the product chains that are shipped, by id."""
    found: set[str] = set()
    for content in tables_in(shipped("data/chains")).values():
        rows = csv.DictReader(StringIO(content))
        if "tier" in (rows.fieldnames or ()):
            found |= {row["stage_id"] for row in rows}
    return frozenset(found)
