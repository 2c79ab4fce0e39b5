"""What comes of every stage day by day, from the ground up, for many cases at once.

The same model as `running.Run`, which tells one case with its causes; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from architrave.desks.supply.chains.model import Chain
from architrave.desks.supply.table import Matrix, Vector

__all__ = ["MONTH", "NOISE", "coming"]

MONTH = 30.4
"""Days of a month."""
NOISE = 1e-9
"""A part of supply that nobody would miss."""


def coming(
    chain: Chain,
    lost: Mapping[str, Vector],
    stock: Mapping[str, Vector],
    back: Mapping[str, Vector],
    horizon: int,
) -> dict[str, Matrix]:
    """What part comes of each stage in K cases: K x `horizon` days, 1 where everything does.

    By stage, K values each: the part `lost` until the day `back`, and the `stock` in days of full
    supply; a stage that is not named loses nothing of its own and has no stock. A stage has no more
    than its scarcest daily input lets through; a stock covers what is missing as long as it lasts.
    """
    day = np.arange(horizon)
    found: dict[str, Matrix] = {}
    cases = max((len(one) for one in (*lost.values(), *stock.values())), default=1)
    for stage in chain.in_order():
        part = np.ones((cases, horizon))
        if stage.id in lost:
            away = day[None, :] < back[stage.id][:, None]
            part = np.where(away, 1.0 - lost[stage.id][:, None], 1.0)
        for up in chain.daily_inputs(stage.id):
            part = np.minimum(part, found[up])
        if stage.id in stock:
            drawn = np.minimum(np.cumsum(1.0 - part, axis=1), stock[stage.id][:, None])
            part = part + np.diff(drawn, axis=1, prepend=0.0)
        found[stage.id] = part
    return found
