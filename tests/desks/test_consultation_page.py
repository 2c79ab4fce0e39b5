"""The example in the manual of the consultation desk runs and prints what the page says."""

from __future__ import annotations

import contextlib
import io
import re

from world import ROOT

PAGE = (ROOT / "docs" / "desks" / "consultation.md").read_text(encoding="utf-8")


def test_the_example_prints_what_the_page_says() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (expected,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "docs/desks/consultation.md", "exec"), {})
    assert printed.getvalue() == expected
