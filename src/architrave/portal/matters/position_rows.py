"""The positions on a version, and what they decide."""

from __future__ import annotations

from architrave.charter.explain import outcome_text
from architrave.charter.phrases import phrase
from architrave.charter.rules import Explanation, Position, explain
from architrave.institution.acts import Positioned
from architrave.institution.standing import Stage, VersionStanding
from architrave.institution.state import Fact
from architrave.portal import formats
from architrave.portal.matters.pages_matter import (
    ChangeRow,
    ExplanationBlock,
    PositionRow,
    ReasonRow,
)
from architrave.portal.reading import Copy
from architrave.portal.translated import untranslated

__all__ = ["explanation_block", "position_row", "position_rows"]


def position_rows(copy: Copy, one: VersionStanding) -> tuple[PositionRow, ...]:
    """The position of each party of the body, in the order of names."""
    return tuple(
        position_row(copy, party, one.positions.get(party))
        for party in copy.ordered(one.version.body.parties)
    )


def position_row(copy: Copy, party: str, fact: Fact | None) -> PositionRow:
    """A party's position; that it has none, where it has none."""
    if fact is None or not isinstance(fact.act, Positioned):
        none = Position.NONE
        words = phrase(none.value, copy.language)
        return PositionRow(copy.party(party), none.value, words, "", "", None, "", "", "")
    act = fact.act
    return PositionRow(
        party=copy.party(party),
        code=act.position.value,
        position=phrase(act.position.value, copy.language),
        reason=copy.of(act.reason),
        remedy=copy.of(act.remedy),
        at=copy.here(fact.t),
        line=copy.line(fact.tip),
        sure=copy.sure(copy.final.holds(fact)),
        untranslated=untranslated(copy, copy.of(act.reason), copy.of(act.remedy)),
    )


def explanation_block(copy: Copy, one: VersionStanding) -> ExplanationBlock | None:
    """Why the positions decide or not; none while a silence runs, when only time is awaited."""
    rule = one.version.article.rule
    silent = one.version.silence is not None
    if rule is None or (silent and one.stage is not Stage.BROKEN):
        return None
    parties = copy.ordered(one.version.body.parties)
    given = {party: _position_of(one, party) for party in parties}
    found = explain(rule, given)
    moved = found.smallest is not None and not found.changes
    return ExplanationBlock(
        outcome=outcome_text(rule, found.satisfied, copy.language),
        reasons=tuple(
            ReasonRow(
                copy.party(reason.party),
                phrase(reason.position.value, copy.language),
                phrase(f"role-{reason.role}", copy.language),
            )
            for reason in found.reasons
        ),
        changes=_changes(copy, found),
        more=phrase("more-needed", copy.language, n=found.smallest) if moved else "",
    )


def _position_of(one: VersionStanding, party: str) -> Position:
    fact = one.positions.get(party)
    if fact is None and one.version.silence is not None:
        # What broke the silence still stands against it, though its party may have moved on.
        fact = next((broken for broken in one.breaks if broken.party == party), None)
    return fact.act.position if fact and isinstance(fact.act, Positioned) else Position.NONE


def _changes(copy: Copy, found: Explanation) -> tuple[ChangeRow, ...]:
    """The smallest changes towards a decision; of one that stands, none is proposed."""
    if found.satisfied:
        return ()
    rows = []
    for change in found.changes:
        moves = [
            copy.say("moves-to", party=copy.party(party), position=phrase(to.value, copy.language))
            for party, to in change.to
        ]
        rows.append(ChangeRow(formats.listing(moves, copy.language)))
    return tuple(rows)
