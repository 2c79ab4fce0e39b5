"""Products of blocks of shares with many scenarios, in pieces that stay on one core.

A BLAS that spreads a product of this size over the cores waits for the slowest of them, thousands
of times a day of the model; where others work on the machine too that costs twenty times the
product. Pieces below the size from which it does so are quicker even where nobody else works.
"""

from __future__ import annotations

import numpy as np

from architrave.desks.supply.dynamics.flows import Array

__all__ = ["arriving", "ordered"]

_PIECE = 250_000
"""Multiplications in one piece: OpenBLAS goes parallel above 4 x 65,536."""


def arriving(share: Array, part: Array, out: Array) -> None:
    """What each buyer gets of one unit: share' part, of G x R x N, G x R x B and G x N x B."""
    turned = share.swapaxes(-1, -2)
    length = _length(*part.shape[-2:])
    for first in range(0, out.shape[-2], length):
        piece = slice(first, first + length)
        np.matmul(turned[..., piece, :], part, out=out[..., piece, :])


def ordered(share: Array, wanted: Array, out: Array) -> None:
    """What each maker is asked for: share wanted, of G x R x N, G x N x B and G x R x B."""
    length = _length(*out.shape[-2:])
    if length >= wanted.shape[-2]:
        np.matmul(share, wanted, out=out)
        return
    out[:] = 0.0
    for first in range(0, wanted.shape[-2], length):
        piece = slice(first, first + length)
        out += share[..., piece] @ wanted[..., piece, :]


def _length(rows: int, width: int) -> int:
    return max(8, _PIECE // (rows * width))
