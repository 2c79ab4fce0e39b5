"""The context of the forum's page of exposure: whose output inputs are made of, in one year."""

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
from architrave.portal.forum.matrix import matrix_chart
from architrave.portal.forum.pages_forum import ExposurePage, MatrixBlock, MatrixRow, MutualRow
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
    everywhere = _block(
        copy,
        data,
        "regions",
        copy.say("forum-regions", year=year),
        [(place_of_code(copy, data, one), one, said.by_region[one]) for one in order],
    )
    sectors = tuple(
        _block(
            copy,
            data,
            f"sectors-{party.lower()}",
            copy.say("forum-sectors", party=copy.party(party), year=year),
            [
                (name_of(copy, data, sector), party, said.by_sector[f"{party}:{sector}"])
                for sector in said.sectors
            ],
        )
        for party in copy.order
    )
    return ExposurePage(
        frame=forum_frame(copy, "exposure"),
        first=told_first(copy, data, "exposure"),
        tabs=tabs_of(copy, "exposure"),
        regions=everywhere,
        sectors=sectors,
        mutual=mutual_rows(copy, data),
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


def _block(
    copy: Copy,
    data: ForumData,
    anchor: str,
    title: str,
    rows: Sequence[tuple[Shown, str, Taken]],
) -> MatrixBlock:
    """Rows of a name, a region and what it takes; a row that buys nothing says so in each cell."""
    regions, order = data.figures.exposure.regions, regions_in_order(copy, data)
    places = [regions.index(one) for one in order]
    columns = [place_of_code(copy, data, one) for one in order]
    nothing = copy.say("forum-buys-nothing")

    def numbers(shares: Sequence[float]) -> list[float]:
        return [shares[at] if shares else 0.0 for at in places]

    def words(shares: Sequence[float]) -> tuple[str, ...]:
        return tuple(in_hundred(shares[at]) if shares else nothing for at in places)

    texts = [words(taken.through) for _, _, taken in rows]
    return MatrixBlock(
        anchor=anchor,
        title=title,
        chart=matrix_chart(
            copy.say("forum-matrix-label", title=formats.plain(title)),
            [name for name, _, _ in rows],
            columns,
            [numbers(taken.through) for _, _, taken in rows],
            texts,
            [order.index(region) for _, region, _ in rows],
        ),
        columns=tuple(columns),
        rows=tuple(
            MatrixRow(name, text, words(taken.face))
            for (name, _, taken), text in zip(rows, texts, strict=True)
        ),
    )
