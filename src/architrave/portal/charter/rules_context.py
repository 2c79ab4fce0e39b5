"""The page of an article's decision rule: plain words, the whole table, and a trial of it.

The trial asks the very table by which the record is judged (`charter.rules`); there is no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from architrave.charter.explain import needs_text, outcome_text, rule_text, table_head
from architrave.charter.model import Article
from architrave.charter.phrases import phrase
from architrave.charter.proofs import article_tables
from architrave.charter.rules import (
    Explanation,
    Position,
    Rule,
    RuleName,
    RuleTable,
    classes,
    explain,
    table,
)
from architrave.portal import formats
from architrave.portal.charter.pages_rules import (
    OutcomeRow,
    OutcomeTable,
    RulePage,
    TrialForm,
    TrialOption,
    TrialParty,
    TrialResult,
)
from architrave.portal.matters.pages_matter import ReasonRow
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.translated import untranslated
from architrave.portal.whole import asked_frame

__all__ = ["EXAMPLES", "has_rule_page", "rule_page"]

_LONGEST_QUOTED = 40
_NONE, _CONCUR, _ABSTAIN = Position.NONE, Position.CONCUR, Position.ABSTAIN
_RESERVE, _OBJECT = Position.RESERVE, Position.OBJECT

EXAMPLES: Mapping[RuleName, tuple[Rule, tuple[Position, ...], tuple[Position, ...]]] = {
    RuleName.ALL_CONCUR: (
        Rule(RuleName.ALL_CONCUR),
        (_CONCUR, _CONCUR, _CONCUR),
        (_CONCUR, _CONCUR, _ABSTAIN),
    ),
    RuleName.CONSENSUS: (
        Rule(RuleName.CONSENSUS, 2),
        (_CONCUR, _CONCUR, _ABSTAIN),
        (_CONCUR, _CONCUR, _RESERVE),
    ),
    RuleName.SILENCE: (
        Rule(RuleName.SILENCE),
        (_NONE, _NONE, _CONCUR),
        (_NONE, _CONCUR, _OBJECT),
    ),
    RuleName.ANY_ONE: (
        Rule(RuleName.ANY_ONE),
        (_CONCUR, _NONE, _OBJECT),
        (_NONE, _NONE, _NONE),
    ),
    RuleName.AT_LEAST: (
        Rule(RuleName.AT_LEAST, 2),
        (_CONCUR, _CONCUR, _OBJECT),
        (_CONCUR, _ABSTAIN, _ABSTAIN),
    ),
}
"""What `rule-example-<name>` in words.csv tells: two sets of positions of three parties.

Their outcomes are read from the table, so that an example cannot say what the rule does not do.
"""


def has_rule_page(article: Article) -> bool:
    """True if an article decides by positions: it has a rule."""
    return article.rule is not None


def rule_page(copy: Copy, number: str, given: Mapping[str, str]) -> RulePage | None:
    """The page of an article's rule; None if the charter has no such article, or it has no rule.

    `given` are the positions in the address, by the id of the party; without any there is no
    result.
    """
    article = copy.charter.find_article(number)
    if article is None or article.rule is None:
        return None
    circles = _circles(copy, article)
    positions, fault = _read(copy, circles, given)
    rule, text = article.rule, copy.of(article.text)
    several = len(circles) > 1 or bool(article.bodies)
    asked = {party: position.value for party, position in positions.items()}
    cite = copy.cite(number)
    return RulePage(
        frame=asked_frame(
            copy,
            copy.say("rule-title", article=formats.plain(cite)),
            asked,
            *("rules", number),
            about=rule_text(rule, copy.language),
        ),
        cite=cite,
        title=copy.of(article.title),
        text=text,
        untranslated=untranslated(copy, text),
        rule=rule_text(rule, copy.language),
        plain=copy.say_of("rule-plain", rule.name, n=rule.parameter),
        example=_example(copy, rule.name),
        needs=needs_text(article, copy.language),
        tables=tuple(_table(copy, one) for one in _tables(copy, article)),
        trials=tuple(
            # Where all bodies have the same parties, their names would tell nothing.
            _form(copy, number, names if several else [], parties, positions)
            for parties, names in circles.items()
        ),
        result=_result(copy, rule, positions, copy.address("rules", number)) if asked else None,
        fault=fault,
        charter_href=copy.address("charter") + f"#article-{number}",
    )


def _example(copy: Copy, name: RuleName) -> str:
    rule, first, second = EXAMPLES[name]
    rows = table(rule, len(first)).rows
    words = [outcome_text(rule, rows[row], copy.language) for row in (first, second)]
    return copy.say_of("rule-example", name, first=words[0], second=words[1])


def _tables(copy: Copy, article: Article) -> tuple[RuleTable, ...]:
    """None for who accepts evidence: there the one who reported is no party to it."""
    return () if article.accepts_evidence is not None else article_tables(copy.charter, article)


def _table(copy: Copy, whole: RuleTable) -> OutcomeTable:
    ordered = sorted(classes(whole), key=lambda one: not one.satisfied)
    return OutcomeTable(
        anchor=f"table-{whole.n_parties}",
        caption=table_head(whole, copy.language),
        heads=tuple(phrase(one.value, copy.language) for one in Position),
        rows=tuple(
            OutcomeRow(
                outcome=outcome_text(whole.rule, one.satisfied, copy.language),
                decides=one.satisfied,
                counts=tuple(formats.number(one.positions.count(word)) for word in Position),
                ways=formats.number(one.count),
            )
            for one in ordered
        ),
    )


# -- the trial ------------------------------------------------------------------------------

Circles = Mapping[tuple[str, ...], list[Shown]]


def _circles(copy: Copy, article: Article) -> Circles:
    """The parties that decide together under an article, and in which bodies they do."""
    found: dict[tuple[str, ...], list[Shown]] = {}
    if article.accepts_evidence is None:
        for body in copy.charter.bodies:
            if article.applies_to(body.id):
                found.setdefault(copy.ordered(body.parties), []).append(copy.body(body))
    return found


def _read(
    copy: Copy, circles: Circles, given: Mapping[str, str]
) -> tuple[dict[str, Position], str]:
    """The positions in an address, one for each party of one circle, or what is wrong with it."""
    if not given:
        return {}, ""
    for name, word in given.items():
        if not any(name in parties for parties in circles):
            return {}, copy.say("trial-no-party", given=name[:_LONGEST_QUOTED])
        if word not in set(Position):
            party = copy.party(name)
            return {}, copy.say("trial-no-position", party=party, given=word[:_LONGEST_QUOTED])
    circle = next((parties for parties in circles if set(parties) >= set(given)), None)
    if circle is None:
        return {}, copy.say("trial-no-circle", parties=copy.parties(given))
    # A party that the address leaves out has said nothing.
    return {party: Position(given.get(party, Position.NONE)) for party in circle}, ""


def _form(
    copy: Copy,
    number: str,
    bodies: list[Shown],
    parties: tuple[str, ...],
    positions: Mapping[str, Position],
) -> TrialForm:
    chosen = positions if set(positions) == set(parties) else {}
    return TrialForm(
        action=copy.address("rules", number),
        bodies=formats.listing(bodies, copy.language),
        parties=tuple(
            TrialParty(
                id=party,
                field="-".join(("trial", *parties, "for", party)),
                party=copy.party(party),
                options=tuple(
                    TrialOption(
                        one.value,
                        phrase(one.value, copy.language),
                        one is chosen.get(party, Position.NONE),
                    )
                    for one in Position
                ),
            )
            for party in parties
        ),
    )


def _result(copy: Copy, rule: Rule, given: Mapping[str, Position], page: str) -> TrialResult:
    found = explain(rule, given)
    many = found.smallest is not None and not found.changes
    asked = urlencode({party: position.value for party, position in given.items()})
    return TrialResult(
        outcome=outcome_text(rule, found.satisfied, copy.language),
        decides=found.satisfied,
        reasons=tuple(
            ReasonRow(
                copy.party(one.party),
                phrase(one.position.value, copy.language),
                phrase(f"role-{one.role}", copy.language),
            )
            for one in found.reasons
        ),
        changes=tuple(_changes(copy, found)),
        more=phrase("more-needed", copy.language, n=found.smallest) if many else "",
        href=f"{page}?{asked}",
    )


def _changes(copy: Copy, found: Explanation) -> Iterator[Shown]:
    """The smallest changes; those that differ in the last party's position only are one line."""
    lines: dict[tuple[tuple[tuple[str, Position], ...], str], list[Position]] = {}
    for change in found.changes:
        *before, (party, position) = change.to
        lines.setdefault((tuple(before), party), []).append(position)
    for (earlier, last), positions in lines.items():
        moves = [_move(copy, party, phrase(to.value, copy.language)) for party, to in earlier]
        choice = " / ".join(phrase(one.value, copy.language) for one in positions)
        yield formats.listing([*moves, _move(copy, last, choice)], copy.language)


def _move(copy: Copy, party: str, position: str) -> str:
    return copy.say("moves-to", party=copy.party(party), position=position)
