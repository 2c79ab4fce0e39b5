"""A paper as plain text (UTF-8): what any machine reads, with or without us, in any year."""

from __future__ import annotations

from architrave.portal.papers.model import (
    Block,
    Heading,
    Listing,
    Mark,
    Paper,
    Table,
    Text,
    Verbatim,
    plain_text,
)

__all__ = ["text_of"]

_UNDER = {1: "=", 2: "-"}


def text_of(paper: Paper) -> bytes:
    """The paper as text; a block is set off by an empty line, a cell by a bar."""
    head = " · ".join(one for one in (paper.banner, paper.institution, paper.symbol) if one)
    parts = [head, *(_lines(block) for block in paper.blocks)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8")


def _lines(block: Block) -> str:
    match block:
        case Heading(level, text):
            title = _cell(text)
            return f"{title}\n{_UNDER[level] * 40}" if level in _UNDER else f"# {title}"
        case Listing(entries, numbered):
            signs = (f"{place}." if numbered else "-" for place in range(1, len(entries) + 1))
            return "\n".join(
                f"{sign} {_cell(entry)}" for sign, entry in zip(signs, entries, strict=True)
            )
        case Mark(signs, means):
            return f"{signs}\n{plain_text(means)}"
        case Verbatim(lines):
            return "\n".join(lines)
        case Table(caption, head, rows):
            return "\n".join(
                [
                    *([plain_text(caption)] if caption else []),
                    *(" | ".join(_cell(text) for text in row) for row in (head, *rows)),
                ]
            )
        case _:
            return plain_text(block.text)


def _cell(text: Text) -> str:
    return plain_text(text).replace("\n", "; ")
