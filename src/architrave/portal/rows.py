"""Rows that several pages share, built from one capital's copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from architrave.charter.phrases import phrase
from architrave.institution.acts import Acknowledged, Revised, Tabled, Wording
from architrave.institution.pending import (
    Consultation,
    Waiting,
    awaiting_version,
    focus,
    matter_is_final,
)
from architrave.institution.standing import MatterStanding, Stage, VersionStanding
from architrave.portal import formats
from architrave.portal.alive import silent_rows
from architrave.portal.formats import Said
from architrave.portal.mark import beam_of_version
from architrave.portal.pages_rows import (
    AnswerRow,
    ConsultationRow,
    Frame,
    Link,
    MatterRow,
    Shown,
    WaitingRow,
)
from architrave.portal.paused import suspended_texts
from architrave.portal.reading import Copy
from architrave.portal.shortened import ABOUT, TITLE, shortened
from architrave.portal.translated import untranslated
from architrave.portal.words import LANGUAGES, say

__all__ = [
    "consultation_row",
    "frame_of",
    "link_to",
    "matter_row",
    "matter_title",
    "page_links",
    "site_of",
    "source_link",
    "stage_text",
    "waiting_rows",
    "wording_of",
]

_PLACES = {
    "matters": "place-matters",
    "register": "place-register",
    "calendar": "place-calendar",
    "bodies": "place-bodies",
    "record": "place-record",
    "verify": "place-verify",
}
_FURTHER = {"research": "place-research", "data": "place-data", "glossary": "terms-title"}


_LOCALES = {"ko": "ko_KR", "ja": "ja_JP", "en": "en_US"}
_ALL, _AROUND = 12, 3  # pages that are all linked, and pages linked on each side of this one


def frame_of(copy: Copy, title: str, *path: str, about: Shown = "") -> Frame:
    """What a page at /<language>/<path> carries, under this title; `about` is cut to a preview."""
    other = about.lang if isinstance(about, Said) and about.lang != copy.language else ""
    return Frame(
        language=copy.language,
        title=title,
        about=shortened(about, ABOUT),
        about_language=other,
        locale=_LOCALES[copy.language],
        institution=copy.of(copy.charter.title),
        nature=phrase(copy.charter.legal_nature, copy.language),
        demonstration=copy.state.founding.demonstration,
        tabletop=copy.state.founding.tabletop,
        capital=copy.capital(copy.peer.party),
        at=copy.shown_now,
        home_href=copy.address(),
        places=_places(copy, path),
        further=_links(copy, _FURTHER, path),
        silent=silent_rows(copy),
        tongues=tuple(
            Link(
                Said(say("tongue", one), one),
                "/" + "/".join((one, *path)) + ("" if path else "/"),
                one == copy.language,
            )
            for one in LANGUAGES
        ),
        search_href=copy.address("search"),
        sought="",
    )


def _places(copy: Copy, path: tuple[str, ...]) -> tuple[Link, ...]:
    """The places of the head; the council's and the forum's where this copy's charter has them."""
    links = _links(copy, _PLACES, path)
    further = (("council", "place-council", copy.council), ("forum", "place-forum", copy.forum))
    return (
        *links,
        *(
            Link(copy.say(word), copy.address(place), path[:1] == (place,))
            for place, word, data in further
            if data is not None and data.bodies(copy.charter)
        ),
    )


def _links(copy: Copy, places: Mapping[str, str], path: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(
        Link(copy.say(word), copy.address(place), path[:1] == (place,))
        for place, word in places.items()
    )


def link_to(text: Shown, href: str) -> Link:
    """A link to somewhere else."""
    return Link(text, href, False)


def source_link(address: str) -> Link:
    """A source: the name of the site for a page, the symbol for an entry of the record."""
    if address.startswith(("https://", "http://")):
        return link_to(site_of(address), address)
    return link_to(address, "")


def page_links(copy: Copy, number: int, last: int, *path: str) -> tuple[Link, ...]:
    """Links to the pages of a list, of which `number` is shown; none if there is but one.

    Of more than a few these are the first, the last, and those around this one.
    """
    if last == 1:
        return ()
    near = range(number - _AROUND, number + _AROUND + 1)
    return tuple(
        Link(
            formats.number(one),
            copy.address(*path, *([str(one)] if one > 1 else [])),
            one == number,
        )
        for one in range(1, last + 1)
        if one in near or one in (1, last) or last <= _ALL
    )


def site_of(address: str) -> str:
    """The name of the site of a web address."""
    return address.split("/")[2].removeprefix("www.")


def wording_of(version: VersionStanding) -> Wording:
    """What a version says."""
    act = version.version.fact.act
    assert isinstance(act, Tabled | Revised)
    return act.wording


def matter_title(symbol: str, title: Shown) -> str:
    """The title of a matter's page: its own words, if it has some, and the symbol."""
    short = shortened(title, TITLE)
    return f"{short} · {symbol}" if short else symbol


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
        suspended=suspended_texts(copy, standing),
        beam=beam_of_version(copy, shown),
        awaiting=waiting_rows(copy, awaiting_version(copy.state, copy.view, standing, shown)),
        final=final,
        sure=copy.sure(final),
    )


def consultation_row(copy: Copy, one: Consultation) -> ConsultationRow:
    """A consultation and its answers."""
    return ConsultationRow(
        symbol=one.act.symbol,
        href=copy.address("consultations", one.act.symbol),
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
        drill=copy.say("drill-note") if one.act.drill else "",
        failed=one.closed is not None and bool(one.unanswered),
        awaiting=copy.parties(one.unanswered),
        sure=copy.sure(one.final),
        untranslated=untranslated(
            copy, *(copy.of(text) for text in (one.act.ground, one.act.facts, one.act.wish))
        ),
    )
