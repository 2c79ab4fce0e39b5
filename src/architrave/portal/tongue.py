"""Which language a reader gets who asked at an address without one."""

from __future__ import annotations

import re

from architrave.node.runtime import Runtime
from architrave.portal.words import LANGUAGES

__all__ = ["house_language", "preferred"]

_RANGE = re.compile(
    r"(?P<tag>[a-z]{1,8}|\*)(?:-[a-z0-9]{1,8})*"
    r"(?:[ \t]*;[ \t]*q=(?P<quality>0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)


def preferred(header: str, house: str = "en") -> str:
    """The language of ours that an Accept-Language header likes best.

    `house` is the language of a reader who likes none, or any (`*`) alike: this capital's own. A
    language that the header refuses (`q=0`) is given only to who refuses all.
    """
    liked: dict[str, tuple[float, int]] = {}
    for place, part in enumerate(header.lower().split(",")):
        found = _RANGE.fullmatch(part.strip(" \t"))
        if found is None:
            continue
        told = (-float(found["quality"] or 1), place)
        tag = found["tag"]
        if tag in LANGUAGES or tag == "*":
            liked[tag] = min(told, liked.get(tag, told))
    ours = list(dict.fromkeys((house, "en", *LANGUAGES)))
    anything = liked.pop("*", None)
    if anything is not None:
        # It stands for all that the header does not name: of these, the house's first.
        other = next((one for one in ours if one not in liked), None)
        if other is not None:
            liked[other] = anything
    wanted = {one: told for one, told in liked.items() if told[0]}
    if wanted:
        return min(wanted, key=lambda one: wanted[one])
    return next((one for one in ours if one not in liked), house)


def house_language(runtime: Runtime) -> str:
    """The language of the capital whose copy this is: as its node.json says, else by the charter.

    The charter says in which order texts of each language name the parties, and in which order each
    capital does: a capital's language is the one that names them as it does. Where none does, or
    the screen has no words in it, it is English.
    """
    if runtime.language in LANGUAGES:
        return runtime.language
    charter = runtime.peer.state.charter
    own = charter.order("", runtime.peer.party)
    for language, order in charter.language_orders:
        if order == own and language in LANGUAGES:
            return language
    return "en"
