"""What was typed and names nothing: one sentence that says what is known."""

from __future__ import annotations

from pathlib import Path

__all__ = ["Unclear", "text_of"]


class Unclear(Exception):
    """What was typed names nothing that is known here; the text says what is known."""


def text_of(file: Path) -> str:
    """The text of a file that an officer named; Unclear where it is not in UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise Unclear(f"{file}: the file is not written in UTF-8.") from fault
