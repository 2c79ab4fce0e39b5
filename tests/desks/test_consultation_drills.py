"""Was a leg in time: surely, surely not, or not settled; months; shares; repairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from consultation_scenes import at, drill, leg
from world import HOUR, load_charter

from architrave.desks.consultation.documents import Belongs, belongs, document
from architrave.desks.consultation.drills import (
    MonthState,
    Verdict,
    months,
    repair,
    results,
    shares,
)
from architrave.desks.consultation.evidence import assessment
from architrave.desks.consultation.timings import Elapsed, elapsed
from architrave.desks.errors import BadInput
from architrave.institution.acts import Pledge
from architrave.institution.drills import LegState

FAILED, EXPLAINED, OPEN = LegState.FAILED, LegState.EXPLAINED, LegState.OPEN


@pytest.mark.parametrize(
    ("answered", "slack", "verdict"),
    [
        (1.0, 0.0, Verdict.IN_TIME),
        (24.0, 0.0, Verdict.IN_TIME),
        (24.1, 0.0, Verdict.LATE),
        (23.0, 0.5, Verdict.IN_TIME),
        (24.0, 0.5, Verdict.NOT_SETTLED),
        (26.0, 0.5, Verdict.LATE),
        (1.0, None, Verdict.NOT_SETTLED),
    ],
)
def test_a_verdict_holds_whatever_the_true_times_within_their_bounds(
    answered: float, slack: float | None, verdict: Verdict
) -> None:
    one = drill(at(0, slack), leg("JPN", answered=at(answered, slack)))
    assert [found.verdict for found in results(one)] == [verdict]


def test_another_limit_gives_another_verdict() -> None:
    one = drill(at(0), leg("JPN", answered=at(5)))
    assert results(one, hours=4)[0].verdict is Verdict.LATE
    assert results(one, hours=5)[0].verdict is Verdict.IN_TIME


def test_no_answer_is_late_only_once_the_partys_own_book_has_gone_past_the_time() -> None:
    silent = drill(at(0), leg("JPN", OPEN, latest=at(3)))
    written = drill(at(0), leg("JPN", OPEN, latest=at(25)))
    nothing = drill(at(0), leg("JPN", OPEN))
    found = [results(one)[0] for one in (silent, written, nothing)]
    assert [one.verdict for one in found] == [
        Verdict.NOT_SETTLED,
        Verdict.LATE,
        Verdict.NOT_SETTLED,
    ]
    assert [one.failed for one in found] == [False, True, False]


def test_a_leg_fails_when_late_or_closed_without_an_answer_in_time() -> None:
    one = drill(
        at(0),
        leg("A", FAILED),
        leg("B", EXPLAINED, answered=at(30)),
        leg("C", EXPLAINED, answered=at(2)),  # the drill was closed at once
        leg("D", answered=at(40)),
        leg("E", answered=at(2)),
    )
    found = results(one)
    assert [leg.failed for leg in found] == [True, True, False, True, False]
    assert [leg.owes_a_word for leg in found] == [True, False, False, False, False]


def test_elapsed_is_an_interval_and_never_negative() -> None:
    assert elapsed(at(0, 1).when, at(3, 0.5).when) == Elapsed(
        3 * HOUR, round(1.5 * HOUR), round(4.5 * HOUR)
    )
    assert elapsed(at(2, 1).when, at(1, None).when) == Elapsed(0, 0, None)


def test_calendar_months_run_from_the_first_drill_to_today() -> None:
    # The start of the world is 1 January 2027, 00:00 UTC.
    held = [drill(at(10 * 24)), drill(at(75 * 24), number=2)]
    found = months(held, date(2027, 4, 2))
    assert [(one.first.month, one.state) for one in found] == [
        (1, MonthState.HELD),
        (2, MonthState.NONE),
        (3, MonthState.HELD),
        (4, MonthState.RUNNING),
    ]
    assert found[2].drills == ("ESFSC/2027/KOR/2",)
    assert months([], date(2027, 4, 2)) == ()


def test_a_drill_whose_time_leaves_two_months_settles_neither() -> None:
    found = months([drill(at(31 * 24, 5))], date(2027, 2, 20))
    assert [one.state for one in found] == [MonthState.NOT_SETTLED, MonthState.NOT_SETTLED]


def test_under_a_monthly_commitment_its_periods_are_the_calendar() -> None:
    pledge = Pledge("drill", "KOR/ESFSC", "2027-01-15", {"en": "x"}, "monthly")
    found = months([drill(at(20 * 24))], date(2027, 2, 16), pledge)
    assert [(str(one.first), str(one.last), one.state) for one in found] == [
        ("2026-12-16", "2027-01-15", MonthState.NONE),
        ("2027-01-16", "2027-02-15", MonthState.HELD),
        ("2027-02-16", "2027-03-15", MonthState.RUNNING),
    ]


def test_a_commitment_that_is_not_monthly_is_refused() -> None:
    with pytest.raises(BadInput, match="is annual"):
        months([], date(2027, 1, 1), Pledge("drill", "KOR/ESFSC", "2027-01-15", {}, "annual"))


def test_a_share_counts_only_what_is_settled() -> None:
    drills = [
        drill(at(0), leg("JPN", answered=at(1))),
        drill(at(100), leg("JPN", answered=at(130)), number=2),
        drill(at(200), leg("JPN", OPEN), number=3),
    ]
    (one,) = shares(drills)
    assert (one.legs, one.in_time, one.late, one.not_settled) == (3, 1, 1, 1)
    assert one.share == 0.5
    assert one.longest is not None
    assert one.longest.claimed == 30 * HOUR
    (none,) = shares(drills[2:])
    assert (none.share, none.longest) == (None, None)


def test_a_repair_has_an_owner_a_date_and_words_in_every_language() -> None:
    charter = load_charter()
    one = drill(at(0), leg("JPN", FAILED))
    found = repair(charter, one, "JPN", "2027-01-31")
    assert found.pledge.owner == "JPN/ESFSC"
    assert found.pledge.due == "2027-01-31"
    assert set(found.pledge.what) == set(found.wording.title) == {"ko", "ja", "en"}
    assert "Tokyo" in found.wording.title["en"]
    assert one.symbol in found.wording.summary["ko"]
    assert belongs(found.wording.document) == Belongs(one.name, "repair")


@pytest.mark.parametrize(
    ("party", "due", "why"),
    [
        ("USA", "2027-01-31", "has not failed"),
        ("JPN", "soon", "expected a date"),
        ("JPN", "2026-12-30", "after the drill"),
        ("ELM", "2027-01-31", "has not failed"),
    ],
)
def test_a_repair_without_a_failure_or_a_date_is_refused(party: str, due: str, why: str) -> None:
    one = drill(at(0), leg("JPN", FAILED), leg("USA", answered=at(1)))
    with pytest.raises(BadInput, match=why):
        repair(load_charter(), one, party, due)


def test_no_repair_says_that_hours_brought_no_answer_which_were_not_given() -> None:
    held = drill(at(0), leg("JPN", FAILED, latest=at(1)))
    with pytest.raises(BadInput, match="closed before 24 hours had passed"):
        repair(load_charter(), replace(held, closed=at(2)), "JPN", "2027-01-31")
    assert repair(load_charter(), replace(held, closed=at(25)), "JPN", "2027-01-31")
    assert repair(load_charter(), replace(held, closed=at(2)), "JPN", "2027-01-31", hours=2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"desk":"consultation"}',
        '{"consultation":"ab","desk":"consultation","kind":"lines","v":1}',
        document(Belongs("ab" * 32, "lines")).replace("lines", "poems"),
        document(Belongs("ab" * 32, "lines")).replace('"v":1', '"v":2'),
        document(Belongs("ab" * 32, "lines")).replace('"v":1', '"v":1,"w":1'),
    ],
)
def test_another_document_belongs_to_no_consultation(text: str) -> None:
    assert belongs(text) is None


def test_a_document_survives_its_reading() -> None:
    for one in (Belongs("ab" * 32, "repair"), Belongs("ab" * 32, "lines", "cd" * 32)):
        assert belongs(document(one)) == one


def test_the_assessment_names_what_went_in_and_changes_with_it() -> None:
    held = [drill(at(0), leg("JPN", answered=at(30)))]
    found = assessment("ESFSC", held, date(2027, 1, 5), {"architrave": "0"})
    assert found.parameters["newest"] == "2027-01-02"
    assert [one["symbol"] for one in found.parameters["drills"]] == ["ESFSC/2027/KOR/1"]
    assert found.result["shares"][0]["late"] == 1
    later = assessment("ESFSC", held, date(2027, 1, 5), {"architrave": "0"}, hours=48)
    assert later.digest != found.digest
    assert assessment("ESFSC", held, date(2027, 1, 5), {"architrave": "0"}).digest == found.digest
    assert assessment("TDC", held, date(2027, 1, 5), {"architrave": "0"}).digest != found.digest


def test_the_assessment_names_the_commitment_by_which_its_months_are_reckoned() -> None:
    held = [drill(at(0), leg("JPN", answered=at(1)))]
    pledge = Pledge("drill", "KOR/ESFSC", "2027-01-15", {"en": "x"}, "monthly")
    found = assessment("ESFSC", held, date(2027, 1, 5), {}, pledge)
    assert found.parameters["commitment"] == ["2027-01-15", "monthly"]
    assert assessment("ESFSC", held, date(2027, 1, 5), {}).parameters["commitment"] == []
