"""A table-top exercise is marked on every page, in feeds and papers, in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import world
from page_scenes import SCENES

from architrave.portal.words import LANGUAGES, say
from architrave.record.checkpoints import open_checkpoint
from architrave.record.errors import RecordError
from architrave.record.founding import (
    DEMONSTRATION_DOMAIN,
    TABLETOP_DOMAIN,
    Founding,
    read_founding,
    sign_founding,
)
from architrave.record.layout import readme
from architrave.record.sealing import SealedAct


@pytest.fixture
def exercise(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    """A scene played under the domain of table-top exercises, with the keys of any other."""

    def play(name: str) -> object:
        with monkeypatch.context() as patched:
            patched.setattr(world, "DEMONSTRATION_DOMAIN", TABLETOP_DOMAIN)
            return SCENES[name]()

    return play


@pytest.mark.parametrize("name", ["opened", "matter_open"])
def test_every_page_says_so(
    exercise: Callable[[str], object], screen: Callable[..., object], name: str
) -> None:
    scene = exercise(name)
    shown = screen(scene.world)
    for language in LANGUAGES:
        prefix, banner = say("tabletop-prefix", language), say("tabletop-banner", language)
        for path in scene.paths():
            page = shown.page(f"/{language}/{path}")
            assert f"<title>{prefix} · " in page, path
            assert f'<p class="demo" role="note"><strong>{prefix}</strong> {banner}</p>' in page
            assert say("demo-banner", language) not in page


def test_feeds_and_papers_say_so(
    exercise: Callable[[str], object], screen: Callable[..., object]
) -> None:
    scene = exercise("matter_open")
    shown = screen(scene.world)
    for language in LANGUAGES:
        assert say("tabletop-prefix", language) in shown.page(f"/feeds/{language}/all.atom")
    assert b"TABLE-TOP" in readme(scene.world.founding)


def test_a_demonstration_that_is_none_does_not_say_so(screen: Callable[..., object]) -> None:
    shown = screen(SCENES["opened"]().world)
    page = shown.page("/en/")
    assert say("tabletop-prefix", "en") not in page
    assert say("demo-banner", "en") in page


def test_nothing_signed_there_verifies_under_another_founding(
    exercise: Callable[[str], object],
) -> None:
    """The very same keys sign in both; only the founding differs."""
    played, other = exercise("matter_open").world, SCENES["matter_open"]().world
    assert played.party_keys["KOR"].public == other.party_keys["KOR"].public
    assert played.founding.id != other.founding.id
    assert not played.founding.origins & other.founding.origins
    assert all(TABLETOP_DOMAIN in origin for origin in played.founding.origins)
    signed = 0
    for salt, data in played.disks["KOR"].stored.acts:
        act = SealedAct(salt, data)
        keys = [key.public for key in played.party_keys.values()]
        keys += [
            played.officer(party, body.id).public
            for party in played.parties
            for body in played.charter.bodies
        ]
        assert not any(act.signed_by(key, other.founding.id) for key in keys)
        signed += any(act.signed_by(key, played.founding.id) for key in keys)
    assert signed == len(played.disks["KOR"].stored.acts) > 0
    for origin, note in played.disks["KOR"].stored.notes.items():
        member = played.founding.member(origin)
        open_checkpoint(note, member.log_key)
        with pytest.raises(RecordError):
            open_checkpoint(note, other.founding.named(member.name).log_key)


@pytest.mark.parametrize(
    ("domain", "demonstration"),
    [(TABLETOP_DOMAIN, False), (f"another.{DEMONSTRATION_DOMAIN}", True), ("tabletop.kr", True)],
)
def test_the_domain_is_for_exercises_and_only_for_them(domain: str, demonstration: bool) -> None:
    made, keys = world.found(world.load_charter())
    founding = Founding(domain, made.charter, demonstration, made.members)
    with pytest.raises(RecordError, match=r"for\s+demonstrations, and only for them"):
        read_founding(sign_founding(founding, keys))
