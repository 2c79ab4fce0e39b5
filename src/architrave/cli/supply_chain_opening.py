"""A product chain as it is named at a terminal: one that comes along, or tables of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from architrave.cli.desk_tables import table_text
from architrave.cli.faults import Unclear

if TYPE_CHECKING:
    from architrave.desks.supply.basis import Basis
    from architrave.desks.supply.chains.model import Chain

__all__ = ["ChainName", "Opened", "case_basis", "opened_chain"]

ChainName = Annotated[
    str,
    typer.Argument(
        metavar="CHAIN", help="semiconductors or batteries, or a table of figures: FOLDER/NAME.csv."
    ),
]

_LONGEST = 40
_ROWS = "a row for each figure with its address"
_JSON = "; --json has the addresses of the figures shown"
_OURS = "Many are reposts and trade pages: reopen"
_SIGNED = "the page before a figure goes into a signed text"


@dataclass(frozen=True, slots=True)
class Opened:
    """A chain, and where its tables lie; `own` says that they did not come along."""

    chain: Chain
    folder: str
    own: bool

    def sourced(self, basis: Basis, addresses: bool = False) -> Basis:
        """The same basis, saying where the address of each figure stands.

        With `addresses` also that JSON has those of the figures shown.
        """
        reopen = f"{_JSON if addresses else ''}. {'Reopen' if self.own else _OURS} {_SIGNED}"
        return _filed(basis, self.folder, [one.name for one in self.chain.layers], reopen)


def opened_chain(named: str) -> Opened:
    """A chain by its name, or by the path of its table of figures.

    Beside a table of one's own stand the other tables, each where there is one. Unclear or BadInput
    for what is neither, or cannot be read.
    """
    from architrave.desks.supply.chains.reading import BESIDE, SHIPPED, read_chain, shipped_chain

    if named in SHIPPED:
        return Opened(shipped_chain(named), "data/chains", False)
    file = Path(named)
    if file.suffix != ".csv":
        raise Unclear(
            f"there is no chain {named!r} here, only {' and '.join(SHIPPED)}; one of your own is "
            "named by its table of figures, FOLDER/NAME.csv."
        )
    if not file.is_file():
        raise Unclear(f"{named}: no table of figures lies here.")
    if len(file.stem) > _LONGEST or not file.stem.isprintable():
        raise Unclear(f"{named}: the name of a chain has 1 to {_LONGEST} printable signs.")
    beside = (file.parent / one for one in BESIDE)
    others = [(one.name, table_text(one)) if one.exists() else None for one in beside]
    chain = read_chain(file.stem, (file.name, table_text(file)), *others)
    here = file.parent == Path()
    return Opened(chain, "this folder" if here else str(file.parent), True)


def case_basis(basis: Basis, chain: Chain) -> Basis:
    """The basis of a case told by a chain that came along, and by what was known of the case."""
    names = [one.name for one in chain.layers]
    facts = [one.name for one in basis.layers if one.name not in names]
    told = _filed(basis, "data/chains", names, f". {_OURS} {_SIGNED}")
    return _filed(told, "data/backtests", facts, "")


def _filed(basis: Basis, folder: str, names: Sequence[str], after: str) -> Basis:
    """The layers of these names with the folder in which they lie."""
    source = f"{folder} ({', '.join(names)}), {_ROWS}{after}"
    layers = (replace(one, source=source) if one.name in names else one for one in basis.layers)
    return replace(basis, layers=tuple(layers))
