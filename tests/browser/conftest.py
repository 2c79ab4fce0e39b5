"""Three running nodes, one browser and the pages that there are: once for all tests here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from architrave.cli.demo.stage import Stage
from tests.browser.chromium import missing, opened
from tests.browser.crawl import Site, crawl
from tests.browser.three_nodes import HOME_OF, playing

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if reason := missing():
        pytest.skip(f"there is {reason}")
    with opened() as browser:
        yield browser


@pytest.fixture(scope="package")
def stage(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with playing(tmp_path_factory.mktemp("three")) as stage:
        yield stage


@pytest.fixture(scope="package")
def sites(stage: Stage) -> dict[str, Site]:
    """The pages in each language, each at the node of a capital that speaks it."""
    return {
        language: crawl(stage.nodes[party].url, language) for language, party in HOME_OF.items()
    }
