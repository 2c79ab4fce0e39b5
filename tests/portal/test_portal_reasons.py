"""reasons.csv: each reason for which an entry is void, in Korean and Japanese as well."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import alerting
import amending
import pytest
from page_scenes import matter_open, write_anyway
from page_scenes import refused as refused_scene
from test_portal_pages import strays
from test_refusals import REACHED, opened, patterns

import architrave
import architrave.portal as portal
from architrave.charter.model import INSTRUMENTS, NATURES
from architrave.institution import (
    acts,
    amendments,
    attestations,
    cadence,
    erasure,
    matters,
    picture,
    remarks,
)
from architrave.institution.state import Refused
from architrave.portal.formats import Said
from architrave.portal.reading import on_screen
from architrave.portal.reasons import reason_in
from architrave.record import succession

SOURCE = Path(architrave.__file__).parent
TABLE = Path(portal.__file__).parent / "reasons.csv"
BLANK = re.compile(r"\{([a-z]+)\}")
OTHERS = ("ko", "ja")
EVERY = {**REACHED, **amending.REACHED, **alerting.REACHED}
# Without spaces: two blanks with a space between them could be told apart in no other way.
HOSTILE = "<script>alert('{a}')</script>&amp;\"\\1\\g<0>\"{word}{{x}}\\"

# Files that word no refusal: what is no act at all is shown on no page, since there is nothing to
# show; the others read registers, and states of an audit.
NO_REASONS = ("acts", "act_reading", "errors", "opening", "register", "unnamed")
# Where a floor below words what a refusal repeats: file, and the functions that word it.
REPEATED = {
    "charter/errors.py": {"UncountedYear.__init__"},
    "record/succession.py": {"fault_of"},
    "record/fields.py": {f"Fields.{one}" for one in ("of", "value", "text", "integer", "end")},
    "record/canonical.py": {"dump", "load"},
    "record/b64.py": {"decode"},
    "record/keys.py": {"PublicKey.__post_init__"},
}


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def form(text: ast.expr) -> str:
    """A sentence of the source with each blank as {}; empty if it is none."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    if not all(isinstance(part, ast.Constant | ast.FormattedValue) for part in parts):
        return ""
    return "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in parts)


def worded(tree: ast.AST, of_fault: bool) -> Iterator[str]:
    """The sentences in a piece of source: of refusals and faults, and, in a fault, any returned."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).split(".")[-1]
            places = {"Refused": node.args[1:2], "Malformed": node.args[:1]}
            places["__init__"] = node.args[:1]
            yield from map(form, places.get(name, []))
        named = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "reason"
        if named or (of_fault and isinstance(node, ast.Return)):
            yield form(node.value) if node.value is not None else ""


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for one in node.body:
                if isinstance(one, ast.FunctionDef):
                    yield f"{node.name}.{one.name}", one


def sentences() -> set[str]:
    """Every form in which the floors below word a reason."""
    found: set[str] = set()
    for path in sorted((SOURCE / "institution").glob("*.py")):
        if path.stem.startswith("register_") or path.stem in NO_REASONS:
            continue
        for name, function in functions(ast.parse(path.read_text(encoding="utf-8"))):
            of_fault = name.endswith("_fault") or name == "lasting_words"
            found |= set(worded(function, of_fault))
    for place, names in REPEATED.items():
        tree = ast.parse((SOURCE / place).read_text(encoding="utf-8"))
        given = dict(functions(tree))
        for name in names:
            found |= set(worded(given[name], name == "fault_of"))
    return {one for one in found if " " in one}


def phrases() -> set[str]:
    """Words that a reason takes from a closed list."""
    return {
        *amendments._CALLED.values(),
        *NATURES,
        *INSTRUMENTS,
        *map(matters._deciding, ("silence", "decide")),
        " or ".join(erasure.CAUSES),
        " or ".join(remarks._STATES),
        ", ".join(cadence.CADENCES),
        ", ".join(picture.READINGS),
        ", ".join(attestations.FINDINGS),
        ", ".join(succession.CAUSES),
        *("objection", "reserve", "amendment", "no single party's", "{}'s"),
    }


def plain(text: object) -> str:
    """What a reader sees of a text."""
    return unescape(re.sub(r"<[^>]*>", "", str(text))) if hasattr(text, "__html__") else str(text)


@pytest.fixture(scope="module")
def reached() -> dict[str, str]:
    """Each reason that the tests of the institution reach, as a node words it."""
    found = {name: reach(opened()) for name, reach in EVERY.items()}
    assert all(isinstance(one, Refused) for one in found.values())
    return {name: one.reason for name, one in found.items() if isinstance(one, Refused)}


# -- the table -------------------------------------------------------------------------------------


def test_each_form_of_the_source_has_one_row_and_each_row_has_its_form() -> None:
    given = Counter(BLANK.sub("{}", row["en"]) for row in rows())
    assert {form: n for form, n in given.items() if n > 1} == {}
    assert sorted(set(given) - sentences() - phrases()) == [], "rows of no reason"
    assert sorted((sentences() | phrases()) - set(given)) == [], "reasons without a row"


def test_each_reason_that_the_institution_finds_has_exactly_one_row() -> None:
    found = Counter(re.escape(BLANK.sub("\0", row["en"])).replace("\0", ".*") for row in rows())
    assert [place for one, place in patterns().items() if found[one] != 1] == []


def test_a_row_has_the_same_blanks_in_each_language() -> None:
    for row in rows():
        blanks = sorted(BLANK.findall(row["en"]))
        assert len(set(blanks)) == len(blanks), row["en"]
        for language in OTHERS:
            assert sorted(BLANK.findall(row[language])) == blanks, row["en"]


def test_no_particle_follows_a_blank() -> None:
    for row in rows():
        assert not re.search(r"\}[가-힣]", row["ko"]), row["ko"]
        assert not re.search(r"\}[぀-ヿ一-鿿]", row["ja"]), row["ja"]


def test_sentences_are_polite_and_end_with_a_full_stop() -> None:
    polite = {
        "ko": r"(?:니다|십시오)(?:\([^.]*\))?\.",
        "ja": r"(?:です|ます|した|せん|ださい)(?:（[^。]*）)?。",
    }
    for row in rows():
        if not row["en"].endswith((".", "}")):
            assert not row["ko"].endswith("."), row["ko"]
            assert not row["ja"].endswith("。"), row["ja"]
        elif row["en"] in OF_AMENDMENTS or row["en"].endswith("}"):
            continue
        else:
            for language, end in polite.items():
                assert re.search(rf"{end}\Z", row[language]), row[language]


# Named after "no amendment changes this:", and no sentences of their own.
OF_AMENDMENTS = {
    "the charter's {word}.",
    "{a} is dropped; a body stays.",
    "the parties of {a}.",
    "the seat {a} of {b}.",
}


def test_each_language_keeps_to_its_letters_and_to_the_words_of_the_screen() -> None:
    for row in rows():
        assert not re.search(r"[、。（）：～「」぀-ヿ一-鿿]", row["ko"]), row["ko"]
        assert not re.search(r"[가-힣]", row["ja"]), row["ja"]
        for language in OTHERS:
            assert strays(row[language], language) == [], row[language]


# -- what a reader gets ----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("language", OTHERS)
def test_every_reason_that_is_reached_is_said_with_all_that_it_quotes(
    reached: dict[str, str], language: str
) -> None:
    letters = {"ko": "[가-힣]", "ja": "[぀-ヿ一-鿿]"}[language]
    for name, reason in reached.items():
        said = reason_in(reason, language)
        text = plain(said)
        assert not isinstance(said, Said), f"{name}: only in English: {text}"
        assert re.search(letters, text), f"{name}: {text}"
        assert "{" not in text, f"{name}: {text}"
        for quoted in quotes(reason):
            assert quoted in text, f"{name}: {quoted} is lost: {text}"


def quotes(reason: str) -> list[str]:
    """Values in a reason: what stands in quotes, capital letters, numbers, names of logs."""
    return re.findall(r"'[^' ]*'|\b[A-Z]{3,}(?:/[\w/]+)?|\b\d+\b|\S+/log/\d+|[0-9a-f]{64}", reason)


@pytest.mark.slow
def test_english_keeps_the_words_of_the_screen(reached: dict[str, str]) -> None:
    for reason in reached.values():
        assert reason_in(reason, "en") == on_screen(reason).text


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "row", [row for row in rows() if BLANK.search(row["en"])], ids=lambda row: str(row["en"])
)
def test_a_blank_with_markup_braces_and_backslashes_stays_text(
    row: dict[str, str], language: str
) -> None:
    reason = BLANK.sub(lambda _: HOSTILE, row["en"])
    said = reason_in(reason, language)
    assert plain(said).count(HOSTILE) == len(BLANK.findall(row["en"]))
    if hasattr(said, "__html__"):
        assert "<script" not in str(said)


def test_english_inside_a_sentence_is_marked_as_english() -> None:
    said = reason_in("amendment: the new charter does not check: line 3 <b> is odd.", "ko")
    assert str(said).endswith('<span lang="en">line 3 &lt;b&gt; is odd.</span>')
    assert str(said).startswith("헌장 개정안: ")


def test_words_of_a_closed_list_are_said_too() -> None:
    said = reason_in("no amendment changes this: the charter's languages.", "ja")
    assert said == "次の事項は憲章改正によって変更できません：憲章の基本事項（言語）。"
    assert "이의 제기" in reason_in("late objection: KOR had already closed this matter.", "ko")
    assert "임명" in reason_in("appointed is signed by an officer, for a seat.", "ko")


def test_what_no_row_knows_stays_english_and_says_so() -> None:
    for reason in ("the act fell off the log.", "", "the matter was withdrawn.\nthe end"):
        assert reason_in(reason, "ja") == on_screen(reason)
    assert reason_in("the act fell off the log.", "ko") == Said(
        "the record entry fell off the minute book.", "en"
    )


def test_a_reason_of_great_length_or_depth_is_read_at_once() -> None:
    for unit in ("' is no language ", "the symbol ' does not carry ", "base64: ", " of "):
        long = unit * (200_000 // len(unit))
        assert plain(reason_in(long, "ko")) == on_screen(long).text
    nested = "amendment: the new charter does not check: " * 5_000
    assert "헌장 개정안" in plain(reason_in(nested, "ko"))


# -- on pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ko", "안건을 상정한 참가국만 철회할 수 있습니다(상정한 참가국: JPN)."),
        ("ja", "議案を撤回できるのは、上程した参加国だけです（上程した参加国：JPN）。"),
        ("en", "only JPN, which tabled it, may withdraw it."),
    ],
)
def test_the_pages_of_a_void_line_say_why_in_their_language(
    screen: Callable[..., Any], language: str, sentence: str
) -> None:
    scene = refused_scene()
    shown = screen(scene.world)
    for path in ("record/kor", f"matters/{scene.symbols[0]}"):
        page = shown.page(f"/{language}/{path}")
        assert sentence in page, path
        assert language == "en" or "may withdraw it" not in page, path


def test_a_void_line_that_quotes_markup_is_escaped_once(screen: Callable[..., Any]) -> None:
    scene = matter_open()
    world = scene.world
    act = acts.Vacated(
        party="KOR",
        seat="KOR/TDC",
        key=world.officer("KOR", "TDC").public.text,
        at=world.now,
        to=world.everyone(),
        office=HOSTILE,
    )
    write_anyway(world, "KOR", act, act.audience)
    world.settle()
    page = screen(world).page("/ko/record/kor")
    assert "헌장에 그러한 직위가 없습니다(직위: " in page
    assert "<script" not in page
    assert repr(HOSTILE) in unescape(page)
