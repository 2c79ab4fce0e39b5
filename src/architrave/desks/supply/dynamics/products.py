"""Products of the shares with what is wanted and with what is sent: the whole cost of a day.

Real tables are mostly zeros. There each product's block of shares is kept as a sparse matrix in two
forms: by buyers, that gather what comes, and as input coefficients by buyers, that hand out their
orders. Which of scipy's loops is the quickest depends on how many scenarios go through it.

A table without zeros, as ours of 140 cells, goes through BLAS in pieces that stay on one core. A
BLAS that spreads a product of this size over the cores waits for the slowest of them, thousands of
times a day of the model; where others work on the machine too that costs twenty times the product.
Pieces below the size from which it does so are quicker even where nobody else works.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from architrave.desks.supply.dynamics.flows import Array, Flows

__all__ = ["Products", "ordered", "products_of"]

_PIECE = 250_000
"""Multiplications in one piece: OpenBLAS goes parallel above 4 x 65,536."""
_TOGETHER = 50_000
"""Numbers of one array gone through at a time: as many as stay near the processor, since fewer
cost more calls than they save."""
_SPARSE = 0.3
"""The part of shares that are not zero, above which reading them all is quicker."""
_GATHER = 12
"""Scenarios from which on a buyer gathers quicker than a seller scatters."""


class Products(Protocol):
    """The shares (K x R x N) of G = `together` products at a time. Answers may be overwritten."""

    together: int

    def arriving(self, several: slice, part: Array) -> Array:
        """What each buyer gets of one unit: share' part, of G x R x B, as G x N x B."""

    def ordered(self, several: slice, wanted: Array) -> Array:
        """What each maker is asked for, in money, for output wanted: of G x N x B, as G x R x B."""


class _Dense:
    def __init__(self, flows: Flows, width: int) -> None:
        self._share, self._needs = flows.share, flows.share * flows.inputs[:, None, :]
        _, regions, size = flows.share.shape
        self.together = max(1, _TOGETHER // (size * width))
        self._buyers = np.empty((self.together, size, width), flows.share.dtype)
        self._makers = np.empty((self.together, regions, width), flows.share.dtype)

    def arriving(self, several: slice, part: Array) -> Array:
        turned, out = self._share[several].swapaxes(-1, -2), self._buyers[: len(part)]
        length = _length(*part.shape[-2:])
        for first in range(0, out.shape[-2], length):
            piece = slice(first, first + length)
            np.matmul(turned[:, piece], part, out=out[:, piece])
        return out

    def ordered(self, several: slice, wanted: Array) -> Array:
        out = self._makers[: len(wanted)]
        ordered(self._needs[several], wanted, out)
        return out


class _Alone:
    """Sparse, for one scenario: all products at once."""

    def __init__(self, flows: Flows) -> None:
        self.together = len(flows.share)
        self._turned, self._needs = flows.blocks.T, flows.needs

    def arriving(self, several: slice, part: Array) -> Array:
        found: Array = (self._turned @ part.reshape(-1)).reshape(len(part), -1, 1)
        return found

    def ordered(self, several: slice, wanted: Array) -> Array:
        found: Array = (self._needs @ wanted.reshape(-1)).reshape(len(wanted), -1, 1)
        return found


class _Sparse:
    """Sparse, for several scenarios: a product at a time."""

    together = 1

    def __init__(self, flows: Flows, width: int) -> None:
        regions, size = flows.shape[1], flows.table.size
        self._turned: list[Any] = []
        self._needs: list[Any] = []
        for at in range(flows.shape[0]):
            makers = slice(at * regions, (at + 1) * regions)
            buyers = slice(at * size, (at + 1) * size)
            turned = flows.blocks[makers, buyers].T
            self._turned.append(turned.tocsr() if width >= _GATHER else turned)
            self._needs.append(flows.needs[makers, buyers].tocsc())

    def arriving(self, several: slice, part: Array) -> Array:
        found: Array = self._turned[several.start] @ part[0]
        return found[None]

    def ordered(self, several: slice, wanted: Array) -> Array:
        found: Array = self._needs[several.start] @ wanted[0]
        return found[None]


def products_of(flows: Flows, width: int) -> Products:
    """The quickest form of the shares for so many scenarios."""
    if flows.filled > _SPARSE:
        return _Dense(flows, width)
    return _Alone(flows) if width == 1 else _Sparse(flows, width)


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
