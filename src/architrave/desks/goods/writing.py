"""A list as the table that it is read from, so that the next one is written into it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from architrave.desks.goods.model import GoodsList

__all__ = ["written"]


def written(goods: GoodsList, languages: Sequence[str]) -> str:
    """The goods of a list as a table, by id; `reading.read_goods` reads the very same goods."""
    words = [(part, one) for part in ("name", "why") for one in languages]
    columns = ["id", "owner", "hs", "stage", "evidence", "review", "removed"]
    out = StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow([*columns, *(f"{part}.{one}" for part, one in words)])
    for name in sorted(goods.goods):
        good = goods.goods[name]
        said: Mapping[str, Mapping[str, str]] = {"name": good.name, "why": good.why}
        lines.writerow(
            [
                good.id,
                good.owner,
                ";".join(good.hs),
                good.stage,
                ";".join(good.evidence),
                good.review.isoformat(),
                "",
                *(said[part].get(one, "") for part, one in words),
            ]
        )
    return out.getvalue()
