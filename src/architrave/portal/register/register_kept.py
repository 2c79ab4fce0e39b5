"""Blocks of the register as they were last built, given again while what they show is the same.

A promise or an event with its texts, links and times takes longer to build than to look up whether
anything about it has changed: the state of its periods, what capitals say of it. A block that is
given again is the very same object, so a page that shows it can also keep how it was written (see
`templatetags.screen`): after a new line of the record only rows that it touched are written anew.
The day to which periods are counted is no part of a block. It stands on the page beside the rows;
what follows from it for a row are the states of its periods, and these are among its facts.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from architrave.charter.model import Charter
from architrave.institution.register import Register
from architrave.peer.peer import Peer
from architrave.portal.reading import Copy

__all__ = ["MOST", "block_of", "forget_blocks"]

MOST = 600
"""Blocks that are kept for one peer; those that were not asked for the longest go first."""

Block = TypeVar("Block")


@dataclass(frozen=True, slots=True)
class _Built:
    """A block, and the facts about its row from which it was built."""

    facts: object
    block: Any


@dataclass(slots=True)
class _Blocks:
    """The blocks of one copy of one register under one charter, by row and language."""

    register: Register
    charter: Charter
    built: OrderedDict[tuple[str, str], _Built] = field(default_factory=OrderedDict)


# One for each peer of this process; read and written under the reading lock only.
_blocks: WeakKeyDictionary[Peer, _Blocks] = WeakKeyDictionary()


def block_of(
    copy: Copy, register: Register, row: str, facts: object, build: Callable[[], Block]
) -> Block:
    """The block of a row in the copy's language: the last one if the facts are the same.

    `facts` is all that a block takes from elsewhere than the register and the charter.
    """
    held = _blocks.get(copy.peer)
    if held is None or held.register is not register or held.charter is not copy.charter:
        held = _blocks[copy.peer] = _Blocks(register, copy.charter)
    name = (row, copy.language)
    found = held.built.get(name)
    if found is None or found.facts != facts:
        found = held.built[name] = _Built(facts, build())
    held.built.move_to_end(name)
    while len(held.built) > MOST:
        held.built.popitem(last=False)
    block: Block = found.block
    return block


def forget_blocks() -> None:
    """Build every block anew, as at the start of a process."""
    _blocks.clear()
