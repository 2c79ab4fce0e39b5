"""What every rule table is held to, row by row, before a charter is accepted.

The rules are few and could be trusted; the checks run all the same, over every outcome that an
article can meet, so that a new rule or a changed clause cannot slip in unproved.
"""

from __future__ import annotations

from collections.abc import Iterator

from architrave.charter.model import Article, Charter
from architrave.charter.rules import Position, Row, RuleName, RuleTable, classes, table

__all__ = ["article_tables", "outcomes_checked", "table_faults"]

_OVERRULES = (RuleName.ANY_ONE, RuleName.AT_LEAST)
_SILENT_MAY = (RuleName.SILENCE, RuleName.ANY_ONE, RuleName.AT_LEAST)


def article_tables(charter: Charter, article: Article) -> tuple[RuleTable, ...]:
    """The tables of an article's rule, one for each number of parties that its bodies have."""
    if article.rule is None:
        return ()
    sizes = {len(body.parties) for body in charter.bodies if article.applies_to(body.id)}
    return tuple(table(article.rule, size) for size in sorted(sizes))


def outcomes_checked(charter: Charter) -> int:
    """How many outcomes checking a charter runs through: the rows of all tables of all articles."""
    return sum(
        len(one.rows) for article in charter.articles for one in article_tables(charter, article)
    )


def table_faults(of: RuleTable) -> Iterator[str]:
    """Say in which ways a table fails what a decision rule is held to; nothing if it is sound."""
    name = of.rule.name
    outcomes = list(of.rows.values())
    if not any(outcomes):
        yield "no combination of positions satisfies it"
    if all(outcomes):
        yield "every combination of positions satisfies it"
    try:
        classes(of)
    except ValueError as fault:
        yield str(fault).rstrip(".")
    if any(_undone_by_concurring(of, row) for row, outcome in of.rows.items() if outcome):
        yield "a party that concurs undoes a decision"
    for position, excepted, words in [
        (Position.OBJECT, _OVERRULES, "decides over an objection"),
        (Position.RESERVE, _OVERRULES, "decides over a party that awaits its capital"),
        (Position.NONE, _SILENT_MAY, "decides for a party that has not spoken"),
    ]:
        if name not in excepted and _satisfied_with(of, position):
            yield f"it {words}"


def _undone_by_concurring(of: RuleTable, row: Row) -> bool:
    return any(
        not of.rows[(*row[:place], Position.CONCUR, *row[place + 1 :])]
        for place in range(of.n_parties)
    )


def _satisfied_with(of: RuleTable, position: Position) -> bool:
    return any(outcome and position in row for row, outcome in of.rows.items())
