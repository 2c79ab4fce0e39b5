"""The pages of the supply desk: each piece of Python runs, and prints what the page says."""

from __future__ import annotations

import re

import pytest
from world import ROOT

PAGES = sorted(path.name for path in (ROOT / "docs" / "desks").glob("supply*.md"))
PIECE = re.compile(r"```python\n(.*?)```(?:\n\nprints\n\n```text\n(.*?)```)?", re.DOTALL)
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")


def read(page: str) -> str:
    return (ROOT / "docs" / "desks" / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_each_piece_of_python_prints_what_stands_under_it(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pieces = PIECE.findall(read(page))
    assert pieces, f"{page}: there is no piece of Python to run"
    known: dict[str, object] = {}  # one notebook: a piece goes on where the last one ended
    for code, printed in pieces:
        exec(code, known)
        said = capsys.readouterr().out
        assert not printed or said == printed


def test_the_tutorial_says_under_each_piece_what_it_prints_and_no_number_beside() -> None:
    page = read("supply-tutorial.md")
    pieces = PIECE.findall(page)
    assert len(pieces) >= 7
    assert all(printed for _, printed in pieces)
    # A number in its sentences is one that the code takes or prints; years name other pages.
    shown = set(NUMBER.findall(" ".join(part for piece in pieces for part in piece)))
    told = set(NUMBER.findall(re.sub(r"\[\d{4}\]\([^)]*\)", "", PIECE.sub("", page))))
    assert told <= shown, f"not printed: {', '.join(sorted(told - shown))}"
