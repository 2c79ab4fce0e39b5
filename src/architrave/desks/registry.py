"""Which desks there are, and how each is asked: to assess, or to work an assessment out again.

A desk is found by its name through the entry points of the group `architrave.desks`, so that a
package of somebody else's can bring another. Those shipped here are named in `SHIPPED` as well, as
a checkout that was never installed has no entry points; nobody else's may take their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment
from architrave.institution.register_rows import Register

__all__ = [
    "GROUP",
    "REGISTER",
    "SHIPPED",
    "Desk",
    "Shelf",
    "Sources",
    "desk_named",
    "names",
    "rerun",
]

GROUP = "architrave.desks"
REGISTER = "register"
"""The layer of an assessment that is a register of facts, and no table."""

SHIPPED: Mapping[str, str] = {
    "consultation": "architrave.desks.consultation.desk:DESK",
    "dialogues": "architrave.desks.dialogues.desk:DESK",
    "exercises": "architrave.desks.exercises.desk:DESK",
    "interoperability": "architrave.desks.interoperability.desk:DESK",
    "launches": "architrave.desks.launches.desk:DESK",
    "supply": "architrave.desks.supply.desk:DESK",
}


def _unmarked(text: str) -> str | None:
    return None


def _none(assessment: Assessment) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Sources:
    """What a desk works with: tables by name, the register, the charter's parties in order.

    `marking` gives the name of a marking that a text carries, or None. `files` are large tables of
    numbers that whoever asks has named; a desk opens them itself, and knows them by their digest.
    """

    texts: Mapping[str, str]
    register: Register | None
    parties: tuple[str, ...]
    marking: Callable[[str], str | None] = _unmarked
    files: tuple[Path, ...] = ()

    def text(self, name: str) -> str:
        """The table of this name; BadInput if it is not here."""
        if name not in self.texts:
            raise BadInput(f"{name} is not here.")
        return self.texts[name]

    @property
    def facts(self) -> Register:
        """The register; BadInput if there is none."""
        if self.register is None:
            raise BadInput("no register of facts is here.")
        return self.register


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk by its name.

    `assess` says all that the desk finds in its own tables, as of a day; `rerun` works one
    assessment out again from `Sources` whose tables are named as the layers are. Both raise
    BadInput for what cannot be read. `finds` are the digests of those layers of an assessment that
    the desk looks for itself among the `files`, as no shelf has them; it refuses where one is not.
    """

    name: str
    assess: Callable[[Sources, date], tuple[Assessment, ...]]
    rerun: Callable[[Assessment, Sources], Assessment]
    finds: Callable[[Assessment], frozenset[str]] = _none


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything at hand: tables and registers by their SHA-256, whatever they are called.

    `files` as in `Sources`.
    """

    tables: Mapping[str, str]
    registers: Mapping[str, Register]
    parties: tuple[str, ...]
    marking: Callable[[str], str | None] = _unmarked
    files: tuple[Path, ...] = ()


def names() -> tuple[str, ...]:
    """The names of all desks, in order."""
    return tuple(sorted({*SHIPPED, *(one.name for one in entry_points(group=GROUP))}))


def desk_named(name: str) -> Desk:
    """The desk of this name; BadInput with those that are known."""
    found = SHIPPED.get(name)
    if found is not None:
        point = EntryPoint(name, found, GROUP)
    else:
        others = [one for one in entry_points(group=GROUP) if one.name == name]
        if not others:
            raise BadInput(f"there is no desk {name[:40]!r} here, only {', '.join(names())}.")
        point = others[0]
    desk = point.load()
    if not isinstance(desk, Desk):
        raise BadInput(f"{point.value} is no desk.")
    return desk


def rerun(assessment: Assessment, shelf: Shelf) -> Assessment:
    """Work an assessment out again, from the very inputs that it names by SHA-256.

    BadInput if one of them is not at hand, or the desk refuses.
    """
    desk = desk_named(assessment.desk)
    texts: dict[str, str] = {}
    register = None
    own = desk.finds(assessment)
    for layer in assessment.layers:
        if layer.digest in own:
            continue
        kept: Mapping[str, object] = shelf.registers if layer.name == REGISTER else shelf.tables
        if layer.digest not in kept:
            raise BadInput(
                f"{layer.name[:80]}: nothing here has the SHA-256 {layer.digest[:16]}… that the "
                "assessment names."
            )
        if layer.name == REGISTER:
            register = shelf.registers[layer.digest]
        else:
            texts[layer.name] = shelf.tables[layer.digest]
    sources = Sources(texts, register, shelf.parties, shelf.marking, shelf.files)
    return desk.rerun(assessment, sources)
