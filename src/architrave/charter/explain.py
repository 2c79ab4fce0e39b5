"""A charter and its rules in plain text, in one language. The text is derived, never a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from architrave.charter.model import Article, Body, Charter, Rotation, Text
from architrave.charter.phrases import phrase
from architrave.charter.proofs import article_tables, outcomes_checked
from architrave.charter.rules import (
    Explanation,
    Position,
    Rule,
    classes,
    table,
)

__all__ = [
    "check_summary",
    "explain_charter",
    "explanation_text",
    "outcomes_checked",
    "rule_table_text",
    "rule_text",
]

_INDENT = "    "


def explain_charter(charter: Charter, language: str) -> str:
    """Explain a charter: bodies, who decides what and how, minimum periods.

    `language` is one of the charter's; raises KeyError for another.
    """
    return "\n".join(_charter_lines(charter, language)) + "\n"


def rule_table_text(rule: Rule, n_parties: int, language: str = "en") -> str:
    """Print the outcomes of a rule up to renaming of parties, with the number of ways of each."""
    whole = table(rule, n_parties)
    yes = sum(whole.rows.values())
    head = phrase("table-head", language, n=n_parties, rows=len(whole.rows), yes=yes)
    lines = [f"{rule}: {rule_text(rule, language)}", head]
    ways = phrase("ways", language)
    for one in sorted(classes(whole), key=lambda one: not one.satisfied):
        words = _positions_text(one.positions, language)
        outcome = phrase("satisfied" if one.satisfied else "not-satisfied", language)
        lines.append(f"{_INDENT}{outcome} · {words} · {one.count} {ways}")
    return "\n".join(lines) + "\n"


def rule_text(rule: Rule, language: str) -> str:
    """A rule in one line."""
    return phrase(f"rule-{rule.name}", language, n=rule.parameter)


def explanation_text(
    explanation: Explanation, language: str, names: Mapping[str, str] | None = None
) -> str:
    """Print why an outcome is as it is; `names` gives names of parties, ids stand where absent."""
    called = names or {}
    outcome = phrase("satisfied" if explanation.satisfied else "not-satisfied", language)
    lines = [f"{outcome} ({rule_text(explanation.rule, language)})"]
    for reason in explanation.reasons:
        party = called.get(reason.party, reason.party)
        words = phrase(f"role-{reason.role}", language)
        lines.append(f"{_INDENT}{party}: {phrase(reason.position, language)} – {words}")
    if explanation.changes:
        lines.append(phrase("changes", language))
        for change in explanation.changes:
            moves = [
                f"{called.get(party, party)} → {phrase(position, language)}"
                for party, position in change.to
            ]
            lines.append(f"{_INDENT}{'; '.join(moves)}")
    elif explanation.smallest is not None:
        lines.append(phrase("more-needed", language, n=explanation.smallest))
    return "\n".join(lines) + "\n"


def check_summary(charter: Charter) -> str:
    """Say in one line what checking the charter covered."""
    ruled = sum(article.rule is not None for article in charter.articles)
    tables = sum(len(article_tables(charter, article)) for article in charter.articles)
    existing = sum(not body.proposed for body in charter.bodies)
    return (
        f"{charter.id}: {len(charter.parties)} parties, {len(charter.bodies)} bodies "
        f"({existing} existing, {len(charter.bodies) - existing} proposed), "
        f"{len(charter.articles)} articles, {ruled} of them with a decision rule; "
        f"{outcomes_checked(charter):,} outcomes in {tables} tables checked."
    )


def _charter_lines(charter: Charter, language: str) -> Iterator[str]:
    yield charter.title[language]
    yield phrase(charter.legal_nature, language)
    yield ""
    order = charter.order(language)
    full = ", ".join(charter.party(party).full[language] for party in order)
    yield f"{phrase('parties', language)}: {full}"
    for status in ("existing", "proposed"):
        yield ""
        yield phrase(status, language)
        for body in charter.bodies:
            if body.status == status:
                yield from _body_lines(charter, body, language)
    yield ""
    yield phrase("articles", language)
    for article in charter.articles:
        yield from _article_lines(charter, article, language)
    if charter.platforms:
        yield ""
        yield phrase("platforms", language)
        for platform in charter.platforms:
            yield f"{_INDENT}{platform.name[language]}: {platform.note[language]}"


def _body_lines(charter: Charter, body: Body, language: str) -> Iterator[str]:
    yield f"  {body.id}  {body.name[language]}"
    yield f"{_INDENT}{body.mandate[language]}"
    if body.phase is not None:
        name = next(one.name[language] for one in charter.phases if one.number == body.phase)
        yield f"{_INDENT}{phrase('phase', language, n=body.phase)}: {name}"
    yield _line("cadence", phrase(f"cadence-{body.cadence}", language), language)
    if body.parent is not None:
        yield _line("parent", charter.body(body.parent).name[language], language)
    if body.absorbs:
        taken = [charter.body(one).name[language] for one in body.absorbs]
        yield _line("absorbs", ", ".join(taken), language)
    yield _line("seats", "; ".join(_seat_titles(charter, body, language)), language)
    if body.chair is not None:
        yield _line("chair", _chair_text(charter, body.chair, language), language)
    for source in body.sources:
        yield _line("source", f"{source.date.isoformat()} {source.url}", language)


def _seat_titles(charter: Charter, body: Body, language: str) -> Iterator[str]:
    for party in charter.order(language):
        if party in body.parties:
            yield body.seat_of(party).title[language]
    for seat in body.seats:
        if not seat.voting:
            yield f"({seat.title[language]})"


def _chair_text(charter: Charter, chair: Rotation, language: str) -> str:
    order = " → ".join(charter.party(one).short[language] for one in chair.order)
    if not chair.terms:
        return order
    unknown = phrase("unknown", language)
    terms = [
        f"{charter.party(term.party).short[language]} "
        f"{term.first.isoformat() if term.first else unknown} – "
        f"{term.last.isoformat() if term.last else unknown}"
        for term in chair.terms
    ]
    return f"{order} ({'; '.join(terms)})"


def _article_lines(charter: Charter, article: Article, language: str) -> Iterator[str]:
    number = charter.citation(article.number, language)
    yield f"  {number}  {article.title[language]}"
    yield f"{_INDENT}{article.text[language]}"
    if article.legal_nature != charter.legal_nature:
        yield f"{_INDENT}{phrase(article.legal_nature, language)}"
    if article.bodies:
        names: list[Text] = [charter.body(one).name for one in article.bodies]
        yield _line("bodies", ", ".join(name[language] for name in names), language)
    if article.instruments:
        kinds = ", ".join(phrase(one, language) for one in article.instruments)
        yield _line("instruments", kinds, language)
    if article.rule is not None:
        yield _line("rule", rule_text(article.rule, language), language)
    if article.minimum_period is not None:
        period = article.minimum_period
        yield _line("period", phrase(period.unit, language, n=period.count), language)
    if article.by == "party-concerned":
        yield _line("by", phrase("by-party-concerned", language), language)
    if article.accepts_evidence is not None:
        words = phrase(f"accepts-{article.accepts_evidence}", language)
        yield _line("accepts", words, language)


def _line(key: str, words: str, language: str) -> str:
    return f"{_INDENT}{phrase(key, language)}: {words}"


def _positions_text(positions: tuple[Position, ...], language: str) -> str:
    return ", ".join(
        f"{positions.count(one)} {phrase(one, language)}"
        for one in Position
        if positions.count(one)
    )
