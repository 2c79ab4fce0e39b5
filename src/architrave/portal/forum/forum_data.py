"""What the pages of the forum show beside the record: finished figures, read once, at the start.

A file names a charter, a body of it, and the figures. For another charter, or without the figures,
there is no forum and no page of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from architrave.charter.model import Body, Charter
from architrave.desks.errors import BadInput
from architrave.desks.rows import by_id, read_table, text
from architrave.portal.forum.figures_file import Figures, read_figures
from architrave.portal.forum.years_file import Years, read_years
from architrave.portal.words import LANGUAGES

__all__ = ["ForumData", "forum_in", "read_forum"]

Opened = Callable[[str], str | None]
"""The text of a file by its path from the forum's own file; None if it is not there."""

Names = Mapping[str, Mapping[str, str]]
"""Names by code and language."""

_KEYS = ("charter", "body", "figures", "places", "names", "years")


# Compared by identity: there is one of it in a process.
@dataclass(frozen=True, slots=True, eq=False)
class ForumData:
    """The forum's body in the charter, its figures, and names of places, stages and sectors.

    `years` is how the parties depend on each other by year; None where it was not written.
    """

    charter: str
    body: str
    figures: Figures
    places: Names = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    years: Years | None = None

    def bodies(self, charter: Charter) -> tuple[Body, ...]:
        """The body and those right below it, in the charter's order; none in another charter."""
        if charter.id != self.charter:
            return ()
        return tuple(one for one in charter.bodies if self.body in (one.id, one.parent))


def forum_in(beside: object) -> ForumData | None:
    """What a running node holds beside its record, if the forum's data are among it."""
    found = getattr(beside, "forum", beside)
    return found if isinstance(found, ForumData) else None


def read_forum(
    content: str, charter: Charter, opened: Opened, file: str = "forum.toml"
) -> ForumData | None:
    """The forum's data for a charter; None for another charter, or where no figures were written.

    Raises BadInput, with file and field or line, for whatever cannot be read.
    """
    named = _named(content, file)
    if named["charter"] != charter.id:
        return None
    if charter.find_body(named["body"]) is None:
        raise BadInput(f"{file}: the charter has no body {named['body']!r}.")
    written = opened(named["figures"])
    if written is None:
        return None
    parties = tuple(charter.party_ids)
    figures = read_figures(written, parties, named["figures"])
    by_year = opened(named["years"])
    return ForumData(
        named["charter"],
        named["body"],
        figures,
        _names(named["places"], opened, file),
        _names(named["names"], opened, file),
        None if by_year is None else read_years(by_year, parties, named["years"]),
    )


def _named(content: str, file: str) -> dict[str, str]:
    try:
        named = tomllib.loads(content)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(f"{file}: this is no TOML ({fault}).") from fault
    for key in named:
        if key not in _KEYS:
            raise BadInput(f"{file}: the key {key} is unknown.")
    for key in _KEYS:
        if not isinstance(named.get(key), str) or not named[key]:
            raise BadInput(f"{file}: {key} must stand there, as a text.")
    return named


def _names(path: str, opened: Opened, file: str) -> Names:
    content = opened(path)
    if content is None:
        raise BadInput(f"{file}: the file {path} that it names is not there.")
    rows = read_table(path, content, ("code", *LANGUAGES))
    by_id(rows, lambda row: text(row, "code"), lambda row: row.place)
    return {
        row.cells["code"]: {one: text(row, one) for one in LANGUAGES if row.cells[one]}
        for row in rows
    }
