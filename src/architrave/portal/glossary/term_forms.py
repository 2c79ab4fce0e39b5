"""Where a form of the glossary stands in a text.

Two measures. *Found* is strict: at the bounds of a word, so that a text is not held to a term that
it does not use. *Present* is wide: anywhere, since particles, endings and compounds follow a form.
"""

from __future__ import annotations

import re
from functools import cache

__all__ = ["avoided", "echoed", "folded", "folded_start", "found", "present"]

_HANGUL = "가-힣"
_HAN = "㐀-鿿々"
_KATAKANA = "ァ-ヶー"

# What may follow a Korean noun within a written word: particles, and the verbs made of nouns.
_FOLLOWS = (
    "(?:은|는|이|가|을|를|의|에|에서|에게|로|으로|와|과|도|만|까지|부터|마다|이나|나|이며|이고|이다|인"
    "|에는|에도|에의|에서는|으로서|로서|으로써|으로는|로는|과의|와의|들|들이|들은|들의|들을|들과"
    f"|(?:하|한|할|함|해|했|되|된|될|됨|돼|됐|적|시키|시킨)[{_HANGUL}]*)"
)
_BETWEEN = re.compile(r"[\s·・\u2010-\u2015-]+")
_SPELLINGS = (
    (re.compile(r"is(?=(?:e|es|ed|ing|ation|ations)\b)|iz(?=(?:e|es|ed|ing|ation|ations)\b)"),
     "i[sz]"),
    (re.compile(r"(?<=[Dd]efen)[cs](?=e\b)"), "[cs]"),
    (re.compile(r"(?<=[Ll]icen)[cs](?=e\b)"), "[cs]"),
    (re.compile(r"(?<=[Pp]rogram)me\b"), "(?:me)?"),
)  # fmt: skip


@cache
def found(form: str, language: str) -> re.Pattern[str]:
    """The pattern that finds a form at the bounds of a word."""
    if language == "ko":
        tail = f"(?={_FOLLOWS}?(?![{_HANGUL}]))"
        return re.compile(rf"(?<![{_HANGUL}A-Za-z]){_letters(_stem(form))}{tail}")
    if language == "ja":
        noun = _stem(form)
        return re.compile(_outside(noun[0], "<!") + _letters(noun) + _outside(noun[-1], "!"))
    # A name is written with its capitals; another word may begin a sentence.
    named = re.IGNORECASE if form == form.lower() else re.NOFLAG
    return re.compile(rf"(?<!\w){_latin(form)}(?!\w)", named)


@cache
def present(form: str, language: str) -> re.Pattern[str]:
    """The pattern that finds a form anywhere."""
    if language == "en":
        return re.compile(rf"(?<!\w){_latin(form)}", re.IGNORECASE)
    if language == "ko":
        # Nouns are joined or parted at will: 안보협력, 안보 협력.
        letters = re.sub(r"[\s·・]", "", _stem(form))
        return re.compile(r"[\s·・]?".join(re.escape(one) for one in letters))
    return re.compile(_letters(_stem(form)))


def echoed(form: str, text: str) -> bool:
    """Say whether an English text has the beginning of any longer word of a form.

    English varies its words where Korean and Japanese repeat a set noun: a *Foreign Ministerial* is
    *the foreign ministers' meeting* a line later.
    """
    return any(start in text.casefold() for start in _starts(form))


@cache
def _starts(form: str) -> tuple[str, ...]:
    return tuple(word[:6].casefold() for word in re.findall(r"[^\W\d_]{4,}", form))


@cache
def avoided(form: str, language: str) -> re.Pattern[str]:
    """The pattern that finds a form to avoid, as it is written, at the bounds of a word."""
    if language == "ko":
        tail = f"(?={_FOLLOWS}?(?![{_HANGUL}]))"
        return re.compile(rf"(?<![{_HANGUL}]){re.escape(form)}{tail}")
    return re.compile(_outside(form[0], "<!") + re.escape(form) + _outside(form[-1], "!"))


def folded(text: str) -> str:
    """A text without case, spaces, dots and hyphens: what holds no folded form needs no pattern."""
    return _BETWEEN.sub("", text).casefold()


@cache
def folded_start(form: str, language: str) -> str:
    """What every text with this form holds when folded: in English its beginning, since the
    spelling of the rest may differ."""
    return folded(_stem(form))[: 4 if language == "en" else None]


def _stem(form: str) -> str:
    """A verb made of a noun is found by the noun."""
    return form.removesuffix("하다").removesuffix("する")


def _letters(form: str) -> str:
    """Hangul, kana or Han: spaces and middle dots between words may be there or not."""
    parts = [re.escape(part) for part in re.split(r"[\s·・]+", form)]
    return r"[\s·・]?".join(parts)


def _outside(letter: str, way: str) -> str:
    """No letter of the same script beside this one: it would make another word of it."""
    for script in (_HAN, _KATAKANA):
        if re.match(f"[{script}]", letter):
            return f"(?{way}[{script}])"
    return ""


def _latin(form: str) -> str:
    """A form in Latin letters: hyphen or space, both spellings, and the plural of the last word."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", form)]
    last = words[-1]
    if re.search(r"[a-z]", last):
        words[-1] = (
            f"{last[:-1]}(?:y|ies)"
            if last[-2:-1] not in "aeou" and last[-1] == "y"
            else (last if last.endswith("s") else f"{last}(?:e?s)?")
        )
    pattern = r"[\s\u2010-\u2015-]+".join(words)
    for spelling, either in _SPELLINGS:
        pattern = spelling.sub(either, pattern)
    return pattern
