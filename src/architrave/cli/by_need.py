"""Verbs that are imported when they are asked for.

Every module of verbs brings in its own desk, and all together take seconds: a node that starts and
an answer at a terminal would wait for fifty modules of which they need one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

__all__ = ["group_of"]


class _Verbs(MutableMapping[str, Any]):
    """Commands by name, in order; one is made at its first use from where it lies."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = dict(places)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _command(name, self._places[name])
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._places.setdefault(name, "")
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._places[name]
        self._made.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _command(name: str, place: str) -> Any:
    module, _, attribute = place.partition(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        group = get_group(found)
        group.name = name
        return group
    # A name and no more: what a verb says of itself stands in its docstring.
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name)(found)
    return get_command(alone)


def group_of(places: Mapping[str, str]) -> type[TyperGroup]:
    """A group of verbs by name, each at "module:attribute", a function or a Typer of its own.

    They stand before those that the Typer itself has, and in this order.
    """

    class Group(TyperGroup):
        def __init__(self, **given: Any) -> None:
            super().__init__(**given)
            self.commands = _Verbs(places)
            self.commands.update(given.get("commands") or {})

        def list_commands(self, ctx: Any) -> list[str]:
            return list(self.commands)

    return Group
