"""The critical-goods list: read, written, tabled, followed by the next, refused by its faults."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from desk_examples import notebook
from goods_scenes import (
    BODY,
    LANGUAGES,
    SOURCE,
    TABLED,
    agree,
    day_of,
    good,
    listed,
    named,
    table,
    words,
)
from hypothesis import given
from hypothesis import strategies as some
from world import World, load_charter

from architrave.desks.customs_codes import is_hs_code
from architrave.desks.errors import BadInput
from architrave.desks.evidence import bytes_of
from architrave.desks.goods.changes import Lack, LackKind, changes, lacks, latest_review
from architrave.desks.goods.document import (
    LONGEST_DOCUMENT,
    list_in,
    review_pledges,
    wording_of_list,
)
from architrave.desks.goods.model import Good, GoodsList, evidence_fault
from architrave.desks.goods.reading import MOST_GOODS, read_goods
from architrave.desks.goods.tabled import fitting, lists_in, proposed, replaced_by, standing
from architrave.desks.goods.writing import written
from architrave.institution import acts
from architrave.institution.pending import all_matters, status

DAY = date(2026, 11, 1)
HEAD = "id,owner,hs,stage,evidence,review,removed," + ",".join(
    f"{part}.{one}" for part in ("name", "why") for one in LANGUAGES
)
WORDS = "필름,フィルム,film,까닭,理由,why"
ROW = f"film,JPN,370130,,https://example.org/a,2028-06-30,,{WORDS}"


def read(*rows: str, head: str = HEAD) -> GoodsList:
    return read_goods("goods.csv", "\n".join([head, *rows]), named())


# -- a table that somebody brings ---------------------------------------------------------------


def test_a_table_is_read_with_evidence_by_symbol_by_digest_and_by_address() -> None:
    found = read(
        ROW,
        f"resist,KOR,,sem_photoresist,ESF/2027/KOR/9;{SOURCE.format('b')},2028-01-31,,{WORDS}",
        f"gas,USA,28;2811,,sha256:{TABLED},2027-12-31,no,{WORDS}",
        f"old,,,,,,yes,{WORDS}",
    )
    assert sorted(found.goods) == ["film", "gas", "resist"]
    assert found.goods["resist"].evidence == (f"sha256:{TABLED}", SOURCE.format("b"))
    assert found.goods["gas"].hs == ("28", "2811")
    assert found.goods["film"].review == date(2028, 6, 30)
    assert found.removed == {"old": {"ko": "까닭", "ja": "理由", "en": "why"}}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW.replace("https://example.org/a", ""), "evidence is empty"),
        (ROW.replace("2028-06-30", ""), "review must be a date such as"),
        (ROW.replace("2028-06-30", "2028-6-30"), "review must be a date such as"),
        (ROW.replace("https://example.org/a", "http://example.org/a"), "evidence: it is neither"),
        (ROW.replace("https://example.org/a", "https://a:b@example.org/"), "it is neither"),
        (ROW.replace("https://example.org/a", "sha256:12"), "a digest is sha256: and 64"),
        (ROW.replace("https://example.org/a", f"sha256:{'cd' * 32}"), "no matter in this record"),
        (ROW.replace("https://example.org/a", "ESF/2027/KOR/8"), "evidence: 'ESF/2027/KOR/8' is"),
        (ROW.replace("370130", ""), "hs and stage are both empty"),
        (ROW.replace("370130", "3701301"), "hs must be codes of 2, 4, 6, 8 or 10 digits"),
        (ROW.replace("370130,", ",sem_nothing"), "no product chain has the stage 'sem_nothing'"),
        (ROW.replace("JPN", "FRA"), "owner must be one of JPN, KOR, USA, not 'FRA'"),
        (ROW.replace("film,JPN", "Film 1,JPN"), "id must be lower-case letters"),
        (ROW.replace(",why", ","), "why.en is empty"),
        (ROW.replace("フィルム", ""), "name.ja is empty"),
        (ROW.replace(",,필름", ",perhaps,필름"), "removed must be one of yes, no"),
        (ROW.replace(",,필름", ",yes,필름"), "evidence must be empty where a good is removed"),
        (f"{ROW}\n{ROW}", "the id 'film' is that of goods.csv, line 2"),
    ],
)
def test_a_row_that_is_no_good_is_refused_by_its_place(row: str, said: str) -> None:
    with pytest.raises(BadInput) as fault:
        read(row)
    assert said in str(fault.value)
    assert str(fault.value).startswith("goods.csv, line ")


def test_an_empty_table_and_one_too_long_are_no_lists() -> None:
    with pytest.raises(BadInput, match=r"goods\.csv: it has no row"):
        read()
    many = [ROW.replace("film,JPN", f"film-{one},JPN") for one in range(MOST_GOODS + 1)]
    with pytest.raises(BadInput, match="201 rows, over 200"):
        read(*many)
    with pytest.raises(BadInput, match=r"there is no column why\.ja"):
        read(ROW, head=HEAD.replace(",why.ja", ""))


text = some.text(
    some.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1
)
said = some.fixed_dictionaries({one: text for one in LANGUAGES})
name = some.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)
made = some.builds(
    good,
    name,
    name=said,
    why=said,
    hs=some.sets(some.from_regex(r"[0-9]{2}([0-9]{2}){0,4}", fullmatch=True), min_size=1).map(
        lambda codes: tuple(sorted(codes))
    ),
    review=some.dates(date(2027, 1, 1), date(2030, 1, 1)),
    owner=some.sampled_from(["JPN", "KOR", "USA"]),
    evidence=some.just((f"sha256:{TABLED}", SOURCE.format("a"))),
)


@given(some.lists(made, min_size=1, max_size=5, unique_by=lambda one: one.id))
def test_a_list_is_written_as_the_table_and_the_document_it_is_read_from(goods: list[Good]) -> None:
    given_list = listed(*goods)
    again = read_goods("goods.csv", written(given_list, LANGUAGES), named())
    assert again.digest == given_list.digest
    found = list_in(wording_of_list(given_list, words("t"), words("s")).document)
    assert found is not None
    assert (found.digest, dict(found.goods)) == (given_list.digest, dict(given_list.goods))


# -- the text of a matter -----------------------------------------------------------------------


def test_a_wording_names_the_list_and_the_assessments_behind_it() -> None:
    goods = listed(good(evidence=(SOURCE.format("a"), f"sha256:{TABLED}")), good("gas"))
    found = wording_of_list(goods, words("t"), words("s"))
    assert (found.instrument, found.nature) == ("plan", "political")
    assert found.digests == {"list": goods.digest, "dry-film 2": TABLED}


def test_a_text_of_another_kind_is_no_list() -> None:
    for document in ("", "words", "[]", '{"kind":"exercise-programme"}', "{" * 5000, "\ud800"):
        assert list_in(document) is None
    assert list_in(" " * (LONGEST_DOCUMENT + 1)) is None


def spoiled(**changed: object) -> str:
    document = listed(good()).document
    document["goods"][0].update(changed)
    return bytes_of(document).decode()


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (spoiled(evidence=[]), "goods[0]: 'dry-film' is without evidence"),
        (spoiled(evidence=["hearsay"]), "goods[0]: evidence 'hearsay': it is neither"),
        (spoiled(review=""), "goods[0]: 'dry-film' is without a day of review"),
        (spoiled(review="soon"), "without a day of review"),
        (spoiled(hs=["37013"]), "hs holds what is no HS code"),
        (spoiled(hs=[]), "nothing says which good 'dry-film' is"),
        (spoiled(name={}), "a good has an id, a name and a reason"),
        (spoiled(id=""), "a good has an id, a name and a reason"),
        (spoiled(price=1), "unknown field `price`"),
        (spoiled(review=None), "Expected `str`, got `null`"),
        (bytes_of({**listed(good()).document, "format": 2}).decode(), "of format 1 was expected"),
        (json.dumps(listed(good()).document), "not in the one spelling"),
        (
            bytes_of({**listed(good()).document, "goods": listed(good()).document["goods"] * 2})
            .decode(),
            "goods[1]: 'dry-film' stands there twice",
        ),
    ],
)  # fmt: skip
def test_a_document_that_says_it_is_a_list_and_is_none_is_refused(document: str, said: str) -> None:
    with pytest.raises(BadInput) as fault:
        list_in(document)
    assert said in str(fault.value)
    assert str(fault.value).startswith("document: ")


def test_a_review_is_a_commitment_of_its_owner() -> None:
    charter = load_charter()
    (found,) = review_pledges([good(name={"ko": "{필름}", "ja": "膜", "en": "film"})], charter,
                              charter.body(BODY))  # fmt: skip
    assert (found.id, found.owner, found.due) == ("review-dry-film", "JPN/ESF", "2028-06-30")
    assert "‘{필름}’ 품목" in found.what["ko"]
    assert found.what["en"] == (
        "Review whether ‘film’ stays on the critical-goods list, and table what was found."
    )
    with pytest.raises(BadInput, match="dry-film: the owner FRA has no seat in ESF"):
        review_pledges([good(owner="FRA")], charter, charter.body(BODY))


# -- what a list changes, and what it lacks -----------------------------------------------------


def test_changes_name_what_came_what_went_and_what_was_reviewed() -> None:
    first = listed(good("a"), good("b"), good("c"), good("d"))
    later, fresh = date(2029, 1, 31), (SOURCE.format("new"),)
    second = listed(
        good("a"),
        good("b", review=later, evidence=fresh),
        good("c", why=words("two makers")),
        good("e"),
        before=[first],
        d="made at home now",
    )
    found = changes([first], second)
    assert (found.added, found.removed) == (("e",), ("d",))
    assert (found.reviewed, found.reworded) == (("b",), ("b", "c"))
    assert found.due_anew == ("b", "e")
    assert lacks([first], second, [first.digest], DAY) == ()
    assert changes([], first).added == ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("goods", "removed", "said"),
    [
        ([good("a"), good("b", review=date(2026, 11, 1))], {}, "b: the review 2026-11-01 is not"),
        ([good("a"), good("b", review=date(2029, 11, 2))], {}, "is over 3 years from the day"),
        ([good("a", review=date(2028, 7, 1))], {}, "a: the review is put off without evidence"),
        ([good("b")], {}, "a leaves the list without a reason"),
        ([good("a")], {"a": "why"}, "a is removed, and stands on the list"),
        ([good("a")], {"z": "why"}, "z is removed, and was on no list"),
    ],
)
def test_a_list_that_does_not_follow_says_why(
    goods: list[Good], removed: dict[str, str], said: str
) -> None:
    first = listed(good("a"))
    after = listed(*goods, before=[first], **removed)
    (found,) = lacks([first], after, [first.digest], DAY)
    assert said in str(found)


def test_a_list_names_all_that_stands_and_nothing_else() -> None:
    first, other = listed(good("a")), listed(good("b"))
    (found,) = lacks([], listed(good("a"), good("c")), [first.digest], DAY)
    assert (found.kind, found.of) == (LackKind.NOT_REPLACED, first.digest[:16])
    assert str(found) == (
        f"the list {first.digest[:16]}… stands, and this one does not replace it."
    )
    after = listed(good("a"), good("b"), before=[first, other])
    (found,) = lacks([first, other], after, [first.digest], DAY)
    assert str(found) == f"it replaces a list {other.digest[:16]}… that does not stand."
    assert lacks([first, other], after, [first.digest, other.digest], DAY) == ()


def test_a_review_brought_forward_or_left_where_it_was_needs_no_new_evidence() -> None:
    first = listed(good("a"), good("b", review=date(2026, 10, 1)))
    after = listed(good("a", review=date(2027, 1, 1)), good("b", review=date(2026, 10, 1)),
                   before=[first])  # fmt: skip
    assert lacks([first], after, [first.digest], DAY) == ()


def test_the_longest_time_to_a_review_ends_on_a_day_that_there_is() -> None:
    assert latest_review(date(2028, 2, 29)) == date(2031, 2, 28)
    assert latest_review(DAY) == date(2029, 11, 1)


def test_the_page_of_the_manual_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(notebook("critical-goods"), "critical-goods.md", "exec"), {})
    assert capsys.readouterr().out == "('gas',)\n"


# -- the lists in a record ----------------------------------------------------------------------


@pytest.fixture
def world() -> World:
    found = World()
    found.open(BODY)
    return found


def reviews(world: World, *days: int) -> list[date]:
    return [day_of(world) + timedelta(days=one) for one in days]


def shown(world: World, party: str = "KOR"):  # type: ignore[no-untyped-def]
    peer = world.peers[party]
    lists, unreadable = lists_in(all_matters(peer.state, peer.view()), BODY)
    assert not unreadable
    return lists


def test_a_list_stands_once_all_agree_and_the_next_takes_its_place(world: World) -> None:
    soon, later = reviews(world, 200, 400)
    first = listed(good("a", review=soon), good("b", review=later))
    matter = table(world, "KOR", first)
    world.settle()
    assert standing(shown(world)) == ()
    assert [one.goods.digest for one in proposed(shown(world))] == [first.digest]
    assert fitting(shown(world)[0], shown(world)) == ()
    agree(world, matter)
    (one,) = standing(shown(world))
    assert (one.goods.digest, one.decided) == (first.digest, True)
    peer = world.peers["JPN"]
    owed = status(peer.state, peer.view()).owed
    assert {(row.pledge.id, row.due) for row in owed} == {
        ("review-a", soon.isoformat()),
        ("review-b", later.isoformat()),
    }
    second = listed(good("b", review=later), good("c", review=soon), before=[first], a="made here")
    matter = table(world, "JPN", second, [first])
    agree(world, matter)
    (one,) = standing(shown(world))
    assert one.goods.digest == second.digest
    found = replaced_by(one, shown(world))
    assert (found.added, found.removed) == (("c",), ("a",))
    # What stayed is owed under the list that brought it, and not once more.
    owed = status(peer.state, peer.view()).owed
    assert sorted(row.pledge.id for row in owed) == ["review-a", "review-b", "review-c"]


def test_two_lists_agreed_beside_each_other_both_stand_until_one_takes_them(world: World) -> None:
    (soon,) = reviews(world, 200)
    left, right = listed(good("a", review=soon)), listed(good("b", review=soon))
    matters = [table(world, "KOR", left), table(world, "USA", right)]
    for matter in matters:
        agree(world, matter)
    for party in world.parties:
        both = {one.goods.digest for one in standing(shown(world, party))}
        assert both == {left.digest, right.digest}
    half = listed(good("a", review=soon), before=[left])
    table(world, "JPN", half, [left])
    world.settle()
    (one,) = proposed(shown(world))
    assert fitting(one, shown(world)) == (Lack(LackKind.NOT_REPLACED, right.digest[:16]),)
    whole = listed(good("a", review=soon), good("b", review=soon), before=[left, right])
    matter = table(world, "JPN", whole, [left, right], number=2)
    agree(world, matter)
    (one,) = standing(shown(world))
    assert one.goods.digest == whole.digest
    assert replaced_by(one, shown(world)).added == ()


def test_a_withdrawn_list_is_shown_no_more_and_a_false_one_is_named(world: World) -> None:
    (soon,) = reviews(world, 200)
    matter = table(world, "KOR", listed(good("a", review=soon)))
    title = world.words("Critical goods")
    world.act(
        "USA", BODY, acts.Tabled, symbol=f"{BODY}/2027/USA/1", body=BODY, article="3(1)",
        wording=acts.Wording(title, title, "plan", "political", spoiled(evidence=[])),
    )  # fmt: skip
    world.settle()
    peer = world.peers["JPN"]
    lists, unreadable = lists_in(all_matters(peer.state, peer.view()), BODY)
    assert len(lists) == 1
    assert [(one.matter.symbol, "without evidence" in one.why) for one in unreadable] == [
        (f"{BODY}/2027/USA/1", True)
    ]
    world.act("KOR", BODY, acts.WithdrewMatter, matter=matter, reason=world.words("for now"))
    world.settle()
    lists, _ = lists_in(all_matters(peer.state, peer.view()), BODY)
    assert lists == ()
    assert lists_in(all_matters(peer.state, peer.view()), "TDC") == ((), ())


def test_evidence_and_codes_are_what_they_say() -> None:
    assert evidence_fault(f"sha256:{TABLED}") == ""
    assert evidence_fault("https://example.org/a?b=1") == ""
    for one in ("https://", "https://a b.org/", "https://exa\nmple.org", "https://[", "ftp://a.org",
                "https://example.org/" + "a" * 2000, "https://예.org/"):  # fmt: skip
        assert evidence_fault(one), one
    assert [is_hs_code(one) for one in ("28", "281111", "281", "2811112233", "２８", "")] == [
        True, True, False, True, False, False,
    ]  # fmt: skip
    assert replace(good(), hs=()).hs == ()
