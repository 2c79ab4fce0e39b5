"""The page that is shown where a paper cannot be had, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.pages_rows import Frame, Link, told

__all__ = ["NoPaperPage"]


@dataclass(frozen=True, slots=True)
class NoPaperPage:
    """Why a paper cannot be had now, and where the same can be read."""

    frame: Frame = told("what every page carries")
    reason: str = told("why, in one sentence, with what to do about it")
    source: Link = told("the page with the same content")
