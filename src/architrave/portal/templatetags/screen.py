"""The one tag of our templates: a screen word in the page's language."""

from __future__ import annotations

from django import template
from django.template.context import Context

from architrave.portal.words import say

register = template.Library()


@register.simple_tag(takes_context=True)
def word(context: Context, name: str, **blanks: object) -> str:
    """The word of this id from words.csv, its blanks filled; escaped like any other text."""
    return say(name, context["page"].frame.language, **blanks)
