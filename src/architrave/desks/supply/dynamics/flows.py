"""A table made ready for days: who orders which product from whom, product by product.

The order of a buyer j for a product k is split over the regions that make it in constant shares, so
a day needs one product of an R x N block per product, and no N x N matrix of orders is ever formed.
Cells stand here by product and then by region, so that the makers of a product lie together;
`inside` and `outside` turn vectors from the table's order and back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from architrave.desks.supply.factored import Factored
from architrave.desks.supply.table import Table, Vector

__all__ = ["Array", "Flows", "flows_of"]

Array = NDArray[Any]
"""float64, or float32 where a batch was asked for in it."""


@dataclass(frozen=True, eq=False)
class Flows:
    """K products, R regions, N = K x R cells by product; money a year.

    `share` is K x R x N: what part of its input of a product a buyer gets from each region (0 where
    it buys none). `inputs` is K x N: input per unit of output. `output` is N; `final` is R x N:
    final demand of each region. What a cell's sales miss of its output, by the publisher's
    rounding, is final demand at home, so that output is demand to the last digit; `closing` is the
    largest of these.
    """

    table: Table
    share: Array
    inputs: Array
    output: Array
    final: Array
    closing: float

    @property
    def shape(self) -> tuple[int, int]:
        """K and R."""
        return self.share.shape[0], self.share.shape[1]

    @cached_property
    def blocks(self) -> Any:
        """The shares as a sparse matrix of K blocks: (K x R) rows and (K x N) columns."""
        products, regions, size = self.share.shape
        product, region, buyer = np.nonzero(self.share)
        rows, columns = product * regions + region, product * size + buyer
        places = (rows.astype(np.int32), columns.astype(np.int32))  # half of what is read
        return scipy.sparse.csr_array(
            (self.share[product, region, buyer], places),
            shape=(products * regions, products * size),
        )

    @cached_property
    def needs(self) -> Any:
        """Input from each maker per unit of a buyer's output, laid out as `blocks`."""
        products, regions, size = self.share.shape
        maker = np.repeat(np.arange(products * regions), np.diff(self.blocks.indptr))
        product, buyer = maker // regions, self.blocks.indices % size
        needed = self.blocks.data * self.inputs[product, buyer]
        shape = (products * regions, products * size)
        return scipy.sparse.csr_array((needed, self.blocks.indices, self.blocks.indptr), shape)

    @cached_property
    def filled(self) -> float:
        """The part of the shares that are not zero."""
        return float(np.count_nonzero(self.share) / self.share.size)

    @cached_property
    def demand(self) -> Array:
        """Final demand of all regions, N."""
        found: Array = self.final.sum(axis=0)
        return found

    def inside(self, vector: Array) -> Array:
        """A vector (N, or N x anything) of the table's order, by product."""
        products, regions = self.shape
        rest = vector.shape[1:]
        turned: Array = vector.reshape(regions, products, *rest).swapaxes(0, 1)
        return np.ascontiguousarray(turned).reshape(vector.shape)

    def outside(self, vector: Array) -> Array:
        """A vector by product (N, or N x anything) in the table's order."""
        products, regions = self.shape
        rest = vector.shape[1:]
        turned: Array = vector.reshape(products, regions, *rest).swapaxes(0, 1)
        return np.ascontiguousarray(turned).reshape(vector.shape)

    def buyers(self, region: int) -> slice:
        """The cells of a region, of all products in order."""
        return slice(region, None, self.shape[1])


_made: WeakKeyDictionary[Factored, dict[str, Flows]] = WeakKeyDictionary()


def flows_of(solved: Factored, dtype: Any = np.float64) -> Flows:
    """The flows of a table, in the precision asked for; kept as long as the factored table is."""
    kept = _made.setdefault(solved, {})
    name = np.dtype(dtype).name
    if name not in kept:
        kept[name] = _flows(solved, dtype)
    return kept[name]


def _flows(solved: Factored, dtype: Any) -> Flows:
    table = solved.table
    products, regions = len(table.sectors), len(table.regions)
    size = table.size
    order = np.arange(size).reshape(regions, products).T.ravel()
    by_product = solved.A[np.ix_(order, order)].reshape(products, regions, size)
    inputs = by_product.sum(axis=1)
    share = np.divide(by_product, inputs[:, None, :], out=by_product, where=inputs[:, None, :] != 0)
    final = np.empty((regions, size))
    for place, region in enumerate(table.regions):
        final[place] = table.demand_of(region)[order]
    output: Vector = table.x[order]
    missing = output - table.Z.sum(axis=1)[order] - final.sum(axis=0)
    at_home = np.tile(np.arange(regions), products)
    final[at_home, np.arange(size)] += missing
    return Flows(
        table,
        share.astype(dtype, copy=False),
        inputs.astype(dtype),
        output.astype(dtype),
        final.astype(dtype),
        float(np.abs(missing).max(initial=0.0)),
    )
