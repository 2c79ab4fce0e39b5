"""The page about planning: its example prints what it says."""

import contextlib
import io
import re
from pathlib import Path

PAGE = (Path(__file__).resolve().parents[3] / "docs/desks/exercises-planning.md").read_text("utf-8")


def test_the_example_prints_what_the_page_says() -> None:
    code, printed = re.findall(r"```(?:python)?\n(.*?)```", PAGE, re.DOTALL)[:2]
    paper = io.StringIO()
    with contextlib.redirect_stdout(paper):
        exec(compile(code, "docs/desks/exercises-planning.md", "exec"), {})
    assert paper.getvalue() == printed
