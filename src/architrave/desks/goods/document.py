"""A list as the text of a matter, and read again from one that any party has written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from architrave.charter.model import Body, Charter
from architrave.desks.consultation.words import worded
from architrave.desks.customs_codes import is_hs_code
from architrave.desks.errors import BadInput
from architrave.desks.evidence import bytes_of
from architrave.desks.goods.changes import Changes
from architrave.desks.goods.model import FORMAT, KIND, Good, GoodsList, evidence_fault
from architrave.institution.acts import Pledge, Text, Wording

__all__ = ["LONGEST_DOCUMENT", "list_in", "plain_words", "review_pledges", "wording_of_list"]

LONGEST_DOCUMENT = 512 << 10
"""Bytes of a document that is read: 200 goods in three languages, each with much evidence."""

_TITLE: Text = {
    "ko": "핵심 품목 목록",
    "ja": "重要物資リスト",
    "en": "Critical-goods list",
}
_SUMMARY: Text = {
    "ko": "품목 {n}개. 추가 {added}, 제외 {removed}, 검토일 변경 {reviewed}.",
    "ja": "{n}品目。追加{added}、除外{removed}、検討日の変更{reviewed}。",
    "en": "{n} goods: {added} added, {removed} removed, {reviewed} with another day of review.",
}
_REVIEW: Text = {
    "ko": "‘{name}’ 품목을 핵심 품목 목록에 계속 둘 것인지 검토하고 그 결과를 상정한다.",
    "ja": "「{name}」を重要物資リストに引き続き掲載するかを検討し、その結果を上程する。",
    "en": "Review whether ‘{name}’ stays on the critical-goods list, and table what was found.",
}


class _Good(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: Text
    why: Text
    hs: list[str]
    stage: str
    evidence: list[str]
    review: str
    owner: str


class _List(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    format: int
    before: list[str]
    goods: list[_Good]
    removed: dict[str, Text]


def wording_of_list(goods: GoodsList, title: Text, summary: Text) -> Wording:
    """A list as a version of a matter, a plan; `digests` names it and its evidence."""
    evidence = [
        (f"{good.id} {place}", one.removeprefix("sha256:"))
        for good in goods.goods.values()
        for place, one in enumerate(good.evidence, 1)
        if one.startswith("sha256:")
    ]
    return Wording(
        title=dict(title),
        summary=dict(summary),
        instrument="plan",
        nature="political",
        document=bytes_of(goods.document).decode(),
        digests={"list": goods.digest, **dict(evidence)},
    )


def plain_words(goods: GoodsList, found: Changes, charter: Charter) -> tuple[Text, Text]:
    """A title and a summary by the numbers of a list, in each language of a charter.

    BadInput where the charter has a language without a wording here.
    """
    numbers = {"n": goods.goods, "added": found.added, "removed": found.removed}
    said = {
        name: dict.fromkeys(charter.languages, str(len(of)))
        for name, of in {**numbers, "reviewed": found.reviewed}.items()
    }
    return worded(charter, _TITLE), worded(charter, _SUMMARY, said)


def review_pledges(goods: Sequence[Good], charter: Charter, body: Body) -> list[Pledge]:
    """A commitment for each good: its owner reviews it by the day that the list says.

    BadInput where the owner has no seat in the body, or the charter a language without a wording.
    """
    found = []
    for good in goods:
        if good.owner not in body.parties:
            raise BadInput(f"{good.id}: the owner {good.owner} has no seat in {body.id}.")
        what = worded(charter, _REVIEW, {"name": good.name})
        seat = body.seat_of(good.owner)
        found.append(Pledge(f"review-{good.id}", seat.id, good.review.isoformat(), what))
    return found


def list_in(document: str) -> GoodsList | None:
    """The list that a matter's document holds; None if it is a text of another kind.

    BadInput, in one sentence with the place, for a document that says it is a list and is none: a
    good without evidence or without a day of review among others.
    """
    data = document.encode("utf-8", "surrogatepass")
    if len(data) > LONGEST_DOCUMENT:
        return None
    try:
        value = json.loads(document)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.get("kind") != KIND:
        return None
    if value.get("format") != FORMAT:
        raise BadInput(f"document: a critical-goods list of format {FORMAT} was expected.")
    try:
        read = msgspec.convert(value, type=_List)
        found = GoodsList(_goods(read.goods), tuple(read.before), dict(read.removed))
        same = bytes_of(found.document) == data
    except (msgspec.ValidationError, UnicodeEncodeError) as fault:
        raise BadInput(f"document: {fault}.") from None
    if not same:
        raise BadInput("document: the list is not in the one spelling by which it is named.")
    return found


def _goods(rows: Sequence[_Good]) -> Mapping[str, Good]:
    found: dict[str, Good] = {}
    for place, row in enumerate(rows):
        fault = _fault(row)
        if fault:
            raise BadInput(f"document: goods[{place}]: {fault}.")
        if row.id in found:
            raise BadInput(f"document: goods[{place}]: {row.id[:40]!r} stands there twice.")
        given: dict[str, Any] = {name: getattr(row, name) for name in row.__struct_fields__}
        found[row.id] = Good(
            **{
                **given,
                "hs": tuple(row.hs),
                "evidence": tuple(row.evidence),
                "review": date.fromisoformat(row.review),
            }
        )
    return found


def _fault(row: _Good) -> str:
    """What a good of somebody else's document lacks."""
    if not row.id or not row.name or not row.why:
        return "a good has an id, a name and a reason"
    if not row.evidence:
        return f"{row.id[:40]!r} is without evidence"
    faults = [(one, evidence_fault(one)) for one in row.evidence]
    for one, fault in faults:
        if fault:
            return f"evidence {one[:40]!r}: {fault}"
    if not all(is_hs_code(one) for one in row.hs):
        return "hs holds what is no HS code of 2, 4, 6, 8 or 10 digits"
    if not row.hs and not row.stage:
        return f"nothing says which good {row.id[:40]!r} is: it has neither hs nor stage"
    try:
        known = date.fromisoformat(row.review).isoformat() == row.review
    except ValueError:
        known = False
    return "" if known else f"{row.id[:40]!r} is without a day of review such as 2031-05-20"
