"""Marked text is not taken, by whatever door and in whatever language; ordinary words are."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from keepers import KeptNode
from world import ROOT

from architrave.institution.state import Refused
from architrave.node import store
from architrave.node.markings import MARKINGS, marking_in
from architrave.record.sealing import SealedAct

MARKED = {
    "TOP SECRET//SI": "TOP SECRET",
    "T O P   S E C R E T": "TOP SECRET",
    "(TS) First point": "TOP SECRET",
    "SECRET": "SECRET",
    "The draft is SECRET//REL TO ALL.": "SECRET",
    "ＳＥＣＲＥＴ": "SECRET",
    "SEC\u200bRET": "SECRET",
    "S E C R E T": "SECRET",
    "Title\n(S) First point": "SECRET",
    "(S//NF) First point": "SECRET",
    "CONFIDENTIAL//REL": "CONFIDENTIAL",
    "Annex\n\n  CONFIDENTIAL  \n\ntext": "CONFIDENTIAL",
    "(C//REL) Point": "CONFIDENTIAL",
    "군사 Ⅰ급 비밀": "I급 비밀",
    "Ⅱ급비밀": "II급 비밀",
    "II급 비밀": "II급 비밀",
    "2급 비밀": "II급 비밀",
    "III급 비밀": "III급 비밀",
    "Ⅲ급 비밀": "III급 비밀",
    "극비": "극비",
    "군사비밀": "군사비밀",
    "特定秘密": "特定秘密",
    "極秘": "極秘",
    "機密": "機密",
    "【機密】案": "機密",
    "秘": "秘",
    "(秘) 案": "秘",
    "㊙": "秘",
}
ORDINARY = [
    "the secret of good cooperation",
    "A SECRET BALLOT",
    "PROTECTION OF TRADE SECRETS AND OF EVERY TRADE SECRET",
    "SECRETARIAT, SECRETARY",
    "in confidence; confidential talks; CONFIDENTIALITY OF DATA",
    "(a) first (b) second (C) third",
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY; CUI",
    "극비리에 추진한다는 보도",
    "대외비",
    "군사비밀보호법, 군사비밀 보호",
    "특정 비밀",
    "特定秘密の保護に関する法律",
    "極秘裏に進められたとの報道",
    "機密性の高い情報",
    "秘書官, 秘密",
    "部外秘; 取扱注意",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_found_and_named(text: str) -> None:
    marked = marking_in({"kind": "tabled", "wording": {"title": {"en": text}}})
    assert marked is not None
    assert (marked.place, marked.name) == ("act.wording.title.en", MARKED[text])
    assert MARKED[text] in {one.name for one in MARKINGS}


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_pass(text: str) -> None:
    assert marking_in({"text": text}) is None


def test_every_marking_of_the_table_is_tried() -> None:
    assert set(MARKED.values()) == {one.name for one in MARKINGS}


def test_the_charter_and_the_register_pass() -> None:
    files = [*(ROOT / "charters").glob("*.toml"), *(ROOT / "data" / "register").iterdir()]
    assert files
    found = {str(file): marking_in(file.read_text(encoding="utf-8")) for file in files}
    assert [place for place, marked in found.items() if marked is not None] == []


@given(st.text(max_size=30), st.sampled_from(sorted(MARKED)), st.text(max_size=30))
def test_a_marking_on_a_line_of_its_own_is_found_in_any_text(
    before: str, marking: str, after: str
) -> None:
    marked = marking_in([f"{before}\n{marking}\n{after}"])
    assert marked is not None
    assert marked.place == "act[0]"


def test_the_name_of_a_field_is_a_text_too() -> None:
    marked = marking_in({"SECRET": "plain"})
    assert marked is not None
    assert marked.place == "act: the name of a field"


def test_marked_text_is_refused_at_the_door_and_neither_kept_nor_logged(
    door: KeptNode, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    data = door.act("TOP SECRET//the holder nobody may know")
    answer = Client().post("/peer/act", data, content_type="application/octet-stream")
    value = json.loads(answer.content)
    assert answer.status_code == 409
    assert (value["admitted"], value["stored"]) == (False, False)
    assert "TOP SECRET" in value["reason"]
    assert "act.holder" in value["reason"]
    door.stop()
    kept = b"".join(one.read_bytes() for one in database.parent.rglob("*") if one.is_file())
    for place in (answer.content, kept, caplog.text.encode()):
        assert b"nobody may know" not in place


def test_marked_text_is_refused_from_a_page_too(door: KeptNode) -> None:
    keeper = door.keeper
    assert keeper is not None
    answer = keeper.runtime.submit(SealedAct(b"", door.act("극비")))
    assert isinstance(answer.verdict, Refused)
    assert answer.tip is None
    assert len(store.read_stored(None).acts) == len(door.world.disks[door.party].stored.acts)
