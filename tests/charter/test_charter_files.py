"""The shipped charter and the invented one: they check, and say what they are meant to say."""

from __future__ import annotations

import csv
import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from architrave.charter.days import Period, Unit
from architrave.charter.model import PERMITS, Charter
from architrave.charter.parse import charter_digest_bytes, parse_charter
from architrave.charter.rules import Rule, RuleName

REPOSITORY = Path(__file__).parents[2]
GLOSSARY = REPOSITORY.parent / "shared" / "data" / "glossary" / "terms.csv"
EXISTING = (
    "LEAD",
    "FM",
    "DEF",
    "FIN",
    "COMIND",
    "NSA",
    "DTT",
    "TSCF",
    "IPD",
    "ESD",
    "SEC",
    "BOARD",
)
PROPOSED = ("TDC", "TDCWL", "ESF", "ESFSC", "ESFBT", "T15", "T2", "YOUTH")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def glossary() -> dict[str, dict[str, str]]:
    if not GLOSSARY.exists():
        pytest.skip("the shared glossary is not beside this repository")
    return {row["id"]: row for row in rows(GLOSSARY)}


def test_the_digest_is_that_of_the_files_bytes(trilateral: Charter, trilateral_text: str) -> None:
    raw = (REPOSITORY / "charters" / "trilateral.toml").read_bytes()
    assert charter_digest_bytes(trilateral_text) == sha256(raw).digest()
    assert trilateral.digest == sha256(raw).hexdigest()
    assert charter_digest_bytes("가") == sha256("가".encode()).digest()


def test_reading_twice_gives_one_value(trilateral: Charter, trilateral_text: str) -> None:
    again = parse_charter(trilateral_text, "another name.toml")
    assert again == trilateral
    assert hash(again) == hash(trilateral)
    assert parse_charter(trilateral_text + "# a remark\n", "x").digest != trilateral.digest


def test_the_head_of_the_file_says_what_it_is(trilateral_text: str) -> None:
    head = " ".join(
        line.removeprefix("#").strip()
        for line in trilateral_text.split("\n\nformat")[0].split("\n")
    )
    for words in ("an illustration compiled from public sources", "No government has adopted it",
                  'The bodies marked "proposed" do not exist'):  # fmt: skip
        assert words in head


def test_bodies_are_existing_with_source_or_proposed_with_phase(trilateral: Charter) -> None:
    assert tuple(one.id for one in trilateral.bodies if not one.proposed) == EXISTING
    assert tuple(one.id for one in trilateral.bodies if one.proposed) == PROPOSED
    for body in trilateral.bodies:
        assert (body.phase is not None) is body.proposed
        # The working level and the groups are proposed with the body above them.
        above = body if body.parent is None else trilateral.body(body.parent)
        assert body.sources or above.sources
        assert body.sources or body.proposed
    phases = {one.id: one.phase for one in trilateral.bodies if one.proposed}
    assert phases == {"TDC": 1, "TDCWL": 1, "ESF": 2, "ESFSC": 2, "ESFBT": 2, "T15": 3, "T2": 3,
                      "YOUTH": 3}  # fmt: skip
    assert trilateral.body("TDC").absorbs == ("DTT", "TSCF")
    assert trilateral.body("TDCWL").parent == "TDC"
    assert {trilateral.body(one).parent for one in ("ESFSC", "ESFBT")} == {"ESF"}


def test_each_source_stands_in_the_register_or_the_glossary(trilateral: Charter) -> None:
    events = rows(REPOSITORY / "data" / "register" / "events.csv")
    commitments = rows(REPOSITORY / "data" / "register" / "commitments.csv")
    dated = {(one["source_url"], one["date"]) for one in events}
    dated |= {(one["source_url"], one["made_on"]) for one in commitments}
    found = {
        (source.url, source.date.isoformat())
        for body in trilateral.bodies
        for source in body.sources
        if not body.proposed
    }
    elsewhere = {url for url, day in found - dated}
    assert len(found & dated) >= len(EXISTING) - 1
    assert {body.id for body in trilateral.bodies if not body.proposed and not any(
        (one.url, one.date.isoformat()) in dated for one in body.sources)} == set()  # fmt: skip
    if elsewhere:
        pages = {
            row[key] for row in glossary().values() for key in ("ko_source_url", "ja_source_url")
        }
        assert elsewhere <= pages


def test_every_party_has_one_voting_seat_in_every_body(trilateral: Charter) -> None:
    for body in trilateral.bodies:
        assert body.parties == ("JPN", "KOR", "USA")
        for party in body.parties:
            seat = body.seat_of(party)
            assert (seat.id, seat.party, seat.body) == (f"{party}/{body.id}", party, body.id)
            assert trilateral.find_seat(seat.id) is seat
    general = trilateral.seat("SG/SEC")
    assert (general.party, general.voting, general.title["en"]) == (
        None,
        False,
        "Secretary-General",
    )


def test_the_secretariats_rotation_gives_no_date_that_is_not_known(trilateral: Charter) -> None:
    chair = trilateral.body("SEC").chair
    assert chair is not None
    assert (chair.order, chair.years, chair.dated) == (("KOR", "USA", "JPN"), 2, False)
    assert [(term.first, term.last) for term in chair.terms] == [(None, None)] * 3
    assert chair.chair_on(date(2025, 6, 1)) is None
    assert chair.note is not None
    assert "20 November 2024" in chair.note["en"]
    assert "2024년 11월 20일" in chair.note["ko"]
    assert "2024年11月20日" in chair.note["ja"]
    assert trilateral.body("SEC").sources[0].date == date(2024, 11, 20)


def test_each_copy_names_its_own_state_first(trilateral: Charter) -> None:
    assert trilateral.order("ko") == ("KOR", "USA", "JPN")
    assert trilateral.order("ja") == ("JPN", "USA", "KOR")
    assert trilateral.order("en") == ("JPN", "KOR", "USA")
    english = [trilateral.party(one).full["en"] for one in trilateral.order("en")]
    assert english == sorted(english)
    for language in trilateral.languages:
        assert trilateral.order(language, "USA") == ("USA", "JPN", "KOR")
        for party in trilateral.party_ids:
            assert trilateral.order(language, party)[0] == party


def test_the_orders_join_to_the_customary_names_of_the_three(trilateral: Charter) -> None:
    def joined(language: str, capital: str, joint: str) -> str:
        order = trilateral.order(language, capital)
        return joint.join(trilateral.party(one).adjective[language] for one in order)

    assert joined("ko", "KOR", "") == "한미일"
    assert joined("ja", "JPN", "") == "日米韓"
    assert joined("en", "USA", "-") == "US-Japan-ROK"


def test_clocks_are_fixed_offsets(trilateral: Charter) -> None:
    clocks = {one.id: (one.time_zone, one.utc_offset) for one in trilateral.parties}
    assert clocks == {
        "JPN": ("Asia/Tokyo", "+09:00"),
        "KOR": ("Asia/Seoul", "+09:00"),
        "USA": ("America/New_York", "-05:00"),
    }
    assert {one.offset_minutes for one in trilateral.parties} == {540, -300}
    for party in trilateral.parties:
        assert party.holiday_years == (2026, 2027)
        assert {day.year for day in party.holidays} == {2026, 2027}


def test_offsets_of_the_invented_parties(five: Charter) -> None:
    offsets = {one.id: (one.utc_offset, one.offset_minutes) for one in five.parties}
    assert offsets == {
        "ALD": ("+00:00", 0), "BOR": ("+05:45", 345), "CAS": ("-03:30", -210),
        "DUN": ("+12:00", 720), "EST": ("-05:00", -300),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("term", "field"),
    [("leaders-summit", "LEAD"), ("fm-meeting", "FM"), ("dm-meeting", "DEF"), ("dtt", "DTT"),
     ("finance-meeting", "FIN"), ("industry-meeting", "COMIND"), ("nsa-meeting", "NSA"),
     ("tscf", "TSCF"), ("indo-pacific-dialogue", "IPD"), ("econ-security-dialogue", "ESD"),
     ("secretariat", "SEC"), ("managing-board", "BOARD"), ("defence-council", "TDC"),
     ("econ-forum", "ESF")],
)  # fmt: skip
def test_titles_of_bodies_are_those_of_the_glossary(
    trilateral: Charter, term: str, field: str
) -> None:
    row = glossary()[term]
    assert dict(trilateral.body(field).name) == {one: row[one] for one in ("ko", "ja", "en")}


def test_names_of_the_parties_are_those_of_the_glossary(trilateral: Charter) -> None:
    for term, party in [("name-rok", "KOR"), ("name-japan", "JPN"), ("name-usa", "USA")]:
        row = glossary()[term]
        assert dict(trilateral.party(party).full) == {one: row[one] for one in ("ko", "ja", "en")}


def test_articles_cover_what_the_institution_asks_for(trilateral: Charter) -> None:
    asked = {permit for article in trilateral.articles for permit in article.permits}
    assert asked == set(PERMITS) - {"recall"}
    for body in trilateral.bodies:
        for permit in asked:
            assert trilateral.article_for(body.id, permit) is not None


@pytest.mark.parametrize(
    ("instrument", "nature", "number", "rule"),
    [
        ("arrangement", "political", "3(1)", "all-concur"),
        ("plan", "political", "3(1)", "all-concur"),
        ("note", "political", "3(1)", "all-concur"),
        ("arrangement", "binding", "3(2)", "all-concur"),
        ("charter-amendment", "political", "3(3)", "all-concur"),
        ("statement", "political", "3(4)", "consensus(2)"),
        ("programme", "political", "3(4)", "consensus(2)"),
    ],
)
def test_each_instrument_is_decided_under_one_article(
    trilateral: Charter, instrument: str, nature: str, number: str, rule: str
) -> None:
    for body in trilateral.bodies:
        article = trilateral.article_for(body.id, "decide", instrument, nature)
        assert article is not None
        assert (article.number, str(article.rule)) == (number, rule)


def test_what_is_not_provided_for_has_no_article(trilateral: Charter) -> None:
    assert trilateral.article_for("TDC", "decide", "plan", "binding") is None
    assert trilateral.article_for("TDC", "silence", "statement") is None
    assert trilateral.article_for("TDC", "recall") is None
    assert trilateral.article_permitting("recall") is None


def test_silence_has_a_shorter_period_in_the_groups_only(trilateral: Charter) -> None:
    for body in trilateral.bodies:
        article = trilateral.article_for(body.id, "silence", "plan")
        assert article is not None
        assert article.rule == Rule(RuleName.SILENCE)
        short = body.id in ("ESFSC", "ESFBT")
        expected = Period(Unit.HOURS, 24) if short else Period(Unit.WORKING_DAYS, 2)
        assert (article.number, article.minimum_period) == ("4(2)" if short else "4(1)", expected)
    assert [one.number for one in trilateral.articles_for("ESFSC", "silence")] == ["4(2)", "4(1)"]


def test_leaving_takes_ninety_days_and_evidence_another_party(trilateral: Charter) -> None:
    assert trilateral.article("7(1)").minimum_period == Period(Unit.DAYS, 90)
    assert trilateral.article("6(2)").accepts_evidence == "any-other"
    assert trilateral.article("7(1)").by == "party-concerned"


def test_no_article_lets_some_decide_for_all(trilateral: Charter) -> None:
    assert not any(article.procedural for article in trilateral.articles)
    names = {article.rule.name for article in trilateral.articles if article.rule is not None}
    assert RuleName.AT_LEAST not in names


def test_articles_are_cited_as_each_language_does(trilateral: Charter, five: Charter) -> None:
    cited = [trilateral.citation("7(2)", one) for one in ("ko", "ja", "en")]
    assert cited == ["제7조제2항", "第7条2", "Art. 7(2)"]
    assert [trilateral.citation("10", one) for one in ("ko", "ja", "en")] == [
        "제10조", "第10条", "Art. 10",
    ]  # fmt: skip
    assert five.citation("2(3)", "fr") == "art. 2, par. 3"


def test_numbers_cited_in_a_text_exist(trilateral: Charter) -> None:
    for article in trilateral.articles:
        for language, pattern in [("en", r"Art\. (\d+)\((\d+)\)"), ("ko", r"제(\d+)조제(\d+)항"),
                                  ("ja", r"第(\d+)条(\d+)")]:  # fmt: skip
            for number, paragraph in re.findall(pattern, article.text[language]):
                assert trilateral.find_article(f"{number}({paragraph})") is not None


def test_words_follow_the_legal_nature(trilateral: Charter) -> None:
    assert trilateral.words_for().standing["en"] == "in effect"
    assert trilateral.words_for("binding").standing["ko"] == "발효 중"
    assert trilateral.words_for("binding").commitment["en"] == "obligation"
    assert trilateral.words_for().commitment["ja"] == "コミットメント"


def test_outside_platforms_are_contacts_and_no_bodies(trilateral: Charter) -> None:
    assert [one.id for one in trilateral.platforms] == ["QUAD", "ARF", "IPEF", "TCS"]
    assert all(trilateral.find_body(one.id) is None for one in trilateral.platforms)


def test_the_invented_charter_shows_what_the_shipped_one_does_not(five: Charter) -> None:
    assert (five.legal_nature, five.languages, five.receipt_hours) == ("binding", ("en", "fr"), 6)
    assert five.body("FERRY").parties == ("ALD", "BOR", "CAS")
    agenda = five.article_for("BASIN", "decide", "note")
    assert agenda is not None
    assert (agenda.rule, agenda.procedural) == (Rule(RuleName.AT_LEAST, 3), True)
    assert five.order("fr") == ("EST", "DUN", "CAS", "BOR", "ALD")
    assert five.order("en", "CAS") == ("CAS", "DUN", "EST", "ALD", "BOR")


@pytest.mark.parametrize(
    ("day", "party"),
    [(date(2025, 12, 31), None), (date(2026, 1, 1), "CAS"), (date(2026, 12, 31), "CAS"),
     (date(2027, 1, 1), "ALD"), (date(2028, 1, 1), None)],
)  # fmt: skip
def test_the_chair_on_a_day_is_told_from_dates_only(
    five: Charter, day: date, party: str | None
) -> None:
    chair = five.body("BASIN").chair
    assert chair is not None
    assert chair.chair_on(day) == party
