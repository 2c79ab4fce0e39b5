"""Every page names the capitals that are out of touch, and no other."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from page_scenes import SCENES, Scene

from architrave.portal.words import LANGUAGES


@pytest.fixture(scope="module")
def down() -> Scene:
    return SCENES["party_down"]()


@pytest.fixture(scope="module")
def whole() -> Scene:
    return SCENES["matter_open"]()


def notices(page: str) -> list[str]:
    block = re.search(r'<ul class="out-of-touch">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", block[1], re.DOTALL) if block else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_says_which_capital_is_silent(
    screen: Callable[..., object], down: Scene, language: str
) -> None:
    shown = screen(down.world, "KOR")
    name = down.world.peers["KOR"].state.charter.party("USA").short[language]
    for path in down.paths():
        (said,) = notices(shown.page(f"/{language}/{path}"))
        assert name in said, path
        assert "<time" in said, path


def test_the_page_for_an_address_without_one_says_it_too(
    screen: Callable[..., object], down: Scene
) -> None:
    assert len(notices(screen(down.world, "KOR").page("/en/no-such-page", 404))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_all_are_in_touch_no_page_says_so(
    screen: Callable[..., object], whole: Scene, language: str
) -> None:
    for path in whole.paths():
        assert notices(screen(whole.world, "KOR").page(f"/{language}/{path}")) == [], path
