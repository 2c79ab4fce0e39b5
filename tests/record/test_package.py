"""The package of one line: it holds for every line, and a flipped bit names the file."""

from __future__ import annotations

import functools

import pytest
from exports import CHARTER, founding_file, usual, written
from hypothesis import given
from hypothesis import strategies as st
from test_audit_succession import rotated
from world import World

from architrave.institution.opening import why_not_under
from architrave.node.files import published
from architrave.record.errors import RecordError
from architrave.record.export import Published
from architrave.record.package import (
    ACT,
    PackageFound,
    check_package,
    covered_size,
    line_files,
    package_files,
)

README = b"for people\n"
Files = dict[str, bytes]


@functools.cache
def strong() -> World:
    """A world whose parties cosign with ML-DSA too."""
    return written(mldsa=True)


WORLDS = {"usual": usual, "rotated": functools.cache(rotated), "strong": strong}


def record(world: World) -> Published:
    return published(world.peers[world.parties[0]], CHARTER, founding_file(world))


def package(world: World, party: str, size: int) -> Files:
    shown = record(world)
    line = line_files(shown, world.founding.named(party), size)
    assert line is not None
    return package_files(line, README)


def checked(files: Files, trusted: bytes | None = None) -> PackageFound:
    return check_package(files, why_not_under, trusted)


@functools.cache
def all_packages(name: str) -> list[tuple[World, str, int, Files]]:
    world = WORLDS[name]()
    shown = record(world)
    return [
        (world, member.name, size, package(world, member.name, size))
        for member in world.founding.members
        for size in range(1, covered_size(shown.log(member), world.founding) + 1)
    ]


@functools.cache
def richest(name: str) -> Files:
    """The package with the most files, one that holds a text."""
    return max((one[3] for one in all_packages(name)), key=lambda files: (len(files), ACT in files))


@pytest.mark.parametrize("name", WORLDS)
def test_every_line_that_all_have_cosigned_has_a_package_that_holds(name: str) -> None:
    opened = 0
    for world, party, size, files in all_packages(name):
        found = checked(files, founding_file(world))
        assert found.trusted
        assert (found.member.name, found.position) == (party, size - 1)
        assert found.checkpoint.size >= size
        assert set(found.cosigned) == {
            one.cosigner.name for one in world.founding.members if one.name != party
        }
        opened += found.opened is not None
    assert opened > 1


def test_a_package_goes_across_successions_and_lists_them() -> None:
    world = WORLDS["rotated"]()
    second = world.parties[1]
    found = checked(package(world, second, 1))
    assert [one.rpartition("/")[2] for one in found.successions] == ["2", "3"]
    assert found.log.endswith("/log/1")
    assert found.checkpoint.origin.endswith("/log/3")
    assert f"{second.lower()}/succession.3" in package(world, second, 1)


def test_cosignatures_of_every_kind_are_needed() -> None:
    files = richest("strong")
    assert checked(files).keys == 4
    short = {**files, "line.tlog-proof": files["line.tlog-proof"].rsplit(b"\n", 2)[0] + b"\n"}
    with pytest.raises(RecordError, match=r"line\.tlog-proof: .* has not cosigned"):
        checked(short)


def test_a_sealed_line_is_proved_without_its_text() -> None:
    sealed = [checked(files) for _, _, _, files in all_packages("usual") if ACT not in files]
    assert any(one.seal is not None and one.to is not None and not one.to.public for one in sealed)


def test_the_founding_that_a_reader_brings_is_compared() -> None:
    other = founding_file(strong())
    with pytest.raises(RecordError, match=r"^founding\.json: .*not the founding that you brought"):
        checked(richest("usual"), other)
    assert not checked(richest("usual")).trusted


@pytest.mark.parametrize("world", WORLDS)
@given(data=st.data())
def test_a_flipped_bit_is_refused_and_the_file_named(world: str, data: st.DataObject) -> None:
    files = dict(richest(world))
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    bit = data.draw(st.integers(0, 7))
    changed = bytearray(files[name])
    changed[at] ^= 1 << bit
    with pytest.raises(RecordError) as caught:
        checked({**files, name: bytes(changed)})
    assert name in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("world", WORLDS)
def test_a_file_that_is_missing_or_too_many_is_named(world: str) -> None:
    files = richest(world)
    for name in files:
        with pytest.raises(RecordError, match=name.replace(".", r"\.")):
            checked({one: data for one, data in files.items() if one != name})
    with pytest.raises(RecordError, match=r"^more\.txt: nothing in this package asks"):
        checked({**files, "more.txt": b""})


def test_files_of_two_lines_do_not_go_together() -> None:
    packages = [files for _, party, _, files in all_packages("usual") if party == "KOR"]
    first, second = packages[:2]
    with pytest.raises(RecordError, match=r"line\.tlog-proof: it does not lead from line\.entry"):
        checked({**first, "line.entry": second["line.entry"]})


def test_a_line_that_not_all_have_cosigned_has_no_package() -> None:
    world = usual()
    shown = record(world)
    member = world.founding.members[0]
    assert line_files(shown, member, 0) is None
    assert line_files(shown, member, covered_size(shown.log(member), world.founding) + 1) is None
