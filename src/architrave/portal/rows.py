"""Rows that several pages share, built from one capital's copy."""

from __future__ import annotations

from collections.abc import Iterable

from architrave.charter.phrases import phrase
from architrave.institution.acts import Acknowledged, Revised, Tabled, Wording
from architrave.institution.pending import (
    Consultation,
    Waiting,
    awaiting_version,
    focus,
    matter_is_final,
)
from architrave.institution.promises import PeriodState, State
from architrave.institution.register import Register
from architrave.institution.standing import MatterStanding, Stage, VersionStanding
from architrave.portal import formats
from architrave.portal.alive import silent_rows
from architrave.portal.formats import Said
from architrave.portal.pages_rows import (
    AnswerRow,
    ConsultationRow,
    Frame,
    Link,
    MatterRow,
    PeriodRow,
    Shown,
    WaitingRow,
)
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES, say

__all__ = [
    "consultation_row",
    "frame_of",
    "link_to",
    "matter_row",
    "period_row",
    "site_of",
    "source_link",
    "stage_text",
    "waiting_rows",
    "wording_of",
]

_PLACES = {
    "matters": "place-matters",
    "register": "place-register",
    "bodies": "place-bodies",
    "record": "place-record",
    "verify": "place-verify",
}


def frame_of(copy: Copy, title: str, *path: str) -> Frame:
    """What a page at /<language>/<path> carries, under this title."""
    return Frame(
        language=copy.language,
        title=title,
        institution=copy.of(copy.charter.title),
        nature=phrase(copy.charter.legal_nature, copy.language),
        demonstration=copy.state.founding.demonstration,
        capital=copy.capital(copy.peer.party),
        at=copy.here(copy.now),
        home_href=copy.address(),
        places=tuple(
            Link(copy.say(word), copy.address(place), path[:1] == (place,))
            for place, word in _PLACES.items()
        ),
        silent=silent_rows(copy),
        tongues=tuple(
            Link(
                Said(say("tongue", one), one),
                "/" + "/".join((one, *path)) + ("" if path else "/"),
                one == copy.language,
            )
            for one in LANGUAGES
        ),
    )


def link_to(text: Shown, href: str) -> Link:
    """A link to somewhere else."""
    return Link(text, href, False)


def source_link(address: str) -> Link:
    """A source: the name of the site for a page, the symbol for an entry of the record."""
    if address.startswith(("https://", "http://")):
        return link_to(site_of(address), address)
    return link_to(address, "")


def site_of(address: str) -> str:
    """The name of the site of a web address."""
    return address.split("/")[2].removeprefix("www.")


def wording_of(version: VersionStanding) -> Wording:
    """What a version says."""
    act = version.version.fact.act
    assert isinstance(act, Tabled | Revised)
    return act.wording


def stage_text(copy: Copy, version: VersionStanding) -> Shown:
    """How far a version is, in the charter's words where it stands."""
    if version.stage is Stage.IN_FORCE:
        return copy.of(copy.charter.words_for(wording_of(version).nature).standing)
    return copy.say_of("stage", version.stage)


def waiting_rows(copy: Copy, waiting: Iterable[Waiting]) -> tuple[WaitingRow, ...]:
    """Whom something waits for, in the order of names."""
    by_party = {one.party: one for one in waiting}
    return tuple(
        WaitingRow(
            party=copy.party(party),
            need=copy.say_of("need", by_party[party].need),
            until=copy.here(until) if (until := by_party[party].until) else None,
        )
        for party in copy.ordered(by_party)
    )


def matter_row(copy: Copy, standing: MatterStanding) -> MatterRow:
    """A matter in a list."""
    shown = focus(standing)
    final = matter_is_final(copy.view, standing)
    return MatterRow(
        symbol=standing.symbol,
        href=copy.matter_address(standing.symbol),
        title=copy.of(wording_of(shown).title),
        body=copy.body(shown.version.body),
        stage=stage_text(copy, shown),
        code=shown.stage.value,
        awaiting=waiting_rows(copy, awaiting_version(copy.state, copy.view, standing, shown)),
        final=final,
        sure=copy.sure(final),
    )


def consultation_row(copy: Copy, one: Consultation) -> ConsultationRow:
    """A consultation and its answers."""
    return ConsultationRow(
        symbol=one.act.symbol,
        body=copy.body(copy.charter.body(one.act.body)),
        party=copy.party(one.asked.party),
        at=copy.here(one.asked.t),
        ground=copy.of(one.act.ground),
        facts=copy.of(one.act.facts),
        wish=copy.of(one.act.wish),
        answers=tuple(
            AnswerRow(copy.party(fact.party), copy.here(fact.t), copy.of(fact.act.answer))
            for fact in one.answers
            if isinstance(fact.act, Acknowledged)
        ),
        awaiting=copy.parties(waiting.party for waiting in one.awaiting),
        sure=copy.sure(one.final),
    )


def period_row(copy: Copy, register: Register, one: PeriodState) -> PeriodRow:
    """A promise in one period, with its reason in words and links to what it rests on."""
    language = copy.language
    first = formats.date_moment(one.period.first, language)
    values = {name: formats.iso_moment(text, language) for name, text in one.reason.values}
    if "seat" in values:
        values["seat"] = _seat_title(copy, str(values["seat"]))
    last = one.period.last
    span = (
        copy.say("span-open", first=first)
        if last is None
        else copy.say("span", first=first, last=formats.date_moment(last, language))
    )
    return PeriodRow(
        span=span,
        years=_years(one.period.first.year, last.year if last is not None else None),
        state=one.state.value,
        word=copy.say_of("promise", one.state),
        reason=copy.say_of("reason", one.reason.key, **values),
        events=_event_links(copy, register, one.events),
        related=_event_links(copy, register, one.related),
        sources=tuple(source_link(source) for source in one.sources),
        count=_counted(copy, one),
    )


def _years(first: int, last: int | None) -> str:
    """The years of a period, for example ``2024–25``; ``2024–`` while it has no end."""
    if last is None:
        return f"{first}–"
    return f"{first}–{last % 100:02}" if last != first else str(first)


def _counted(copy: Copy, one: PeriodState) -> str:
    number = len(one.sources)
    if not number and one.state in (State.NONE_FOUND, State.NOT_KNOWN):
        return ""
    return copy.say("sources-one" if number == 1 else "sources-many", n=formats.number(number))


def _event_links(copy: Copy, register: Register, ids: Iterable[str]) -> tuple[Link, ...]:
    return tuple(
        Link(
            Said(register.event_by_id[one].title, "en"),
            copy.address("register") + f"#{one}",
            False,
        )
        for one in ids
    )


def _seat_title(copy: Copy, seat: str) -> Shown:
    found = copy.charter.find_seat(seat)
    return copy.of(found.title) if found is not None else seat
