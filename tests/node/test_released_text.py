"""Three real nodes: a text for two is released over HTTP, and the third shows it and proves it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from processes import PARTIES, Trio
from typer.testing import CliRunner
from world import load_charter

from architrave.cli.main import app
from architrave.record.sealing import SealedAct

pytestmark = pytest.mark.slow

BODY = load_charter().bodies[0].id
TEXT = "a line of credit between two"
AUTHOR, OTHER, THIRD = PARTIES


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trio]:
    trio = Trio(tmp_path_factory.mktemp("released"))
    try:
        trio.start(*PARTIES)
        trio.open(BODY)
        trio.rest()
        yield trio
    finally:
        trio.close()


def page(trio: Trio, party: str, path: str) -> str:
    answer = trio.client.get(f"{trio.urls[party]}{path}")
    assert answer.status_code == 200
    return answer.text


def test_the_third_node_shows_a_text_that_was_released_while_it_was_away(running: Trio) -> None:
    trio = running
    to = sorted(trio.founding.named(party).origin for party in (AUTHOR, OTHER))
    words = {language: f"{TEXT} ({language})" for language in trio.charter.languages}
    other = {language: f"another paper ({language})" for language in words}
    said = {"title": other, "digest": "ab" * 32, "source": "the treasury"}
    name = trio.give(AUTHOR, "deposited", BODY, to=to, **(said | {"title": words}))
    # More sealed lines than anybody would ask for one by one.
    for number in range(60):
        trio.give(AUTHOR, "deposited", BODY, to=to, **(said | {"digest": f"{number:064x}"}))
    trio.rest()
    book = f"/en/record/{AUTHOR.lower()}/1"
    for party in PARTIES:
        assert TEXT not in page(trio, party, book)
    assert name not in trio.names(THIRD)

    trio.kill(THIRD)
    trio.give(AUTHOR, "released", BODY, act=name, to=["public"])
    trio.rest(AUTHOR, OTHER)
    # The author is gone when the third returns: the other hands it on.
    trio.kill(AUTHOR)
    trio.start(THIRD)
    trio.rest(OTHER, THIRD)
    assert name in trio.names(THIRD)
    trio.start(AUTHOR)
    trio.rest()
    _shown_everywhere(trio, book)
    trio.kill(THIRD)
    trio.start(THIRD)
    trio.rest()
    _shown_everywhere(trio, book)
    _proved(trio, name)


def _shown_everywhere(trio: Trio, book: str) -> None:
    for party in PARTIES:
        shown = page(trio, party, book)
        assert TEXT in shown
        assert "Released later, on" in shown
        assert TEXT in page(trio, party, "/en/search?q=credit")
        assert TEXT in page(trio, party, "/feeds/en/record.atom")
        lines = trio.client.get(f"{trio.urls[party]}/api/1/books/{AUTHOR}").json()["lines"]
        (opened,) = [one for one in lines if one["opened"] is not None]
        assert (opened["what"], opened["opened"]["texts"][0]["en"]) == ("released", f"{TEXT} (en)")


def _proved(trio: Trio, name: str) -> None:
    """The third node's own files show that it is the text sealed on that line."""
    lines = trio.client.get(f"{trio.urls[THIRD]}/api/1/books/{AUTHOR}").json()["lines"]
    (opened,) = [one for one in lines if one["opened"] is not None]
    digest = opened["opened"]["sealed"]
    file = trio.client.get(f"{trio.urls[THIRD]}/record/acts/{digest}").content
    text = SealedAct(file[:32], file[32:])
    assert (text.seal.hex(), text.name) == (digest, name)
    founding = trio.folders[THIRD] / "founding.json"
    done = CliRunner().invoke(app, ["verify", trio.urls[THIRD], "--founding", str(founding)])
    assert done.exit_code == 0, done.output
    assert "whose text is not here" not in done.output
