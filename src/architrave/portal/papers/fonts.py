"""Which fonts of this machine write which language: looked for, never fetched.

A paper that needs Korean or Japanese letters where no font has them is not made at all: boxes in
their place would be worse than none.
"""

from __future__ import annotations

from functools import cache

import typst

from architrave.portal.papers.errors import NoFonts
from architrave.portal.papers.model import Paper, script_of, texts_of

__all__ = ["FAMILIES", "families_for", "found", "needed"]

FAMILIES: dict[str, tuple[str, ...]] = {
    "ko": (
        "Noto Serif CJK KR", "Source Han Serif K", "Noto Serif KR", "Nanum Myeongjo",
        "NanumMyeongjo", "Batang", "AppleMyungjo", "UnBatang", "Noto Sans CJK KR",
        "Source Han Sans K", "Noto Sans KR", "Nanum Gothic", "NanumGothic", "Malgun Gothic",
        "Apple SD Gothic Neo", "Baekmuk Batang", "UnDotum",
    ),
    "ja": (
        "Noto Serif CJK JP", "Source Han Serif", "Noto Serif JP", "Hiragino Mincho ProN",
        "Yu Mincho", "MS Mincho", "IPAexMincho", "IPAMincho", "TakaoMincho",
        "Noto Sans CJK JP", "Source Han Sans", "Noto Sans JP", "Hiragino Sans",
        "Hiragino Kaku Gothic ProN", "Yu Gothic", "Meiryo", "MS Gothic", "IPAexGothic",
        "IPAGothic", "TakaoGothic", "VL Gothic",
    ),
}  # fmt: skip
"""Fonts with the letters of a language, serif first as official papers have it."""

_LATIN = ("Libertinus Serif",)  # inside the compiler


@cache
def found() -> typst.Fonts:
    """The fonts of this machine, looked for once, and those inside the compiler."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def needed(paper: Paper) -> frozenset[str]:
    """The languages whose letters a paper has; Han signs are read in the language of their run."""
    languages: set[str] = set()
    texts = [text for block in paper.blocks for text in texts_of(block)]
    runs = [(run.text, run.language) for text in texts for run in text]
    for said, language in (*runs, (paper.title + paper.institution, paper.language)):
        script = script_of(said)
        if script == "han":
            languages.add(language if language in FAMILIES else "ja")
        elif script:
            languages.add(script)
    return frozenset(languages)


def families_for(paper: Paper, fonts: typst.Fonts) -> dict[str, list[str]]:
    """Font families for each language of a paper; NoFonts if letters would be missing."""
    here = set(fonts.families())
    chosen = {
        language: next((one for one in names if one in here), "")
        for language, names in FAMILIES.items()
    }
    missing = [language for language in needed(paper) if not chosen[language]]
    if missing:
        raise NoFonts(missing)
    first = [one for one in chosen.values() if one]
    families = {language: [one] for language, one in chosen.items() if one}
    # A Korean word quoted in a Japanese text, and the reverse, is still written.
    for language, names in families.items():
        families[language] = [*names, *(one for one in first if one not in names), *_LATIN]
    # In a Korean or Japanese paper Latin words are of the same face as the rest.
    own = families.get(paper.language, [])
    families[""] = [*own, *_LATIN, *(one for one in first if one not in own)]
    return families
