"""Supply chains: what depends on what, what breaks when a part is lost, what can be done together.

A plain Python interface, for a notebook as for a node. Everything begins with a `Table`: who sells
to whom in one year, regions by sectors, in money. `factored` solves it, once, and answers every
question that is linear; the rooms below ask those and others:

    table, balance      an input-output table, and what is refused in one
    figures, readers    the small table that comes along; official files as they are downloaded
    factored            the table factored once: solve, transpose, change a few columns
    exposure            what depends on what, directly and in all
    shocks              demand, supply, price and embargo, on a table as it stands
    dynamics            a year after a shock, day by day, with stocks and rationing
    chains              product chains below the table's sectors, and when stocks run out
    trade               trade by HS code: who supplies a stage
    resourcing          the cheapest and the quickest way round a loss, alone and together
    warning             thresholds on series, alerts
    uncertainty         which assumption matters
    questions           every question that can be tabled, declared once; `assess` asks one

Letters are the field's own: Z intermediate sales (row sells to column), Y final demand, x output,
v value added, A = Z x^-1 inputs per unit of output, B = x^-1 Z sales per unit of output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from architrave.desks.errors import MissingLibrary

if TYPE_CHECKING:
    from architrave.desks.evidence import Assessment
    from architrave.desks.supply.questions import Given

__all__ = ["assess"]

try:
    import numpy  # noqa: F401
    import scipy  # noqa: F401
except ImportError as fault:
    raise MissingLibrary(
        "the supply desk needs NumPy and SciPy: pip install 'architrave[supply]'."
    ) from fault


def assess(question: str, given: Given, **parameters: Any) -> Assessment:
    """Ask a question of this desk, and get what another capital can work out again.

    As `questions.assess`, which is brought in when it is called: it needs every room.
    """
    from architrave.desks.supply import questions

    return questions.assess(question, given, **parameters)
