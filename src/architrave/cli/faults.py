"""Faults at a terminal: one clear sentence on standard error, exit status 2, nothing changed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from architrave.charter.errors import CharterError
from architrave.desks.errors import DeskError
from architrave.institution.errors import InstitutionError
from architrave.node.errors import NodeError
from architrave.peer.errors import PeerFloorError
from architrave.record.errors import RecordError

__all__ = ["Unclear", "plainly", "text_of"]

_Verb = TypeVar("_Verb", bound=Callable[..., None])


class Unclear(Exception):
    """What was typed names nothing that is known here; the text says what is known."""


def text_of(file: Path) -> str:
    """The text of a file that was named at the terminal; Unclear where it is not in UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise Unclear(f"{file}: the file is not written in UTF-8.") from fault


def plainly(verb: _Verb) -> _Verb:
    """Let a verb say its known faults in words."""

    @functools.wraps(verb)
    def spoken(*args: object, **kwargs: object) -> None:
        try:
            verb(*args, **kwargs)
        except BrokenPipeError:
            raise  # the reader of our output has left; nothing is to be said to anybody
        except (
            CharterError,
            DeskError,
            InstitutionError,
            NodeError,
            PeerFloorError,
            RecordError,
            Unclear,
        ) as fault:
            typer.echo(str(fault), err=True)
            raise typer.Exit(2) from fault
        except OSError as fault:
            typer.echo(_of_the_system(fault), err=True)
            raise typer.Exit(2) from fault

    return spoken  # type: ignore[return-value]


def _of_the_system(fault: OSError) -> str:
    # What Python prints begins with a number, which tells an officer nothing.
    if fault.filename is None or fault.strerror is None:
        return str(fault)
    return f"{fault.filename}: {fault.strerror}."
