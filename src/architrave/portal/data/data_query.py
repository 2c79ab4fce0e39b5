"""The query of a request for data: known parameters only, each once, each with a value that can be.

A fault is one sentence that begins with the name of the parameter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from architrave.charter.model import Charter
from architrave.institution.pending import focus
from architrave.institution.standing import MatterStanding, Stage

__all__ = ["BadQuery", "asked", "filtered", "page_of"]

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_YEAR = re.compile(r"[0-9]{4}")
_SHOWN = 40  # characters of a value that a sentence repeats


class BadQuery(ValueError):
    """What is wrong with a query, in one sentence."""


def asked(request: HttpRequest, known: Sequence[str]) -> dict[str, str]:
    """The parameters of a request, in the order of `known`; BadQuery for any other."""
    try:
        given = request.GET
    except SuspiciousOperation as fault:
        raise BadQuery("query: too many parameters.") from fault
    for name in given:
        if name not in known:
            listed = f"known: {', '.join(known)}" if known else "there is none here"
            raise BadQuery(f"{_said(name)}: is no parameter of this address; {listed}.")
        if len(given.getlist(name)) > 1:
            raise BadQuery(f"{name}: is given more than once.")
    return {name: given[name] for name in known if name in given}


def page_of(query: Mapping[str, str]) -> int:
    """The page that a query asks for, from 1; BadQuery if that is no number."""
    text = query.get("page", "1")
    if not _NUMBER.fullmatch(text):
        raise BadQuery(f"page: expected a number from 1, found {_said(text)}.")
    return int(text)


def filtered(
    standings: Sequence[MatterStanding], query: Mapping[str, str], charter: Charter
) -> tuple[list[MatterStanding], str]:
    """The matters that pass the filters of a query, and these filters as a query again.

    BadQuery for a value that no matter can have: a body that the charter does not know, say. A body
    or a party that an earlier charter had passes while some matter has it.
    """
    allowed: dict[str, Collection[str]] = {
        "body": {*(one.id for one in charter.bodies), *map(_FILTERS["body"], standings)},
        "party": {*charter.party_ids, *map(_FILTERS["party"], standings)},
        "stage": [stage.value for stage in Stage],
    }
    found, again = list(standings), ""
    for name, value_of in _FILTERS.items():
        value = query.get(name)
        if value is None:
            continue
        if name in allowed and value not in allowed[name]:
            listed = ", ".join(sorted(allowed[name]))
            raise BadQuery(f"{name}: expected one of {listed}; found {_said(value)}.")
        if name == "year" and not _YEAR.fullmatch(value):
            raise BadQuery(f"year: expected four digits, found {_said(value)}.")
        found = [one for one in found if value_of(one) == value]
        again += f"{name}={value}&"
    return found, again


_FILTERS: dict[str, Callable[[MatterStanding], str]] = {
    "body": lambda one: focus(one).version.body.id,
    "year": lambda one: one.symbol.split("/")[1],
    "party": lambda one: one.tabled.party,
    "stage": lambda one: focus(one).stage.value,
}


def _said(text: str) -> str:
    """A value as a sentence repeats it: in quotation marks, on one line, not too long."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
