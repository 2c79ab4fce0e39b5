"""The examples on the pages of desks: a command, and what the page says that it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass

from world import ROOT

_BLOCK = re.compile(r"```\n\$ architrave ([^\n]+)\n(.*?)```", re.DOTALL)
_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A command without its first word, and its output."""

    command: str
    printed: str

    @property
    def arguments(self) -> list[str]:
        """The words of the command."""
        return self.command.split()


def examples(page: str) -> list[Example]:
    """Every command of a desk's page with its output; at least one."""
    found = [Example(*block) for block in _BLOCK.findall(_page(page))]
    assert found, f"docs/desks/{page}.md shows no command"
    return found


def notebook(page: str) -> str:
    """The page's one piece of Python."""
    (code,) = _PYTHON.findall(_page(page))
    return code


def _page(page: str) -> str:
    return (ROOT / "docs" / "desks" / f"{page}.md").read_text(encoding="utf-8")
