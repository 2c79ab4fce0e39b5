"""The forum's files at a copy's start: read once; without the figures there is no forum."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from folders import PARTIES, free_urls, make_three
from world import ROOT, load_charter

from architrave.cli import forum_files
from architrave.cli.forum_files import forum_for, pages_beside
from architrave.desks.errors import BadInput
from architrave.node.folder import Folder
from architrave.node.readiness import read_ready
from architrave.portal.council.council_data import council_in
from architrave.portal.forum.forum_data import forum_in
from architrave.portal.papers.desk_data import tables_in


def test_what_is_shipped_is_beside_a_copy_with_the_council_s(tmp_path: Path) -> None:
    root = tmp_path / "nodes"
    make_three(root, free_urls())
    ready = read_ready(Folder(root / PARTIES[0]))
    beside = pages_beside(ready)
    forum = forum_in(beside)
    assert forum is not None
    assert forum.bodies(ready.charter)[0].id == forum.body
    assert council_in(beside) is not None
    assert tables_in(beside) is not None


def test_a_file_that_is_gone_or_spoilt_leaves_no_page_or_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "forum"
    shutil.copytree(ROOT / "data" / "forum", folder)
    monkeypatch.setattr(forum_files, "shipped", lambda place: tmp_path / place)
    assert forum_for(load_charter()) is not None
    (folder / "figures.json").write_text("[]", encoding="utf-8")
    with pytest.raises(BadInput, match=r"^figures\.json: "):
        forum_for(load_charter())
    (folder / "figures.json").unlink()
    assert forum_for(load_charter()) is None
    assert forum_for(load_charter("src/architrave/sim/rivers.toml")) is None
