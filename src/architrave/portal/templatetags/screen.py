"""The one tag of our templates: a screen word in the page's language."""

from __future__ import annotations

from functools import cache

from django import template
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString

from architrave.portal.words import say

register = template.Library()


@register.simple_tag(takes_context=True)
def word(context: Context, name: str, **blanks: object) -> str:
    """The word of this id from words.csv, its blanks filled; escaped like any other text."""
    language = context["page"].frame.language
    return say(name, language, **blanks) if blanks else _escaped(name, language)


@cache
def _escaped(name: str, language: str) -> SafeString:
    """A word without blanks: there are as many as rows and languages, and they never change."""
    return escape(say(name, language))
