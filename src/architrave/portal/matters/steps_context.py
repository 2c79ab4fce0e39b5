"""How a matter came to where it is: every entry about it in order, each with the outcome so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from architrave.charter.explain import outcome_text
from architrave.charter.model import Charter
from architrave.charter.phrases import phrase
from architrave.charter.rules import Position, satisfied
from architrave.institution.acts import (
    Act,
    Amended,
    Positioned,
    Retracted,
    Revised,
    Tabled,
    kind_of,
)
from architrave.institution.admit import RIGHTS
from architrave.institution.amendments import charter_at
from architrave.institution.closing import Known, Version, version_of
from architrave.institution.pending import focus, matter_is_final
from architrave.institution.standing import MatterStanding
from architrave.institution.state import Fact, View
from architrave.portal import formats
from architrave.portal.matters.pages_texts import ClosingRow, StepRow, StepsPage
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy, on_screen
from architrave.portal.refusals import refusals_about
from architrave.portal.rows import frame_of, stage_text, wording_of
from architrave.portal.whole import line_link, matter_tabs

__all__ = ["steps_page"]

_BREAKS = (Position.OBJECT, Position.RESERVE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry about a matter, and why it changes nothing if it does not."""

    fact: Fact
    refused: tuple[str, str] | None  # article, reason


def steps_page(copy: Copy, symbol: str) -> StepsPage | None:
    """The steps of the matter with this symbol; None if all parties know of no such matter."""
    standing = next((one for one in copy.told.matters if one.symbol == symbol), None)
    if standing is None:
        return None
    shown = focus(standing)
    entries = list(_ordered(copy, [*_facts(copy, standing), *_refused(copy, standing)]))
    return StepsPage(
        frame=frame_of(copy, copy.say("steps-title", symbol=symbol), "matters", symbol, "steps"),
        symbol=symbol,
        title=copy.of(wording_of(shown).title),
        tabs=matter_tabs(copy, symbol, "steps"),
        steps=tuple(
            _step(copy, standing, entries, number) for number in range(1, len(entries) + 1)
        ),
        stage=stage_text(copy, shown),
        code=shown.stage.value,
        sure=copy.sure(matter_is_final(copy.view, standing)),
        closings=tuple(
            ClosingRow(
                party=copy.party(party),
                line=line_link(copy, tip) if (tip := shown.has_all[party]) is not None else None,
                knows=shown.knows[party],
            )
            for party in copy.ordered(shown.version.body.parties)
        ),
        ticks_text=copy.say("ticks-of", n=shown.ticks, all=2 * len(shown.version.body.parties)),
    )


# -- which entries, in which order ------------------------------------------------------------


def _facts(copy: Copy, standing: MatterStanding) -> Iterator[_Entry]:
    """What counts here of a matter: its acts, and the releases and erasures of those."""
    state, name = copy.state, standing.name
    indexes = (state.matters, state.reports, state.notices, state.suspensions)
    about = [fact for index in indexes for fact in index.get(name, ())]
    about += [
        fact
        for facts in state.amended.values()
        for fact in facts
        if isinstance(fact.act, Amended) and fact.act.matter == name
    ]
    named = {fact.name for fact in about}
    for index in (state.releases, state.erasures):
        about += [fact for one in sorted(named) for fact in index.get(one, ())]
    found = {fact.tip: fact for fact in copy.view.of(about)}
    return (_Entry(fact, None) for fact in found.values())


def _refused(copy: Copy, standing: MatterStanding) -> Iterator[_Entry]:
    """What the charter did not admit, and all parties may read."""
    for one in refusals_about(copy, standing):
        party = copy.state.party_of(one.tip.origin)
        fact = Fact(one.tip, party, one.t, copy.view.audience, "", one.act)
        yield _Entry(fact, (one.refused.article, one.refused.reason))


def _ordered(copy: Copy, entries: Iterable[_Entry]) -> Iterator[_Entry]:
    """By time, but none before an entry that its author had received: clocks may differ."""
    history = copy.view.history
    left = sorted(entries, key=lambda one: (one.fact.t, one.fact.tip))
    pasts = {one.fact.tip: history.past(one.fact.tip) for one in left}
    while left:
        chosen = next(
            one
            for one in left
            if not any(
                other is not one and history.holds(pasts[one.fact.tip], other.fact.tip)
                for other in left
            )
        )
        left.remove(chosen)
        yield chosen


# -- one entry --------------------------------------------------------------------------------


def _step(copy: Copy, standing: MatterStanding, entries: list[_Entry], number: int) -> StepRow:
    entry = entries[number - 1]
    fact, act = entry.fact, entry.fact.act
    before = tuple(one.fact for one in entries[:number] if one.refused is None)
    version = _concerned(copy, standing, before, entry)
    positions, outcome = _trace(copy, version, before) if version is not None else ("", "")
    reason = entry.refused[1] if entry.refused is not None else ""
    article = entry.refused[0] if entry.refused is not None else _article(copy, fact)
    return StepRow(
        number=formats.number(number),
        at=copy.here(fact.t),
        party=copy.party(fact.party),
        capital=copy.capital(fact.party),
        kind=copy.say_of("kind", kind_of(act)),
        what=_what(copy, standing, act),
        article=copy.cite(article),
        decides=copy.cite(act.article) if isinstance(act, Tabled | Revised) else "",
        line=line_link(copy, fact.tip),
        sure=copy.sure(copy.view.history.holds(copy.final.cut, fact.tip)),
        refused=on_screen(reason) if reason else "",
        positions=positions,
        outcome=outcome,
    )


def _article(copy: Copy, fact: Fact) -> str:
    """The article that permits an act, by the charter in force in the past of that act."""
    state, history = copy.state, copy.view.history
    if isinstance(fact.act, Amended):
        # Its own past would hold what it brings about; it stands under the charter it replaces.
        charter = version_of(state, state.acts[fact.act.version][0]).charter
        return _permitting(charter, fact.act)
    past = View(history, history.past(fact.tip), fact.audience)
    charter = charter_at(state, past) if state.amended else state.charter
    return _permitting(charter, fact.act)


def _permitting(charter: Charter, act: Act) -> str:
    found = charter.article_permitting(RIGHTS[type(act)].permit)
    return found.number if found is not None else ""


def _what(copy: Copy, standing: MatterStanding, act: Act) -> Shown:
    if isinstance(act, Tabled | Revised):
        return copy.of(act.wording.title)
    named = getattr(act, "version", "")
    numbers = {one.version.name: place for place, one in enumerate(standing.versions, start=1)}
    version = copy.say("version-n", n=numbers[named]) if named in numbers else ""
    if isinstance(act, Positioned):
        position = phrase(act.position.value, copy.language)
        return copy.say("pair", left=version, right=position) if version else position
    return version


def _concerned(
    copy: Copy, standing: MatterStanding, before: tuple[Fact, ...], entry: _Entry
) -> Version | None:
    """The version whose positions an entry moves or begins; None if it moves none."""
    act = entry.fact.act
    if entry.refused is not None:
        return None
    if isinstance(act, Tabled | Revised):
        return version_of(copy.state, entry.fact)
    name = act.version if isinstance(act, Positioned) else ""
    if isinstance(act, Retracted):
        held = Known(before[:-1]).position(entry.fact.party)
        name = held.act.version if held and isinstance(held.act, Positioned) else ""
    found = (one.version for one in standing.versions if one.version.name == name)
    return next(found, None)


def _trace(copy: Copy, version: Version, before: tuple[Fact, ...]) -> tuple[Shown, str]:
    """The positions on a version as of an entry, and what its rule makes of them."""
    rule = version.article.rule
    if rule is None:
        return "", ""
    known = Known(before)
    parties = copy.ordered(version.body.parties)
    held = known.on(version.name, parties)
    given = {party: _position(held.get(party)) for party in parties}
    words = [
        copy.say("pair", left=copy.party(party), right=phrase(one.value, copy.language))
        for party, one in given.items()
    ]
    said = formats.joined(words, " · ")
    if version.silence is None:
        return said, outcome_text(rule, satisfied(rule, given), copy.language)
    for fact in known.breaks(version.name):
        # What broke the silence stands against it, though its party may have moved on.
        given[fact.party] = _position(fact)
    if any(one in _BREAKS for one in given.values()):
        return said, outcome_text(rule, satisfied(rule, given), copy.language)
    return said, copy.say("steps-silent")


def _position(fact: Fact | None) -> Position:
    act = fact.act if fact is not None else None
    return act.position if isinstance(act, Positioned) else Position.NONE
