"""An audit that is shared out finds what an audit in one piece finds, word for word."""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from architrave.record import audit_log
from architrave.record.audit import Audit, audit
from architrave.record.audit_headers import Headers
from architrave.record.tiles import decode_bundle, encode_bundle
from bench.material import FolderReader, SignedActs, Writer, export, new_writer, write_acts


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Writer, dict[str, bytes]]:
    writer, folder = new_writer(), tmp_path_factory.mktemp("export")
    write_acts(writer, 1_200)
    export(writer, folder)
    read = FolderReader(folder)
    return writer, {path: read(path) or b"" for path in read.listed()}


def audited(writer: Writer, files: dict[str, bytes]) -> Audit:
    return audit(files.get, files.keys, SignedActs, writer.founding_file)


def first_log(writer: Writer) -> str:
    return writer.parties[0].lower()


Damage = Callable[[dict[str, bytes], str], None]


def missing(files: dict[str, bytes], log: str) -> None:
    del files[f"{log}/tile/entries/001"]


def cut_short(files: dict[str, bytes], log: str) -> None:
    files[f"{log}/tile/entries/001"] = files[f"{log}/tile/entries/001"][:-3]


def one_byte(files: dict[str, bytes], log: str) -> None:
    data = bytearray(files[f"{log}/tile/entries/001"])
    data[5_000] ^= 1
    files[f"{log}/tile/entries/001"] = bytes(data)


def swapped(files: dict[str, bytes], log: str) -> None:
    """The last entry of one bundle and the first of the next change places."""
    one = decode_bundle(files[f"{log}/tile/entries/000"], 256)
    two = decode_bundle(files[f"{log}/tile/entries/001"], 256)
    one[-1], two[0] = two[0], one[-1]
    files[f"{log}/tile/entries/000"] = encode_bundle(one)
    files[f"{log}/tile/entries/001"] = encode_bundle(two)


def repeated(files: dict[str, bytes], log: str) -> None:
    """One bundle stands in the place of the next: time falls where they meet."""
    files[f"{log}/tile/entries/001"] = files[f"{log}/tile/entries/000"]


def tile_changed(files: dict[str, bytes], log: str) -> None:
    files[f"{log}/tile/0/000"] = bytes(32) + files[f"{log}/tile/0/000"][32:]


DAMAGES = [missing, cut_short, one_byte, swapped, repeated, tile_changed]


def test_a_sound_export_is_found_sound_in_pieces_of_any_length(
    exported: tuple[Writer, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, files = exported
    found = []
    for bundles in (1, 2, 10_000):
        monkeypatch.setattr(audit_log, "RANGE_BUNDLES", bundles)
        found.append(audited(writer, files))
    assert not found[0].faults
    assert sum(log.acts for log in found[0].logs) == writer.acts
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("damage", DAMAGES, ids=[one.__name__ for one in DAMAGES])
def test_a_fault_is_told_in_the_same_words(
    exported: tuple[Writer, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch, damage: Damage
) -> None:
    writer, files = exported[0], dict(exported[1])
    damage(files, first_log(writer))
    found = []
    for bundles in (1, 10_000):
        monkeypatch.setattr(audit_log, "RANGE_BUNDLES", bundles)
        found.append(audited(writer, files))
    assert found[0].faults
    assert found[0] == found[1]


def test_a_time_that_falls_between_two_pieces_is_blamed_on_the_right_entry(
    exported: tuple[Writer, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, files = exported
    member = writer.founding.named(writer.parties[0])
    whole = Headers(member, writer.founding)
    path = f"{first_log(writer)}/tile/entries/000"
    entries = decode_bundle(files[path], 256)
    for n, entry in enumerate(entries):
        whole.take(entry, n, f"entry {n}")
    again = Headers(member, writer.founding)
    again.take(entries[-1], 255, "entry 255")
    assert not whole.goes_on(again)


def test_processes_find_what_one_process_finds(
    exported: tuple[Writer, dict[str, bytes]], tmp_path: Path
) -> None:
    writer = exported[0]
    export(writer, tmp_path)
    read = FolderReader(tmp_path)

    def in_processes(
        work: Callable[[int], audit_log.RangeRead], each: Iterable[int]
    ) -> Iterable[audit_log.RangeRead]:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            return list(pool.map(work, each))

    alone = audit(read, read.listed, SignedActs, writer.founding_file)
    shared = audit(read, read.listed, SignedActs, writer.founding_file, spread=in_processes)
    assert shared == alone
    assert not shared.faults
