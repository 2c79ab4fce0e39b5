"""The context of the forum's page of exposure: whose output inputs are made of, and by year."""

from __future__ import annotations

from collections.abc import Sequence

from architrave.portal import formats
from architrave.portal.forum.figures_file import Taken
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.forum_frame import (
    forum_frame,
    forum_of,
    in_hundred,
    name_of,
    place_of_code,
    tabs_of,
    told_first,
)
from architrave.portal.forum.matrix import matrix_chart, matrix_stack, most_of
from architrave.portal.forum.pages_forum import ExposurePage, MatrixBlock, MatrixRow, MutualRow
from architrave.portal.forum.years_context import years_block
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy

__all__ = ["exposure_page", "mutual_rows", "regions_in_order"]


def exposure_page(copy: Copy) -> ExposurePage | None:
    """The page of exposure; None if this copy has no forum."""
    found = forum_of(copy)
    if found is None:
        return None
    data, _ = found
    said = data.figures.exposure
    order = regions_in_order(copy, data)
    year = str(said.year)
    rows = {
        "regions": [(place_of_code(copy, data, one), one, said.by_region[one]) for one in order],
        **{
            f"sectors-{party.lower()}": [
                (name_of(copy, data, sector), party, said.by_sector[f"{party}:{sector}"])
                for sector in said.sectors
            ]
            for party in copy.order
        },
    }
    titles = [
        copy.say("forum-regions", year=year),
        *(copy.say("forum-sectors", party=copy.party(one), year=year) for one in copy.order),
    ]
    most = _most(data, [row for many in rows.values() for row in many])
    everywhere, *sectors = (
        _block(copy, data, anchor, title, many, most)
        for (anchor, many), title in zip(rows.items(), titles, strict=True)
    )
    return ExposurePage(
        frame=forum_frame(copy, "exposure"),
        first=told_first(copy, data, "exposure"),
        tabs=tabs_of(copy, "exposure"),
        regions=everywhere,
        sectors=tuple(sectors),
        mutual=mutual_rows(copy, data),
        years=None if data.years is None else years_block(copy, data.years),
    )


def regions_in_order(copy: Copy, data: ForumData) -> tuple[str, ...]:
    """The table's regions: parties in the order of names, then the others as the table has them."""
    regions = data.figures.exposure.regions
    parties = copy.ordered(set(regions) & set(copy.charter.party_ids))
    return (*parties, *(one for one in regions if one not in parties))


def mutual_rows(copy: Copy, data: ForumData) -> tuple[MutualRow, ...]:
    """Every ordered pair of parties, in the order of names."""
    pairs = {(one.of, one.by): one for one in data.figures.exposure.mutual}
    return tuple(
        MutualRow(
            copy.party(of),
            copy.party(by),
            in_hundred(pairs[of, by].supplies),
            in_hundred(pairs[of, by].earns),
        )
        for of in copy.order
        for by in copy.order
        if (of, by) in pairs
    )


_Row = tuple[Shown, str, Taken]  # whose inputs, of which region, and what they are made of


def _most(data: ForumData, rows: Sequence[_Row]) -> float:
    """The largest share that has a bar on the page: all its drawings have the scale of that."""
    regions = data.figures.exposure.regions
    return most_of(
        [taken.through for _, _, taken in rows], [regions.index(one) for _, one, _ in rows]
    )


def _block(
    copy: Copy, data: ForumData, anchor: str, title: str, rows: Sequence[_Row], most: float
) -> MatrixBlock:
    """Rows of a name, a region and what it takes; a row that buys nothing says so in each cell."""
    regions, order = data.figures.exposure.regions, regions_in_order(copy, data)
    places = [regions.index(one) for one in order]
    columns = tuple(place_of_code(copy, data, one) for one in order)
    nothing = copy.say("forum-buys-nothing")

    def numbers(shares: Sequence[float]) -> list[float]:
        return [shares[at] if shares else 0.0 for at in places]

    def words(shares: Sequence[float]) -> tuple[str, ...]:
        return tuple(in_hundred(shares[at]) if shares else nothing for at in places)

    names = [name for name, _, _ in rows]
    shares = [numbers(taken.through) for _, _, taken in rows]
    texts = [words(taken.through) for _, _, taken in rows]
    own = [order.index(region) for _, region, _ in rows]
    plain_title = formats.plain(title)
    return MatrixBlock(
        anchor=anchor,
        title=title,
        chart=matrix_chart(
            copy.say("forum-matrix-label", title=plain_title),
            names, columns, shares, texts, own, most,
        ),
        narrow=matrix_stack(
            copy.say("forum-matrix-narrow", title=plain_title),
            names, columns, shares, texts, own, most,
        ),
        columns=columns,
        rows=tuple(
            MatrixRow(name, text, words(taken.face))
            for (name, _, taken), text in zip(rows, texts, strict=True)
        ),
    )  # fmt: skip
