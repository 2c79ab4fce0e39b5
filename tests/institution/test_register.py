from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architrave.institution.register import (
    RegisterError,
    RegisterFault,
    read_register,
    reported_date,
)
from tests.institution.register_texts import (
    EVENTS_HEAD,
    HEADER,
    PARTIES,
    event,
    link,
    promise,
    shipped_register,
    shipped_texts,
    small_register,
    texts,
    unnamed,
)

SECOND = event("ev-second", "2024-02-01")


def faults_of(files: dict[str, str]) -> tuple[RegisterFault, ...]:
    with pytest.raises(RegisterError) as caught:
        read_register(files, PARTIES)
    return caught.value.faults


def places_of(files: dict[str, str]) -> set[tuple[str, int, str]]:
    return {(fault.file, fault.line, fault.field) for fault in faults_of(files)}


def test_a_register_is_read_with_its_links() -> None:
    register = small_register(event() + SECOND, "", link())
    assert register.event_by_id["ev-second"].date.first == date(2024, 2, 1)
    assert register.promise_by_id["cm-yearly"].due == reported_date("2024-08")
    assert [row.event for row in register.fulfilments_of["cm-yearly"]] == ["ev-second"]
    assert register.sources_reach == date(2026, 3, 31)
    assert register.header.title["ko"] == "기록"


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (texts(event(day="2023-02-30")), ("events.csv", 2, "date")),
        (texts(event(day="18-08-2023")), ("events.csv", 2, "date")),
        (texts(event(day="")), ("events.csv", 2, "date")),
        (texts(event(end="2023-08-17")), ("events.csv", 2, "end_date")),
        (texts(event(title="")), ("events.csv", 2, "title")),
        (texts(event(kind="party")), ("events.csv", 2, "kind")),
        (texts(event(parties="AAA;XXX")), ("events.csv", 2, "parties")),
        (texts(event(parties="AAA;AAA")), ("events.csv", 2, "parties")),
        (texts(event(source="")), ("events.csv", 2, "source_url")),
        (texts(event(source="page 7")), ("events.csv", 2, "source_url")),
        (texts(event() + event()), ("events.csv", 3, "id")),
        (texts(event() + event("Summit 2")), ("events.csv", 3, "id")),
        (texts(event() + "ev-x,2024\n"), ("events.csv", 3, "row")),
        (texts(event() + 'ev-x,"2024\n'), ("events.csv", 3, "row")),
        (texts("", promise(at="ev-none")), ("commitments.csv", 2, "made_at")),
        (texts("", promise(at="")), ("commitments.csv", 2, "made_at")),
        (texts("", promise(cadence="weekly")), ("commitments.csv", 2, "cadence")),
        (texts("", promise(due="2023-07")), ("commitments.csv", 2, "due")),
        (texts("", promise(source="")), ("commitments.csv", 2, "source_url")),
        (texts("", promise() + promise()), ("commitments.csv", 3, "id")),
        (texts("", "", link("cm-none", "ev-summit")), ("fulfilments.csv", 2, "commitment_id")),
        (texts("", "", link("cm-yearly", "ev-none")), ("fulfilments.csv", 2, "event_id")),
        (texts("", "", link("cm-yearly", "")), ("fulfilments.csv", 2, "event_id")),
        (texts("", "", link(relation="kept")), ("fulfilments.csv", 2, "relation")),
        (texts("", "", link(event_id="ev-summit", by="")), ("fulfilments.csv", 2, "linked_by")),
        (
            texts(event() + SECOND, "", link(on="2024-01-01")),
            ("fulfilments.csv", 2, "applies_on"),
        ),
        (
            texts("", "", link("cm-yearly", "", "not-held", on="2024-03-01")),
            ("fulfilments.csv", 2, "source_url"),
        ),
        (
            texts("", "", link("cm-yearly", "", "not-held", source="https://example.org/c")),
            ("fulfilments.csv", 2, "applies_on"),
        ),
        (
            texts(
                "",
                promise(cadence="once"),
                link("cm-yearly", "", "not-held", on="2024-09-01", source="https://example.org/c"),
            ),
            ("fulfilments.csv", 2, "applies_on"),
        ),
        (
            texts(event() + event("ev-second", "2023-08-01"), "", link()),
            ("fulfilments.csv", 2, "event_id"),
        ),
        (texts(event() + SECOND, "", link() + link()), ("fulfilments.csv", 3, "row")),
        (texts(header=HEADER.replace("ev-summit", "ev-none")), ("register.toml", 5, "front_event")),
        (
            texts(header=HEADER.replace('licence = "free"', "licence = 3")),
            ("register.toml", 2, "licence"),
        ),
        (texts(header="colour = 1\n" + HEADER), ("register.toml", 1, "colour")),
        (texts(header=HEADER.replace('ja = "欠落"\n', "")), ("register.toml", 22, "gap")),
        (texts(header=HEADER + "broken"), ("register.toml", 26, "file")),
        (texts(names="kind,form\n"), ("unnamed.csv", 1, "columns")),
        (texts(names=unnamed(("rock", "words", 1, "x"))), ("unnamed.csv", 2, "kind")),
        (texts(event(title="On Quillonia")), ("events.csv", 2, "title")),
        (texts(event(source="https://example.org/to-quillonia")), ("events.csv", 2, "source_url")),
        (texts(event("ev-quillonia")), ("events.csv", 2, "id")),
        (texts(header=HEADER.replace('"Register"', '"Quillonia"')), ("register.toml", 8, "text")),
    ],
)
def test_a_fault_is_found_at_its_file_line_and_field(
    files: dict[str, str], place: tuple[str, int, str]
) -> None:
    assert place in places_of(files)


def test_every_fault_is_told_at_once_and_each_in_one_sentence() -> None:
    faults = faults_of(texts(event(day="soon", parties="XXX"), promise(cadence="weekly")))
    assert [(fault.file, fault.field) for fault in faults] == [
        ("commitments.csv", "cadence"),
        ("events.csv", "date"),
        ("events.csv", "parties"),
    ]
    assert str(faults[1]) == (
        "events.csv, line 2, date: expected YYYY-MM-DD or YYYY-MM, found 'soon'"
    )


def test_a_message_about_a_listed_name_does_not_repeat_it() -> None:
    (fault,) = faults_of(texts(event(title="On Quillonia")))
    assert "quillonia" not in str(fault).lower()


@pytest.mark.parametrize("name", ["register.toml", "events.csv", "fulfilments.csv", "unnamed.csv"])
def test_a_missing_file_is_a_fault(name: str) -> None:
    files = {key: text for key, text in texts().items() if key != name}
    assert places_of(files) == {(name, 1, "file")}


@pytest.mark.parametrize(
    "head",
    [
        EVENTS_HEAD.replace("place", "location"),
        EVENTS_HEAD.replace(",place", ""),
        EVENTS_HEAD.replace("end_date", "date"),
        EVENTS_HEAD.replace("source_url", "source_url,scope"),
    ],
)
def test_an_unknown_missing_or_repeated_column_is_a_fault(head: str) -> None:
    files = texts()
    assert ("events.csv", 1, "columns") in places_of({**files, "events.csv": head + event()})


def test_a_row_over_several_lines_keeps_its_first_line_number() -> None:
    longer = '"two\nlines"'
    found = places_of(texts(event(title=longer) + event("ev-second", "never")))
    assert found == {("events.csv", 4, "date")}


def test_an_outsider_of_the_header_may_take_part() -> None:
    register = small_register(event(parties="AAA;ZZZ"))
    assert register.event_by_id["ev-summit"].parties == ("AAA", "ZZZ")


def test_a_month_is_a_date_whose_day_is_not_confirmed() -> None:
    month = reported_date("2024-02")
    assert month is not None
    assert (month.first, month.last, str(month)) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
        "2024-02",
    )
    assert not month.day_known


@given(st.text(max_size=12))
def test_a_date_is_read_only_in_the_spelling_in_which_it_is_written(text: str) -> None:
    found = reported_date(text)
    assert found is None or str(found) == text


@given(st.dates())
def test_every_day_and_month_can_be_written_and_read(day: date) -> None:
    for text in (day.isoformat(), day.isoformat()[:7]):
        found = reported_date(text)
        assert found is not None
        assert str(found) == text
        assert found.first <= day <= found.last


@given(st.permutations([event(), SECOND, event("ev-third", "2025-02-01")]))
def test_the_digest_does_not_depend_on_the_order_of_rows(rows: list[str]) -> None:
    ordered = small_register(event() + SECOND + event("ev-third", "2025-02-01"))
    assert small_register("".join(rows)).digest == ordered.digest


def test_the_digest_tells_any_change_of_a_row() -> None:
    digests = {
        small_register(event()).digest,
        small_register(event(place="City")).digest,
        small_register(event(parties="AAA;BBB")).digest,
        small_register(event() + SECOND).digest,
        small_register(event() + SECOND, "", link()).digest,
    }
    assert len(digests) == 5


def test_a_citation_names_the_row_its_digest_and_the_reach_of_sources() -> None:
    register = small_register()
    cited = register.cite("ev-summit", "ja")
    assert cited.startswith("記録: ev-summit, sha256:")
    assert register.row_digest("ev-summit") in cited
    assert register.digest in cited
    assert "2026-03-31" in cited
    with pytest.raises(KeyError):
        register.cite("ev-none")


def test_the_digest_of_a_row_stays_while_the_register_grows() -> None:
    before, after = small_register(), small_register(event() + SECOND, "", link())
    assert before.row_digest("ev-summit") == after.row_digest("ev-summit")
    assert before.digest != after.digest


def test_the_register_as_of_a_day_holds_what_had_been_made_or_held() -> None:
    register = small_register(event() + event("ev-second", "2024-02"), "", link())
    before = register.as_of(date(2024, 2, 28))
    assert [row.id for row in before.events] == ["ev-summit"]
    assert before.fulfilments == ()
    assert before.sources_reach == date(2024, 2, 28)
    after = register.as_of(date(2024, 2, 29))
    assert [row.id for row in after.events] == ["ev-second", "ev-summit"]
    assert len(after.fulfilments) == 1
    assert register.as_of(date(2023, 8, 17)).promises == ()
    assert register.as_of(date(2030, 1, 1)) == register


@given(st.dates(date(2008, 1, 1), date(2026, 12, 31)))
def test_the_shipped_register_has_no_dangling_link_at_any_day(day: date) -> None:
    register = SHIPPED.as_of(day)
    for row in register.fulfilments:
        assert row.promise in register.promise_by_id
        assert row.event in register.event_by_id
    assert all(row.made_at in register.event_by_id for row in register.promises)


SHIPPED = shipped_register()


def test_the_shipped_register_is_read_without_fault() -> None:
    assert (len(SHIPPED.events), len(SHIPPED.promises)) == (122, 74)
    assert SHIPPED.sources_reach == date(2026, 3, 31)
    assert all(row.linked_by for row in SHIPPED.fulfilments)


def test_the_shipped_list_of_names_is_read_and_guards_both_forms() -> None:
    rows = [line.split(",") for line in shipped_texts()["unnamed.csv"].splitlines()[1:]]
    assert {(kind, form) for kind, form, _, _ in rows} == {
        (kind, form) for kind in ("place", "sea", "exempt") for form in ("words", "letters")
    }


TRILINGUAL = """
[attribution]
en = "Compiled by a desk"
ko = "작성"
ja = "作成"
"""


def test_an_attribution_is_in_three_languages_or_as_before_in_english_alone() -> None:
    plain = HEADER.replace('attribution = "compiled"\n', "")
    register = read_register(texts(header=plain + TRILINGUAL), PARTIES)
    assert register.header.attribution == {
        "en": "Compiled by a desk",
        "ko": "작성",
        "ja": "作成",
    }
    before = small_register()
    assert before.header.attribution == {"en": "compiled"}
    assert before.digest == register.digest


def test_a_licence_is_in_three_languages_or_as_before_in_english_alone() -> None:
    plain = HEADER.replace('licence = "free"\n', "")
    told = plain + "[licence]\nen = 'free'\nko = '자유'\nja = '自由'\n"
    assert read_register(texts(header=told), PARTIES).header.licence["ja"] == "自由"
    assert read_register(texts(), PARTIES).header.licence == {"en": "free"}
    with pytest.raises(RegisterError, match="licence: expected a text in each of"):
        read_register(texts(header=plain + "[licence]\nen = 'free'\n"), PARTIES)


@pytest.mark.parametrize(
    "wrong",
    ["[attribution]\nen = 'Desk'\n", "[attribution]\nen = 'D'\nko = ''\nja = 'D'\n", ""],
    ids=["two-missing", "one-empty", "none"],
)
def test_an_attribution_that_lacks_a_language_is_a_fault(wrong: str) -> None:
    plain = HEADER.replace('attribution = "compiled"\n', "")
    found = places_of(texts(header=plain + wrong))
    line = 1 if not wrong else plain.count("\n") + 1
    assert found == {("register.toml", line, "attribution")}
