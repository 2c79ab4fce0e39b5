"""What a feed is before it becomes a file: its own fields, and those of each entry."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.pages_rows import Shown

__all__ = ["Feed", "FeedEntry"]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; times in milliseconds.

    `kind` is official, derived or compiled, and `kind_word` the same in words. `published` is None
    where nobody says when it was. `since` tells what came later and bears on it. `sure` says
    whether it is final, for the code and in words; None for what rests on no line of the record.
    """

    uid: str
    title: Shown
    href: str
    kind: str
    kind_word: str
    topic: str
    topic_word: str
    body: str
    author: str
    published: int | None
    updated: int
    lines: tuple[Shown, ...]
    since: tuple[str, ...] = ()
    sure: tuple[str, str] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed in one language, the `number`-th of `pages`. `atom` and `json` are the
    addresses of the first, `page` is a page to read, and `updated` the time of the newest entry.

    `changed` is the word for an entry on which something later bears.
    """

    uid: str
    language: str
    title: str
    changed: str
    about: str
    author: str
    atom: str
    json: str
    page: str
    icon: str
    updated: int
    number: int
    pages: int
    entries: tuple[FeedEntry, ...]

    def address(self, first: str, number: int) -> str:
        """The address of a page, from that of the first."""
        return first if number == 1 else f"{first}?page={number}"
