"""The word that a text is not translated, and in which language it is shown instead."""

from __future__ import annotations

from architrave.portal.formats import Said
from architrave.portal.pages_rows import Shown
from architrave.portal.reading import Copy
from architrave.portal.words import LANGUAGES

__all__ = ["language_name", "untranslated"]


def untranslated(copy: Copy, *texts: Shown) -> str:
    """Says that texts are not translated and in which language they are shown; else empty.

    `texts` are shown together; the first that is in another language speaks for all.
    """
    for text in texts:
        if isinstance(text, Said) and text.lang != copy.language:
            return copy.say("untranslated", language=language_name(copy, text.lang))
    return ""


def language_name(copy: Copy, language: str) -> str:
    """A language by its name in the page's language; its code if we have no word for it."""
    return copy.say_of("language", language) if language in LANGUAGES else language
