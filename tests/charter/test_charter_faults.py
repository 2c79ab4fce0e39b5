"""Every way a charter file can be wrong: found, placed on its line, and found together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from architrave.charter.errors import CharterError, Fault, UnknownId
from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(CharterError) as refused:
        parse_charter(text, "five.toml")
    return refused.value.faults


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


HERE = "the line of the change"

# Each row: what is changed into what; the line that must be named, by words on it (of the changed
# text), or HERE where other lines have the same words; the field; words of what was expected; what
# was found.
CASES: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "format": ("format = 1", "format = 2", "format = 2", "format", "1, the format", "2"),
    "id": ('id = "five-rivers"', 'id = "Five Rivers"', '"Five Rivers"', "id", "small letters",
           '"Five Rivers"'),
    "no nature": ('legal_nature = "binding"\n', "", "", "legal_nature", "political or binding",
                  "nothing"),
    "nature": ('legal_nature = "binding"', 'legal_nature = "moral"', '"moral"', "legal_nature",
               "political or binding", '"moral"'),
    "translation missing": (
        ', fr = "Charte des Cinq Rivières"', "", "title =", "title.fr",
        "the text in the language fr", "nothing"),
    "translation empty": (
        'fr = "Charte des Cinq Rivières"', 'fr = "  "', "title =", "title.fr",
        "the text in the language fr", '"  "'),
    "translation too many": (
        'fr = "Charte des Cinq Rivières"', 'fr = "Charte", de = "Charta"', "title =", "title.de",
        "only en and fr here", "a field of another name"),
    "text is no table": (
        'title = { en = "Parties", fr = "Parties" }', 'title = "Parties"', 'title = "Parties"',
        "articles.1.title", "a table", '"Parties"'),
    "languages": ('languages = ["en", "fr"]', 'languages = ["en", "fr", 3]', "languages",
                  "languages.3", "language codes", "3"),
    "a word twice": ('permits = ["consult", "convene", "minute"]',
                     'permits = ["consult", "consult"]',
                     '"consult", "consult"', "articles.4.permits.2", "each name once",
                     '"consult"'),
    "citation mark": ('fr = "art. {article}" }', 'fr = "art." }', 'fr = "art."',
                      "citation.article.fr", "the mark {article}", '"art."'),
    "paragraph mark": ('"art. {article}, par. {paragraph}"', '"art. {article}"', "paragraph = {",
                       "citation.paragraph.fr", "the mark {paragraph}", '"art. {article}"'),
    "no citation": ("[citation]", "[quotation]", "", "citation", "a table", "nothing"),
    "unknown table": ("[citation]", "[quotation]", "[quotation]", "quotation", "only format",
                      "a field of another name"),
    "no words": ("[words.political]", "[words.moral]", "[words.moral]", "words.political",
                 "a table", "nothing"),
    "receipt hours": ("format = 1", "format = 1\nreceipt_hours = 0", "receipt_hours",
                      "receipt_hours", "a whole number from 1 to 168", "0"),
    "true is no number": ("format = 1", "format = 1\nreceipt_hours = true", "receipt_hours",
                          "receipt_hours", "a whole number from 1 to 168", "true"),
    "party id": ('id = "ALD"', 'id = "Ald"', 'id = "Ald"', "parties.Ald.id", "capital letters",
                 '"Ald"'),
    "party twice": ('id = "BOR"', 'id = "ALD"', HERE, "parties.ALD.id",
                    "not used before", '"ALD"'),
    "time zone": ('"Asia/Kathmandu"', '"UTC+5"', '"UTC+5"', "parties.BOR.time_zone", "IANA",
                  '"UTC+5"'),
    "offset": ('"+05:45"', '"5:45"', '"5:45"', "parties.BOR.utc_offset", "an offset from UTC",
               '"5:45"'),
    "offset too far": ('"+05:45"', '"+15:00"', '"+15:00"', "parties.BOR.utc_offset",
                       "an offset from UTC", '"+15:00"'),
    "no holidays": ("holidays.2026 = [2026-01-01, 2026-06-08, 2026-12-25]\n"
                    "holidays.2027 = [2027-01-01, 2027-06-07]\n", "", "", "parties.ALD.holidays",
                    "a table", "nothing"),
    "empty holidays": ("holidays.2026 = [2026-01-01, 2026-06-08, 2026-12-25]\n"
                       "holidays.2027 = [2027-01-01, 2027-06-07]\n", "holidays = {}\n",
                       "holidays = {}", "parties.ALD.holidays", "at least one year", "none"),
    "holidays no list": ("holidays.2027 = [2027-01-01, 2027-06-07]", "holidays.2027 = 3",
                         "holidays.2027 = 3", "parties.ALD.holidays.2027", "a list of dates", "3"),
    "holiday no date": ("2026-06-08", '"8 June"', '"8 June"', "parties.ALD.holidays.2026.2",
                        "a date such as", '"8 June"'),
    "holiday with a time": ("2026-06-08", "2026-06-08T00:00:00", "2026-06-08T",
                            "parties.ALD.holidays.2026.2", "a date such as",
                            "2026-06-08 00:00:00"),
    "holiday of another year": ("2026-06-08", "2025-06-08", "2025-06-08",
                                "parties.ALD.holidays.2026.2", "a day of 2026", "2025-06-08"),
    "year left out": ("holidays.2027 = [2027-01-01, 2027-06-07]",
                      "holidays.2028 = [2028-01-01, 2028-06-07]", "holidays.2026 = [2026-01-01",
                      "parties.ALD.holidays", "years without a gap", "2026, 2028"),
    "no order": ('en = ["ALD", "BOR", "CAS", "DUN", "EST"]\n', "", "[order]", "order.en",
                 "every party once", "none"),
    "order no permutation": ('en = ["ALD", "BOR", "CAS", "DUN", "EST"]',
                             'en = ["ALD", "BOR", "CAS", "DUN"]', 'en = ["ALD", "BOR"', "order.en",
                             "every party once", "ALD, BOR, CAS, DUN"),
    "order not own first": ('ALD = ["ALD", "BOR", "CAS", "DUN", "EST"]',
                            'ALD = ["BOR", "ALD", "CAS", "DUN", "EST"]', 'ALD = ["BOR"',
                            "order.capital.ALD", "names its own state first", '"BOR"'),
    "no order by capital": ("[order.capital]", "[order.town]", "[order]", "order.capital",
                            "a table", "nothing"),
    "phase twice": ("[[phases]]\nnumber = 1\n",
                    '[[phases]]\nnumber = 1\nname = { en = "A", fr = "A" }\n'
                    "[[phases]]\nnumber = 1\n", "number = 1", "phases.1.number",
                    "not used before", '"1"'),
    "body id": ('id = "FERRY"', 'id = "Ferry"', 'id = "Ferry"', "bodies.Ferry.id",
                "capital letters", '"Ferry"'),
    "body twice": ('id = "FERRY"', 'id = "BASIN"', HERE, "bodies.BASIN.id",
                   "not used before", '"BASIN"'),
    "status": ('status = "proposed"', 'status = "planned"', '"planned"', "bodies.FERRY.status",
               "existing or proposed", '"planned"'),
    "cadence": ('cadence = "quarterly"', 'cadence = "often"', '"often"', "bodies.FERRY.cadence",
                "none, monthly", '"often"'),
    "no cadence": ('cadence = "quarterly"\n', "", "", "bodies.FERRY.cadence", "none, monthly",
                   "nothing"),
    "phase of no list": ("phase = 1\n", 'phase = "x"\n', 'phase = "x"', "bodies.FERRY.phase",
                         "the number of a phase", '"x"'),
    "phase unknown": ("phase = 1\n", "phase = 2\n", "phase = 2", "bodies.FERRY.phase",
                      "the number of a phase", "2"),
    "proposed without phase": ("phase = 1\n", "", "", "bodies.FERRY.phase",
                               "a phase, since the body is proposed", "nothing"),
    "existing without source": (
        'sources = [{ url = "https://basin.example/charter", date = 2020-03-04 }]\n', "", "",
        "bodies.BASIN.sources", "a source, since the body exists", "none"),
    "existing with phase": ('status = "existing"', 'status = "existing"\nphase = 1', "phase = 1",
                            "bodies.BASIN.phase", "no such field in an existing body", "one"),
    "existing absorbs": ('status = "existing"', 'status = "existing"\nabsorbs = ["FERRY"]',
                         "absorbs", "bodies.BASIN.absorbs", "no such field in an existing body",
                         "one"),
    "source address": ("https://basin.example/charter", "basin charter", "basin charter",
                       "bodies.BASIN.sources.1.url", "an http or https address",
                       '"basin charter"'),
    "source undated": (", date = 2020-03-04", "", "sources", "bodies.BASIN.sources.1.date",
                       "a date such as", "nothing"),
    "sources no list": ('sources = [{ url = "https://basin.example/charter", date = 2020-03-04 }]',
                        'sources = "seen"', 'sources = "seen"', "bodies.BASIN.sources",
                        "a list of tables", '"seen"'),
    "source no table": ('[{ url = "https://basin.example/charter", date = 2020-03-04 }]',
                        '["seen"]', '["seen"]', "bodies.BASIN.sources.1", "a table", '"seen"'),
    "parent unknown": ('parent = "BASIN"', 'parent = "DELTA"', 'parent = "DELTA"',
                       "bodies.FERRY.parent", "the id of a body", '"DELTA"'),
    "parent circle": ('parent = "BASIN"', 'parent = "FERRY"', 'parent = "FERRY"',
                      "bodies.FERRY.parent", "no circle of bodies", '"FERRY"'),
    "absorbs unknown": ("phase = 1\nparent", 'phase = 1\nabsorbs = ["DAMS"]\nparent', "absorbs",
                        "bodies.FERRY.absorbs.1", "the id of another body", '"DAMS"'),
    "absorbs itself": ("phase = 1\nparent", 'phase = 1\nabsorbs = ["FERRY"]\nparent', "absorbs",
                       "bodies.FERRY.absorbs.1", "the id of another body", '"FERRY"'),
    "body of a stranger": ('parties = ["ALD", "BOR", "CAS"]',
                           'parties = ["ALD", "BOR", "CAS", "XXX"]', "parties =",
                           "bodies.FERRY.parties", "ALD, BOR, CAS, DUN or EST", '"XXX"'),
    "body of one": ('parties = ["ALD", "BOR", "CAS"]', 'parties = ["ALD"]', "parties =",
                    "bodies.FERRY.parties", "at least two parties", "1"),
    "seat id": ('id = "ALD/FERRY", party = "ALD"', 'id = "ALD-FERRY", party = "ALD"',
                "ALD-FERRY", "bodies.FERRY.seats.ALD-FERRY.id", "an id such as", '"ALD-FERRY"'),
    "seat id of another": ('id = "ALD/FERRY", party = "ALD"', 'id = "ALD/BOAT", party = "ALD"',
                           "ALD/BOAT", "bodies.FERRY.seats.ALD/BOAT.id", '"ALD/FERRY"',
                           '"ALD/BOAT"'),
    "seat twice": ('id = "CLERK/FERRY"', 'id = "CLERK/BASIN"', 'id = "CLERK/BASIN"',
                   "bodies.FERRY.seats.CLERK/BASIN.id", "not used elsewhere", '"CLERK/BASIN"'),
    "seat of a stranger": ('id = "ALD/FERRY", party = "ALD"', 'id = "ALD/FERRY", party = "XXX"',
                           "XXX", "bodies.FERRY.seats.ALD/FERRY.party", "ALD, BOR or CAS",
                           '"XXX"'),
    "seat without party": ('id = "ALD/FERRY", party = "ALD"', 'id = "ALD/FERRY"', "ALD/FERRY",
                           "bodies.FERRY.seats.ALD/FERRY.party", "the id of a party", "nothing"),
    "seat missing": (
        '  { id = "CAS/FERRY", party = "CAS", title = { en = "Delegate of CAS", '
        'fr = "Délégué de CAS" } },\n', "", "", "bodies.FERRY.seats", "one voting seat of CAS",
        "0"),
    "voting": ('id = "CLERK/FERRY", voting = false', 'id = "CLERK/FERRY", voting = "no"',
               "CLERK/FERRY", "bodies.FERRY.seats.CLERK/FERRY.voting", "true or false", '"no"'),
    "chair order": ('order = ["CAS", "ALD", "EST", "BOR", "DUN"]', 'order = ["CAS", "ALD"]',
                    'order = ["CAS", "ALD"]', "bodies.BASIN.chair.order", "every party once",
                    "CAS, ALD"),
    "chair years": ("years = 1\n", "years = 0\n", "years = 0", "bodies.BASIN.chair.years",
                    "a whole number from 1 to 20", "0"),
    "chair gap": ("from = 2027-01-01", "from = 2027-02-01", "from = 2027-02-01",
                  "bodies.BASIN.chair.terms.2.from", "2027-01-01, the day after",
                  "a gap: 2027-02-01"),
    "chair overlap": ("from = 2027-01-01", "from = 2026-12-31", "from = 2026-12-31",
                      "bodies.BASIN.chair.terms.2.from", "2027-01-01, the day after",
                      "an overlap: 2026-12-31"),
    "chair overlap of an open term": (
        "from = 2026-01-01, to = 2026-12-31", 'from = 2027-01-01, to = "not known"',
        'party = "ALD", from', "bodies.BASIN.chair.terms.2.from", "a day after 2027-01-01",
        "an overlap: 2027-01-01"),
    "chair backwards": ("to = 2027-12-31", "to = 2026-12-31", 'party = "ALD", from',
                        "bodies.BASIN.chair.terms.2.to", "2027-01-01 or a later day",
                        "2026-12-31"),
    "chair out of turn": ('party = "ALD", from', 'party = "EST", from', 'party = "EST", from',
                          "bodies.BASIN.chair.terms.2.party", "ALD, whose turn it is", "EST"),
    "chair of a stranger": ('party = "ALD", from', 'party = "XXX", from', 'party = "XXX", from',
                            "bodies.BASIN.chair.terms.2.party", "CAS, ALD, EST, BOR or DUN",
                            "XXX"),
    "chair date": ("from = 2026-01-01", 'from = "spring"', '"spring"',
                   "bodies.BASIN.chair.terms.1.from", '"not known"', '"spring"'),
    "chair no table": ('phase = 1\nparent', 'phase = 1\nchair = "ALD"\nparent', "chair =",
                       "bodies.FERRY.chair", "a table", '"ALD"'),
    "article number": ('number = "2(3)"', 'number = "2.3"', '"2.3"', "articles.2.3.number",
                       'a number such as "7"', '"2.3"'),
    "article twice": ('number = "2(3)"', 'number = "2(2)"', HERE, "articles.2(2).number",
                      "not used before", '"2(2)"'),
    "permit unknown": ('permits = ["report"]', 'permits = ["praise"]', '"praise"',
                       "articles.5(1).permits.1", "table, revise", '"praise"'),
    "permits no list": ('permits = ["report"]', 'permits = "report"', 'permits = "report"',
                        "articles.5(1).permits", "a list of table, revise", '"report"'),
    "instrument unknown": ('instruments = ["statement"]', 'instruments = ["song"]', '"song"',
                           "articles.2(4).instruments.1", "arrangement, plan", '"song"'),
    "instruments without decision": (
        'permits = ["report"]', 'permits = ["report"]\ninstruments = ["plan"]',
        'instruments = ["plan"]', "articles.5(1).instruments", "no instruments", "some"),
    "rule unknown": ('rule = "any-one"', 'rule = "majority"', '"majority"', "articles.4.rule",
                     "all-concur, consensus(n)", '"majority"'),
    "rule no text": ('rule = "any-one"', "rule = 1", "rule = 1", "articles.4.rule",
                     "all-concur, consensus(n)", "1"),
    "decide without rule": ('rule = "all-concur"\n', "", "", "articles.2(2).rule",
                            "a rule, since it permits decide", "nothing"),
    "decide by any one": ('rule = "all-concur"', 'rule = "any-one"', 'rule = "any-one"',
                          "articles.2(2).rule", "all-concur, consensus or at-least to decide",
                          "any-one"),
    "silence by consensus": ('rule = "silence"', 'rule = "consensus(2)"', 'rule = "consensus(2)"',
                             "articles.3(1).rule", "silence to silence", "consensus(2)"),
    "silence not permitted": ('permits = ["consult", "convene", "minute"]\nrule = "any-one"',
                              'permits = ["consult", "convene", "minute"]\nrule = "silence"',
                              '"consult", "convene"', "articles.4.permits", '"silence"',
                              "consult, convene, minute"),
    "silence without period": ("minimum_period = { working_days = 3 }\n", "", "",
                               "articles.3(1).minimum_period",
                               "a minimum period, since it permits silence", "nothing"),
    "withdrawal without period": ("minimum_period = { days = 365 }\n", "", "",
                                  "articles.6.minimum_period",
                                  "a minimum period, since it permits withdraw", "nothing"),
    "period of two units": ("{ days = 365 }", "{ days = 365, hours = 1 }", "{ days = 365, hours",
                            "articles.6.minimum_period", "one of hours, days and working_days",
                            "hours and days"),
    "period of no unit": ("{ days = 365 }", "{ weeks = 52 }", "{ weeks",
                          "articles.6.minimum_period", "one of hours, days and working_days",
                          "none of them"),
    "period of nothing": ("{ days = 365 }", "{ days = 0 }", "{ days = 0",
                          "articles.6.minimum_period.days", "a whole number from 1 to 3660", "0"),
    "period no table": ("{ days = 365 }", '"a year"', '"a year"', "articles.6.minimum_period",
                        "a table", '"a year"'),
    "at-least not procedural": ("procedural = true\n", "", 'rule = "at-least(3)"',
                                "articles.2(5).rule", "at-least(n) in a procedural article only",
                                "at-least(3) in another"),
    "procedural": ("procedural = true", 'procedural = "yes"', 'procedural = "yes"',
                   "articles.2(5).procedural", "true or false", '"yes"'),
    "more than a body has": ('rule = "consensus(3)"', 'rule = "consensus(4)"',
                             'rule = "consensus(4)"', "articles.2(3).rule",
                             "a number up to 3, the parties", "consensus(4)"),
    "article of no body": ('bodies = ["BASIN"]', 'bodies = ["DELTA"]', 'bodies = ["DELTA"]',
                           "articles.2(6).bodies.1", "the id of a body", '"DELTA"'),
    "article nature": ('legal_nature = "political"', 'legal_nature = "soft"', '"soft"',
                       "articles.2(4).legal_nature", "political or binding", '"soft"'),
    "actor": ('by = "party-concerned"', 'by = "chair"', 'by = "chair"', "articles.5(1).by",
              "any-party or party-concerned", '"chair"'),
    "accepter unknown": ('accepts_evidence = "all-others"', 'accepts_evidence = "nobody"',
                         '"nobody"', "articles.5(3).accepts_evidence", "any-other, chair",
                         '"nobody"'),
    "accepter missing": ('accepts_evidence = "all-others"\n', "", "",
                         "articles.5(3).accepts_evidence", "exactly where accept-report",
                         "nothing"),
    "accepter idle": ('permits = ["report"]', 'permits = ["report"]\naccepts_evidence = "chair"',
                      'accepts_evidence = "chair"', "articles.5(1).accepts_evidence",
                      "exactly where accept-report", '"chair"'),
    "chair without dates": ('accepts_evidence = "all-others"', 'accepts_evidence = "chair"',
                            'accepts_evidence = "chair"', "articles.5(3).accepts_evidence",
                            "a dated chair of FERRY", "none"),
    "amend by some": ('bodies = ["BASIN"]\ninstruments = ["charter', 'instruments = ["charter',
                      "[[articles]]",
                      "articles.2(6).bodies", "only bodies of every party, since it permits amend",
                      "FERRY, of 3 of 5 parties"),
    "phase opened by some": ('permits = ["consult", "convene", "minute"]',
                             'permits = ["consult", "open-phase"]', "[[articles]]",
                             "articles.4.bodies", "only bodies of every party",
                             "FERRY, of 3 of 5 parties"),
    "amend without decide": ('permits = ["report"]', 'permits = ["report", "amend"]', '"amend"]',
                             "articles.5(1).permits", '"decide" beside "amend"',
                             "report, amend"),
    "two articles for one purpose": (
        'instruments = ["programme", "plan"]', 'instruments = ["programme", "note"]',
        "permits", "articles.2(5).permits", "another purpose than article 2(3)",
        '"decide" for the same bodies and instruments'),
    "article field": ('by = "party-concerned"', 'who = "party-concerned"', "who =",
                      "articles.5(1).who", "only number, title", "a field of another name"),
    "platform member": ('relation = "contact"', 'relation = "member"', '"member"',
                        "platforms.DELTA.relation", "contact", '"member"'),
    "platform is a body": ('id = "DELTA"', 'id = "BASIN"', HERE,
                           "platforms.BASIN.id", "no body of the charter", "BASIN"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_found_and_placed(five_text: str, case: str) -> None:
    old, new, on_line, field, expected, found = CASES[case]
    text = changed(five_text, old, new)
    match = [
        fault
        for fault in faults_of(text)
        if fault.field == field and expected in fault.expected and fault.found == found
    ]
    assert len(match) == 1, faults_of(text)
    line = match[0].line
    assert line is None or 1 <= line <= text.count("\n")
    if on_line == HERE:
        assert line == five_text[: five_text.index(old)].count("\n") + 1
    elif on_line:
        assert line is not None
        assert on_line in text.split("\n")[line - 1]


def test_the_unchanged_file_has_no_fault(five_text: str) -> None:
    assert parse_charter(five_text, "five.toml").id == "five-rivers"


def test_all_faults_are_told_at_once_and_by_line(five_text: str) -> None:
    text = changed(five_text, "phase = 1\n", 'phase = "x"\n')
    text = changed(text, 'rule = "silence"', 'rule = "majority"')
    text = changed(text, "format = 1", "format = 9")
    text = changed(text, '"+05:45"', '"noon"')
    faults = faults_of(text)
    assert [fault.field for fault in faults] == [
        "format", "parties.BOR.utc_offset", "bodies.FERRY.phase", "articles.3(1).rule",
    ]  # fmt: skip
    lines = [fault.line for fault in faults if fault.line is not None]
    assert len(lines) == 4
    assert lines == sorted(lines)


def test_a_fault_is_one_sentence_with_file_line_and_field(five_text: str) -> None:
    text = changed(five_text, "phase = 1\n", 'phase = "x"\n')
    line = text.split("\n").index('phase = "x"') + 1
    with pytest.raises(CharterError) as refused:
        parse_charter(text, "rivers.toml")
    assert str(refused.value) == (
        f'rivers.toml, line {line}, bodies.FERRY.phase: expected the number of a phase, found "x".'
    )


def test_phases_are_listed_where_there_are_several(trilateral_text: str) -> None:
    text = changed(trilateral_text, "\nphase = 1\n", '\nphase = "x"\n')
    with pytest.raises(CharterError) as refused:
        parse_charter(text, "trilateral.toml")
    assert 'bodies.TDC.phase: expected 1, 2 or 3, found "x".' in str(refused.value)


def test_a_fault_without_a_line_names_the_file_only() -> None:
    error = CharterError("a.toml", [Fault(None, "format", "1", "nothing")])
    assert str(error) == "a.toml, format: expected 1, found nothing."


@pytest.mark.parametrize(
    ("text", "line"),
    [("id = \n", 1), ("a = 1\nb = [\n", 2), ("a = 1\na = 2\n", 2), ("a = 1\n\n= 3\n", 3)],
)
def test_text_that_is_not_toml_is_placed_too(text: str, line: int) -> None:
    (fault,) = faults_of(text)
    assert (fault.line, fault.field, fault.expected) == (line, "the file", "well-formed TOML")


def test_an_empty_file_lacks_everything() -> None:
    fields = {fault.field for fault in faults_of("")}
    assert {"format", "id", "languages", "legal_nature", "title", "citation", "words", "parties",
            "order", "bodies", "articles"} <= fields  # fmt: skip


@pytest.mark.parametrize("count", [1, 7])
def test_a_charter_has_two_to_six_parties(five_text: str, count: int) -> None:
    start, end = five_text.index("[[parties]]"), five_text.index("[order]")
    first = five_text[start : five_text.index("[[parties]]", start + 1)]
    blocks = "".join(first.replace('"ALD"', f'"P{number}"') for number in range(count))
    faults = faults_of(five_text[:start] + blocks + five_text[end:])
    assert any(fault.field == "parties" and fault.expected == "2 to 6 parties" for fault in faults)


def test_a_political_text_does_not_carry_a_binding_verb(five_text: str) -> None:
    text = changed(five_text, 'legal_nature = "binding"', 'legal_nature = "political"')
    faults = [fault for fault in faults_of(text) if "verb" in fault.expected]
    assert {fault.field for fault in faults} == {
        "articles.2(2).text.en", "articles.2(3).text.en", "articles.2(6).text.en",
        "articles.5(1).text.en", "articles.6.text.en",
    }  # fmt: skip
    assert {fault.found for fault in faults} == {'the binding "shall"'}


def test_a_political_text_does_not_carry_a_binding_word(trilateral_text: str) -> None:
    for old, new, field, found in [
        ('en = "Equal parties"', 'en = "The obligation to be equal"', "articles.1(1).title.en",
         "obligation"),
        ("동의할 때 공개된다.", "동의할 의무를 진다.", "articles.9(3).text.ko", "의무"),
        ("最初の任期の開始日は", "義務の開始日は", "bodies.SEC.chair.note.ja", "義務"),
    ]:  # fmt: skip
        (fault,) = faults_of(changed(trilateral_text, old, new))
        assert (fault.field, fault.found) == (field, f'the binding "{found}"')
        assert fault.expected == "the word of a political text"


def test_a_long_value_is_cut_in_the_message(five_text: str) -> None:
    text = changed(five_text, 'id = "five-rivers"', f'id = "{"A" * 500}"')
    (fault,) = faults_of(text)
    assert len(fault.found) < 70


def test_lookups_by_unknown_ids_are_refused(five: Charter) -> None:
    for lookup, kind in [
        (five.party, "party"), (five.body, "body"), (five.seat, "seat"), (five.article, "article"),
        (five.order, "order of names for"), (five.words_for, "words for the legal nature"),
    ]:  # fmt: skip
        with pytest.raises(UnknownId) as refused:
            lookup("nowhere")
        assert str(refused.value) == f"the charter has no {kind} 'nowhere'."
    with pytest.raises(UnknownId, match="no seat in FERRY of the party 'DUN'"):
        five.body("FERRY").seat_of("DUN")
    with pytest.raises(UnknownId, match="order of names"):
        five.order("en", "XXX")
    assert five.find_body("X") is five.find_seat("X") is five.find_article("X") is None
