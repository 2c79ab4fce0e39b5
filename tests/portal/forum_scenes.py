"""The shipped figures of the forum, and copies that show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from page_scenes import Scene, copy_of
from register_texts import shipped_register
from world import ROOT, load_charter

from architrave.charter.model import Charter
from architrave.portal.forum.forum_data import ForumData, read_forum
from architrave.portal.reading import Copy

FOLDER = ROOT / "data" / "forum"
PAGES = ("forum", "forum/chains", "forum/exposure", "forum/shocks", "forum/days")


def read(
    changed: Mapping[str, str | None] | None = None, charter: Charter | None = None
) -> ForumData | None:
    """The shipped files; `changed` gives other texts by path, None for a file that is gone."""
    other = dict(changed or {})

    def opened(path: str) -> str | None:
        place = FOLDER / path
        if path in other:
            return other[path]
        return place.read_text(encoding="utf-8") if place.is_file() else None

    content = opened("forum.toml")
    assert content is not None
    return read_forum(content, charter or load_charter(), opened)


def shipped_forum() -> ForumData:
    found = read()
    assert found is not None
    return found


def forum_copy(scene: Scene, language: str, data: ForumData, party: str = "KOR") -> Copy:
    copy = copy_of(scene, party, language, shipped_register())
    return replace(copy, forum=data)
