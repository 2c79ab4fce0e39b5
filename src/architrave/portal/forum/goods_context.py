"""The context of the page of critical goods: what the record holds of the forum's lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from architrave.charter.model import Body
from architrave.desks.goods.changes import LONGEST_YEARS, Lack
from architrave.desks.goods.model import Good
from architrave.desks.goods.tabled import (
    Listed,
    Tables,
    Unreadable,
    evidence_tabled,
    fitting,
    lists_in,
    replaced_by,
    standing,
)
from architrave.institution.attestations import attestations
from architrave.institution.pending import matter_is_final
from architrave.portal import formats
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.forum_frame import forum_frame, forum_of, name_of, tabs_of
from architrave.portal.forum.pages_goods import (
    BodyGoods,
    ChangedRow,
    GoodBlock,
    GoodsPage,
    ListBlock,
    PieceRow,
    UnreadableRow,
)
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy, on_screen
from architrave.portal.rows import link_to, stage_text, wording_of

__all__ = ["goods_page"]

_SHORT = 16


def goods_page(copy: Copy) -> GoodsPage | None:
    """The page; None if this copy has no forum."""
    found = forum_of(copy)
    if found is None:
        return None
    data, bodies = found
    tabled = evidence_tabled(copy.told.matters)
    shown = (_body(copy, data, body, tabled) for body in bodies)
    return GoodsPage(
        frame=forum_frame(copy, "goods"),
        tabs=tabs_of(copy, "goods"),
        bodies=tuple(one for one in shown if one.lists or one.unreadable),
    )


def _body(copy: Copy, data: ForumData, body: Body, tabled: Mapping[str, Tables]) -> BodyGoods:
    lists, unreadable = lists_in(copy.told.matters, body.id)
    stands = standing(lists)
    goods = [(one, good) for one in stands for good in one.goods.goods.values()]
    goods.sort(key=lambda it: (it[1].review, it[1].id, it[0].matter.symbol))
    return BodyGoods(
        anchor=body.id,
        name=copy.body(body),
        proposed=body.proposed,
        several=_several(copy, stands),
        goods=tuple(_good(copy, data, one, good, tabled) for one, good in goods),
        lists=tuple(_list(copy, one, lists, one in stands) for one in lists),
        unreadable=tuple(_unreadable(copy, one) for one in unreadable),
    )


def _several(copy: Copy, stands: tuple[Listed, ...]) -> str:
    if len(stands) < 2:
        return ""
    return copy.say("goods-several", lists=", ".join(one.matter.symbol for one in stands))


def _good(
    copy: Copy, data: ForumData, one: Listed, good: Good, tabled: Mapping[str, Tables]
) -> GoodBlock:
    symbol = one.matter.symbol
    return GoodBlock(
        anchor=f"{symbol.replace('/', '-')}-{good.id}",
        name=copy.of(good.name),
        why=copy.of(good.why),
        codes=", ".join(good.hs),
        stage=name_of(copy, data, good.stage) if good.stage else "",
        evidence=tuple(_piece(copy, piece, tabled) for piece in good.evidence),
        review=formats.iso_moment(good.review.isoformat(), copy.language),
        owner=copy.party(good.owner) if good.owner in copy.charter.party_ids else good.owner,
        overdue=copy.say("goods-overdue") if good.review < copy.today() else "",
        matter=link_to(symbol, copy.matter_address(symbol)),
    )


def _piece(copy: Copy, piece: str, tabled: Mapping[str, Tables]) -> PieceRow:
    digest = piece.removeprefix("sha256:")
    if digest == piece:
        return PieceRow(piece, urlsplit(piece).hostname or piece, ())
    if digest not in tabled:
        return PieceRow("", copy.say("goods-not-here", digest=digest[:_SHORT]), ())
    found = tabled[digest]
    said = attestations(copy.state, copy.view, found.version.version.name, digest)
    finding = {fact.party: act.finding for fact, act in said}
    return PieceRow(
        copy.matter_address(found.matter.symbol),
        found.matter.symbol,
        tuple(
            copy.say("pair", left=copy.party(party), right=copy.say_of("attested", finding[party]))
            for party in copy.ordered(finding)
        ),
    )


def _list(copy: Copy, one: Listed, lists: tuple[Listed, ...], stands: bool) -> ListBlock:
    symbol = one.matter.symbol
    lacks = fitting(one, lists) if not one.decided else ()
    return ListBlock(
        matter=link_to(copy.of(wording_of(one.shown).title), copy.matter_address(symbol)),
        symbol=symbol,
        count=copy.say("goods-count", n=formats.number(len(one.goods.goods))),
        stage=stage_text(copy, one.shown),
        code=one.shown.stage.value,
        stands=stands,
        sure=copy.sure(matter_is_final(copy.view, one.matter)),
        changes=tuple(_changes(copy, one, lists)),
        lacks=tuple(_lack(copy, lack) for lack in lacks),
    )


def _changes(copy: Copy, one: Listed, lists: tuple[Listed, ...]) -> Iterator[ChangedRow]:
    found = replaced_by(one, lists)

    def named(ids: Iterable[str]) -> tuple[Shown, ...]:
        return tuple(copy.of(one.goods.goods[name].name) for name in ids)

    if found.added:
        yield ChangedRow(copy.say("goods-added"), named(found.added))
    if found.removed:
        why = (
            copy.say("pair", left=name, right=copy.of(one.goods.removed[name]))
            if name in one.goods.removed
            else name  # without a reason, which `fitting` says
            for name in found.removed
        )
        yield ChangedRow(copy.say("goods-removed"), tuple(why))
    if found.reviewed:
        yield ChangedRow(copy.say("goods-reviewed"), named(found.reviewed))
    if found.reworded:
        yield ChangedRow(copy.say("goods-reworded"), named(found.reworded))


def _lack(copy: Copy, lack: Lack) -> str:
    day = formats.iso_text(lack.day, copy.language) if lack.day else ""
    return copy.say_of("goods-lack", lack.kind, of=lack.of, day=day, years=LONGEST_YEARS)


def _unreadable(copy: Copy, one: Unreadable) -> UnreadableRow:
    symbol = one.matter.symbol
    return UnreadableRow(link_to(symbol, copy.matter_address(symbol)), on_screen(one.why))
