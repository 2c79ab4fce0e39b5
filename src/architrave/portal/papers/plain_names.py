"""Names and texts for files that are no HTML: the same as on a page, without its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from architrave.charter.model import Body
from architrave.portal import formats
from architrave.portal.reading import Copy

__all__ = ["PlainNames", "cleaned"]

# Letters that XML 1.0 and iCalendar do not know: they would make a file that nobody can read.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """A text in which every line ends alike and no letter is one that files cannot carry."""
    return _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class PlainNames:
    """What a copy of the record calls things, as text alone."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy

    def of(self, text: Mapping[str, str]) -> str:
        """A text of the charter or of the record."""
        return cleaned(formats.plain(self.copy.of(text)))

    def party(self, party: str) -> str:
        return self.of(self.copy.charter.party(party).short)

    def parties(self, parties: Iterable[str]) -> str:
        """The short names of some parties, in order."""
        names = [self.party(one) for one in self.copy.ordered(parties)]
        return formats.listing(names, self.copy.language)

    def body(self, body: Body) -> str:
        """A body's name; a proposed one says so."""
        name = self.of(body.name)
        return self.copy.say("body-proposed", name=name) if body.proposed else name

    def here(self, ms: int) -> str:
        """An instant as this capital's clock shows it."""
        return self.copy.here(ms).text

    def title(self, text: str) -> str:
        """The title of a file or of something in it; that of a demonstration says so."""
        if not self.copy.state.founding.demonstration:
            return text
        return f"{self.copy.demo_prefix} · {text}"

    @property
    def institution(self) -> str:
        return self.of(self.copy.charter.title)

    @property
    def site(self) -> str:
        """Where this node's pages are reached, without the last slash."""
        own = self.copy.peer.party
        named = self.copy.state.founding.named(own).url
        return self.copy.addresses.get(own, named).rstrip("/")

    def address(self, path: str) -> str:
        """The whole address of a page of this node."""
        return self.site + path
