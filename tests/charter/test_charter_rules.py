"""Every clause of every rule, over all cases, against predicates written independently."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations, product
from math import factorial, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from architrave.charter.proofs import table_faults
from architrave.charter.rules import (
    MAX_PARTIES,
    Position,
    Role,
    Row,
    Rule,
    RuleName,
    RuleTable,
    classes,
    explain,
    read_rule,
    satisfied,
    table,
)

NONE, CONCUR, DO_NOT_BLOCK, ABSTAIN, RESERVE, OBJECT = Position

Predicate = Callable[[Row], bool]


def consensus(n: int) -> Predicate:
    def holds(row: Row) -> bool:
        if any(word is NONE for word in row):
            return False
        if any(word is OBJECT or word is RESERVE for word in row):
            return False
        return sum(1 for word in row if word is CONCUR) >= n

    return holds


def at_least(n: int) -> Predicate:
    return lambda row: len([word for word in row if word is CONCUR]) >= n


PREDICATES: dict[str, Predicate] = {
    "all-concur": lambda row: set(row) == {CONCUR},
    "consensus(1)": consensus(1),
    "consensus(2)": consensus(2),
    "consensus(3)": consensus(3),
    "silence": lambda row: not set(row) & {OBJECT, RESERVE},
    "any-one": lambda row: CONCUR in row,
    "at-least(1)": at_least(1),
    "at-least(2)": at_least(2),
    "at-least(3)": at_least(3),
}


def rule(text: str) -> Rule:
    read = read_rule(text)
    assert read is not None
    return read


def named(row: Row) -> dict[str, Position]:
    return dict(zip("ABCDEF", row, strict=False))


@pytest.mark.parametrize("parties", [3, 5])
@pytest.mark.parametrize("text", PREDICATES)
def test_every_row_of_a_rule_is_as_its_words_say(text: str, parties: int) -> None:
    whole = table(rule(text), parties)
    rows = list(product(Position, repeat=parties))
    assert list(whole.rows) == rows
    assert len(rows) == 6**parties
    for row in rows:
        assert whole.rows[row] is PREDICATES[text](row), row


@pytest.mark.parametrize("parties", [3, 5])
def test_silence_alone_takes_a_party_that_has_not_spoken_as_content(parties: int) -> None:
    for text in PREDICATES:
        for row, outcome in table(rule(text), parties).rows.items():
            if outcome and NONE in row:
                assert text == "silence" or CONCUR in row
                assert text.startswith(("silence", "any-one", "at-least"))


@pytest.mark.parametrize("parties", [3, 5])
@pytest.mark.parametrize("text", PREDICATES)
def test_none_or_reserve_from_all_decides_nothing_but_silence(text: str, parties: int) -> None:
    given_rule = rule(text)
    assert not satisfied(given_rule, named((RESERVE,) * parties))
    assert satisfied(given_rule, named((NONE,) * parties)) is (text == "silence")


@pytest.mark.parametrize("text", PREDICATES)
def test_who_says_what_does_not_matter(text: str) -> None:
    whole = table(rule(text), 3)
    for row, outcome in whole.rows.items():
        assert all(whole.rows[other] is outcome for other in permutations(row))


def test_the_order_of_parties_in_the_mapping_does_not_matter() -> None:
    for row in product(Position, repeat=3):
        forward = named(row)
        backward = dict(reversed(forward.items()))
        for text in ("consensus(2)", "silence", "any-one"):
            assert satisfied(rule(text), forward) is satisfied(rule(text), backward)


@pytest.mark.parametrize("parties", [3, 5])
@pytest.mark.parametrize("text", PREDICATES)
def test_classes_count_every_row_once(text: str, parties: int) -> None:
    found = classes(table(rule(text), parties))
    assert sum(one.count for one in found) == 6**parties
    assert len({one.positions for one in found}) == len(found)
    for one in found:
        repeats = prod(factorial(one.positions.count(word)) for word in Position)
        assert one.count == factorial(parties) // repeats
        assert one.satisfied is PREDICATES[text](one.positions)


def test_three_parties_have_fifty_six_classes_of_outcomes() -> None:
    assert len(classes(table(rule("consensus(2)"), 3))) == 56


def test_a_table_that_favours_a_party_has_no_classes() -> None:
    rows = {row: row[0] is CONCUR for row in product(Position, repeat=2)}
    with pytest.raises(ValueError, match="treats parties unlike"):
        classes(RuleTable(Rule(RuleName.ANY_ONE), 2, rows))


@pytest.mark.parametrize(
    "text", ["all-concur", "consensus(2)", "silence", "any-one", "at-least(4)"]
)
def test_a_rule_is_spelt_as_it_is_read(text: str) -> None:
    assert str(rule(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "majority", "consensus", "consensus()", "consensus(0)", "consensus(02)", "all-concur(3)",
     "silence(2)", "at-least", "All-concur", "consensus(2) ", "at-least(-1)", "at-least(100)"],
)  # fmt: skip
def test_other_spellings_are_no_rule(text: str) -> None:
    assert read_rule(text) is None


@pytest.mark.parametrize("parties", [0, MAX_PARTIES + 1])
def test_a_table_is_written_for_few_parties_only(parties: int) -> None:
    with pytest.raises(ValueError, match=f"expected 1 to {MAX_PARTIES}, found {parties}"):
        table(rule("silence"), parties)


def moved(row: Row, size: int) -> list[Row]:
    """All rows in which exactly `size` parties say something else."""
    return [
        other
        for other in product(Position, repeat=len(row))
        if sum(a is not b for a, b in zip(row, other, strict=True)) == size
    ]


@pytest.mark.parametrize("text", PREDICATES)
def test_changes_are_all_the_smallest_that_flip_an_outcome(text: str) -> None:
    holds = PREDICATES[text]
    for row in product(Position, repeat=3):
        told = explain(rule(text), named(row))
        flips = {
            size: [other for other in moved(row, size) if holds(other) is not holds(row)]
            for size in (1, 2, 3)
        }
        smallest = min(size for size, others in flips.items() if others)
        assert told.satisfied is holds(row)
        assert told.smallest == smallest
        results = set()
        for change in told.changes:
            assert len(change.to) == smallest
            results.add(tuple({**named(row), **dict(change.to)}.values()))
        assert len(results) == len(told.changes)
        assert results == (set(flips[smallest]) if smallest <= 2 else set())


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(sorted(PREDICATES)),
    st.lists(st.sampled_from(Position), min_size=5, max_size=5),
)
def test_changes_flip_an_outcome_of_five_parties(text: str, words: list[Position]) -> None:
    positions = named(tuple(words))
    told = explain(rule(text), positions)
    for change in told.changes:
        assert all(positions[party] is not word for party, word in change.to)
        assert satisfied(rule(text), {**positions, **dict(change.to)}) is not told.satisfied
        for fewer in combinations(change.to, len(change.to) - 1):
            assert satisfied(rule(text), {**positions, **dict(fewer)}) is told.satisfied


@pytest.mark.parametrize("text", PREDICATES)
def test_roles_are_what_one_position_does(text: str) -> None:
    holds = PREDICATES[text]
    rows = list(product(Position, repeat=3))
    for row in rows:
        for place, reason in enumerate(explain(rule(text), named(row)).reasons):
            always = all(holds(o) is holds(row) for o in rows if o[place] is row[place])
            alone = any(
                holds((*row[:place], word, *row[place + 1 :])) is not holds(row)
                for word in Position
            )
            expected = {
                (True, True): Role.SETTLES if holds(row) else Role.BLOCKS,
                (False, True): Role.NEEDED if holds(row) else Role.COULD_SETTLE,
                (False, False): Role.FREE if holds(row) else Role.WAITS,
            }[always, alone or always]
            assert (reason.party, reason.position) == ("ABC"[place], row[place])
            assert reason.role is expected


def test_an_objection_blocks_a_consensus_and_lifting_it_is_the_change() -> None:
    told = explain(rule("consensus(2)"), {"K": CONCUR, "J": CONCUR, "U": OBJECT})
    assert [reason.role for reason in told.reasons][2] is Role.BLOCKS
    assert {change.to for change in told.changes} == {
        (("U", CONCUR),), (("U", DO_NOT_BLOCK),), (("U", ABSTAIN),)
    }  # fmt: skip


def test_a_rule_with_one_outcome_has_no_change() -> None:
    told = explain(Rule(RuleName.CONSENSUS, 4), {"K": CONCUR, "J": CONCUR, "U": CONCUR})
    assert (told.satisfied, told.smallest, told.changes) == (False, None, ())


@pytest.mark.parametrize("parties", [2, 3, 5])
@pytest.mark.parametrize(
    "text", ["all-concur", "consensus(2)", "silence", "any-one", "at-least(2)"]
)
def test_the_shipped_rules_are_sound(text: str, parties: int) -> None:
    assert list(table_faults(table(rule(text), parties))) == []


@pytest.mark.parametrize(
    ("name", "holds", "fault"),
    [
        (RuleName.ALL_CONCUR, lambda row: False, "no combination of positions satisfies it"),
        (RuleName.SILENCE, lambda row: True, "every combination of positions satisfies it"),
        (RuleName.ALL_CONCUR, lambda row: row[0] is CONCUR, "treats parties unlike"),
        (RuleName.CONSENSUS, lambda row: set(row) == {ABSTAIN}, "concurs undoes a decision"),
        (RuleName.CONSENSUS, lambda row: CONCUR in row, "decides over an objection"),
        (RuleName.SILENCE, lambda row: OBJECT not in row, "that awaits its capital"),
        (RuleName.ALL_CONCUR, lambda row: CONCUR in row, "that has not spoken"),
    ],
)
def test_an_unsound_table_is_found_out(name: RuleName, holds: Predicate, fault: str) -> None:
    rows = {row: holds(row) for row in product(Position, repeat=3)}
    assert any(fault in one for one in table_faults(RuleTable(Rule(name), 3, rows)))
