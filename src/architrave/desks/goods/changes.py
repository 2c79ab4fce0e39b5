"""What a list changes in those that it replaces, and what it lacks for that.

The longest time to a review is three years: so often the United States' Energy Act of 2020 (section
7002) and the European Union's Critical Raw Materials Act (Regulation 2024/1252, article 4) have
their own lists of minerals reviewed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from architrave.desks.goods.model import Good, GoodsList

__all__ = [
    "LONGEST_YEARS",
    "Changes",
    "Lack",
    "LackKind",
    "changes",
    "lacks",
    "latest_review",
]

LONGEST_YEARS = 3
_SHORT = 16


class LackKind(StrEnum):
    """Why a list does not follow what stands."""

    NOT_REPLACED = "not-replaced"  # a list stands that it does not replace
    NOT_STANDING = "not-standing"  # it replaces a list that does not stand
    NEVER_LISTED = "never-listed"  # a good is removed that was on no list
    STILL_LISTED = "still-listed"  # a good is removed and stands on the list
    NO_REASON = "no-reason"  # a good leaves without a reason
    REVIEW_PAST = "review-past"  # a new day of review is over already
    REVIEW_FAR = "review-far"  # a new day of review is too far ahead
    NO_NEW_EVIDENCE = "no-new-evidence"  # a review is put off on the evidence that was there


_SENTENCES = {
    LackKind.NOT_REPLACED: "the list {of}… stands, and this one does not replace it.",
    LackKind.NOT_STANDING: "it replaces a list {of}… that does not stand.",
    LackKind.NEVER_LISTED: "{of} is removed, and was on no list that this one replaces.",
    LackKind.STILL_LISTED: "{of} is removed, and stands on the list.",
    LackKind.NO_REASON: "{of} leaves the list without a reason.",
    LackKind.REVIEW_PAST: "{of}: the review {day} is not after the day of the list.",
    LackKind.REVIEW_FAR: "{of}: the review {day} is over {years} years from the day of the list.",
    LackKind.NO_NEW_EVIDENCE: "{of}: the review is put off without evidence that was not there "
    "before.",
}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a list lacks: `of` is a good's id or the start of a list's digest."""

    kind: LackKind
    of: str
    day: str = ""

    def __str__(self) -> str:
        """One sentence, in English."""
        return _SENTENCES[self.kind].format(of=self.of, day=self.day, years=LONGEST_YEARS)


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
) -> tuple[Lack, ...]:
    """What keeps `after` from following what stands on a day, in the order of the kinds.

    `standing` are the digests of all lists that stand in the body, `before` those that `after`
    names and that are at hand.
    """
    return tuple(_lacks(before, after, standing, day))


def _lacks(
    before: Sequence[GoodsList], after: GoodsList, standing: Collection[str], day: date
) -> Iterator[Lack]:
    for digest in sorted(set(standing) - set(after.before) - {after.digest}):
        yield Lack(LackKind.NOT_REPLACED, digest[:_SHORT])
    for digest in sorted(set(after.before) - set(standing)):
        yield Lack(LackKind.NOT_STANDING, digest[:_SHORT])
    was, latest = _goods_of(before), latest_review(day)
    for name in sorted(after.removed):
        if name not in was:
            yield Lack(LackKind.NEVER_LISTED, name)
        elif name in after.goods:
            yield Lack(LackKind.STILL_LISTED, name)
    for name in sorted(set(was) - set(after.goods) - set(after.removed)):
        yield Lack(LackKind.NO_REASON, name)
    for name, good in sorted(after.goods.items()):
        unchanged = name in was and good.review in {old.review for old in was[name]}
        if unchanged:
            continue
        if good.review <= day:
            yield Lack(LackKind.REVIEW_PAST, name, good.review.isoformat())
        elif good.review > latest:
            yield Lack(LackKind.REVIEW_FAR, name, good.review.isoformat())
        if name in was and good.review > max(old.review for old in was[name]):
            known = {piece for old in was[name] for piece in old.evidence}
            if not set(good.evidence) - known:
                yield Lack(LackKind.NO_NEW_EVIDENCE, name)


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
