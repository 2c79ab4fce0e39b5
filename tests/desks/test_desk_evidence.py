"""An assessment has one spelling, and another's result is compared cell by cell."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.desks.evidence import (
    ABSENT,
    Assessment,
    Difference,
    Layer,
    bytes_of,
    differences,
    digest_of,
)

LEAVES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def assessment(result: dict[str, Any]) -> Assessment:
    layer = Layer("events", "2026-03", digest_of(b"events"))
    return Assessment("launches", "counts", (layer,), {"days": 30}, result, {"architrave": "0.1"})


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert assessment({"a": 1, "b": 2}).digest == assessment({"b": 2, "a": 1}).digest
    assert assessment({"a": 1}).digest != assessment({"a": 2}).digest


def test_numbers_that_are_not_finite_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        bytes_of({"a": float("nan")})


@given(VALUES)
def test_a_result_is_the_same_as_itself(value: Any) -> None:
    assert differences(value, value) == ()


@given(VALUES, VALUES)
def test_results_differ_where_their_spelling_does(one: Any, other: Any) -> None:
    assert bool(differences(one, other)) == (bytes_of(one) != bytes_of(other))


def test_each_cell_that_differs_is_named() -> None:
    ours = {"rows": [{"n": 1.0}, {"n": 2.0}], "only": 1}
    theirs = {"rows": [{"n": 1.0 + 1e-12}, {"n": 2.1}]}
    assert differences(ours, theirs) == (
        Difference("only", 1, ABSENT),
        Difference("rows[1].n", 2.0, 2.1),
    )
    assert differences([1], [1, 2]) == (Difference(" (length)", 1, 2),)
