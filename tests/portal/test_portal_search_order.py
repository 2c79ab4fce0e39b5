"""The quick search against a plain one: the same hits in the same order, whatever is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from architrave.portal.search.folding import fold, phrase_of, spans
from architrave.portal.search.search_index import Answer, Index, Unit, ask
from architrave.portal.search.search_part import Part, numbers_of, rank
from architrave.portal.search.search_pieces import NATURES, Nature, Passage, Piece, Weight

# Words that the glossary knows in all languages, compounds of them, and what it knows nothing of.
WORDS = (
    "훈련", "훈련을", "합동훈련", "수출통제", "수출 통제", "반도체", "협의", "협의회", "한",
    "가가가",
    "訓練", "共同訓練", "輸出管理", "半導体", "協議", "韓", "キャンプ・デービッド",
    "exercise", "exercises", "export controls", "export", "control", "semiconductor", "policy",
    "policies", "Korea's", "s", "AI반도체", "AI", "supply-chain", "supply", "chains", "3",
    "é", "㈱",
)  # fmt: skip
texts = st.builds(
    lambda words, between: between.join(words),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
    st.sampled_from((" ", "", "・", ", ", " - ")),
)
passages = st.builds(
    Passage, st.sampled_from(("", "ko", "ja", "en")), st.sampled_from(list(Weight)), texts
)
queries = st.lists(st.one_of(st.sampled_from(WORDS), texts), min_size=1, max_size=3).map(" ".join)


@st.composite
def several(draw: st.DrawFn, most: int = 12) -> list[Piece]:
    """Pieces with names of their own."""
    return [
        Piece(
            draw(st.sampled_from(list(Nature))), draw(st.sampled_from(("matter", "event"))),
            (f"row-{number}", draw(st.sampled_from(("훈련", "AI", "s", "one name")))),
            {}, (("register", str(number)), ""), draw(st.integers(0, 3)),
            tuple(draw(st.lists(passages, max_size=3))),
        )
        for number in range(draw(st.integers(0, most)))
    ]  # fmt: skip


# -- the plain search: every form in every text ---------------------------------------------------


@dataclass(frozen=True)
class Plain:
    """What a plain search finds: names of the pieces and what they count, the best first."""

    hits: list[tuple[str, int]]
    whole: bool


def plain(pieces: Sequence[Piece], units: Sequence[Unit], query: str) -> Plain:
    """Every piece is read; the units are those that the quick search made of the query."""
    name = fold(query.strip()).letters
    found: list[tuple[int, Piece]] = []
    partly: list[tuple[int, Piece]] = []
    for piece in pieces:
        best = [max(counts(piece, unit), default=0) for unit in units]
        exact = 10_000_000 if name in {fold(one).letters for one in piece.names} else 0
        if all(best) or exact:
            found.append((exact + (sum(best) if all(best) else 0), piece))
        if any(best):
            partly.append((sum(best), piece))
    whole = bool(found) or len(units) == 1
    ranked = sorted(found if whole else partly, key=lambda one: (-one[0], rank(one[1])))
    return Plain([(piece.names[0], count) for count, piece in ranked], whole)


def counts(piece: Piece, unit: Unit) -> list[int]:
    """What each form of a unit counts in each passage that holds it."""
    added = 7 if unit.close else 14
    forms = [
        (unit.asked, 20),
        *((phrase_of(text), 10) for text in unit.close),
        *((form.phrase, added) for form in unit.added),
    ]
    return [
        count(passage, phrase) * factor for phrase, factor in forms for passage in piece.passages
    ]


def count(passage: Passage, phrase: tuple[str, ...]) -> int:
    folded = fold(passage.text)
    hits = spans(folded, phrase)
    begins = any(at == 0 or not folded.source[at - 1].isalnum() for at, _ in hits)
    often = 10 + min(len(hits) - 1, 5)
    return passage.weight * often * (12 if begins else 10) if hits else 0


def of(answer: Answer) -> list[tuple[str, int]]:
    return [(hit.piece.names[0], hit.score) for hit in answer.hits]


def parted(pieces: Sequence[Piece]) -> Index:
    """An index of a part for each nature, as a node has it."""
    return Index(Part.of(one for one in pieces if one.nature is nature) for nature in NATURES)


@settings(max_examples=150, deadline=None)
@given(several(), queries)
def test_the_quick_search_finds_what_the_plain_one_finds_in_its_order(
    pieces: list[Piece], query: str
) -> None:
    answer = ask(parted(pieces), query)
    if answer.units:
        expected = plain(pieces, answer.units, query)
        assert of(answer) == expected.hits
        assert (answer.count, answer.whole) == (len(expected.hits), expected.whole)
    assert all(hit.touches or hit.score == 10_000_000 for hit in answer.hits)


@settings(max_examples=50, deadline=None)
@given(several(), queries, st.integers(0, 13), st.integers(1, 5))
def test_a_page_of_hits_is_a_stretch_of_all(
    pieces: list[Piece], query: str, first: int, most: int
) -> None:
    index = parted(pieces)
    every, page = ask(index, query), ask(index, query, first, most)
    assert page.hits == every.hits[first : first + most]
    assert page.count == every.count == len(every.hits)


@settings(max_examples=60, deadline=None)
@given(st.data(), queries)
def test_a_part_that_follows_the_record_answers_as_one_made_anew(
    data: st.DataObject, query: str
) -> None:
    held = {(number,): (piece,) for number, piece in enumerate(data.draw(several(20)))}
    part = Part()
    for _ in range(data.draw(st.integers(1, 4))):
        chosen = data.draw(st.sets(st.sampled_from(sorted(held)))) if held else set()
        groups = {stamp: held[stamp] for stamp in chosen}
        before, earlier = part, ask(Index([part]), query)
        part = part.following(groups)
        anew = Index([Part.of(piece for many in groups.values() for piece in many)])
        after = Index([part])
        assert ask(after, query) == ask(anew, query)
        assert dict(after.held) == dict(anew.held)
        assert ask(Index([before]), query) == earlier, "what is read while another is made stays"


def test_the_letters_of_a_text_with_three_alike_are_counted_as_they_are_found() -> None:
    piece = Piece(
        Nature.ACT,
        "matter",
        ("one",),
        {},
        ((), ""),
        0,
        (Passage("ko", Weight.BODY, "가가가 가가"),),
    )
    assert of(ask(Index([Part.of([piece])]), "가가")) == [("one", 2 * 11 * 12 * 20)]


def test_what_does_not_change_is_shared_with_the_part_before() -> None:
    one, other = (
        Piece(Nature.ACT, "matter", (name,), {}, ((), name), 0, (Passage("", Weight.BODY, name),))
        for name in ("lighthouse", "harbour")
    )
    part = Part().following({(1,): (one,)})
    assert part.following({(1,): (one,)}) is part
    after = part.following({(1,): (one,), (2,): (other,)})
    assert after.texts[0] is part.texts[0]
    assert after.keys["lighthouse"] is part.keys["lighthouse"]


@given(st.sets(st.integers(0, 500)))
def test_a_set_gives_its_numbers_in_order(numbers: set[int]) -> None:
    bits = sum(1 << one for one in numbers)
    assert list(numbers_of(bits)) == sorted(numbers)
    assert list(islice(numbers_of(bits), 3)) == sorted(numbers)[:3]


def test_sets_that_grow_large_answer_as_small_ones_do() -> None:
    pieces: Mapping[int, Piece] = {
        number: Piece(
            Nature.ACT, "matter", (f"row-{number}",), {}, ((), str(number)), number,
            (Passage("en", Weight.BODY, "the rare word" if number % 50 == 0 else "the word"),),
        )
        for number in range(300)
    }  # fmt: skip
    part = Part()
    for size in (1, 60, 61, 300):
        part = part.following({(one,): (pieces[one],) for one in range(size)})
    part = part.following({(one,): (pieces[one],) for one in range(100, 300)})
    answer = ask(Index([part]), "rare")
    assert [hit.piece.when for hit in answer.hits] == [250, 200, 150, 100]
    assert ask(Index([part]), "word", 0, 1).count == 200
