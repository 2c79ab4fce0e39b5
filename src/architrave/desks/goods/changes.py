"""What a list changes in those that it replaces, and what it lacks for that.

The longest time to a review is three years: so often the United States' Energy Act of 2020 (section
7002) and the European Union's Critical Raw Materials Act (Regulation 2024/1252, article 4) have
their own lists of minerals reviewed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from architrave.desks.goods.model import Good, GoodsList

__all__ = ["LONGEST_YEARS", "Changes", "changes", "lacks", "latest_review"]

LONGEST_YEARS = 3


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of goods by what becomes of them, each in the order of the ids.

    `reviewed` got another day of review, `reworded` anything else; a good may be both.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    reviewed: tuple[str, ...]
    reworded: tuple[str, ...]

    @property
    def due_anew(self) -> tuple[str, ...]:
        """The goods whose review is newly owed: those that came, and those with another day."""
        return tuple(sorted({*self.added, *self.reviewed}))


def changes(before: Sequence[GoodsList], after: GoodsList) -> Changes:
    """What `after` changes in the lists that it replaces; all is added where there is none.

    A good stays as it was if it stands so in any of them.
    """
    was = _goods_of(before)
    stays = [one for one in sorted(after.goods) if one in was]
    return Changes(
        added=tuple(one for one in sorted(after.goods) if one not in was),
        removed=tuple(one for one in sorted(was) if one not in after.goods),
        reviewed=tuple(
            one for one in stays if after.goods[one].review not in {old.review for old in was[one]}
        ),
        reworded=tuple(
            one
            for one in stays
            if not any(_same_but_review(old, after.goods[one]) for old in was[one])
        ),
    )


def lacks(
    before: Sequence[GoodsList], after: GoodsList, standing: Collection[str], day: date
) -> tuple[str, ...]:
    """What keeps `after` from following what stands on a day: a sentence each, or none at all.

    `standing` are the digests of all lists that stand in the body, `before` those that `after`
    names and that are at hand.
    """
    return tuple(_lacks(before, after, standing, day))


def _lacks(
    before: Sequence[GoodsList], after: GoodsList, standing: Collection[str], day: date
) -> Iterator[str]:
    for digest in sorted(set(standing) - set(after.before) - {after.digest}):
        yield f"The list {digest[:16]}… stands, and this one does not replace it."
    for digest in sorted(set(after.before) - set(standing)):
        yield f"It replaces a list {digest[:16]}… that does not stand."
    was, latest = _goods_of(before), latest_review(day)
    for name in sorted(after.removed):
        if name not in was:
            yield f"{name} is removed, and was on no list that this one replaces."
        elif name in after.goods:
            yield f"{name} is removed, and stands on the list."
    for name in sorted(set(was) - set(after.goods) - set(after.removed)):
        yield f"{name} leaves the list without a reason."
    for name, good in sorted(after.goods.items()):
        unchanged = name in was and good.review in {old.review for old in was[name]}
        if unchanged:
            continue
        if good.review <= day:
            yield f"{name}: the review {good.review} is not after {day}."
        elif good.review > latest:
            yield f"{name}: the review {good.review} is over {LONGEST_YEARS} years from {day}."
        if name in was and good.review > max(old.review for old in was[name]):
            known = {piece for old in was[name] for piece in old.evidence}
            if not set(good.evidence) - known:
                yield f"{name}: the review is put off without evidence that was not there before."


def latest_review(day: date) -> date:
    """The last day on which a review may be set on a day."""
    year = day.year + LONGEST_YEARS
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _goods_of(lists: Sequence[GoodsList]) -> dict[str, list[Good]]:
    found: dict[str, list[Good]] = {}
    for one in lists:
        for name, good in one.goods.items():
            found.setdefault(name, []).append(good)
    return found


def _same_but_review(old: Good, new: Good) -> bool:
    return all(
        getattr(old, part) == getattr(new, part)
        for part in ("name", "why", "hs", "stage", "evidence", "owner")
    )
