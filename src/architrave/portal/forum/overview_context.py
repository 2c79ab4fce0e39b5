"""The context of the forum's first page."""

from __future__ import annotations

from architrave.portal.alerts.alerts_context import body_alerts
from architrave.portal.charter.bodies_context import body_block
from architrave.portal.council.overview_context import duty_rows, open_rows
from architrave.portal.council.pages_council import PlaceRow
from architrave.portal.forum.forum_frame import (
    forum_frame,
    forum_of,
    page_titles,
    tabs_of,
    told_first,
)
from architrave.portal.forum.pages_forum import ForumPage
from architrave.portal.papers.links import paper_links
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to

__all__ = ["forum_page"]


def forum_page(copy: Copy) -> ForumPage | None:
    """The first page; None if this copy has no forum."""
    found = forum_of(copy)
    if found is None:
        return None
    data, bodies = found
    ids = frozenset(body.id for body in bodies)
    first = copy.charter.body(data.body)
    return ForumPage(
        frame=forum_frame(copy, ""),
        name=copy.body(first),
        proposed=first.proposed,
        first=told_first(copy, data),
        tabs=tabs_of(copy, ""),
        places=tuple(
            PlaceRow(link_to(title, copy.address("forum", path)), copy.say_of("forum-about", path))
            for path, title in page_titles(copy).items()
            if path
        ),
        papers=paper_links(copy, "forum"),
        alerts=tuple(row for body in bodies for row in body_alerts(copy, body)),
        open=open_rows(copy, ids),
        duties=duty_rows(copy, ids),
        bodies=tuple(body_block(copy, body) for body in bodies),
    )
