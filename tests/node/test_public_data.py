"""Three real nodes give out the same public data over the wire."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256

import pytest
from processes import PARTIES, Trio
from world import load_charter

from architrave.portal.data.data_whole import rebuild
from architrave.record.founding import read_founding

pytestmark = pytest.mark.slow

BODY = load_charter().bodies[0].id


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trio]:
    trio = Trio(tmp_path_factory.mktemp("data"))
    try:
        trio.start(*PARTIES)
        trio.open(BODY)
        trio.rest()
        yield trio
    finally:
        trio.close()


def finished(running: Trio, party: str) -> None:
    """Ask until the node's own thread has made the dump of the state at which it rests."""
    for _ in range(20_000):
        answer = running.client.get(f"{running.urls[party]}/api/1/dump")
        if answer.status_code == 200 and answer.json()["present"]:
            return
        assert answer.status_code in (200, 503)
    raise AssertionError("no dump of this state is made")


def test_the_dump_is_the_same_in_every_capital_and_holds_the_files_of_the_founding(
    running: Trio,
) -> None:
    for party in PARTIES:
        finished(running, party)
    answers = {
        party: running.client.get(f"{running.urls[party]}/api/1/dump.zip") for party in PARTIES
    }
    assert {one.status_code for one in answers.values()} == {200}
    assert len({one.content for one in answers.values()}) == 1
    data = answers[PARTIES[0]].content
    assert answers[PARTIES[1]].headers["ETag"] == f'"{sha256(data).hexdigest()}"'
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        files = {name: made.read(name) for name in made.namelist()}
    assert read_founding(files["founding.json"]).id == running.founding.id
    assert sha256(files["charter.toml"]).hexdigest() == running.founding.charter
    whole = rebuild(files)
    assert [one.size > 0 for one in whole.books.books] == [True, True, True]
    holders = [seat.holder for body in whole.bodies.bodies for seat in body.seats if seat.holder]
    assert len(holders) == len(PARTIES)


def test_a_reader_may_ask_for_the_head_and_for_what_has_changed(running: Trio) -> None:
    finished(running, PARTIES[0])
    for address in ("/api/1/books", "/api/1/dump.zip", "/data/lines.xlsx"):
        url = running.urls[PARTIES[0]] + address
        whole, head = running.client.get(url), running.client.head(url)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Length"] == str(len(whole.content))
        again = running.client.get(url, headers={"If-None-Match": head.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "Set-Cookie" not in whole.headers
    # Nothing of an answer without a body is left in the line of the next one.
    assert running.client.get(running.urls[PARTIES[0]] + "/api/1/").json()["version"] == 1
