"""The page of the glossary: its context, which no record changes, and its view."""

from __future__ import annotations

import re
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from architrave.portal.formats import Said
from architrave.portal.glossary.pages_glossary import (
    GlossaryDomain,
    GlossaryPage,
    GlossaryTerm,
    StatusMeaning,
)
from architrave.portal.glossary.terms import DOMAINS, STATUSES, Term, terms
from architrave.portal.reading import Copy
from architrave.portal.rows import frame_of, link_to
from architrave.portal.views import show
from architrave.portal.words import LANGUAGES, say

__all__ = ["glossary", "glossary_page"]

_DOMAIN_WORDS = {
    "institution": "terms-domain-institution",
    "procedure": "terms-domain-procedure",
    "record": "terms-domain-record",
    "defence": "terms-domain-defence",
    "economy": "terms-domain-economy",
    "dialogue": "terms-domain-dialogue",
    "interface": "terms-domain-interface",
}
_STATUS_WORDS = {
    "official-usage": ("terms-status-official-usage", "terms-means-official-usage"),
    "field-usage": ("terms-status-field-usage", "terms-means-field-usage"),
    "proposed": ("terms-status-proposed", "terms-means-proposed"),
}

# A note is English that quotes Korean and Japanese; the letters tell which.
_RUNS = re.compile(
    r"(?P<ko>[가-힣](?:[가-힣 ·]*[가-힣])?)"
    r"|(?P<ja>[぀-ヿ一-鿿々](?:[぀-ヿ一-鿿々・]*[぀-ヿ一-鿿々])?)"
)


@require_safe
def glossary(request: HttpRequest, language: str) -> HttpResponse:
    """The terms in three languages."""
    return show("glossary", language, glossary_page)


def glossary_page(copy: Copy) -> GlossaryPage:
    """All terms by domain, and what the statuses mean."""
    domains = _domains(copy.language)
    return GlossaryPage(
        frame=frame_of(copy, copy.say("terms-title"), "glossary"),
        statuses=tuple(
            StatusMeaning(copy.say(_STATUS_WORDS[one][0]), one, copy.say(_STATUS_WORDS[one][1]))
            for one in STATUSES
        ),
        places=tuple(link_to(one.name, f"#{one.id}") for one in domains),
        columns=tuple(Said(say("tongue", one), one) for one in LANGUAGES),
        domains=domains,
    )


@cache
def _domains(language: str) -> tuple[GlossaryDomain, ...]:
    return tuple(
        GlossaryDomain(
            f"domain-{domain}",
            say(_DOMAIN_WORDS[domain], language),
            tuple(_term(one, language) for one in terms().values() if one.domain == domain),
        )
        for domain in DOMAINS
    )


def _term(one: Term, language: str) -> GlossaryTerm:
    return GlossaryTerm(
        id=one.id,
        href=f"#{one.id}",
        forms=tuple(Said(one.forms[each], each) for each in LANGUAGES),
        avoid=tuple(Said(form, each) for each in LANGUAGES for form in one.avoid[each]),
        status=say(_STATUS_WORDS[one.status][0], language),
        code=one.status,
        note=tuple(_runs(one.note)),
    )


def _runs(note: str) -> list[Said]:
    """A note cut into runs of one language."""
    found: list[Said] = []
    end = 0
    for run in _RUNS.finditer(note):
        if run.start() > end:
            found.append(Said(note[end : run.start()], "en"))
        found.append(Said(run.group(), str(run.lastgroup)))
        end = run.end()
    return [*found, Said(note[end:], "en")] if end < len(note) else found
