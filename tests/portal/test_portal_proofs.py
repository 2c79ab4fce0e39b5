"""The files of a line over HTTP: links to them, what they hold, and what is said without them."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from exports import deposit, founding_file, usual, written
from page_scenes import SCENES
from test_audit_succession import rotated
from test_package import strong

from architrave.institution.opening import why_not_under
from architrave.node.files import proved_size
from architrave.portal.words import LANGUAGES, table
from architrave.record.package import ACT, check_package

WORLDS = {"usual": usual, "rotated": functools.cache(rotated), "strong": strong}
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("name", WORLDS)
def test_the_package_of_each_line_holds_and_is_the_same_again(
    screen: Callable[..., Any], name: str
) -> None:
    world = WORLDS[name]()
    shown, opened = screen(world), 0
    for member in world.founding.members:
        for line in range(1, proved_size(world.peers[shown.party], member) + 1):
            address = f"/proofs/{member.name.lower()}/{line}.zip"
            first = shown.answer(address)
            assert first.status_code == 200
            files = unpacked(first.content)
            found = check_package(files, why_not_under, founding_file(world))
            assert (found.member.name, found.position) == (member.name, line - 1)
            opened += ACT in files
            assert shown.answer(address).content == first.content
            alone = shown.answer(address.replace(".zip", ".tlog-proof"))
            assert alone.content == files["line.tlog-proof"]
    assert opened


def test_the_files_are_named_and_may_be_kept_without_a_cookie(screen: Callable[..., Any]) -> None:
    shown = screen(usual())
    package = shown.answer("/proofs/kor/1.zip")
    assert package["Content-Type"] == "application/zip"
    assert package["Content-Disposition"] == 'attachment; filename="kor-1.zip"'
    assert package["Cache-Control"] == "public, no-cache"
    proof = shown.answer("/proofs/kor/1.tlog-proof")
    assert proof["Content-Type"] == "text/plain; charset=utf-8"
    assert proof["Content-Disposition"] == 'attachment; filename="kor-1.tlog-proof"'
    assert proof["Cache-Control"] == "public, max-age=3600"
    for answer, address in ((package, "/proofs/kor/1.zip"), (proof, "/proofs/kor/1.tlog-proof")):
        again = shown.answer(address, **{"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert not answer.cookies


def test_a_sealed_line_is_handed_out_without_its_text_and_says_so(
    screen: Callable[..., Any],
) -> None:
    world = usual()
    shown = screen(world)
    size = proved_size(world.peers[shown.party], world.founding.named("KOR"))
    for line in range(1, size + 1):
        files = unpacked(shown.answer(f"/proofs/kor/{line}.zip").content)
        readme = files["README.txt"].decode()
        sealed = b'"seal"' in files["line.entry"]
        word = "package-open" if ACT in files else "package-closed" if sealed else "package-receipt"
        for language in LANGUAGES:
            assert table()[word][language] in readme
            assert table()["demo-banner"][language] in readme
        assert b"sealed for two" not in b"".join(files.values())
        assert f"architrave verify kor-{line}.zip --founding" in readme


@in_each_language
@pytest.mark.parametrize(
    "address",
    ["kor/0.zip", "kor/9999.zip", "kor/9999.tlog-proof", "xyz/1.zip", "KOR/1.zip", "kor/1.pdf",
     "kor/since-0.txt", "kor/since-9999.txt", "xyz/since-1.txt", "kor", ""],
)  # fmt: skip
def test_an_address_without_a_line_is_absent_in_the_readers_language(
    screen: Callable[..., Any], address: str, language: str
) -> None:
    answer = screen(usual()).answer(f"/proofs/{address}", **{"Accept-Language": language})
    assert answer.status_code == 404
    assert table()["absent-title"][language] in answer.content.decode()


@in_each_language
def test_a_line_that_not_all_have_cosigned_has_no_link_and_says_why(
    screen: Callable[..., Any], language: str
) -> None:

    world = written()
    first, second, third = world.parties
    world.cut = {(first, third), (third, first), (second, third), (third, second)}

    deposit(world, first, "not yet cosigned", ["public"])
    world.settle()
    shown = screen(world, first)
    size = world.peers[first].history.main(world.origin(first)).size
    answer = shown.answer(f"/proofs/{first.lower()}/{size}.zip", **{"Accept-Language": language})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert table()["proof-not-yet"][language] in answer.content.decode()
    page = shown.page(f"/{language}/record/{first.lower()}")
    assert f"/proofs/{first.lower()}/{size}.zip" not in page
    assert f"/proofs/{first.lower()}/1.zip" in page


@in_each_language
def test_lines_steps_and_citations_lead_to_files_that_are_there(
    screen: Callable[..., Any], language: str
) -> None:

    scene = SCENES["in_force"]()
    shown, symbol = screen(scene.world), scene.symbols[0]
    for path in ("record/kor", f"matters/{symbol}", f"matters/{symbol}/steps"):
        page = shown.page(f"/{language}/{path}")
        found = re.findall(r'href="(/proofs/[^"]+)"', page)
        assert found, path
        assert table()["proof-package"][language] in page
        for address in found[:4]:
            assert shown.answer(address).status_code == 200, address
