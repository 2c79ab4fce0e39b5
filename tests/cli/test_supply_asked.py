"""What was asked stands before each answer of the supply desk, and what was assumed is in words."""

from __future__ import annotations

import re

import pytest
from cli_nodes import said

from architrave.cli.supply_words import words_of

ANSWERS = {
    "demand --change USA:TRQ=-1000": (
        "Asked: final demand changes, million USD: USA:TRQ -1,000. Source:"
    ),
    "price --add ROW:MIN=0.1": (
        "Asked: added cost, of the price: ROW:MIN 10%. Assumed: all added cost is passed on. Source"
    ),
    "embargo --from TWN --to KOR:ELE --share 0.5": (
        "Asked: sales by TWN; to KOR:ELE; of them stop 50%. Assumed: told as lost, moved, held."
    ),
    "shortage --lose EU27:CHM=0.5 --lose TWN:ELE=0.2": (
        "Asked: not made: EU27:CHM 50%, TWN:ELE 20%. Assumed: told as"
    ),
    "resource --lose EU27:CHM=0.2 --party KOR": (
        "Asked: lost: EU27:CHM 20%; parties KOR. Assumed: spare 5% of output; its parts 5%, 15%, "
        "40% dearer; a stranger 10% dearer;"
    ),
    "exposure KOR:ELE --on TWN": "Asked: buyer KOR:ELE; on TWN. Source:",
    "chokepoints --top 1": "Asked: parties JPN KOR USA; cells in each list 1. Source:",
    "mutual": "Asked: parties JPN KOR USA. Source:",
    "uncertain shortage --lose TWN:ELE=0.1:0.3 --size 2": "Asked: not made: TWN:ELE 10% to 30%.",
    "uncertain demand --change KOR:ELE=0:1000 --size 2": (
        "Asked: final demand changes, in the table's unit: KOR:ELE 0 to 1,000."
    ),
    "uncertain lose batteries CHN --party KOR --size 2": (
        "Asked: supplier CHN; days 30 to 90; party KOR. Assumed: followed for 365 days; the "
        "supplier may stand where no source names it."
    ),
    "uncertain outage --lose JPN:ELE=0.3:0.6 --size 2 --days 90": (
        "Asked: lost: JPN:ELE 30% to 60%; days at the full loss 10 to 60; days 90. Assumed: start"
    ),
    "backtest chip-materials": (
        "Assumed: followed for 365 days; no stock where no source prints any; by the world's "
        "shares: sem_photoresist_euv; lost: sem_hf 43.9% to 44.6%,"
    ),
}


@pytest.mark.parametrize("typed", ANSWERS, ids=lambda typed: typed.split(" --")[0])
def test_what_was_asked_stands_first_and_what_was_assumed_in_words(typed: str) -> None:
    told = said("supply", *typed.split())
    assert told.startswith("Newest year of each layer: ")
    told = re.sub(r"Note: .*?(?=Note:|Assumed:|Source:)", "", told)
    assert ANSWERS[typed] in told
    head = told.partition("Source:")[0]
    assert not re.search(r"[{}\[\]]|\bNone\b|\bTrue\b|\bFalse\b|[a-z]_of_", head)


def test_a_value_without_words_of_its_own_is_still_in_words() -> None:
    assert words_of("psi", 0.8) is None
    assert words_of("by_hand", True) == "by hand yes"
    assert words_of("by_hand", None) == "by hand not known"
    assert words_of("other", {"a": [1, None], "b": {"c": [None, 2], "d": [3, 3]}}) == (
        "other: a 1 or more, b c up to 2, d 3"
    )
