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
from architrave.record.errors import RecordError

__all__ = ["Unclear", "plainly"]

_Verb = TypeVar("_Verb", bound=Callable[..., None])


class Unclear(Exception):
    """What was typed names nothing that is known here; the text says what is known."""


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
            OSError,
            Unclear,
        ) as fault:
            typer.echo(str(fault), err=True)
            raise typer.Exit(2) from fault

    return spoken  # type: ignore[return-value]
