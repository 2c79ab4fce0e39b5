"""How a verb prints: plain lines of at most ninety columns, or one JSON value.

Widths are those that a terminal shows, so that Korean and Japanese letters keep their columns.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

__all__ = ["WIDTH", "heading", "paragraph", "print_json", "print_lines", "print_notes", "table"]

WIDTH = 90


def print_json(value: object) -> None:
    """Print one JSON value; words stay in their own letters."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines one after the other."""
    for line in lines:
        typer.echo(line)


def print_notes(notes: Iterable[str]) -> None:
    """Print notes on standard error, so that output holds only what was asked for."""
    for note in notes:
        for line in paragraph(note, 0):
            typer.echo(line, err=True)


def heading(text: str) -> str:
    """A heading; bold where the output is a terminal."""
    return typer.style(text, bold=True)


def paragraph(text: str, indent: int = 2) -> Iterator[str]:
    """A text broken into lines."""
    yield from _rendered(Padding(Text(text), (0, 0, 0, indent)))


def table(rows: Iterable[Sequence[str]], indent: int = 2, fixed: int = 1) -> Iterator[str]:
    """Rows of cells side by side; the first `fixed` columns are never broken."""
    found = [list(row) for row in rows]
    if not found:
        return
    grid = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for place in range(len(found[0])):
        grid.add_column(no_wrap=place < fixed, overflow="fold")
    for row in found:
        grid.add_row(*(Text(cell) for cell in row))
    yield from _rendered(Padding(grid, (0, 0, 0, indent)))


def _rendered(thing: Padding) -> Iterator[str]:
    paper = io.StringIO()
    Console(file=paper, width=WIDTH, color_system=None, legacy_windows=False).print(thing)
    for line in paper.getvalue().splitlines():
        yield line.rstrip()
