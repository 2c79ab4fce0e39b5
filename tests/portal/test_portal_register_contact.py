"""A letter about a row: addressed, named and worded for its reader, and never sent from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import page_scenes
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from architrave.institution.register import Register
from architrave.node.runtime import current
from architrave.portal.register.contact import mail_address
from architrave.portal.register.register_context import row_page
from architrave.portal.words import LANGUAGES, say

ROWS = ("cm-leaders-annual", "ev-campdavid")
# What RFC 3986 lets stand in an address without being written otherwise, and what parts it.
PLAIN = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$'*+@")


def letter(href: str) -> tuple[str, str, str]:
    """To whom, subject and body, as a mail program reads the address."""
    parts = urlsplit(href)
    assert parts.scheme == "mailto"
    assert not parts.fragment
    fields = parse_qs(parts.query, strict_parsing=True, keep_blank_values=True)
    assert list(fields) == ["subject", "body"]
    ((subject,), (body,)) = fields.values()
    assert set(href.removeprefix("mailto:").replace("?subject=", "").replace("&body=", "")) <= PLAIN
    return unquote(parts.path), subject, body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", ROWS)
def test_a_letter_names_the_row_and_its_page_in_the_reader_s_language(
    screen: Callable[..., Any], register: Register, row: str, language: str
) -> None:
    view = screen(page_scenes.opened().world, "KOR")
    view.page("/ko/")
    current().contact = "desk@example.org"
    page = Client().get(f"/{language}/register/{row}").content.decode()
    href = unescape(page.partition('href="mailto:')[2].partition('"')[0])
    to, subject, body = letter(f"mailto:{href}")
    assert to == "desk@example.org"
    assert subject == say("mail-subject", language, row=row)
    lines = body.split("\r\n")
    column = "text" if row.startswith("cm") else "title"
    worded = " ".join(register.worded(row, column, language).text.split())
    assert lines[0].startswith(say("pair", language, left=row, right=worded[:20]))
    assert lines[1] == f"http://kor.example:4001/{language}/register/{row}"
    assert lines[3] == say("mail-source", language)
    assert say("send-source", language) in unescape(page)


@pytest.mark.parametrize("contact", ["", "https://example.org/write?a=b"])
def test_a_web_address_is_taken_as_it_is_and_none_is_none(register: Register, contact: str) -> None:
    copy = page_scenes.copy_of(page_scenes.opened(), "KOR", "ko", register)
    page = row_page(replace(copy, contact=contact), ROWS[0])
    assert page is not None
    assert (page.contact.href if page.contact else "") == contact


@given(
    st.from_regex(r"[^@\s<>]{1,20}@[^@\s<>]{1,12}\.[^@\s<>]{1,6}", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_whatever_it_says_a_mail_program_reads_the_same(to: str, subject: str, body: str) -> None:
    assert letter(mail_address(to, subject, body)) == (to, subject, body)
