"""Reading articles: what they permit, by which rule, after how long."""

from __future__ import annotations

from architrave.charter.days import Period, Unit
from architrave.charter.forms import Sheet, shown
from architrave.charter.model import ACCEPTERS, ACTORS, INSTRUMENTS, NATURES, PERMITS, Article
from architrave.charter.parse_bodies import BODY_ID
from architrave.charter.rules import Rule, read_rule

__all__ = ["read_article"]

_NUMBER = r"[1-9]\d?(\([1-9]\d?\))?"
_LONGEST = {Unit.HOURS: 24 * 31, Unit.DAYS: 3660, Unit.WORKING_DAYS: 120}
_RULES = "all-concur, consensus(n), silence, any-one or at-least(n)"


def read_article(sheet: Sheet, charter_nature: str) -> Article:
    """Read one article; one without a legal nature has that of the charter."""
    article = Article(
        number=sheet.text("number", _NUMBER, 'a number such as "7" or "7(2)"'),
        title=sheet.translated("title"),
        text=sheet.translated("text"),
        permits=sheet.chosen("permits", PERMITS),
        legal_nature=sheet.choice("legal_nature", NATURES, default=charter_nature),
        by=sheet.choice("by", ACTORS, default=ACTORS[0]),
        bodies=sheet.names("bodies", BODY_ID, "ids of bodies"),
        instruments=sheet.chosen("instruments", INSTRUMENTS),
        rule=_read_rule(sheet) if sheet.has("rule") else None,
        procedural=sheet.flag("procedural", default=False),
        minimum_period=_read_period(sheet, "minimum_period"),
        accepts_evidence=(
            sheet.choice("accepts_evidence", ACCEPTERS) if sheet.has("accepts_evidence") else None
        ),
        meeting_within=_read_period(sheet, "meeting_within"),
    )
    sheet.end()
    return article


def _read_rule(sheet: Sheet) -> Rule | None:
    value = sheet.take("rule")
    rule = read_rule(value) if isinstance(value, str) else None
    if rule is None:
        sheet.fault("rule", _RULES, shown(value))
    return rule


def _read_period(sheet: Sheet, key: str) -> Period | None:
    inner = sheet.sheet(key) if sheet.has(key) else None
    if inner is None:
        return None
    units = [unit for unit in Unit if inner.has(unit.value)]
    if len(units) != 1:
        found = " and ".join(unit.value for unit in units) or "none of them"
        sheet.fault(key, "one of hours, days and working_days", found)
        return None
    count = inner.number(units[0].value, 1, _LONGEST[units[0]])
    inner.end()
    return Period(units[0], count) if count else None
