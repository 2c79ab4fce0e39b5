"""What every act says, and the parts that stand inside one."""

from __future__ import annotations

import msgspec

from architrave.record.entries import PUBLIC, Audience

__all__ = ["Act", "Cell", "Pledge", "Point", "Silence", "Text", "Wording"]

Text = dict[str, str]


class Act(msgspec.Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True, kw_only=True,
          omit_defaults=True):  # fmt: skip
    """What every act says."""

    party: str
    key: str
    at: int
    to: list[str]
    seat: str = ""

    @property
    def audience(self) -> Audience:
        """Who may read it."""
        return PUBLIC if self.to == ["public"] else Audience(frozenset(self.to))


class Silence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A silence procedure: the article that permits it, and the expiry (ms since 1970)."""

    article: str
    expiry: int


class Pledge(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A commitment as a version words it: who owes what by when.

    `cadence` is once, monthly, quarterly, half-yearly or annual; `due` is the ISO date on which the
    (first) period ends.
    """

    id: str
    owner: str
    due: str
    what: Text
    cadence: str = "once"


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a version says. `document` is opaque here: desks own its schema.

    `instrument` is arrangement, plan, statement, programme, charter-amendment or note; `nature`
    political or binding; `digests` name attachments by SHA-256.
    """

    title: Text
    summary: Text
    instrument: str
    nature: str
    document: str = ""
    digests: dict[str, str] = {}


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A point of an agenda, with the name of the matter it is about if it is about one.

    Without `debate` it is a point A, to be taken together with the others of that kind.
    """

    title: Text
    matter: str = ""
    debate: bool = True


class Cell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell in which what was tabled and what was worked out again differ, each as it is read."""

    cell: str
    tabled: str
    again: str
