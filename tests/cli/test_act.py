from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, run, said, value
from cli_scenes import BODIES, Scene

from architrave.cli.demo.stage import Stage, free_ports
from architrave.institution import acts
from architrave.institution.acts import KINDS
from architrave.portal.composing.fields import kind_fields, typed_fields

TITLE = ["--set", "title.ko=계획", "--set", "title.ja=計画", "--set", "title.en=DEMO plan"]
SUMMARY = ["--set", "summary.ko=가", "--set", "summary.ja=か", "--set", "summary.en=DEMO a"]
REASON = ["--set", "reason.ko=가", "--set", "reason.ja=か", "--set", "reason.en=DEMO why"]
PLAN = ["--set", "body=TDC", "--set", "instrument=plan", *TITLE, *SUMMARY]
OBJECTION = ["--set", "matter=TDC/2027/JPN/1", "--set", "position=object"]


# Fields


def test_the_kinds_are_listed_with_their_fields() -> None:
    listed = value("act", "--kinds")
    assert set(listed) == set(KINDS)
    for kind in KINDS:
        bare = [name.strip("[]") for name in listed[kind]]
        assert bare == [name for name, _ in kind_fields(kind)]
    text = said("act", "--kinds")
    assert "matter version position [reason] [remedy]" in text


def test_fields_come_from_a_file_and_the_command_goes_before_it(tmp_path: Path) -> None:
    file = tmp_path / "act.toml"
    file.write_text('body = "SEC"\n[title]\nen = "one"\nko = "하나"\n', encoding="utf-8")
    tree = typed_fields("tabled", ["title.en=two", "expiry=2027-01-20"], file)
    assert tree == {
        "body": "SEC",
        "wording": {"title": {"en": "two", "ko": "하나"}},
        "silence": {"expiry": "2027-01-20"},
    }
    file = tmp_path / "act.json"
    file.write_text('{"pledges": [{"id": "a"}]}', encoding="utf-8")
    assert typed_fields("tabled", [], file) == {"pledges": [{"id": "a"}]}
    assert typed_fields("tabled", ["pledges.1.id=a", "pledges.2.id=b"], None) == {
        "pledges": [{"id": "a"}, {"id": "b"}]
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tabledd"], "'tabledd' is no kind of record entry; the nearest are tabled"),
        (["tabled", "--set", "colour=red"], "tabled has no field 'colour'"),
        (["tabled", "--set", "body"], "expected field=value"),
        (["tabled", "--set", "body=TCD"], "the nearest are TDC"),
        (["tabled", "--set", "body=XYZ"], "known: LEAD, FM, DEF, FIN, COMIND, NSA, DTT, TSCF and"),
        (["tabled", "--set", "instrument=plan"], "body: missing"),
        (
            ["positioned", "--set", "matter=TDC/2027/JPN/1", "--set", "position=agree"],
            "position: must be one of concur, do-not-block, abstain, reserve, object, not 'agree'.",
        ),
        (["tabled", *PLAN[:-2]], "summary: the text is missing in en"),
        (["tabled", *PLAN, "--set", "title.fr=x"], "'fr' is no language"),
        (["tabled", *PLAN, "--set", "expiry=2027-01-20 15:30"], "expiry: '2027-01-20 15:30' lacks"),
        (["positioned", "--set", "position=concur"], "matter, version: missing"),
        (["positioned", "--set", "matter=TDC/2027/JPN/1", "--set", "version=2"], "no version 2"),
        (["retracted", "--set", "matter=TDC/2027/USA/1"], "is no matter"),
        (["notified-withdrawal", "--set", "matter=TDC/2027/KOR/1", "--set", "effect=soon"],
         "effect: expected a date"),
        (["rescinded-notice", "--set", "notice=TDC/2027/KOR/1"], "has given no notice"),
        (["retracted", "--set", "matter=TDC/2027/JPN/1", "--seat", "KOR/FM"], "no key of KOR/FM"),
        (["founded", "--seat", "KOR/TDC"], "signed with the party key"),
        (["tabled", *PLAN, "--to", "JPX"], "'JPX' is no party; the nearest are JPN"),
        (["deposited", "--set", "digest=@none.pdf", *TITLE, "--set", "source=a", "--seat",
          "KOR/TDC"], "none.pdf"),
    ],
)  # fmt: skip
def test_what_is_unclear_is_said_in_one_sentence(
    demo: Path, words: list[str], sentence: str
) -> None:
    text = fault("act", "Seoul", *words)
    assert sentence in text
    assert "\n" not in text


def test_a_wrong_value_names_its_field(demo: Path) -> None:
    text = fault("act", "Seoul", "positioned", "--set", "matter=TDC/2027/JPN/1", "--set",
                 "position=maybe")  # fmt: skip
    assert "position" in text


# Dry runs


def test_a_dry_run_says_what_would_become_of_it_and_writes_nothing(demo: Path) -> None:
    database = demo / "KOR" / "record.db"
    before = database.read_bytes()
    answer = value("act", "Seoul", "tabled", *PLAN, "--dry-run")
    assert (answer["symbol"], answer["article"], answer["admitted"]) == (
        "TDC/2027/KOR/2",
        "2(1)",
        True,
    )
    assert (answer["line"], answer["entered"], answer["rehearsal"]) == (None, False, True)
    assert database.read_bytes() == before
    assert "nothing was written" in said("act", "Seoul", "tabled", *PLAN, "--dry-run")


def test_a_dry_run_of_what_the_charter_refuses_cites_the_article(demo: Path) -> None:
    words = ["act", "Seoul", "tabled", *PLAN, "--set", "instrument=statement", "--dry-run"]
    words += ["--set", "expiry=2027-01-20 15:30 Seoul"]
    answer = value(*words, code=1)
    assert (answer["article"], answer["admitted"]) == ("4(1)", False)
    assert "would not be admitted under Art. 4(1)" in said(*words, code=1)


@pytest.mark.parametrize(
    ("words", "article", "symbol"),
    [
        (["positioned", *OBJECTION[:2], "--set", "position=concur"], "2(2)", "TDC/2027/JPN/1"),
        (["notified-withdrawal", "--set", "matter=TDC/2027/KOR/1", "--set",
          "effect=2027-06-01 09:00 Seoul", *REASON], "7(1)", "TDC/2027/KOR/1"),
        (["acknowledged", "--set", "consultation=TDC/2027/USA/1", "--set", "answer.ko=가", "--set",
          "answer.ja=か", "--set", "answer.en=a"], "5(3)", "TDC/2027/USA/1"),
        (["appointed", "--set", "office=KOR/FM", "--set", "holder=DEMO x", "--set", "language=ko"],
         "8(1)", "KOR/FM"),
        (["released", "--set", "act=TDC/2027/KOR/1", "--seat", "KOR/TDC"], "9(2)",
         "TDC/2027/KOR/1"),
    ],
)  # fmt: skip
def test_texts_are_named_by_symbol_and_the_article_is_said(
    demo: Path, words: list[str], article: str, symbol: str
) -> None:
    answer = value("act", "Seoul", *words, "--dry-run")
    assert (answer["article"], answer["symbol"], answer["reason"]) == (article, symbol, "")


def test_a_digest_is_taken_of_a_file(demo: Path, tmp_path: Path) -> None:
    from architrave.portal.composing.fields import with_digests

    file = tmp_path / "paper"
    file.write_bytes(b"paper")
    found = with_digests({"digest": f"@{file}", "wording": {"digests": {"a": f"@{file}"}}})
    wanted = hashlib.sha256(b"paper").hexdigest()
    assert found == {"digest": wanted, "wording": {"digests": {"a": wanted}}}


# Saying it twice


def test_what_the_book_says_already_is_not_entered_again(demo: Path) -> None:
    words = [*OBJECTION]
    for text, english in (("reason", "Too long"), ("remedy", "Half of it")):
        for language in ("ko", "ja", "en"):
            words += ["--set", f"{text}.{language}={english} ({language})"]
    answer = value("act", "Seoul", "positioned", *words)
    assert (answer["already"], answer["entered"]) == (True, False)
    assert isinstance(answer["line"], int)
    # Another reason, or an express wish, is a new act; nobody listens there to take it.
    assert "cannot be reached" in fault("act", "Seoul", "positioned", *words, "--again")
    words += ["--set", "reason.en=Far too long"]
    assert "cannot be reached" in fault("act", "Seoul", "positioned", *words)


def test_a_position_taken_back_may_be_taken_again(scene: Scene, tmp_path: Path) -> None:
    from cli_scenes import played

    world = played().world
    words = ["positioned", *OBJECTION[:2], "--set", "position=concur"]
    world.act("USA", "TDC", acts.Retracted, matter=scene.statement)
    world.settle()
    folders = lay_out(world, tmp_path, *BODIES)
    assert "cannot be reached" in fault("act", folders["USA"], *words)
    assert value("act", folders["USA"], "retracted", *OBJECTION[:2])["already"] is True


# A running node


@pytest.fixture
def stage(tmp_path: Path) -> Stage:  # type: ignore[misc]
    place = tmp_path / "stage"
    place.mkdir()
    first = 21_000 + int(hashlib.sha256(str(tmp_path).encode()).hexdigest(), 16) % 9_000
    it = Stage(place, 7, free_ports(3, first))
    try:
        it.build()
        for node in it.nodes.values():
            it.start(node)
        it.await_start(list(it.nodes.values()))
        it.settle()
        for party in it.charter.party_ids:
            it.by_party(party, "founded", to=["public"], founding=it.founding.id,
                        charter=it.founding.charter)  # fmt: skip
            it.seat_officer(party, "TDC", f"DEMO {party}", "en")
        it.settle()
        yield it
    finally:
        it.close()


@pytest.mark.slow
def test_three_officers_at_their_terminals_bring_a_plan_into_effect(stage: Stage) -> None:
    folder = {party: node.folder for party, node in stage.nodes.items()}
    symbol = value("act", folder["KOR"], "tabled", *PLAN)["symbol"]
    assert symbol == "TDC/2027/KOR/1"
    stage.settle()
    for party in stage.charter.party_ids:
        words = ["act", folder[party], "positioned", "--set", f"matter={symbol}",
                 "--set", "position=concur"]  # fmt: skip
        first, second = value(*words), value(*words)
        assert (first["entered"], first["already"], first["article"]) == (True, False, "2(2)")
        assert (second["entered"], second["already"]) == (False, True)
        assert second["line"] == first["line"]
    assert value("act", folder["KOR"], "tabled", *PLAN)["symbol"] == symbol
    stage.settle()
    for party in stage.charter.party_ids:
        sheet = value("status", folder[party])
        assert [row["symbol"] for row in sheet["stands"]] == [symbol]
        (version,) = value("show", folder[party], symbol)["versions"]
        assert all(version["has_all"].values())
        assert all(version["knows"].values())
    late = value("act", folder["JPN"], "positioned", "--set", f"matter={symbol}",
                 "--set", "position=abstain", code=1)  # fmt: skip
    assert (late["admitted"], late["article"], late["line"]) == (False, "2(2)", None)
    assert "Tokyo has closed this matter" in late["reason"]
    assert run("may", folder["KOR"], "Tokyo abstain", symbol).exit_code == 1
