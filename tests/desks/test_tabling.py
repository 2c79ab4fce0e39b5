"""Assessments as the text of a matter: written in one spelling, read with every fault named."""

from __future__ import annotations

import json

import pytest
from desk_shelves import assessed

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, bytes_of
from architrave.desks.tabling import (
    LONGEST_DOCUMENT,
    MOST_ASSESSMENTS,
    assessments_in,
    document_with,
    holds_assessments,
    wording_with_evidence,
)

TITLE = {"ko": "제목", "ja": "題", "en": "title"}
ONE = Assessment("launches", "counts", (), {"days": 30}, {"a": 1}, {"architrave": "0"})


def spelt(value: object) -> str:
    return bytes_of(value).decode()


def test_a_wording_carries_the_assessments_and_names_each_by_its_digest() -> None:
    given = (*assessed("dialogues"), *assessed("interoperability"))
    found = wording_with_evidence(TITLE, TITLE, given)
    assert (found.title, found.instrument, found.nature) == (TITLE, "note", "political")
    assert list(found.digests.values()) == [one.digest for one in given]
    assert list(found.digests)[:2] == ["1. dialogues", "2. interoperability"]
    read = assessments_in(found.document)
    assert [one.digest for one in read] == [one.digest for one in given]
    assert document_with(read) == found.document


@pytest.mark.parametrize("count", [0, MOST_ASSESSMENTS + 1])
def test_none_or_too_many_are_not_tabled(count: int) -> None:
    with pytest.raises(BadInput, match=f"assessments can be tabled, not {count}"):
        document_with([ONE] * count)


def test_too_long_a_document_is_neither_tabled_nor_read() -> None:
    long = Assessment("d", "q", (), {}, {"a": "x" * LONGEST_DOCUMENT})
    with pytest.raises(BadInput, match=f"over {LONGEST_DOCUMENT}"):
        document_with([long])
    with pytest.raises(BadInput, match=f"over {LONGEST_DOCUMENT}"):
        assessments_in(" " * (LONGEST_DOCUMENT + 1))


@pytest.mark.parametrize(
    ("document", "meant"),
    [
        ("", False),
        ("a text of a plan", False),
        ("[]", False),
        (spelt({"goods": [], "format": 1}), False),
        (spelt({"assessments": [ONE.document], "format": 2}), True),
        (" " * (LONGEST_DOCUMENT + 1), True),
    ],
    ids=["empty", "plan", "list", "goods", "another-format", "too-long"],
)
def test_a_text_of_another_kind_is_told_from_assessments(document: str, meant: bool) -> None:
    assert holds_assessments(document) is meant


def changed(**fields: object) -> dict[str, object]:
    return {"assessments": [{**ONE.document, **fields}], "format": 1}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("", "no JSON"),
        ("a text of a plan", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"a":NaN}', "no JSON"),
        ('{"a":' + "9" * 5000 + "}", "no JSON"),
        ("\ud800", "no JSON"),
        ("[]", "expected assessments and format 1"),
        (spelt({"assessments": [], "format": 1, "x": 2**53 + 1}), "an integer beyond"),
        ('{"a":' * 40 + "1" + "}" * 40, "nested deeper than 32"),
        (spelt({"assessments": [ONE.document], "format": 2}), "expected assessments and format 1"),
        (spelt({**changed(), "more": 1}), "expected assessments and format 1"),
        (json.dumps(changed()), "not in the one spelling"),
        (spelt({"assessments": [], "format": 1}), "expected 1 to 16"),
        (spelt({"assessments": {}, "format": 1}), "expected 1 to 16"),
        (spelt({"assessments": [1], "format": 1}), r"assessments\[0\]: expected the fields desk"),
        (spelt(changed(more=1)), r"assessments\[0\]: expected the fields desk"),
        (spelt(changed(desk="")), r"assessments\[0\]\.desk: expected a text"),
        (spelt(changed(question=[])), r"assessments\[0\]\.question: expected a text"),
        (spelt(changed(result=[])), r"assessments\[0\]\.result: expected fields"),
        (spelt(changed(layers=[{}] * 33)), r"assessments\[0\]\.layers: expected at most 32"),
        (spelt(changed(layers=[{"name": 1}])), r"layers\[0\]: expected texts digest"),
        (spelt(changed(layers=["x"])), r"layers\[0\]: expected texts digest"),
    ],
)
def test_a_document_that_is_none_is_refused_in_one_sentence(document: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as fault:
        assessments_in(document)
    assert str(fault.value).startswith("document: ")
    assert "\n" not in str(fault.value)
