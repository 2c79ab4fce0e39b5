"""`supply outage`: events with days of their own, and no option that is read and then ignored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_nodes import fault, run, said, value
from desk_shelves import shelf

from architrave.desks.evidence import differences
from architrave.desks.registry import rerun
from architrave.desks.tabling import assessments_in

OUTAGE = ("supply", "outage")
DAYS = ("--days", "40", "--party", "JPN", "--party", "KOR")
MANY = (
    "--lose", "JPN:ELE=50%,from=5,for=4,recover=9,shape=convex", "--lose", "KOR:ELE=0.2",
    "--destroy", "JPN:CHM=900,from=8,rebuild=CON:70%+MAC:0.3,tau=20,at-home=yes",
    "--destroy", "USA:CHM=500,recover=6", "--route", "CHN>KOR=20%,from=12,for=3",
    "--route", "CHN>KOR=0", "--start", "2", "--for", "7",
)  # fmt: skip


def scenario(*typed: str) -> dict[str, list[dict[str, object]]]:
    """What happens, as JSON tells it."""
    return value(*OUTAGE, *DAYS, *typed)["scenario"]  # type: ignore[no-any-return]


def test_an_event_has_days_of_its_own_and_takes_the_rest_from_the_call() -> None:
    found = scenario(*MANY)
    assert found["outages"] == [
        {"lost": {"JPN:ELE": 0.5}, "start": 5, "days": 4,
         "recovery": {"days": 9, "shape": "convex"}},
        {"lost": {"KOR:ELE": 0.2}, "start": 2, "days": 7, "recovery": None},
    ]  # fmt: skip
    rebuilt, back = found["destructions"]
    assert (rebuilt["start"], rebuilt["days"], rebuilt["recovery"]) == (8, 7, None)
    assert rebuilt["rebuilding"] == {
        "sectors": {"CON": 0.7, "MAC": 0.3}, "tau": 20, "factor": 1.0, "at_home": True
    }  # fmt: skip
    assert (back["start"], back["recovery"], back["rebuilding"]) == (
        2, {"days": 6, "shape": "linear"}, None
    )  # fmt: skip
    assert [(one["share"], one["start"], one["days"]) for one in found["routes"]] == [
        (0.2, 12, 3), (0.0, 2, 7)
    ]  # fmt: skip
    told = said(*OUTAGE, *DAYS, *MANY)
    assert "From day 5, 4 days: capacity lost, in 100: JPN:ELE 50; then back over 9 days" in told
    assert "From day 2, 7 days: capacity lost, in 100: KOR:ELE 20; then all is back." in told
    assert "from day 15 rebuilt by CON 0.7, MAC 0.3 of the regions that were hit, over 20." in told


def test_what_has_the_same_days_is_one_event_however_they_are_said() -> None:
    call = ("--lose", "JPN:ELE=0.5", "--lose", "KOR=0.1", "--start", "3", "--for", "6")
    own = ("--lose", "JPN:ELE=50%,from=3,for=6", "--lose", "KOR=10%,for=6,from=3")
    assert scenario(*call) == scenario(*own)
    assert len(scenario(*own)["outages"]) == 1
    again = ("--lose", "JPN=50%,for=3", "--lose", "JPN=20%,from=9,for=3")
    assert [one["start"] for one in scenario(*again)["outages"]] == [1, 9]
    both = ("--lose", "JPN:ELE=0.5", "--destroy", "JPN:CHM=900,rebuild=CON:1", "--recover", "60")
    found = scenario(*both)
    assert found["outages"][0]["recovery"] == {"days": 60, "shape": "linear"}
    assert found["destructions"][0]["recovery"] is None


def test_events_with_days_of_their_own_are_tabled_and_worked_out_again(tmp_path: Path) -> None:
    out = tmp_path / "fields.json"
    run(*OUTAGE, *DAYS, *MANY, "--fields", str(out))
    wording = json.loads(out.read_text(encoding="utf-8"))["wording"]
    (tabled,) = assessments_in(wording["document"])
    assert tabled.parameters["scenario"]["outages"] == scenario(*MANY)["outages"]
    assert tabled.parameters["scenario"]["routes"] == scenario(*MANY)["routes"]
    assert differences(tabled.document, rerun(tabled, shelf()).document) == ()


LOSE = ("--lose", "JPN:ELE=0.5")
STRUCK = ("--destroy", "JPN:ELE=900")
REBUILT = (*STRUCK, "--rebuild", "CON=1")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ((*LOSE, "--shape", "convex"),
         "--shape says how capacity comes back, and nothing comes back over days; add --recover"),
        ((*LOSE, "--tau", "20"), "--tau says how fast --rebuild rebuilds, and nobody does; add --"),
        ((*STRUCK, "--tau", "20"), "nobody does; add --rebuild SECTOR=SHARE."),
        ((*REBUILT, "--shape", "convex"), "--shape says how capacity comes back, and nothing"),
        (("--route", "CHN>KOR=0", "--recover", "9"),
         "--recover has no effect: a route is open again at once, what is rebuilt"),
        (("--lose", "JPN:ELE=0.5,from=3", "--start", "2"),
         "--start has no effect: each event has a from= of its own; leave it out."),
        (("--lose", "JPN:ELE=0.5,for=3", "--for", "2"), "--for has no effect: each event has a"),
        (("--lose", "JPN:ELE=0.5,recover=3", "--recover", "2"), "--recover has no effect"),
        (("--lose", "JPN:ELE=0.5,recover=3,shape=convex", "--shape", "concave"),
         "--shape has no effect: each event that recovers has a shape= of its own; leave"),
        (("--destroy", "JPN:ELE=9,recover=3", "--rebuild", "CON=1"),
         "--rebuild has no effect: each --destroy says itself how it comes back; leave it out."),
        (("--destroy", "JPN:ELE=9,rebuild=CON:1,tau=9", "--tau", "20"), "--tau has no effect"),
        (("--destroy", "JPN:ELE=9,rebuild=CON:1,at-home=no", "--at-home"), "--at-home has no eff"),
        (("--lose", "JPN:ELE=0.5,shape=convex"), "it comes back at once; add recover=N."),
        (("--destroy", "JPN:ELE=9,tau=9"), "tau= is of what is rebuilt, and this is not; add reb"),
        (("--destroy", "JPN:ELE=9,recover=9,rebuild=CON:1"), "recover= or rebuild=: what is destr"),
        (("--destroy", "JPN:ELE=9,rebuild=CON"), "rebuild CON: expected SECTOR:SHARE, as in CON:"),
        (("--destroy", "JPN:ELE=9,rebuild=CON:1,at-home=perhaps"), "at-home= is yes or no."),
        (("--destroy", "JPN:ELE=20,000"), "rebuild=SECTOR:SHARE+SECTOR:SHARE, tau=N, at-home=yes; "
         "'000' is none of them."),
        (("--route", "CHN>KOR=0.1,recover=5"), "from=DAY, for=N; 'recover=5' is none of them."),
        (("--lose", "JPN:ELE=0.5,from=5,from=6"), "from= stands there twice."),
        (("--lose", "JPN:ELE=0.5,for=soon"), "for=soon is no whole number of days."),
        (("--lose", "JPN=0.5,for=3", "--lose", "JPN=0.2,for=3"), "JPN is named twice."),
        (("--lose", "JPN=0.5,from=50"), "on day 50, and the run ends before: 40 days."),
        ((*REBUILT, "--recover", "9"), "can have its own, as in --lose JPN:ELE=50%,recover=60."),
    ],
)  # fmt: skip
def test_an_option_without_effect_is_refused_by_its_name(
    typed: tuple[str, ...], words: str
) -> None:
    assert words in fault(*OUTAGE, *DAYS, *typed)
