"""An act from plain values."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from architrave.institution.acts import KINDS, Act
from architrave.node.errors import NodeError

__all__ = ["build_act"]


def build_act(kind: str, fields: Mapping[str, object]) -> Act:
    """Make an act of a kind from plain values; NodeError naming the field that is wrong."""
    if kind not in KINDS:
        raise NodeError(f"{kind!r} is no kind of act; these are: {', '.join(KINDS)}.")
    try:
        act: Act = msgspec.convert({"kind": kind, **fields}, type=KINDS[kind])
    except msgspec.ValidationError as fault:
        raise NodeError(f"act {kind}: {fault}.") from fault
    return act
