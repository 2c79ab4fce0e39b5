"""Where a source can be sent: a link that opens a letter which already says what it is about.

Nothing is sent from here. The reader's own mail program opens, and the reader sends or does not.
"""

from __future__ import annotations

from urllib.parse import quote

from architrave.portal import formats
from architrave.portal.pages_rows import Link, Shown
from architrave.portal.papers.plain_names import PlainNames
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to
from architrave.portal.shortened import ABOUT, shortened

__all__ = ["contact_link", "mail_address"]

_LOCAL = "!$'*+"
"""Of what may stand before the @ of an address, what a link need not write otherwise (RFC 6068)."""


def contact_link(copy: Copy, named: str, text: Shown, *path: str) -> Link | None:
    """A link to where the public may write about what is `named` and stands at a page of this node;
    `text` says what that is. None if this capital does not say where."""
    contact = copy.contact
    if not contact:
        return None
    if contact.startswith(("https://", "http://")):
        return link_to(contact, contact)
    lines = (
        copy.say("pair", left=named, right=shortened(formats.plain(text), ABOUT)),
        PlainNames(copy).address(copy.address(*path)),
        "",
        copy.say("mail-source"),
        "",
    )
    subject = copy.say("mail-subject", row=named)
    return link_to(contact, mail_address(contact, subject, "\r\n".join(lines)))


def mail_address(to: str, subject: str, body: str) -> str:
    """A mailto address (RFC 6068): everything but plain letters is written as its UTF-8 bytes."""
    local, _, domain = to.rpartition("@")
    receiver = f"{quote(local, safe=_LOCAL)}@{quote(domain, safe='')}"
    return f"mailto:{receiver}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
