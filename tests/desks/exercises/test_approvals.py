"""Each party approves for itself; one that is missing bars the announcement."""

from __future__ import annotations

from datetime import date

import pytest
from exercise_tables import EXAMPLE, PARTIES, example, with_row
from hypothesis import given
from hypothesis import strategies as st

from architrave.desks.errors import BadInput
from architrave.desks.exercises.approvals import (
    Approval,
    ApprovalState,
    read_approvals,
    readiness,
)

EDITION = "north-wind/2031.1"
TODAY = date(2031, 5, 1)
ANSWERS = st.dictionaries(st.sampled_from(PARTIES), st.sampled_from(list(ApprovalState)))


@given(ANSWERS)
def test_an_edition_may_be_announced_once_every_party_has_approved(
    answers: dict[str, ApprovalState],
) -> None:
    rows = [Approval(EDITION, party, state, TODAY) for party, state in answers.items()]
    found = readiness(example(), EDITION, rows, TODAY)
    approved = [party for party in PARTIES if answers.get(party) is ApprovalState.APPROVED]
    assert found.may_announce == (approved == list(PARTIES))
    assert set(found.missing) == set(PARTIES) - set(approved)
    assert all(party in found.sentence for party in found.missing)


def test_the_last_answer_up_to_today_counts() -> None:
    files = with_row(EXAMPLE, "approvals.csv", f"{EDITION},USA,approved,2031-05-02,,")
    files = with_row(files, "approvals.csv", f"{EDITION},KOR,refused,2031-05-09,,")
    rows = read_approvals(files, example())
    assert readiness(example(), EDITION, rows, TODAY).missing == ("USA",)
    assert readiness(example(), EDITION, rows, date(2031, 5, 2)).may_announce
    later = readiness(example(), EDITION, rows, date(2031, 5, 9))
    assert later.sentence == f"{EDITION} may not be announced yet: KOR refused."


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("USA,approved,,,", "approvals.csv, line 5: on must be a date"),
        ("KOR,refused,2031-04-08,,", "approvals.csv, line 5: KOR answered for north-wind/2031.1 on "
         "that day in approvals.csv, line 3."),
        ("ELM,approved,2031-04-08,,", "approvals.csv, line 5: party must be one of JPN, KOR, USA"),
    ],
)  # fmt: skip
def test_bad_rows_are_refused(row: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_approvals(with_row(EXAMPLE, "approvals.csv", f"{EDITION},{row}"), example())
    assert str(refused.value).startswith(sentence)


def test_an_edition_that_nobody_promised_is_refused() -> None:
    with pytest.raises(BadInput, match=r"There is no edition 'gale/2031.1'"):
        readiness(example(), "gale/2031.1", (), TODAY)
