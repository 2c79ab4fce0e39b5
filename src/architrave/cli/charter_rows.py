"""A charter, its articles and its tables as plain values for `--json`."""

from __future__ import annotations

from collections.abc import Mapping

from architrave.charter.errors import CharterError
from architrave.charter.explain import needs_text, outcomes_checked, rule_text
from architrave.charter.model import Article, Body, Charter, Rotation
from architrave.charter.rules import Position, Rule, classes, explain, table

__all__ = ["article_row", "charter_row", "checked_row", "table_row"]

Value = object


def checked_row(name: str, checked: Charter | CharterError) -> dict[str, Value]:
    """What checking a file found: its numbers, or its faults with their places."""
    if isinstance(checked, CharterError):
        faults = [
            {"line": one.line, "field": one.field, "expected": one.expected, "found": one.found}
            for one in checked.faults
        ]
        return {"file": name, "sound": False, "faults": faults}
    proposed = sum(body.proposed for body in checked.bodies)
    return {
        "file": name,
        "sound": True,
        "id": checked.id,
        "digest": checked.digest,
        "parties": len(checked.parties),
        "bodies": len(checked.bodies),
        "existing": len(checked.bodies) - proposed,
        "proposed": proposed,
        "articles": len(checked.articles),
        "rules": sum(article.rule is not None for article in checked.articles),
        "outcomes": outcomes_checked(checked),
        "faults": [],
    }


def charter_row(charter: Charter, body: Body | None, language: str) -> dict[str, Value]:
    """A charter, or one body of it with the articles that apply there."""
    bodies = charter.bodies if body is None else (body,)
    articles = [one for one in charter.articles if body is None or one.applies_to(body.id)]
    return {
        "charter": charter.id,
        "digest": charter.digest,
        "title": charter.title[language],
        "legal_nature": charter.legal_nature,
        "parties": [
            {"id": one, "name": charter.party(one).full[language]}
            for one in charter.order(language)
        ],
        "bodies": [_body_row(one, language) for one in bodies],
        "articles": [article_row(charter, one, language, None) for one in articles],
        "platforms": [
            {"id": one.id, "name": one.name[language], "note": one.note[language]}
            for one in charter.platforms
        ],
    }


def article_row(
    charter: Charter, article: Article, language: str, given: Mapping[str, Position] | None
) -> dict[str, Value]:
    """An article, and what given positions come to under its rule."""
    period, within = article.minimum_period, article.meeting_within
    row: dict[str, Value] = {
        "number": article.number,
        "cited": charter.citation(article.number, language),
        "title": article.title[language],
        "text": article.text[language],
        "permits": list(article.permits),
        "by": article.by,
        "bodies": list(article.bodies),
        "instruments": list(article.instruments),
        "legal_nature": article.legal_nature,
        "rule": str(article.rule) if article.rule is not None else None,
        "needs": needs_text(article, language),
        "minimum_period": {period.unit.value: period.count} if period is not None else None,
        "accepts_evidence": article.accepts_evidence,
        "meeting_within": {within.unit.value: within.count} if within is not None else None,
    }
    if given is not None and article.rule is not None:
        told = explain(article.rule, given)
        row["outcome"] = {
            "satisfied": told.satisfied,
            "reasons": [
                {"party": one.party, "position": one.position.value, "role": one.role.value}
                for one in told.reasons
            ],
            "parties_to_move": told.smallest,
            "changes": [
                {party: position.value for party, position in change.to} for change in told.changes
            ],
        }
    return row


def table_row(rule: Rule, parties: int, cited: str | None, language: str) -> dict[str, Value]:
    """A rule's table for a number of parties, by classes of outcomes."""
    whole = table(rule, parties)
    return {
        "article": cited,
        "rule": str(rule),
        "says": rule_text(rule, language),
        "parties": parties,
        "outcomes": len(whole.rows),
        "satisfied": sum(whole.rows.values()),
        "classes": [
            {
                "positions": [position.value for position in one.positions],
                "ways": one.count,
                "satisfied": one.satisfied,
            }
            for one in sorted(classes(whole), key=lambda one: not one.satisfied)
        ],
    }


def _body_row(body: Body, language: str) -> dict[str, Value]:
    return {
        "id": body.id,
        "status": body.status,
        "name": body.name[language],
        "mandate": body.mandate[language],
        "parties": list(body.parties),
        "cadence": body.cadence,
        "phase": body.phase,
        "parent": body.parent,
        "absorbs": list(body.absorbs),
        "seats": [
            {"id": one.id, "party": one.party, "voting": one.voting, "title": one.title[language]}
            for one in body.seats
        ],
        "chair": _chair_row(body.chair, language),
        "sources": [{"url": one.url, "date": one.date.isoformat()} for one in body.sources],
    }


def _chair_row(chair: Rotation | None, language: str) -> dict[str, Value] | None:
    if chair is None:
        return None
    return {
        "order": list(chair.order),
        "years": chair.years,
        "terms": [
            {
                "party": one.party,
                "from": one.first.isoformat() if one.first is not None else None,
                "to": one.last.isoformat() if one.last is not None else None,
            }
            for one in chair.terms
        ],
        "note": chair.note[language] if chair.note is not None else None,
    }
