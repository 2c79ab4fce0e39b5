"""Amending the charter: what a version would change, who may close it, and which charter runs.

The `document` of a version whose instrument is a charter amendment is canonical JSON::

    {"amends": <charter>, "attempt": <1 or more>, "charter": <the whole text, TOML>}

`amends` names the charter that it replaces: by the version that brought it, or, for that of the
founding, by its digest. Of the amendments of one charter at most one is ever in force, since no
party can close two, and every party must close the one that is
(`docs/decisions/0012-amendments.md`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from architrave.charter.errors import CharterError
from architrave.charter.model import Article, Body, Charter
from architrave.charter.parse import parse_charter
from architrave.charter.rules import RuleName
from architrave.institution.acts import Amended, Revised, Tabled
from architrave.institution.questions import matter_in, permitted
from architrave.institution.standing import Stage, VersionStanding, stand
from architrave.institution.state import Fact, Institution, Refused, View, add
from architrave.record import canonical
from architrave.record.errors import Malformed
from architrave.record.fields import Fields

__all__ = [
    "INSTRUMENT",
    "MAX_CHARTER",
    "Amendment",
    "Course",
    "amend",
    "amended_by",
    "amendment_in",
    "amendments_of",
    "attempts",
    "charter_at",
    "course_of",
    "document_fault",
    "in_force",
    "joined",
    "may_amend",
    "read_amendment",
    "shape_fault",
    "write_amendment",
]

INSTRUMENT = "charter-amendment"

MAX_CHARTER = 256 << 10
"""Bytes of the longest text that may become the charter: every node checks it, at any time."""
# Under these no party closes a version that it objects to, or on which it reserves its position.
_RULES = (RuleName.ALL_CONCUR, RuleName.CONSENSUS)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an amendment says: which charter it replaces, by which, and at which attempt."""

    amends: str
    attempt: int
    charter: Charter
    text: str


# A charter takes some milliseconds to check, and is asked for at each act.
@lru_cache(maxsize=64)
def read_amendment(document: str) -> Amendment:
    """Read the document of an amendment. Malformed if it, or the charter in it, does not check."""
    fields = Fields.of(canonical.load(document.encode()), "amendment")
    base, attempt, text = fields.text("amends"), fields.integer("attempt"), fields.text("charter")
    fields.end()
    if len(text.encode()) > MAX_CHARTER:
        raise Malformed(f"amendment: the new charter is longer than {MAX_CHARTER} bytes.")
    if attempt < 1:
        raise Malformed(f"amendment: the first attempt is 1, found {attempt}.")
    try:
        charter = parse_charter(text, "charter")
    except CharterError as fault:
        first = str(fault).splitlines()[0]
        raise Malformed(f"amendment: the new charter does not check: {first}") from None
    return Amendment(base, attempt, charter, text)


def write_amendment(base: str, attempt: int, text: str) -> str:
    """The document of an amendment; Malformed if `read_amendment` would refuse it."""
    document = canonical.dump({"amends": base, "attempt": attempt, "charter": text}).decode()
    read_amendment(document)
    return document


def amendment_in(act: object) -> Amendment | None:
    """The amendment that an act carries, or None."""
    if isinstance(act, Tabled | Revised) and act.wording.instrument == INSTRUMENT:
        return read_amendment(act.wording.document)
    return None


# -- which charter runs ---------------------------------------------------------------------------


def in_force(state: Institution, view: View) -> tuple[str, Charter]:
    """The charter in force in a view, and what an amendment of it calls it."""
    name, charter = state.founded_under.digest, state.founded_under
    while state.amended:
        # All name the same version, unless two parties lie together.
        found = min(map(_version, view.of(state.amended.get(name, ()))), default="")
        if not found:
            break
        name, charter = found, _charter_of(state, found)
    return name, charter


def charter_at(state: Institution, view: View) -> Charter:
    """The charter in force in a view."""
    return in_force(state, view)[1]


def _charter_of(state: Institution, version: str) -> Charter:
    amendment = amendment_in(state.acts[version][0].act)
    assert amendment is not None
    return amendment.charter


def amended_by(state: Institution, view: View) -> Iterator[tuple[Fact, Amendment]]:
    """The acts by which the charter was amended, in order, each with what it brought."""
    name = state.founded_under.digest
    while facts := list(view.of(state.amended.get(name, ()))):
        first = min(facts, key=lambda fact: (_version(fact), fact.t, fact.tip))
        name = _version(first)
        amendment = amendment_in(state.acts[name][0].act)
        assert amendment is not None
        yield first, amendment


def _version(fact: Fact) -> str:
    assert isinstance(fact.act, Amended)
    return fact.act.version


class Course(StrEnum):
    """What has become, in a view, of a version that amends the charter."""

    OPEN = "open"
    DUE = "due"  # it is in force, and nobody has said yet that the charter runs so
    DONE = "done"
    OVERTAKEN = "overtaken"  # the charter that it amends has been amended otherwise


def course_of(state: Institution, view: View, version: VersionStanding) -> Course | None:
    """What has become of a version; None if it amends nothing."""
    amendment = amendment_in(version.version.fact.act)
    if amendment is None:
        return None
    brought = {_version(fact) for fact, _ in amended_by(state, view)}
    if version.version.name in brought:
        return Course.DONE
    if amendment.amends != in_force(state, view)[0]:
        return Course.OVERTAKEN
    return Course.DUE if version.stage is Stage.IN_FORCE else Course.OPEN


# -- tabling one ----------------------------------------------------------------------------------


def document_fault(
    state: Institution, past: View, article: Article, act: Tabled | Revised
) -> Refused | None:
    """Refuse an amendment that changes another charter, or what no amendment can change."""
    number = article.number
    # An article that permits this decides by positions: nothing here is adopted by silence.
    if "amend" not in article.permits:
        return Refused(number, "this article does not permit amending the charter (amend).")
    if article.rule is None or article.rule.name not in _RULES:
        return Refused(number, "an amendment is decided by the consent or consensus of all.")
    try:
        amendment = read_amendment(act.wording.document)
    except Malformed as fault:
        return Refused(number, str(fault))
    base, charter = in_force(state, past)
    if amendment.amends != base:
        return Refused(number, f"it amends another charter than the one in force, {base}.")
    last = attempts(state, past, base)
    if amendment.attempt > last + 1:
        return Refused(number, f"this charter is at attempt {last + 1}, not {amendment.attempt}.")
    if amendment.charter.digest == charter.digest:
        return Refused(number, "it brings the charter that is in force, and changes nothing.")
    changed = shape_fault(charter, amendment.charter)
    return Refused(number, f"no amendment changes this: {changed}") if changed else None


def attempts(state: Institution, view: View, base: str) -> int:
    """How many attempts at amending a charter have been made."""
    return max((one.attempt for _, one in amendments_of(state, view, base)), default=0)


def amendments_of(state: Institution, view: View, base: str) -> Iterator[tuple[Fact, Amendment]]:
    """The versions that amend a charter, so called by `base`, each with what it would bring.

    By attempt and name: what is said of one act is the same wherever it is read.
    """
    found = [
        (fact, amendment)
        for fact in view.of(state.amendments.get(base, ()))
        if (amendment := amendment_in(fact.act)) is not None
    ]
    return iter(sorted(found, key=lambda one: (one[1].attempt, one[0].name, one[0].tip)))


def shape_fault(old: Charter, new: Charter) -> str:
    """What an amendment changes and must not: whose acts would lose their ground; else empty."""
    for what in ("id", "languages", "party_ids"):
        if getattr(old, what) != getattr(new, what):
            return f"the charter's {_CALLED[what]}."
    for body in old.bodies:
        found = new.find_body(body.id)
        if found is None:
            return f"{body.id} is dropped; a body stays."
        if found.parties != body.parties:
            return f"the parties of {body.id}."
        fault = _seats_fault(body, found)
        if fault:
            return fault
    return ""


_CALLED = {"id": "id", "languages": "languages", "party_ids": "parties, or their order"}


def _seats_fault(old: Body, new: Body) -> str:
    kept = {seat.id: (seat.party, seat.voting) for seat in new.seats}
    for seat in old.seats:
        if kept.get(seat.id) != (seat.party, seat.voting):
            return f"the seat {seat.id} of {old.id}."
    return ""


def joined(state: Institution, fact: Fact) -> Institution:
    """A version that amends the charter has joined its matter."""
    amendment = amendment_in(fact.act)
    if amendment is None:
        return state
    return state.but(amendments=add(state.amendments, amendment.amends, fact))


# -- bringing it about ----------------------------------------------------------------------------


def may_amend(state: Institution, past: View, fact: Fact) -> Refused | None:
    """An officer says, for all to read, that the charter runs as amended from here on."""
    act = fact.act
    assert isinstance(act, Amended)
    tabled = matter_in(state, past, act.matter)
    if isinstance(tabled, Refused):
        return tabled
    assert isinstance(tabled.act, Tabled)
    article = permitted(state, tabled.act.body, "amend")
    if isinstance(article, Refused):
        return article
    number = article.number
    if not fact.audience.covers(tabled.audience, state.founding.origins):
        return Refused(number, "everyone who may read the matter must be able to read this.")
    version = state.find(past, act.version)
    amendment = amendment_in(version.act) if version is not None else None
    if amendment is None or state.matter_of.get(act.version) != act.matter:
        return Refused(number, "the version is no amendment of this matter, or not yet received.")
    standing = stand(state, act.matter, past)
    decided = standing.decided if standing is not None else None
    decided = decided if decided is not None and decided.stage is Stage.IN_FORCE else None
    if decided is None or decided.version.name != act.version:
        return Refused(number, "the amendment is not in force in the past of this act.")
    base, _ = in_force(state, past)
    if act.version == base:
        return Refused(number, "the charter has been amended so already.")
    if amendment.amends != base:
        return Refused(number, "the charter that it amends has been amended since.")
    return None


def amend(state: Institution, fact: Fact) -> Institution:
    """The charter runs as amended; acts are judged by it in whose past this one is."""
    act = fact.act
    assert isinstance(act, Amended)
    amendment = amendment_in(state.acts[act.version][0].act)
    assert amendment is not None
    state = state.but(amended=add(state.amended, amendment.amends, fact))
    name = state.founded_under.digest
    while facts := state.amended.get(name, ()):
        name = min(_version(one) for one in facts)
    return state.but(charter=_charter_of(state, name))
