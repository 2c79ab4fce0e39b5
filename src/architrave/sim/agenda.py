"""What the parties of one history have before them: their body, its matters and its secrets.

Articles and instruments are read off the charter, so any charter can be tried.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from architrave.charter.model import Body, Charter
from architrave.institution.acts import Act, Silence, Wording
from architrave.record.keys import PrivateKey
from architrave.sim.officers import Officers
from architrave.sim.world import HOUR, World

__all__ = ["Agenda", "Draft", "Matter", "Way", "bodies_with_parties", "ways"]


@dataclass(frozen=True, slots=True)
class Way:
    """How something may be decided: under which article, as which instrument of which nature."""

    article: str
    instrument: str
    nature: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An act and the key that is to sign it."""

    act: Act
    key: PrivateKey


@dataclass
class Matter:
    """A matter as it was tabled: who may read it, and its versions in order."""

    name: str
    to: list[str]
    versions: list[str]
    expiry: int | None = None


def bodies_with_parties(charter: Charter) -> list[Body]:
    """The bodies in which two parties or more have a voice, in the charter's order."""
    return [body for body in charter.bodies if len(body.parties) > 1]


def ways(charter: Charter, body: str, permit: str) -> list[Way]:
    """The ways of deciding in a body that a permit (decide, silence) opens; no amendments."""
    found = []
    for article in charter.articles_for(body, permit):
        for instrument in article.instruments or ("plan",):
            fits = charter.article_for(body, permit, instrument, article.legal_nature)
            if fits is article and instrument != "charter-amendment":
                found.append(Way(article.number, instrument, article.legal_nature))
    return found


@dataclass
class Agenda:
    """The things that one history is about.

    `secrets` are marks inside acts for some parties only, with the origins that may read them;
    `erased` holds by the name of an act whose party has its words erased a mark in them, and the
    origins that may read it. `instants` are times (ms) that somebody may want to see from close by.
    """

    world: World
    officers: Officers
    body: Body
    draw: Random
    matters: dict[str, Matter] = field(default_factory=dict)
    secrets: list[tuple[bytes, list[str]]] = field(default_factory=list)
    erased: dict[str, tuple[bytes, list[str]]] = field(default_factory=dict)
    instants: list[int] = field(default_factory=list)
    symbols: int = 0

    def __post_init__(self) -> None:
        charter = self.world.cast.charter
        self.deciding = ways(charter, self.body.id, "decide")
        self.silent = ways(charter, self.body.id, "silence")

    def symbol(self, party: str) -> str:
        """A symbol that nobody has used."""
        self.symbols += 1
        return f"{self.body.id}/2027/{party}/{self.symbols}"

    def only(self, *parties: str) -> list[str]:
        """The audience of some parties."""
        return sorted({self.world.cast.origin(party) for party in parties})

    def draft(self, party: str, kind: type[Act], /, **fields: object) -> Draft:
        """An act of the party's seat in this body, with the key of its present officer."""
        act = self.officers.make(party, self.body.id, kind, **fields)
        return Draft(act, self.officers.key(party, self.body.id))

    def text(self, silent: bool) -> dict[str, object]:
        """Article, wording and, if asked for, a silence: what a version says."""
        way = self.draw.choice(self.silent if silent and self.silent else self.deciding)
        words = self.officers.words("words")
        expiry = self.world.now + self.draw.choice([24, 48, 100]) * HOUR
        running = silent and bool(self.silent)
        return {
            "article": way.article,
            "wording": Wording(words, words, way.instrument, way.nature),
            "silence": Silence(way.article, expiry) if running else None,
        }

    def note_matter(self, name: str, to: list[str], silence: Silence | None) -> None:
        """A matter has been tabled."""
        self.matters[name] = Matter(name, to, [name], silence.expiry if silence else None)
        if silence is not None:
            self.instants.append(silence.expiry)

    def some_matter(self) -> Matter | None:
        """One of the matters, rather a late one; None if there is none."""
        if not self.matters:
            return None
        names = list(self.matters)
        return self.matters[self.draw.choice(names[-3:] if self.draw.random() < 0.6 else names)]
