"""Faults at a terminal: one clear sentence on standard error, exit status 2, nothing changed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

import typer

from architrave.charter.errors import CharterError
from architrave.desks.errors import DeskError
from architrave.institution.errors import InstitutionError
from architrave.node.errors import NodeError
from architrave.peer.errors import PeerFloorError
from architrave.portal.composing.unclear import Unclear, text_of
from architrave.record.errors import RecordError

__all__ = ["Unclear", "plainly", "text_of"]

_Verb = TypeVar("_Verb", bound=Callable[..., None])


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
