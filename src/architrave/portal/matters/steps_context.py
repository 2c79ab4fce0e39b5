"""How a matter came to where it is: every entry about it in order, each with the outcome so far."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from architrave.charter.explain import outcome_text
from architrave.charter.model import Charter
from architrave.charter.phrases import phrase
from architrave.charter.rules import Position, satisfied
from architrave.institution.acts import (
    Act,
    Amended,
    Convened,
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
from architrave.portal.proofs.proof_files import proof_links, proved_sizes
from architrave.portal.reading import Copy, on_screen
from architrave.portal.refusals import refusals_about
from architrave.portal.rows import frame_of, page_links, stage_text, wording_of
from architrave.portal.whole import line_link, matter_tabs

__all__ = ["STEPS", "steps_page"]

_BREAKS = (Position.OBJECT, Position.RESERVE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry about a matter, and why it changes nothing if it does not."""

    fact: Fact
    refused: tuple[str, str] | None  # article, reason


STEPS = 50
"""Steps on one page."""


def steps_page(copy: Copy, symbol: str, page: int = 1) -> StepsPage | None:
    """Page `page`, from 1, of the steps of the matter with this symbol, the first step first.

    None if all parties know of no such matter, or there is no such page.
    """
    standing = next((one for one in copy.told.matters if one.symbol == symbol), None)
    if standing is None:
        return None
    shown = focus(standing)
    entries = list(_ordered(copy, [*_facts(copy, standing), *_refused(copy, standing)]))
    pages = max(1, -(-len(entries) // STEPS))
    if not 1 <= page <= pages:
        return None
    path = ("matters", symbol, "steps")
    return StepsPage(
        frame=frame_of(
            copy,
            copy.say("steps-title", symbol=symbol),
            *path,
            *([str(page)] if page > 1 else []),
        ),
        symbol=symbol,
        title=copy.of(wording_of(shown).title),
        tabs=matter_tabs(copy, symbol, "steps"),
        steps=_steps(copy, standing, entries, (page - 1) * STEPS),
        pages=page_links(copy, page, pages, *path),
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


def _steps(
    copy: Copy, standing: MatterStanding, entries: Sequence[_Entry], first: int
) -> tuple[StepRow, ...]:
    """The steps of a page. Those before it are not told, but what they did is known."""
    telling = _Telling(copy, standing)
    for entry in entries[:first]:
        telling.passed(entry)
    shown = entries[first : first + STEPS]
    return tuple(telling.step(number, one) for number, one in enumerate(shown, start=first + 1))


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
    about += [
        fact
        for facts in state.meetings.values()
        for fact in facts
        if isinstance(fact.act, Convened) and any(one.matter == name for one in fact.act.agenda)
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
    """By time, but none before an entry that its author had received: clocks may differ.

    Of the entries of one history the first that is left comes before the others in any case, so
    only these firsts are compared: as many as there are books, however many entries.
    """
    history = copy.view.history
    chains: dict[tuple[str, int], list[_Entry]] = {}
    for entry in entries:
        tip = entry.fact.tip
        chains.setdefault((tip.origin, id(history.find(tip))), []).append(entry)
    left = [deque(sorted(chain, key=lambda one: one.fact.tip.size)) for chain in chains.values()]
    pasts = [history.past(chain[0].fact.tip) for chain in left]
    while left:
        at = min(
            (
                place
                for place, chain in enumerate(left)
                if not any(
                    other is not chain and history.holds(pasts[place], other[0].fact.tip)
                    for other in left
                )
            ),
            key=lambda place: (left[place][0].fact.t, left[place][0].fact.tip),
        )
        yield left[at].popleft()
        if left[at]:
            pasts[at] = history.past(left[at][0].fact.tip)
        else:
            del left[at], pasts[at]


# -- one entry --------------------------------------------------------------------------------


class _Telling:
    """Tells the steps one after the other, and keeps of those before what the next one needs."""

    def __init__(self, copy: Copy, standing: MatterStanding) -> None:
        self.copy = copy
        self.proved = proved_sizes(copy)
        self.numbers = {
            one.version.name: place for place, one in enumerate(standing.versions, start=1)
        }
        self.versions = {one.version.name: one.version for one in standing.versions}
        self.facts: dict[str, list[Fact]] = {}
        self.held: dict[str, Fact | None] = {}
        self.broken: dict[str, dict[str, Fact]] = {}

    def step(self, number: int, entry: _Entry) -> StepRow:
        """A step; to be called after those before it were told or `passed`."""
        copy, fact, act = self.copy, entry.fact, entry.fact.act
        version = self.passed(entry)
        positions, outcome = self._trace(version) if version is not None else ("", "")
        reason = entry.refused[1] if entry.refused is not None else ""
        article = entry.refused[0] if entry.refused is not None else _article(copy, fact)
        return StepRow(
            number=formats.number(number),
            at=copy.here(fact.t),
            party=copy.party(fact.party),
            capital=copy.capital(fact.party),
            kind=copy.say_of("kind", kind_of(act)),
            what=_what(copy, self.numbers, act),
            article=copy.cite(article),
            decides=copy.cite(act.article) if isinstance(act, Tabled | Revised) else "",
            line=line_link(copy, fact.tip),
            proof=proof_links(copy, fact.tip, self.proved),
            sure=copy.sure(copy.view.history.holds(copy.final.cut, fact.tip)),
            refused=on_screen(reason) if reason else "",
            positions=positions,
            outcome=outcome,
        )

    def passed(self, entry: _Entry) -> Version | None:
        """Take an entry in; the version whose positions it moves or begins, None if none."""
        if entry.refused is not None:
            return None
        version = self._concerned(entry.fact)
        self._take(entry.fact)
        return version

    def _take(self, fact: Fact) -> None:
        act, party = fact.act, fact.party
        mine = self.facts.setdefault(party, [])
        before = mine[-1] if mine else None
        mine.append(fact)
        if before is not None and before.tip.size > fact.tip.size:
            # Two histories of one book: what stands goes by the place of a line in its own.
            self.held[party] = Known(tuple(mine)).position(party)
        elif isinstance(act, Positioned):
            self.held[party] = fact
        elif isinstance(act, Retracted | Revised):
            self.held[party] = None
        if isinstance(act, Positioned) and act.position in _BREAKS:
            self.broken.setdefault(act.version, {})[party] = fact

    def _concerned(self, fact: Fact) -> Version | None:
        act = fact.act
        if isinstance(act, Tabled | Revised):
            return version_of(self.copy.state, fact)
        name = act.version if isinstance(act, Positioned) else ""
        if isinstance(act, Retracted):
            held = self.held.get(fact.party)
            name = held.act.version if held and isinstance(held.act, Positioned) else ""
        return self.versions.get(name)

    def _trace(self, version: Version) -> tuple[Shown, str]:
        """The positions on a version as of an entry, and what its rule makes of them."""
        copy, rule = self.copy, version.article.rule
        if rule is None:
            return "", ""
        parties = copy.ordered(version.body.parties)
        given = {party: self._position(party, version.name) for party in parties}
        words = [
            copy.say("pair", left=copy.party(party), right=phrase(one.value, copy.language))
            for party, one in given.items()
        ]
        said = formats.joined(words, " · ")
        if version.silence is None:
            return said, outcome_text(rule, satisfied(rule, given), copy.language)
        for party, fact in self.broken.get(version.name, {}).items():
            # What broke the silence stands against it, though its party may have moved on.
            given[party] = _position(fact)
        if any(one in _BREAKS for one in given.values()):
            return said, outcome_text(rule, satisfied(rule, given), copy.language)
        return said, copy.say("steps-silent")

    def _position(self, party: str, version: str) -> Position:
        fact = self.held.get(party)
        act = fact.act if fact is not None else None
        here = isinstance(act, Positioned) and act.version == version
        return _position(fact) if here else Position.NONE


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


def _what(copy: Copy, numbers: Mapping[str, int], act: Act) -> Shown:
    if isinstance(act, Tabled | Revised):
        return copy.of(act.wording.title)
    if isinstance(act, Convened):
        return copy.say("pair", left=act.symbol, right=copy.here(act.starts))
    named = getattr(act, "version", "")
    version = copy.say("version-n", n=numbers[named]) if named in numbers else ""
    if isinstance(act, Positioned):
        position = phrase(act.position.value, copy.language)
        return copy.say("pair", left=version, right=position) if version else position
    return version


def _position(fact: Fact | None) -> Position:
    act = fact.act if fact is not None else None
    return act.position if isinstance(act, Positioned) else Position.NONE
