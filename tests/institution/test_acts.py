"""The list of acts: each kind has its rows, its vector, and bytes that are read or refused."""

from __future__ import annotations

import json
from pathlib import Path

import act_vectors
import pytest
from hypothesis import given
from hypothesis import strategies as some

from architrave.charter.model import PERMITS
from architrave.institution import acts
from architrave.institution.act_reading import known
from architrave.institution.acts import Act, act_of, document_of, kind_of, name_of
from architrave.institution.admit import RIGHTS, STEPS
from architrave.institution.errors import UnknownKind
from architrave.record import canonical
from architrave.record.errors import Malformed, RecordError
from architrave.record.keys import PrivateKey
from architrave.record.sealing import SealedAct, sign_act

VECTORS = Path(__file__).parents[1] / "vectors" / "acts.json"
KINDS = list(acts.KINDS.values())
SMALL = some.integers(-(2**53) + 1, 2**53 - 1) | some.booleans() | some.text(max_size=8)
VALUES = SMALL | some.lists(SMALL, max_size=3) | some.dictionaries(some.text("ab"), SMALL)


def test_every_kind_has_a_step_and_a_right_and_nothing_else_has() -> None:
    assert set(STEPS) == set(RIGHTS) == set(KINDS)
    assert {right.permit for right in RIGHTS.values()} - {""} <= set(PERMITS)


def test_every_kind_stands_in_the_vectors_once_and_further_acts_of_it_after() -> None:
    rows = json.loads(VECTORS.read_text(encoding="utf-8"))["acts"]
    further = [
        kind_of(act_vectors.example(k)) for k, more in act_vectors.FURTHER.items() for _ in more
    ]
    assert [row["kind"] for row in rows] == [*acts.KINDS, *further]


def test_a_drill_is_told_apart_by_one_field_that_a_request_does_not_have() -> None:
    """An act of a time before drills has the bytes, and so the name, that it always had."""
    rows = json.loads(VECTORS.read_text(encoding="utf-8"))["acts"]
    request, drill = (row for row in rows if row["kind"] == "consulted")
    assert "drill" not in request["document"]
    read = act_of(canonical.load(drill["canonical"].encode()))
    assert isinstance(read, acts.Consulted)
    assert (read.drill, name_of(read)) == (True, drill["name"])
    with pytest.raises(Malformed, match="adds nothing"):
        act_of({**request["document"], "drill": False})


def test_the_vectors_are_what_the_command_writes() -> None:
    assert VECTORS.read_text(encoding="utf-8") == act_vectors.vectors()


@pytest.mark.parametrize("kind", KINDS, ids=kind_of)
def test_an_act_is_read_back_from_its_vector(kind: type[Act]) -> None:
    rows = json.loads(VECTORS.read_text(encoding="utf-8"))["acts"]
    row = next(row for row in rows if row["kind"] == kind.__struct_config__.tag)
    value = canonical.load(row["canonical"].encode())
    act = act_of(value)
    assert act == act_vectors.example(kind)
    assert document_of(act) == value == row["document"]
    assert name_of(act) == row["name"] == canonical.digest(row["canonical"].encode())


@pytest.mark.parametrize("kind", KINDS, ids=kind_of)
@given(data=some.data())
def test_a_changed_field_gives_another_act_or_a_named_error(
    kind: type[Act], data: some.DataObject
) -> None:
    act = act_vectors.example(kind)
    document = dict(document_of(act))
    field = data.draw(some.sampled_from([*sorted(document), "stranger"]))
    document[field] = data.draw(VALUES)
    try:
        changed = act_of(document)
    except Malformed:
        return
    except UnknownKind:
        assert field == "kind"
        return
    assert document_of(changed) == document
    assert (name_of(changed) == name_of(act)) == (changed == act)


@pytest.mark.parametrize("kind", KINDS, ids=kind_of)
def test_a_missing_field_is_refused_unless_it_may_be_left_out(kind: type[Act]) -> None:
    act = act_vectors.example(kind)
    for field in document_of(act):
        less = {name: value for name, value in document_of(act).items() if name != field}
        try:
            shorter = act_of(less)
        except Malformed:
            continue
        assert name_of(shorter) != name_of(act)


HOSTILE = [
    b"",
    b"\n",
    b"null",
    b"[" * 100_000,
    b'{"a":' * 5_000,
    b'{"kind":"tabled","at":NaN}',
    b'{"at":99999999999999999999999999}',
    b'{"at":1e400}',
    b'{"kind":"tabled","kind":"tabled"}',
    b'{"kind":"\\ud800"}',
    b'{"kind":"\xff\xfe"}',
    b'\xef\xbb\xbf{"kind":"tabled"}',
    b'{"kind":["tabled"]}',
    b'{"kind":{"kind":"tabled"}}',
    b'{ "kind":"tabled"}',
    b"[[[[[1]]]]]",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_bytes_are_refused_by_name(body: bytes) -> None:
    for data in (body, body + b"\n" + bytes(64)):
        act = SealedAct(b"", data)
        with pytest.raises((RecordError, UnknownKind)):
            act_of(act.document)


@given(some.binary(max_size=200))
def test_whatever_bytes_arrive_a_value_or_a_named_error_comes_of_them(body: bytes) -> None:
    for data in (body, body + b"\n" + bytes(64), canonical.dump({"kind": "tabled"}) + b"\n" + body):
        act = SealedAct(bytes(32), data)
        known(act)
        try:
            act_of(act.document)
        except (RecordError, UnknownKind):
            continue


def test_an_act_too_long_is_refused() -> None:
    document = {"kind": "deposited", "source": "x" * (1 << 20)}
    with pytest.raises(Malformed, match="longer"):
        sign_act(document, "0" * 64, PrivateKey(bytes(32)))


def test_only_an_unknown_kind_is_held_back() -> None:
    key = PrivateKey(bytes(32))
    for document, is_known in [({"kind": "sung"}, False), ({"kind": "tabled"}, True), ([1], True)]:
        assert known(SealedAct(bytes(32), sign_act(document, "0" * 64, key))) is is_known
