"""Decision rules as finite tables.

A rule says of every combination of positions whether it is satisfied. The combinations are few
(six positions: 216 rows for three parties, 7,776 for five), so each rule is written out once as a
table, and everything else is read from that table: whether a decision stands, what stands in its
way, what would change it. There is no second implementation that could disagree.

    all-concur     every party concurs
    consensus(n)   all have spoken, none objects or reserves, at least n concur
    silence        none objects or reserves; a party that says nothing is counted as content
    any-one        at least one concurs (to convene, to consult); the others need not speak
    at-least(n)    at least n concur; for procedural articles only

`none` satisfies a rule for no party except under silence, and `reserve` under no rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import combinations, product
from types import MappingProxyType

__all__ = [
    "MAX_PARTIES",
    "Change",
    "Explanation",
    "OutcomeClass",
    "Position",
    "Reason",
    "Role",
    "Row",
    "Rule",
    "RuleName",
    "RuleTable",
    "classes",
    "explain",
    "read_rule",
    "satisfied",
    "table",
]

MAX_PARTIES = 6  # 46,656 rows; beyond that a table is no longer small enough to be read out


class Position(StrEnum):
    """What a party says on a version."""

    NONE = "none"
    CONCUR = "concur"
    DO_NOT_BLOCK = "do-not-block"
    ABSTAIN = "abstain"
    RESERVE = "reserve"
    OBJECT = "object"


class RuleName(StrEnum):
    """The rules that a charter may name."""

    ALL_CONCUR = "all-concur"
    CONSENSUS = "consensus"
    SILENCE = "silence"
    ANY_ONE = "any-one"
    AT_LEAST = "at-least"

    @property
    def counts(self) -> bool:
        """True if the rule carries a number of parties."""
        return self in (RuleName.CONSENSUS, RuleName.AT_LEAST)


Row = tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as an article names it; `parameter` is the n of consensus(n) and at-least(n).

    The period of a silence procedure is not part of the rule: it is the article's minimum period.
    """

    name: RuleName
    parameter: int | None = None

    def __str__(self) -> str:
        return self.name.value if self.parameter is None else f"{self.name}({self.parameter})"


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A rule written out: each combination of positions, in the order of the parties."""

    rule: Rule
    n_parties: int
    rows: Mapping[Row, bool] = field(repr=False, hash=False)


@dataclass(frozen=True, slots=True)
class OutcomeClass:
    """Rows that differ only in which party says what: how many they are, and their outcome."""

    positions: Row
    count: int
    satisfied: bool


class Role(StrEnum):
    """What one party's position does to the outcome, with the others' as they stand.

    Not satisfied: `blocks` (no outcome with this position is satisfied), `could-settle` (this party
    alone could bring it about), `waits` (neither). Satisfied: `settles` (enough by itself, whatever
    the others say), `needed` (another word of this party alone would undo it), `free` (neither).
    """

    BLOCKS = "blocks"
    COULD_SETTLE = "could-settle"
    WAITS = "waits"
    SETTLES = "settles"
    NEEDED = "needed"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Reason:
    """One party, its position, and what that position does."""

    party: str
    position: Position
    role: Role


@dataclass(frozen=True, slots=True)
class Change:
    """New positions of one or more parties, all others unchanged."""

    to: tuple[tuple[str, Position], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an outcome is as it is, and what would turn it over.

    `changes` are the changes of one party, or if there are none of two parties, that flip the
    outcome; empty if more parties would have to move. `smallest` is the number of parties that
    have to move; None if the rule has one outcome only.
    """

    rule: Rule
    satisfied: bool
    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...]
    smallest: int | None


_SPELLING = re.compile(r"([a-z-]+)(?:\(([1-9][0-9]?)\))?")
_CHANGES_SHOWN = 2

Clause = Callable[[Counter[Position], int, int], bool]


def _no_refusal(held: Counter[Position]) -> bool:
    return held[Position.OBJECT] == 0 and held[Position.RESERVE] == 0


_CLAUSES: Mapping[RuleName, Clause] = {
    RuleName.ALL_CONCUR: lambda held, parties, n: held[Position.CONCUR] == parties,
    RuleName.CONSENSUS: lambda held, parties, n: (
        held[Position.NONE] == 0 and _no_refusal(held) and held[Position.CONCUR] >= n
    ),
    RuleName.SILENCE: lambda held, parties, n: _no_refusal(held),
    RuleName.ANY_ONE: lambda held, parties, n: held[Position.CONCUR] >= 1,
    RuleName.AT_LEAST: lambda held, parties, n: held[Position.CONCUR] >= n,
}


def read_rule(text: str) -> Rule | None:
    """Read the spelling of a rule, for example ``consensus(2)``; None if it is not one."""
    match = _SPELLING.fullmatch(text)
    if match is None or match[1] not in {name.value for name in RuleName}:
        return None
    name = RuleName(match[1])
    if name.counts != (match[2] is not None):
        return None
    return Rule(name, int(match[2]) if match[2] else None)


@lru_cache(maxsize=64)
def table(rule: Rule, n_parties: int) -> RuleTable:
    """Write a rule out for a number of parties, from 1 to MAX_PARTIES.

    Raises ValueError for another number.
    """
    if not 1 <= n_parties <= MAX_PARTIES:
        raise ValueError(f"parties: expected 1 to {MAX_PARTIES}, found {n_parties}.")
    clause, n = _CLAUSES[rule.name], rule.parameter or 0
    rows = {row: clause(Counter(row), n_parties, n) for row in product(Position, repeat=n_parties)}
    return RuleTable(rule, n_parties, MappingProxyType(rows))


def satisfied(rule: Rule, positions: Mapping[str, Position]) -> bool:
    """Say whether positions, one for each party of the body, satisfy a rule.

    A party without a position is given as `Position.NONE`, not left out. Raises ValueError for no
    party or more than MAX_PARTIES.
    """
    return table(rule, len(positions)).rows[_row(positions)]


def classes(of: RuleTable) -> tuple[OutcomeClass, ...]:
    """Gather the rows of a table that differ only in which party says what, with their numbers.

    Raises ValueError if such rows have different outcomes: the rule would favour a party.
    """
    rank = {position: index for index, position in enumerate(Position)}
    outcomes: dict[Row, Counter[bool]] = {}
    for row, outcome in of.rows.items():
        kind = tuple(sorted(row, key=rank.__getitem__))
        outcomes.setdefault(kind, Counter())[outcome] += 1
    for kind, counted in outcomes.items():
        if len(counted) > 1:
            raise ValueError(f"{of.rule} treats parties unlike: {', '.join(kind)}.")
    return tuple(
        OutcomeClass(kind, counted.total(), next(iter(counted)))
        for kind, counted in outcomes.items()
    )


def explain(rule: Rule, positions: Mapping[str, Position]) -> Explanation:
    """Explain an outcome and say which smallest changes would flip it, from the table alone.

    Parties are named in the order of the mapping's keys. Raises ValueError as `satisfied` does.
    """
    whole = table(rule, len(positions))
    parties = sorted(positions)
    row = _row(positions)
    outcome = whole.rows[row]
    roles = {party: _role(whole, row, place) for place, party in enumerate(parties)}
    reasons = tuple(Reason(party, positions[party], roles[party]) for party in positions)
    sizes = range(1, len(row) + 1)
    smallest = next((size for size in sizes if any(_flips(whole, row, size))), None)
    changes: tuple[Change, ...] = ()
    if smallest is not None and smallest <= _CHANGES_SHOWN:
        changes = tuple(
            Change(tuple((parties[place], other[place]) for place in places))
            for places, other in _flips(whole, row, smallest)
        )
    return Explanation(rule, outcome, reasons, changes, smallest)


def _row(positions: Mapping[str, Position]) -> Row:
    return tuple(positions[party] for party in sorted(positions))


def _flips(of: RuleTable, row: Row, size: int) -> Iterator[tuple[tuple[int, ...], Row]]:
    """Rows of the other outcome in which exactly `size` parties have moved, and which these are."""
    for places in combinations(range(len(row)), size):
        choices = [[word for word in Position if word is not row[place]] for place in places]
        for words in product(*choices):
            other = list(row)
            for place, word in zip(places, words, strict=True):
                other[place] = word
            if of.rows[tuple(other)] is not of.rows[row]:
                yield places, tuple(other)


def _role(of: RuleTable, row: Row, place: int) -> Role:
    outcome = of.rows[row]
    settled = all(other is outcome for line, other in of.rows.items() if line[place] is row[place])
    if settled:
        return Role.SETTLES if outcome else Role.BLOCKS
    alone = any(
        of.rows[(*row[:place], word, *row[place + 1 :])] is not outcome for word in Position
    )
    if alone:
        return Role.NEEDED if outcome else Role.COULD_SETTLE
    return Role.FREE if outcome else Role.WAITS
