"""The parts of addresses that stand for a language, or for a kind of file."""

from __future__ import annotations

from django.urls import register_converter

from architrave.portal.papers.press import ENDINGS
from architrave.portal.words import LANGUAGES

__all__ = ["Ending", "Language"]


class Language:
    """A language in which the screen has words."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The same."""
        return value

    def to_url(self, value: str) -> str:
        """The same."""
        return value


class Ending(Language):
    """A kind of file in which papers are had."""

    regex = "|".join(ENDINGS)


register_converter(Language, "language")
register_converter(Ending, "ending")
