"""How something is cited, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.pages_rows import Link, Shown, told
from architrave.portal.proofs.pages_proofs import ProofLinks

__all__ = ["CiteBlock", "PinRow", "StyleRow"]


@dataclass(frozen=True, slots=True)
class StyleRow:
    """A reference in one style."""

    name: str = told("the style")
    text: str = told("the reference, to be copied as it stands")


@dataclass(frozen=True, slots=True)
class PinRow:
    """One thing that pins down what is cited."""

    label: str = told("what it is")
    value: Shown = told("the digest, line or date")


@dataclass(frozen=True, slots=True)
class CiteBlock:
    """How to cite it: an address that stays, references in three styles, and what pins it down."""

    address: Link = told("the address that stays; it leads there on every capital's copy")
    styles: tuple[StyleRow, ...] = told("the reference: plain, BibTeX, CSL-JSON")
    pins: tuple[PinRow, ...] = told("digests, line and date by which it is known again")
    proof: ProofLinks | None = told("what proves it; none for a compiled fact, or not yet")
    command: str = told("the command that writes a proof to keep; empty for a compiled fact")
    since_href: str = told("where two points in time are compared; empty for a compiled fact")
