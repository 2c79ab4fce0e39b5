"""What leads to the proof of a line, and what is shown while there is none, with their help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.pages_rows import Frame, Link, told

__all__ = ["NoProofPage", "ProofLinks"]


@dataclass(frozen=True, slots=True)
class ProofLinks:
    """Where the files lie by which anyone checks a line without a network."""

    package: Link = told("a zip file with all that is needed")
    proof: Link = told("the .tlog-proof file alone")


@dataclass(frozen=True, slots=True)
class NoProofPage:
    """Why the proof of a line cannot be had yet, and where the line can be read."""

    frame: Frame = told("what every page carries")
    reason: str = told("why, in one sentence")
    line: Link = told("the line on the page of its book")
