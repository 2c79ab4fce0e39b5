"""The page of the charter: its articles as of a day, and its versions with what each changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from architrave.charter.compare import Change, changes
from architrave.charter.model import Charter
from architrave.charter.phrases import phrase
from architrave.institution.acts import Amended, Tabled
from architrave.institution.amendments import Amendment, amended_by
from architrave.institution.state import Fact
from architrave.portal import formats
from architrave.portal.charter.asof import CopyUnder, asked_day, begun, day_end
from architrave.portal.charter.bodies_context import article_block, body_block
from architrave.portal.charter.pages_charter import (
    ArticleBlock,
    BodyBlock,
    ChangeBlock,
    CharterPage,
    CharterVersion,
    SeatRow,
    SideRow,
    TermRow,
)
from architrave.portal.charter.rules_context import has_rule_page
from architrave.portal.formats import Moment
from architrave.portal.matters.matter_context import change_text
from architrave.portal.pages_rows import Link, Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to
from architrave.portal.whole import asked_frame, line_link

__all__ = ["charter_page"]

# What a reader calls each thing that can differ, by its field; others are named as in the file.
_LABELS = {
    "title": "compare-title",
    "name": "compare-title",
    "text": "compare-text",
    "mandate": "compare-text",
    "nature": "matter-nature",
    "bodies": "article-bodies",
    "instruments": "article-instruments",
    "rule": "matter-rule",
    "outcomes": "rule-outcomes",
    "period": "article-period",
    "by": "article-by",
    "accepts": "article-accepts",
    "cadence": "body-cadence",
    "phase": "body-phase",
    "parent": "body-parent",
    "absorbs": "body-absorbs",
    "seats": "body-seats",
    "rotation": "body-chair",
    "terms": "compare-terms",
    "sources": "sources-title",
}


def charter_page(copy: Copy, on: str = "") -> CharterPage:
    """The articles as of a day (`on`, ISO) or now, and every version that this copy knows of."""
    asked = asked_day(copy, on, "charter")
    then, day = asked.copy, asked.shown.day
    suffix = f"?on={day}" if day else ""
    return CharterPage(
        frame=asked_frame(copy, copy.say("articles-title"), {"on": day} if day else {}, "charter"),
        title=then.of(then.charter.title),
        nature=phrase(then.charter.legal_nature, copy.language),
        asof=asked.shown,
        digest=then.charter.digest,
        versions=tuple(_versions(copy, len(list(amended_by(then.state, then.view))))),
        articles=tuple(
            # The page of a rule is of the charter that runs now: only what runs still leads there.
            article_block(
                then,
                one,
                has_rule_page(one) and copy.charter.find_article(one.number) == one,
            )
            for one in then.charter.articles
        ),
        bodies_href=copy.address("bodies") + suffix,
    )


def _versions(copy: Copy, shown: int) -> Iterator[CharterVersion]:
    """That of the founding, then one for each amendment; the last holds still.

    `shown` says how many amendments the page has behind it: a digest would not tell, since an
    amendment may bring an earlier text back.
    """
    steps = list(amended_by(copy.state, copy.view))
    ends = [*(fact.t for fact, _ in steps), None]
    first, founding = begun(copy), copy.state.founded_under
    yield CharterVersion(
        anchor="version-1",
        name=copy.say("charter-founded"),
        first=_moment(copy, first),
        last=_moment(copy, ends[0]),
        matter=None,
        line=None,
        digest=founding.digest,
        shown=shown == 0,
        href=_page_of(copy, first, ends[0]),
        changes=(),
    )
    old = founding
    for number, (fact, amendment) in enumerate(steps, start=1):
        yield _version(copy, number, fact, amendment, old, ends[number], shown == number)
        old = amendment.charter


def _version(
    copy: Copy,
    number: int,
    fact: Fact,
    amendment: Amendment,
    old: Charter,
    end: int | None,
    shown: bool,
) -> CharterVersion:
    new = amendment.charter
    return CharterVersion(
        anchor=f"version-{number + 1}",
        name=copy.say("charter-amended", n=number + 1),
        first=copy.here(fact.t),
        last=_moment(copy, end),
        matter=_matter(copy, fact),
        line=line_link(copy, fact.tip),
        digest=new.digest,
        shown=shown,
        href=_page_of(copy, fact.t, end),
        changes=tuple(_change_block(copy, old, new, one) for one in changes(old, new)),
    )


def _moment(copy: Copy, t: int | None) -> Moment | None:
    return copy.here(t) if t is not None else None


def _page_of(copy: Copy, t: int | None, end: int | None) -> str:
    """The page of the charter as of the first day; empty if another held when that day ended."""
    if t is None:
        return ""
    day = formats.day_of(t)
    if end is not None and end <= day_end(day):
        return ""
    return copy.address("charter") + f"?on={day.isoformat()}"


def _matter(copy: Copy, fact: Fact) -> Link | None:
    assert isinstance(fact.act, Amended)
    tabled = copy.state.find(copy.view, fact.act.matter)
    if tabled is None or not isinstance(tabled.act, Tabled):
        return None
    return link_to(tabled.act.symbol, copy.matter_address(tabled.act.symbol))


# -- old and new side by side -----------------------------------------------------------------


def _change_block(copy: Copy, old: Charter, new: Charter, change: Change) -> ChangeBlock:
    before, after = _part(copy, old, change), _part(copy, new, change)
    return ChangeBlock(
        what=change_text(copy, old, new, change),
        rows=tuple(_side_rows(copy, before, after)),
        fields=", ".join(change.fields) or (change.name if change.part == "charter" else ""),
    )


def _part(copy: Copy, charter: Charter, change: Change) -> ArticleBlock | BodyBlock | None:
    """An article or a body as a charter has it, in words; None if it has none, or for others."""
    under = CopyUnder(
        copy.peer,
        copy.language,
        copy.now,
        copy.register,
        copy.addresses,
        copy.contact,
        under=charter,
    )
    if change.part == "article":
        article = charter.find_article(change.name)
        return article_block(under, article) if article is not None else None
    body = charter.find_body(change.name) if change.part == "body" else None
    return body_block(under, body) if body is not None else None


def _side_rows(
    copy: Copy, before: ArticleBlock | BodyBlock | None, after: ArticleBlock | BodyBlock | None
) -> Iterator[SideRow]:
    for one in fields(before or after) if before or after else ():
        if one.name not in _LABELS:
            continue
        old = _in_words(copy, getattr(before, one.name, ""))
        new = _in_words(copy, getattr(after, one.name, ""))
        if old != new:
            yield SideRow(copy.say(_LABELS[one.name]), old, new)


def _in_words(copy: Copy, value: object) -> Shown:
    match value:
        case tuple():
            return formats.joined([_in_words(copy, one) for one in value], " · ")
        case SeatRow():
            return value.title
        case Link():
            return value.text
        case TermRow():
            unknown = copy.say("not-known")
            return copy.say(
                "charter-term",
                party=value.party,
                first=value.first or unknown,
                last=value.last or unknown,
            )
        case str() | formats.Said():
            return value
    raise TypeError(f"{type(value).__name__} has no words.")
