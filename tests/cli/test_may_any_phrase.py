"""Whatever words arrive, in whatever order: an answer with its article, or one sentence."""

from __future__ import annotations

from pathlib import Path

from cli_nodes import run
from cli_scenes import Scene
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world import load_charter

from architrave.cli.may_words import lexicon

CHARTER = load_charter()
PLACES = ["TDC/2027/KOR/1", "TDC/2027/JPN/1", "ESFBT/2027/USA/1", "TDC/2027/USA/1", "KOR:4",
          "JPN:1", "USA:9", "2027-06-01", "version 1", "in 100 days", "1 June 2027"]  # fmt: skip
WORDS = st.sampled_from([*sorted(lexicon(CHARTER)), *PLACES * 6])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(WORDS, min_size=1, max_size=5),
    node=st.sampled_from(["Tokyo", "Seoul", "Washington"]),
)
def test_any_words_of_ours_are_answered_or_refused_in_one_sentence(
    demo: Path, scene: Scene, words: list[str], node: str
) -> None:
    _answered(node, " ".join(words))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_text_is_answered_or_refused_in_one_sentence(
    demo: Path, scene: Scene, text: str
) -> None:
    _answered("Seoul", text if not text.startswith("-") else f"x{text}")


def _answered(node: str, phrase: str) -> None:
    result = run("may", node, phrase)
    assert result.exit_code in (0, 1, 2), (phrase, result.exception)
    if result.exit_code == 2:
        assert len(result.stderr.strip().splitlines()) == 1, phrase
        assert result.stdout == ""
        return
    assert result.exception is None or isinstance(result.exception, SystemExit), phrase
    first = result.stdout.split(":")[0]
    assert first == "yes" if result.exit_code == 0 else first in ("no", "not yet"), phrase
