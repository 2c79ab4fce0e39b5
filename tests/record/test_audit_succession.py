"""An export of a log that goes on under another key: the auditor follows the titles."""

from __future__ import annotations

import functools

import pytest
from exports import BODY, Files, audited, deposit, export, places
from world import World

from architrave.institution.opening import PublicReader
from architrave.record import canonical
from architrave.record.audit import audit_on
from architrave.record.succession import read_title


@functools.cache
def rotated() -> World:
    """The second party's log has gone on twice, the first party's once."""
    world = World()
    world.open(BODY)
    first, second, _ = world.parties
    for number, party in enumerate((second, first, second)):
        deposit(world, second, f"before {number}", ["public"])
        world.settle()
        world.rotate(party)
        deposit(world, party, f"after {number}", ["public"])
        world.settle()
    return world


@functools.cache
def files_of(party: str) -> Files:
    return export(rotated(), party)


def spoiled(path: str, data: bytes | None) -> list[str]:
    files = dict(files_of(rotated().parties[0]))
    if data is None:
        del files[path]
    else:
        files[path] = data
    return places(audited(files))


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("listing", [True, False])
def test_an_export_across_successions_is_sound(number: int, listing: bool) -> None:
    found = audited(files_of(rotated().parties[number]), listing=listing)
    assert not found.faults
    second = next(log for log in found.logs if log.party == rotated().parties[1])
    assert second.origin.endswith("/log/3")
    assert second.sound
    assert not second.awaited
    assert second.cosigned_size == second.signed_size


def title_path(party: str, generation: int) -> str:
    return f"{party.lower()}/succession.{generation}"


def test_without_its_title_a_log_is_not_believed() -> None:
    path = title_path(rotated().parties[1], 2)
    assert path in spoiled(path, None)


def test_a_title_that_one_party_has_not_signed_gives_no_key() -> None:
    party = rotated().parties[1]
    path = title_path(party, 3)
    title = read_title(files_of(party)[path], rotated().founding)
    fewer = {one: sign for one, sign in title.signatures.items() if one != rotated().parties[2]}
    value = canonical.load(title.data)
    assert isinstance(value, dict)
    assert path in spoiled(path, canonical.dump({**value, "signatures": fewer}))


def test_the_title_of_another_generation_gives_no_key() -> None:
    party = rotated().parties[1]
    files = files_of(party)
    assert title_path(party, 3) in spoiled(title_path(party, 3), files[title_path(party, 2)])


def test_one_changed_byte_of_a_title_is_seen() -> None:
    party = rotated().parties[1]
    path = title_path(party, 2)
    data = files_of(party)[path]
    for at in range(0, len(data), 7):
        assert spoiled(path, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def test_a_title_that_nothing_needs_is_no_part_of_the_export() -> None:
    third = rotated().parties[2]
    data = files_of(third)[title_path(rotated().parties[1], 2)]
    assert spoiled(title_path(third, 2), data) == [title_path(third, 2)]


def test_an_audit_goes_on_across_a_succession() -> None:
    world = World()
    world.open(BODY)
    party = world.parties[0]
    deposit(world, party, "first", ["public"])
    world.settle()

    def on(since):  # type: ignore[no-untyped-def]
        files = export(world, party)
        return audit_on(files.get, lambda: list(files), PublicReader, since)

    before = on(None)
    assert before.state is not None
    world.rotate(party)
    deposit(world, party, "second", ["public"])
    world.settle()
    after = on(before.state)
    assert not after.found.faults
    assert after.taken_over[party] == before.found.logs[0].signed_size
    assert after.found == on(None).found
