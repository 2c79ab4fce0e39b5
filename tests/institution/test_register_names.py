from __future__ import annotations

import pytest

from architrave.institution.unnamed import NameFound, NameKind, names_found, read_unnamed
from tests.institution.register_texts import ROOT, shipped_texts, unnamed

# Invented names: the real ones stand in no file of this project.
LISTED = read_unnamed(
    unnamed(
        ("place", "words", 1, "quillon"),
        ("place", "words", 2, "brann rocks"),
        ("sea", "words", 3, "sea of quill"),
        ("exempt", "words", 3, "brann rocks museum"),
        ("place", "letters", 2, "솔섬"),
        ("sea", "letters", 3, "月見海"),
        ("exempt", "letters", 4, "月見海軍"),
    )
)
TEXT_ENDINGS = {".csv", ".html", ".js", ".json", ".md", ".po", ".py", ".toml", ".txt", ".yaml"}
SWEPT = ("charters", "data", "docs", "newsfragments", "src", "tests")


@pytest.mark.parametrize(
    "text",
    [
        "Quillon",
        "near QUILLON's shore",
        "Quillon\u2019s",
        "Qui\u0300llon",
        "Ｑｕｉｌｌｏｎ",
        "Qu'illon",
        "ev-quillon-2012",
        "the_brann_rocks",
        "Brann\nRocks",
        "brann\u2011rocks",
        "Sea-of-Quill",
        "솔섬에서",
        "(솔섬)",
        "今夜の月見海で",
        "https://example.org/%EC%86%94%EC%84%AC",
        "https://example.org/a%20brann%20rocks",
    ],
)
def test_a_listed_name_is_found_however_it_is_written(text: str) -> None:
    assert len(names_found(text, LISTED)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "quillons",
        "Brann. Rocks fell.",
        "Brann, rocks",
        "Brann Rocks Museum",
        "그 은솔섬",
        "月見海軍",
        "月見 海",
        "sea of ink",
        "",
    ],
)
def test_other_words_that_share_letters_are_not_found(text: str) -> None:
    assert names_found(text, LISTED) == ()


def test_a_find_tells_kind_and_line_and_can_be_limited_to_a_kind() -> None:
    text = "first\nsea of quill\nquillon\n"
    assert names_found(text, LISTED) == (
        NameFound(NameKind.SEA, 2),
        NameFound(NameKind.PLACE, 3),
    )
    assert names_found(text, LISTED, [NameKind.PLACE]) == (NameFound(NameKind.PLACE, 3),)


def test_no_listed_name_stands_anywhere_in_the_project() -> None:
    shipped = read_unnamed(shipped_texts()["unnamed.csv"])
    paths = [path for folder in SWEPT for path in (ROOT / folder).rglob("*")]
    paths += [path for path in ROOT.iterdir() if path.is_file()]
    texts = {path: path for path in paths if path.suffix in TEXT_ENDINGS and path.is_file()}
    found = [
        f"{path.relative_to(ROOT)}, line {name.line} ({name.kind.value})"
        for path in texts
        for name in names_found(path.read_text(encoding="utf-8"), shipped)
    ]
    assert len(texts) > 10
    assert found == []
