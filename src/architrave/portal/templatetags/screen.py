"""The two tags of our templates: a screen word in the page's language, and a block kept written."""

from __future__ import annotations

from functools import cache
from threading import Lock
from weakref import WeakKeyDictionary

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.loader_tags import IncludeNode, do_include
from django.utils.html import escape
from django.utils.safestring import SafeString

from architrave.portal.words import say

__all__ = ["forget_written", "word"]

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


# As long as a block is kept, how it was written is kept with it, by template and other values.
_written: WeakKeyDictionary[object, dict[object, SafeString]] = WeakKeyDictionary()
_lock = Lock()


class WrittenNode(IncludeNode):
    """An include that depends on one block, which never changes and is in the page's language."""

    def render(self, context: Context) -> SafeString:
        """The block as this template wrote it before; else write it."""
        block, *others = [one.resolve(context) for one in self.extra_context.values()]
        name = (self.template.token, *others)
        with _lock:
            texts = _written.setdefault(block, {})
        found = texts.get(name)
        if found is None:
            found = texts[name] = super().render(context)
        return found


@register.tag
def written(parser: Parser, token: Token) -> WrittenNode:
    """As ``include "x.html" with block=… level=…``, the block first; nothing else of the page
    but its language may be in that template."""
    made = do_include(parser, token)
    return WrittenNode(made.template, extra_context=made.extra_context)


def forget_written() -> None:
    """Write every block anew, as at the start of a process."""
    with _lock:
        _written.clear()
