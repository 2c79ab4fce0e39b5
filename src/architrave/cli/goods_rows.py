"""The critical-goods list of a body as the terminal shows it: frozen values, and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from architrave.cli.layout import heading, paragraph
from architrave.cli.look import LANGUAGE, Look, in_english
from architrave.desks.goods.model import Good
from architrave.desks.goods.tabled import (
    Listed,
    Tables,
    evidence_tabled,
    fitting,
    lists_in,
    replaced_by,
    standing,
)
from architrave.institution.acts import Text
from architrave.institution.attestations import attestations
from architrave.institution.pending import all_matters, matter_is_final
from architrave.institution.standing import Stage
from architrave.portal.words import say_of

__all__ = [
    "ChangesRow",
    "GoodRow",
    "GoodsSheet",
    "ListRow",
    "PieceRow",
    "goods_lines",
    "goods_sheet",
]

_SHORT = 16


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece of evidence: a source's address, or a digest and the matter that tables it.

    `symbol` is empty for a source, and where no matter in this copy has the digest. `again` says
    what parties found who worked it out again: same, different or not-rerun.
    """

    piece: str
    symbol: str
    again: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A good that stands, by the `list` (a symbol) that it stands on; `review` is a date."""

    id: str
    list: str
    name: Text
    why: Text
    hs: tuple[str, ...]
    stage: str
    evidence: tuple[PieceRow, ...]
    review: str
    overdue: bool
    owner: str


@dataclass(frozen=True, slots=True)
class ChangesRow:
    """What a list changes in those that it replaces: ids of goods."""

    added: tuple[str, ...]
    removed: Mapping[str, Text]
    reviewed: tuple[str, ...]
    reworded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list: the matter that tables it, its digest, those it replaces, and what it changes.

    `stands` is true for what is decided and not replaced. `lacks` says what a proposed list lacks
    to follow what stands.
    """

    symbol: str
    stage: str
    final: bool
    stands: bool
    digest: str
    before: tuple[str, ...]
    goods: int
    changes: ChangesRow
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoodsSheet:
    """What `goods show --json` prints; `unreadable` are matters that say they are lists, and why.

    Goods stand by the day of their review, the earliest first; `lists` as they were tabled, the
    last first.
    """

    body: str
    today: str
    goods: tuple[GoodRow, ...]
    lists: tuple[ListRow, ...]
    unreadable: Mapping[str, str]


def goods_sheet(look: Look, body: str, today: date) -> GoodsSheet:
    """The lists of a body as a copy shows them."""
    matters = all_matters(look.state, look.view)
    lists, unreadable = lists_in(matters, body)
    stands = standing(lists)
    tabled = evidence_tabled(matters)
    goods = [
        _good(look, one, good, tabled, today) for one in stands for good in one.goods.goods.values()
    ]
    return GoodsSheet(
        body=body,
        today=today.isoformat(),
        goods=tuple(sorted(goods, key=lambda row: (row.review, row.id, row.list))),
        lists=tuple(_list(look, one, lists, one in stands) for one in lists),
        unreadable={one.matter.symbol: one.why for one in unreadable},
    )


def _good(
    look: Look, one: Listed, good: Good, tabled: Mapping[str, Tables], today: date
) -> GoodRow:
    return GoodRow(
        id=good.id,
        list=one.matter.symbol,
        name=good.name,
        why=good.why,
        hs=good.hs,
        stage=good.stage,
        evidence=tuple(_piece(look, piece, tabled) for piece in good.evidence),
        review=good.review.isoformat(),
        overdue=good.review < today,
        owner=good.owner,
    )


def _piece(look: Look, piece: str, tabled: Mapping[str, Tables]) -> PieceRow:
    digest = piece.removeprefix("sha256:")
    found = tabled.get(digest) if digest != piece else None
    if found is None:
        return PieceRow(piece, "", {})
    said = attestations(look.state, look.view, found.version.version.name, digest)
    again = {fact.party: act.finding for fact, act in said}
    return PieceRow(piece, found.matter.symbol, again)


def _list(look: Look, one: Listed, lists: tuple[Listed, ...], stands: bool) -> ListRow:
    found = replaced_by(one, lists)
    return ListRow(
        symbol=one.matter.symbol,
        stage=one.shown.stage.value,
        final=matter_is_final(look.view, one.matter),
        stands=stands,
        digest=one.goods.digest,
        before=one.goods.before,
        goods=len(one.goods.goods),
        changes=ChangesRow(found.added, one.goods.removed, found.reviewed, found.reworded),
        lacks=tuple(str(lack) for lack in fitting(one, lists)) if not one.decided else (),
    )


def goods_lines(look: Look, sheet: GoodsSheet) -> Iterator[str]:
    """The list that stands, what is overdue first; then the versions, and what they changed."""
    name = in_english(look.charter.body(sheet.body).name)
    stands = [one for one in sheet.lists if one.stands]
    yield heading(f"Critical goods, {name}: {len(sheet.goods)}, as of {sheet.today}")
    if not stands:
        yield "  No list stands."
    if len(stands) > 1:
        symbols = ", ".join(one.symbol for one in stands)
        yield from paragraph(f"{symbols} were agreed beside each other; the next takes them all.")
    for good in sheet.goods:
        yield from _good_lines(look, good)
    if sheet.lists:
        yield ""
        yield heading("Lists")
    for one in sheet.lists:
        yield from _list_lines(one)
    for symbol, why in sheet.unreadable.items():
        yield from paragraph(f"{symbol} says that it is a list, and is none: {why}")


def _good_lines(look: Look, good: GoodRow) -> Iterator[str]:
    what = "; ".join([*good.hs, *([good.stage] if good.stage else [])])
    late = " (overdue)" if good.overdue else ""
    yield f"  {good.id}: {in_english(good.name)} [{what}]"
    yield from paragraph(in_english(good.why), 4)
    yield f"    review by {good.review}{late}, {look.capital(good.owner)}; {good.list}"
    for one in good.evidence:
        yield from paragraph(_piece_text(look, one), 4)


def _piece_text(look: Look, one: PieceRow) -> str:
    if not one.piece.startswith("sha256:"):
        return f"evidence: {one.piece}"
    short = one.piece.removeprefix("sha256:")[:_SHORT]
    if not one.symbol:
        return f"evidence: {short}…, of which this copy has no matter"
    said = [
        f"{look.capital(who)}: {say_of('attested', it, LANGUAGE)}" for who, it in one.again.items()
    ]
    return f"evidence: {one.symbol}, {short}…" + (f" ({'; '.join(said)})" if said else "")


def _list_lines(one: ListRow) -> Iterator[str]:
    decided = one.stage in (Stage.AGREED, Stage.IN_FORCE)
    state = "replaced" if decided else say_of("stage", one.stage, LANGUAGE)
    state = "stands" if one.stands else state
    sure = "" if one.final else ", provisional"
    yield f"  {one.symbol}: {one.goods} goods, {state}{sure}"
    parts = [("added", one.changes.added), ("removed", tuple(one.changes.removed))]
    parts += [("another review", one.changes.reviewed), ("reworded", one.changes.reworded)]
    told = "; ".join(f"{word}: {', '.join(names)}" for word, names in parts if names)
    if told:
        yield from paragraph(told, 4)
    for lack in one.lacks:
        yield from paragraph(f"lacks: {lack}", 4)
