"""A charter and its rules in plain text, in one language. The text is derived, never a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from architrave.charter.model import (
    INSTRUMENTS,
    NATURES,
    Article,
    Body,
    Charter,
    Rotation,
    Text,
)
from architrave.charter.phrases import phrase
from architrave.charter.proofs import article_tables, outcomes_checked
from architrave.charter.rules import (
    Explanation,
    Position,
    Rule,
    RuleName,
    RuleTable,
    classes,
    table,
)

__all__ = [
    "check_summary",
    "explain_article",
    "explain_body",
    "explain_charter",
    "explanation_text",
    "needs_text",
    "outcome_text",
    "outcomes_checked",
    "rule_table_text",
    "rule_text",
    "table_head",
]

_INDENT = "    "


def explain_charter(charter: Charter, language: str) -> str:
    """Explain a charter: bodies, who decides what and how, minimum periods.

    `language` is one of the charter's; raises KeyError for another.
    """
    return "\n".join(_charter_lines(charter, language)) + "\n"


def explain_body(charter: Charter, body: Body, language: str) -> str:
    """Explain one body: what it is, what is decided in it, under which articles and by which rules.

    `language` is one of the charter's; raises KeyError for another.
    """
    heading = phrase("proposed" if body.proposed else "existing", language)
    lines = [heading, *_body_lines(charter, body, language), "", phrase("decided-here", language)]
    lines += _decision_lines(charter, body, language)
    return "\n".join(lines) + "\n"


def explain_article(charter: Charter, article: Article, language: str) -> str:
    """Explain one article: its text, what its rule needs, and how many outcomes satisfy it.

    `language` is one of the charter's; raises KeyError for another.
    """
    head, *lines = _article_lines(charter, article, language)
    lines.insert(0, head.strip())
    lines.append(f"{_INDENT}{needs_text(article, language)}")
    if article.accepts_evidence is None:
        lines += [
            f"{_INDENT}{table_head(one, language)}" for one in article_tables(charter, article)
        ]
    return "\n".join(lines) + "\n"


def needs_text(article: Article, language: str) -> str:
    """Say in a sentence what has to come together under an article."""
    if article.accepts_evidence is not None:
        return phrase(f"needs-accepts-{article.accepts_evidence}", language)
    if article.rule is not None:
        return phrase(f"needs-{article.rule.name}", language, n=article.rule.parameter)
    return phrase(f"needs-{article.by}" if article.permits else "needs-nothing", language)


def rule_table_text(rule: Rule, n_parties: int, language: str = "en") -> str:
    """Print the outcomes of a rule up to renaming of parties, with the number of ways of each."""
    whole = table(rule, n_parties)
    lines = [f"{rule}: {rule_text(rule, language)}", table_head(whole, language)]
    for one in sorted(classes(whole), key=lambda one: not one.satisfied):
        words = _positions_text(one.positions, language)
        ways = phrase("ways-1" if one.count == 1 else "ways", language, n=one.count)
        lines.append(f"{_INDENT}{outcome_text(rule, one.satisfied, language)} · {words} · {ways}")
    return "\n".join(lines) + "\n"


def outcome_text(rule: Rule, satisfied: bool, language: str) -> str:
    """Say in a word or two what an outcome is called under a rule."""
    word = "yes" if satisfied else "no"
    if rule.name in (RuleName.SILENCE, RuleName.ANY_ONE):
        word = f"{word}-{rule.name}"
    return phrase(word, language)


def table_head(whole: RuleTable, language: str) -> str:
    """How many outcomes a table has, and how many of them decide, in one line."""
    yes = sum(whole.rows.values())
    outcome = outcome_text(whole.rule, True, language)
    rows = f"{len(whole.rows):,}"
    n = whole.n_parties
    return phrase("table-head", language, n=n, rows=rows, yes=f"{yes:,}", outcome=outcome)


def rule_text(rule: Rule, language: str) -> str:
    """A rule in one line."""
    return phrase(f"rule-{rule.name}", language, n=rule.parameter)


def explanation_text(
    explanation: Explanation, language: str, names: Mapping[str, str] | None = None
) -> str:
    """Print why an outcome is as it is; `names` gives names of parties, ids stand where absent."""
    called = names or {}
    rule = explanation.rule
    given = "silence-given" if rule.name is RuleName.SILENCE else "given"
    outcome = outcome_text(rule, explanation.satisfied, language)
    lines = [phrase(given, language, outcome=outcome)]
    for reason in explanation.reasons:
        party = called.get(reason.party, reason.party)
        words = phrase(f"role-{reason.role}", language)
        lines.append(f"{_INDENT}{party}: {phrase(reason.position, language)} – {words}")
    if explanation.changes:
        lines.append(phrase("changes", language))
        lines += [f"{_INDENT}{one}" for one in _change_lines(explanation, language, called)]
    elif explanation.smallest is not None:
        lines.append(phrase("more-needed", language, n=explanation.smallest))
    if rule.name is RuleName.SILENCE and not explanation.satisfied:
        lines.append(phrase("silence-broken", language))
    return "\n".join(lines) + "\n"


def _change_lines(
    explanation: Explanation, language: str, called: Mapping[str, str]
) -> Iterator[str]:
    """The changes, those that differ only in the last party's position on one line."""
    lines: dict[tuple[tuple[tuple[str, Position], ...], str], list[Position]] = {}
    for change in explanation.changes:
        *before, (party, position) = change.to
        lines.setdefault((tuple(before), party), []).append(position)
    for (before_it, last), positions in lines.items():
        moves = [
            f"{called.get(party, party)} → {phrase(one, language)}" for party, one in before_it
        ]
        choice = " / ".join(phrase(one, language) for one in positions)
        yield "; ".join([*moves, f"{called.get(last, last)} → {choice}"])


def check_summary(charter: Charter, name: str) -> str:
    """Say in one sentence what checking the charter in the file `name` covered."""
    ruled = sum(article.rule is not None for article in charter.articles)
    existing = sum(not body.proposed for body in charter.bodies)
    return (
        f"{name}: {len(charter.parties)} parties, {_counted(len(charter.bodies), 'body', 'bodies')}"
        f" ({existing} existing, {len(charter.bodies) - existing} proposed), "
        f"{_counted(len(charter.articles), 'article', 'articles')}; "
        f"{outcomes_checked(charter):,} outcomes of {_counted(ruled, 'rule', 'rules')} checked, "
        "no fault found."
    )


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


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
        if body.chair.note is not None:
            yield f"{_INDENT}{body.chair.note[language]}"
    seen = "source-proposed" if body.proposed else "source"
    for source in body.sources:
        yield _line(seen, f"{source.date.isoformat()} {source.url}", language)


def _decision_lines(charter: Charter, body: Body, language: str) -> Iterator[str]:
    for nature in NATURES:
        for instrument in INSTRUMENTS:
            ways = [
                _way_text(charter, article, language)
                for permit in ("decide", "silence")
                for article in [charter.article_for(body.id, permit, instrument, nature)]
                if article is not None
            ]
            if not ways:
                continue
            name = phrase(instrument, language)
            if nature != charter.legal_nature:
                name = f"{name} ({phrase(nature, language)})"
            joint = f"; {phrase('by-silence', language)} "
            yield f"{_INDENT}{name}: {joint.join(ways)}"


def _way_text(charter: Charter, article: Article, language: str) -> str:
    number = charter.citation(article.number, language)
    if article.rule is None:
        return number
    if article.minimum_period is None:
        return f"{number} ({rule_text(article.rule, language)})"
    period = article.minimum_period
    least = phrase("period", language)
    return f"{number} ({least}: {phrase(period.unit, language, n=period.count)})"


def _seat_titles(charter: Charter, body: Body, language: str) -> Iterator[str]:
    for party in charter.order(language):
        if party in body.parties:
            yield body.seat_of(party).title[language]
    for seat in body.seats:
        if not seat.voting:
            yield f"({seat.title[language]})"


def _chair_text(charter: Charter, chair: Rotation, language: str) -> str:
    order = " → ".join(charter.party(one).short[language] for one in chair.order)
    if chair.years is not None:
        order = f"{order}, {phrase('years-each', language, n=chair.years)}"
    if not chair.terms:
        return order
    unknown = phrase("unknown", language)
    if all(term.first is None and term.last is None for term in chair.terms):
        return f"{order} ({phrase('dates-unknown', language)})"
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
    if article.meeting_within is not None:
        period = article.meeting_within
        yield _line("meeting-within", phrase(period.unit, language, n=period.count), language)
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
