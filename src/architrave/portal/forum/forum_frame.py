"""What all pages of the forum share: names, what stands first, and the links between them."""

from __future__ import annotations

from collections.abc import Mapping

from architrave.charter.model import Body
from architrave.portal.formats import Said, chosen
from architrave.portal.forum.figures_file import FiguresLayer
from architrave.portal.forum.forum_data import ForumData
from architrave.portal.forum.pages_forum import First, LayerRow
from architrave.portal.forum.years_context import years_layer
from architrave.portal.pages_rows import Frame, Link, Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of

__all__ = [
    "COMMAND",
    "dated_text",
    "forum_frame",
    "forum_of",
    "in_hundred",
    "lang_of",
    "name_of",
    "page_titles",
    "place_of_code",
    "tabs_of",
    "told_first",
]

COMMAND = "architrave supply pages --out figures.json"
"""What works the figures out again, where the desk is."""

_OF_CHAINS = "chains"  # the page of what sources print by row; the others are of the table
_OF_YEARS = "exposure"  # the page that also has shares by year, from tables that are not here


def forum_of(copy: Copy) -> tuple[ForumData, tuple[Body, ...]] | None:
    """The forum's data and its bodies in the charter as it stands; None if there are none."""
    data = copy.forum
    bodies = data.bodies(copy.charter) if data is not None else ()
    return (data, bodies) if data is not None and bodies else None


def page_titles(copy: Copy) -> dict[str, str]:
    """The forum's pages by their addresses below it, each with its title; the first is empty."""
    return {
        "": copy.say("place-forum"),
        "chains": copy.say("forum-chains"),
        "exposure": copy.say("forum-exposure"),
        "shocks": copy.say("forum-shocks"),
        "days": copy.say("forum-days"),
        "goods": copy.say("forum-goods"),
    }


def tabs_of(copy: Copy, current: str) -> tuple[Link, ...]:
    """Links to all of the forum's pages."""
    return tuple(
        Link(title, copy.address("forum", *_parts(path)), path == current)
        for path, title in page_titles(copy).items()
    )


def forum_frame(copy: Copy, path: str) -> Frame:
    """The frame of one of the forum's pages."""
    return frame_of(copy, page_titles(copy)[path], "forum", *_parts(path))


def told_first(copy: Copy, data: ForumData, path: str = "") -> First:
    """What stands first on the page at an address below the forum's first: that lists all."""
    years = data.years if path in ("", _OF_YEARS) else None
    return First(
        dated=dated_text(copy, data, path),
        compiled=copy.say("forum-compiled"),
        provisional=copy.say("council-translated") if copy.language != "en" else "",
        layers=(
            *_layers(copy, data, path),
            *(() if years is None else (years_layer(copy, years),)),
        ),
        method=copy.say("forum-method-text"),
        command=COMMAND,
        signer=copy.say("forum-signer-text"),
    )


def _layers(copy: Copy, data: ForumData, path: str) -> tuple[LayerRow, ...]:
    return tuple(
        LayerRow(
            one.name,
            one.newest or copy.say("not-known"),
            one.digest,
            copy.say("forum-source-rows") if _by_row(one) else Said(f"{one.source}.", "en"),
            copy.say("forum-terms-chains" if _by_row(one) else "forum-terms-table"),
        )
        for one in data.figures.layers
        if not path or _by_row(one) == (path == _OF_CHAINS)
    )


def _by_row(layer: FiguresLayer) -> bool:
    """Say whether a table names a source beside each of its figures, as those of chains do."""
    return layer.name.endswith(".csv")


def dated_text(copy: Copy, data: ForumData, path: str = "") -> str:
    """Of which years the figures of a page are; those of all pages without `path`."""
    table, (first, last) = data.figures.exposure.year, data.figures.years()
    if not path:
        return copy.say("forum-dated", table=table, first=first, last=last)
    if path == _OF_CHAINS:
        return copy.say("forum-dated-chains", first=first, last=last)
    return copy.say("forum-dated-table", table=table)


def place_of_code(copy: Copy, data: ForumData, code: str) -> Shown:
    """A place by the code of its publisher: a party by its name in the charter."""
    if code in copy.charter.party_ids:
        return copy.party(code)
    return _named(copy, data.places, code)


def name_of(copy: Copy, data: ForumData, code: str) -> Shown:
    """A stage, a sector, a kind or a measure in this language; its code if it has no name."""
    return _named(copy, data.names, code)


def _named(copy: Copy, names: Mapping[str, Mapping[str, str]], code: str) -> Shown:
    return chosen(names[code], copy.language) if code in names else code


def lang_of(shown: Shown) -> str:
    """The language of a text that is not the page's; empty if it is."""
    return shown.lang if isinstance(shown, Said) else ""


def in_hundred(part: float) -> str:
    """A part of 1 in percent, with one decimal; what is too little is not called nothing."""
    if 0 < part < 0.0005:
        return "<0.1%"
    return f"{100 * part:.1f}%"


def _parts(path: str) -> tuple[str, ...]:
    return tuple(path.split("/")) if path else ()
