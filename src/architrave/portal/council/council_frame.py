"""What all pages of the council share: which of them there are, and the links between them."""

from __future__ import annotations

from architrave.charter.model import Body
from architrave.portal.council.council_data import CouncilData
from architrave.portal.formats import Said
from architrave.portal.pages_rows import Frame, Link, Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of

__all__ = [
    "council_frame",
    "council_of",
    "page_titles",
    "said",
    "tabs_of",
    "translated_note",
    "worded",
]


def council_of(copy: Copy) -> tuple[CouncilData, tuple[Body, ...]] | None:
    """The council's data and its bodies in the charter as it stands; None if there are none."""
    data = copy.council
    bodies = data.bodies(copy.charter) if data is not None else ()
    return (data, bodies) if data is not None and bodies else None


def page_titles(copy: Copy, data: CouncilData) -> dict[str, str]:
    """The council's pages by their addresses below it, each with its title; the first is empty."""
    found = {"": copy.say("place-council")}
    if data.exercises is not None and copy.register is not None:
        found["exercises"] = copy.say("council-exercises")
    if data.plan is not None:
        found["exercises/plan"] = copy.say("council-plan")
    if data.series:
        found["dialogues"] = copy.say("council-dialogues")
    if data.interoperability is not None:
        found["interoperability"] = copy.say("council-interoperability")
    found["consultations"] = copy.say("council-consultations")
    if data.launches is not None:
        found["launches"] = copy.say("council-launches")
    return found


def tabs_of(copy: Copy, data: CouncilData, current: str) -> tuple[Link, ...]:
    """Links to all of the council's pages."""
    return tuple(
        Link(title, copy.address("council", *_parts(path)), path == current)
        for path, title in page_titles(copy, data).items()
    )


def council_frame(copy: Copy, data: CouncilData, path: str) -> Frame:
    """The frame of one of the council's pages."""
    return frame_of(copy, page_titles(copy, data)[path], "council", *_parts(path))


def said(copy: Copy, text: str) -> Shown | None:
    """A text of a table, which is in English; None if the cell is empty."""
    return worded(copy, text) if text else None


def worded(copy: Copy, text: str) -> Shown:
    """A text of a table in this language, if it was translated in just this wording."""
    found = copy.council.words.get(text, {}) if copy.council is not None else {}
    return found[copy.language] if copy.language in found else Said(text, "en")


def translated_note(copy: Copy) -> str:
    """That names and notes of the tables were translated and are provisional; empty if not so."""
    some = copy.council is not None and copy.council.words and copy.language != "en"
    return copy.say("council-translated") if some else ""


def _parts(path: str) -> tuple[str, ...]:
    return tuple(path.split("/")) if path else ()
