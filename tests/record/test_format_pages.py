"""The example at the head of each format page is what its command prints."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "formats"
EXAMPLE = re.compile(
    r"# [^\n]+\n\n```console\n\$ python - <<'END'\n(?P<code>.*?)\nEND\n(?P<printed>.*?)```\n",
    re.DOTALL,
)


@pytest.mark.parametrize(
    "name",
    [
        "act",
        "audit-state",
        "canonical-json",
        "checkpoints-and-cosignatures",
        "entry",
        "equivocation",
        "export",
        "founding",
        "offline-proof",
        "proof-package",
        "peer-messages",
        "seal",
        "tiles",
        "tombstone",
        "succession",
    ],
)
def test_the_example_is_what_the_command_prints(name: str) -> None:
    example = EXAMPLE.match((PAGES / f"{name}.md").read_text(encoding="utf-8"))
    assert example is not None, "a format page begins with a command and what it prints"
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example["code"], f"{name}.md", "exec"), {"__name__": "example"})
    assert printed.getvalue()
    assert printed.getvalue() == example["printed"]
