"""Products of the shares with what is wanted and with what is sent: the whole cost of a day.

For many scenarios a block of shares is dense, and goes through BLAS in pieces that stay on one
core. A BLAS that spreads a product of this size over the cores waits for the slowest of them,
thousands of times a day of the model; where others work on the machine too that costs twenty times
the product. Pieces below the size from which it does so are quicker even where nobody else works.

For one scenario nothing but reading the shares takes time, and real tables are mostly zeros: there
they are read as a sparse matrix of K blocks, all products at once.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from architrave.desks.supply.dynamics.flows import Array, Flows

__all__ = ["Products", "ordered", "products_of"]

_PIECE = 250_000
"""Multiplications in one piece: OpenBLAS goes parallel above 4 x 65,536."""
_TOGETHER = 3_000
"""Numbers of one array gone through at a time: they stay in the processor's own memory."""
_SPARSE = 0.35
"""The part of shares that are not zero, above which reading them all is quicker."""


class Products(Protocol):
    """The shares (K x R x N) of so many products at a time as `together` says."""

    together: int

    def arriving(self, several: slice, part: Array, out: Array) -> None:
        """What each buyer gets of one unit: share' part, of G x R x B, into G x N x B."""

    def ordered(self, several: slice, wanted: Array, out: Array) -> None:
        """What each maker is asked for: share wanted, of G x N x B, into G x R x B."""


class _Dense:
    def __init__(self, share: Array, width: int) -> None:
        self._share = share
        self.together = max(1, _TOGETHER // (share.shape[2] * width))

    def arriving(self, several: slice, part: Array, out: Array) -> None:
        turned = self._share[several].swapaxes(-1, -2)
        length = _length(*part.shape[-2:])
        for first in range(0, out.shape[-2], length):
            piece = slice(first, first + length)
            np.matmul(turned[:, piece], part, out=out[:, piece])

    def ordered(self, several: slice, wanted: Array, out: Array) -> None:
        ordered(self._share[several], wanted, out)


class _Sparse:
    """For one scenario: all products at once (`several` is all of them)."""

    def __init__(self, flows: Flows) -> None:
        self.together = len(flows.share)
        self._shares: Any = flows.blocks
        # Turned once; by columns, as one by rows takes twice as long.
        self._turned: Any = flows.blocks.T

    def arriving(self, several: slice, part: Array, out: Array) -> None:
        out.reshape(-1)[:] = self._turned @ part.reshape(-1)

    def ordered(self, several: slice, wanted: Array, out: Array) -> None:
        out.reshape(-1)[:] = self._shares @ wanted.reshape(-1)


def products_of(flows: Flows, width: int) -> Products:
    """The quicker form of the shares for so many scenarios."""
    if width == 1 and flows.filled < _SPARSE:
        return _Sparse(flows)
    return _Dense(flows.share, width)


def ordered(share: Array, wanted: Array, out: Array) -> None:
    """The product share wanted, of (...) R x N and N x B, in pieces."""
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
