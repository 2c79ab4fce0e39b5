"""A feed as it is sent: Atom (RFC 4287, pages by RFC 5005) and JSON Feed 1.1."""

from __future__ import annotations

import json
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from django.utils.html import format_html

from architrave.portal.feeds.feed_rows import Feed, FeedEntry
from architrave.portal.formats import Said, utc_time
from architrave.portal.pages_rows import Shown

__all__ = ["atom_bytes", "json_bytes"]

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ElementTree.register_namespace("", _ATOM)


def atom_bytes(feed: Feed) -> bytes:
    """The feed as Atom."""
    root = Element(f"{{{_ATOM}}}feed", {_LANG: feed.language})
    _text(root, "id", feed.uid)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.about)
    _text(root, "updated", _instant(feed.updated))
    _text(root, "icon", feed.icon)
    _text(SubElement(root, f"{{{_ATOM}}}author"), "name", feed.author)
    for rel, number in _pages(feed):
        _link(root, rel, feed.address(feed.atom, number), "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    _link(root, "alternate", feed.json, "application/feed+json")
    for one in feed.entries:
        _entry(SubElement(root, f"{{{_ATOM}}}entry"), one, feed.changed)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _pages(feed: Feed) -> list[tuple[str, int]]:
    """This page and the others (RFC 5005, 3); a feed of one page names only itself."""
    found = [("self", feed.number)]
    if feed.pages > 1:
        found += [("first", 1), ("last", feed.pages)]
    if feed.number > 1:
        found.append(("previous", feed.number - 1))
    if feed.number < feed.pages:
        found.append(("next", feed.number + 1))
    return found


def _entry(root: Element, one: FeedEntry, changed: str) -> None:
    _text(root, "id", one.uid)
    _text(root, "title", one.title)
    if one.published is not None:
        _text(root, "published", _instant(one.published))
    _text(root, "updated", _instant(one.updated))
    _text(SubElement(root, f"{{{_ATOM}}}author"), "name", one.author)
    _link(root, "alternate", one.href, "text/html")
    if one.source.startswith(("https://", "http://")):
        _link(root, "via", one.source)
    for term, label in _categories(one, changed):
        SubElement(root, f"{{{_ATOM}}}category", {"term": term, "label": label})
    content = SubElement(root, f"{{{_ATOM}}}content", {"type": "html"})
    content.text = "".join(_paragraph(line) for line in _lines(one))


def _paragraph(line: Shown) -> str:
    """A line as HTML, which stands in the XML as text: readers do best with that."""
    if isinstance(line, Said):
        return format_html('<p lang="{}">{}</p>', line.lang, line.text)
    return format_html("<p>{}</p>", line)


def _categories(one: FeedEntry, changed: str) -> list[tuple[str, str]]:
    """What kind of entry it is, of which topic, whether it is final, whether it has changed."""
    found = [(one.kind, one.kind_word), (one.topic, one.topic_word)]
    if one.sure is not None:
        found.append(one.sure)
    if one.since:
        found.append(("changed", changed))
    return found


def _lines(one: FeedEntry) -> list[Shown]:
    """The text of an entry, a line each: what kind it is, and how sure, comes first."""
    first = [one.kind_word, *([one.sure[1]] if one.sure is not None else [])]
    return [" · ".join(first), *([one.body] if one.body else []), *one.lines, *one.since]


def _text(root: Element, name: str, text: Shown) -> None:
    _marked(SubElement(root, f"{{{_ATOM}}}{name}"), text)


def _marked(element: Element, text: Shown) -> None:
    if isinstance(text, Said):
        element.set(_LANG, text.lang)
    element.text = _plain(text)


def _link(root: Element, rel: str, href: str, kind: str = "") -> None:
    SubElement(
        root, f"{{{_ATOM}}}link", {"rel": rel, "href": href, **({"type": kind} if kind else {})}
    )


def _plain(text: Shown) -> str:
    return text.text if isinstance(text, Said) else text


def _instant(ms: int) -> str:
    return utc_time(ms).strftime("%Y-%m-%dT%H:%M:%SZ")


# -- JSON Feed ----------------------------------------------------------------------------------


def json_bytes(feed: Feed) -> bytes:
    """The feed as JSON Feed."""
    value: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "language": feed.language,
        "home_page_url": feed.page,
        "feed_url": feed.json,
        "icon": feed.icon,
        "authors": [{"name": feed.author}],
        "items": [_row(one) for one in feed.entries],
        "_architrave": {"id": feed.uid},
    }
    if feed.number < feed.pages:
        value["next_url"] = feed.address(feed.json, feed.number + 1)
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _row(one: FeedEntry) -> dict[str, object]:
    row: dict[str, object] = {
        "id": one.uid,
        "url": one.href,
        "title": _plain(one.title),
        "content_text": "\n".join(map(_plain, _lines(one))),
        "date_modified": _instant(one.updated),
        "authors": [{"name": one.author}],
        "tags": [term for term, _ in _categories(one, "")],
        "_architrave": {"kind": one.kind, "since": list(one.since)},
    }
    if one.published is not None:
        row["date_published"] = _instant(one.published)
    if isinstance(one.title, Said):
        row["language"] = one.title.lang
    if one.source.startswith(("https://", "http://")):
        row["external_url"] = one.source
    return row
