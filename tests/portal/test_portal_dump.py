"""The dump: the same bytes everywhere, checked by its own digests, and read back without us."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from data_scenes import ALL, SAME, SECRETS, addresses, has_register, scene_of, up, whole_of
from founding_files import charter_text, founding_file
from page_scenes import opened, table
from world import DAY

from architrave.charter.parse import parse_charter
from architrave.institution.register import Register
from architrave.node.runtime import current
from architrave.portal.data import data_kept
from architrave.portal.data.api import schema_file
from architrave.portal.data.data_whole import files_of, rebuild
from architrave.portal.data.dump import SUMS, dump_file, dump_parts
from architrave.portal.data.tables import TABLES
from architrave.portal.words import LANGUAGES
from architrave.record.founding import read_founding

in_each_scene = pytest.mark.parametrize("name", list(ALL))


@pytest.fixture
def served(screen: Callable[..., Any]) -> Callable[..., Any]:
    """The dump as a party's node in a scene serves it: its answer."""

    def of(name: str, party: str = "") -> Any:
        world = scene_of(name).world
        shown = screen(world, party or up(world)[0], with_register=has_register(world))
        return shown.answer("/api/1/dump.zip")

    return of


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


@in_each_scene
def test_the_files_alone_give_back_what_the_node_read(
    served: Callable[..., Any], register: Register, name: str
) -> None:
    files = unpacked(served(name).content)
    answers = {path: data for path, data in files.items() if path.endswith(".json")}
    again = rebuild(answers)
    assert again == whole_of(name, up(scene_of(name).world)[0], register)
    # What was read back writes the very same files: nothing was dropped on the way.
    assert files_of(again).items() <= files.items()
    left = set(files) - set(files_of(again))
    tables = {f"tables/{one}.csv" for one in TABLES}
    beside = {"README.txt", "schema.json", "charter.toml", "founding.json", SUMS}
    assert left - tables - beside == ({"charter-in-force.toml"} if name == "amended" else set())
    assert tables | beside <= left


@pytest.mark.parametrize("name", SAME)
def test_every_capital_serves_the_same_bytes(served: Callable[..., Any], name: str) -> None:
    parties = up(scene_of(name).world)
    assert len({served(name, party).content for party in parties}) == 1


@in_each_scene
def test_every_file_has_its_digest(served: Callable[..., Any], name: str) -> None:
    files = unpacked(served(name).content)
    told = dict(reversed(line.split("  ", 1)) for line in files[SUMS].decode().splitlines())
    assert told == {path: sha256(data).hexdigest() for path, data in files.items() if path != SUMS}


def test_each_answer_in_the_file_is_the_one_on_the_web(
    screen: Callable[..., Any], register: Register
) -> None:
    shown = screen(scene_of("in_force").world)
    files = unpacked(shown.answer("/api/1/dump.zip").content)
    for address, kind in addresses(whole_of("in_force", "JPN", register)):
        if kind in ("Index", "Dump"):
            continue
        page = "-1" if kind in ("Matters", "BookPage") else ""
        assert files[f"{address.removeprefix('/')}{page}.json"] == shown.answer(address).content
    for name in TABLES:
        assert files[f"tables/{name}.csv"] == shown.answer(f"/data/{name}.csv").content
    assert files["schema.json"] == schema_file() == shown.answer("/api/1/schema.json").content


def test_its_own_digest_is_in_the_headers_and_on_the_page(screen: Callable[..., Any]) -> None:
    shown = screen(scene_of("in_force").world, "KOR")
    answer = shown.answer("/api/1/dump.zip")
    digest = sha256(answer.content)
    assert answer["ETag"] == f'"{digest.hexdigest()}"'
    assert answer["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert answer["Content-Type"] == "application/zip"
    for language in LANGUAGES:
        page = shown.page(f"/{language}/data")
        assert page.count(digest.hexdigest()) == 3  # in its address, beside it, in the citation
        assert f"{len(answer.content):,}" in page
        for name in TABLES:
            for form in ("csv", "xlsx"):
                assert f'href="/data/{name}.{form}"' in page
        assert "Apache-2.0" in page


def test_the_files_of_the_founding_are_whole(served: Callable[..., Any]) -> None:
    world = scene_of("amended").world
    files = unpacked(served("amended").content)
    founding = read_founding(files["founding.json"])
    assert founding.id == world.founding.id
    assert sha256(files["charter.toml"]).hexdigest() == founding.charter
    running = parse_charter(files["charter-in-force.toml"].decode(), "charter")
    assert running.digest == world.peers["USA"].state.charter.digest != founding.charter


def test_the_read_me_says_what_may_be_done_and_how_to_check(served: Callable[..., Any]) -> None:
    text = unpacked(served("in_force").content)["README.txt"].decode()
    for said in ("Apache-2.0", "sha256sum --check SHA256SUMS", "founding.json", "apostrophe"):
        assert said in text
    assert "이 소프트웨어가" in text
    assert "このソフトウェア" in text
    assert scene_of("in_force").world.founding.id in text


def test_nothing_sealed_and_nothing_erased_is_in_it(served: Callable[..., Any]) -> None:
    for party in scene_of("for_two").world.parties:
        for path, data in unpacked(served("for_two", party).content).items():
            assert [one for one in SECRETS if one.encode() in data] == [], (party, path)
    for path, data in unpacked(served("erased").content).items():
        assert b"the words that go" not in data, path


def test_the_zip_holds_no_time_and_is_not_compressed(served: Callable[..., Any]) -> None:
    with zipfile.ZipFile(io.BytesIO(served("in_force").content)) as made:
        infos = made.infolist()
    assert {(one.date_time, one.compress_type) for one in infos} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)
    }
    names = [one.filename for one in infos]
    assert names == sorted(names)
    assert all(".." not in name and not name.startswith("/") for name in names)


# -- made once, and anew when the record grows ------------------------------------------------


def test_it_is_made_once_for_each_state_of_the_record(
    screen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bool] = []

    def making(*given: Any) -> bytes:
        made.append(current().lock._is_owned())
        return dump_file(*given)

    monkeypatch.setattr(data_kept, "dump_file", making)
    scene = opened()
    shown = screen(scene.world)
    first = shown.answer("/api/1/dump.zip").content
    scene.world.now += DAY
    assert shown.answer("/api/1/dump.zip").content == first
    for address in ("/ko/data", "/data/seats.csv", "/data/seats.xlsx", "/data/seats.xlsx"):
        assert shown.answer(address).status_code == 200
    # Packed once, and not while the node is kept from writing.
    assert made == [False]
    table(scene, "JPN", "TDC", "3(1)", "one more")
    assert shown.answer("/api/1/dump.zip").content != first
    assert "one more" in shown.answer("/data/matters.csv").content.decode()
    assert made == [False, False]


def test_it_follows_what_the_others_receive(screen: Callable[..., Any]) -> None:
    scene = opened()
    shown = screen(scene.world)
    table(scene, "JPN", "TDC", "3(1)", "one more")
    found = {shown.answer("/api/1/dump.zip").content}
    for _ in range(8):
        scene.world.settle(1)
        now = shown.answer("/api/1/dump.zip").content
        read = data_kept.read_whole(_copy(scene.world))
        beside = {
            "charter.toml": charter_text(scene.world).encode(),
            "founding.json": founding_file(scene.world),
        }
        assert unpacked(now) == unpacked(dump_file(read, beside))
        found.add(now)
    assert len(found) > 1


def _copy(world: Any) -> Any:
    runtime = current()
    return data_kept.Copy(runtime.peer, "en", world.now, runtime.register, runtime.addresses)


# -- files that are not whole -----------------------------------------------------------------


def test_a_file_that_is_missing_or_altered_in_form_is_refused(register: Register) -> None:
    parts = dump_parts(whole_of("in_force", "KOR", register), {})
    for name in ("api/1/books/KOR-1.json", "api/1/matters-1.json", "api/1/charter.json"):
        lacking = {path: data for path, data in parts.items() if path != name}
        with pytest.raises(KeyError):
            rebuild(lacking)
    with pytest.raises(msgspec.ValidationError):
        rebuild({**parts, "api/1/books.json": b'{"books":[{"party":1}]}'})
    with pytest.raises(msgspec.DecodeError):
        rebuild({**parts, "api/1/bodies.json": b"{"})


def test_what_is_altered_in_a_file_is_altered_in_what_is_read(register: Register) -> None:
    before = whole_of("in_force", "KOR", register)
    parts = dump_parts(before, {})
    name = "api/1/institution.json"
    parts[name] = parts[name].replace(before.institution.founding.encode(), b"0" * 64)
    assert rebuild(parts).institution.founding == "0" * 64
    assert rebuild(parts) != before
