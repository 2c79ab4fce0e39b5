from __future__ import annotations

from pathlib import Path

import pytest
from cli_nodes import fault, lay_out, run, said, value
from cli_scenes import BODIES, Scene, wording
from world import World

from architrave.charter.model import PERMITS
from architrave.cli.look import look
from architrave.cli.may_act import stand_in
from architrave.cli.may_reading import read_question
from architrave.cli.may_words import Tag, folded, lexicon
from architrave.institution import acts
from architrave.institution.acts import KINDS, document_of
from architrave.institution.admit import RIGHTS, Signer
from architrave.institution.state import Refused
from architrave.record.sealing import SealedAct, sign_act

# phrase, answer, article, part of the sentence
ASKED = [
    ("Korea consult TDC", "yes", "5(2)", "Art. 5(2) lets Seoul ask to consult in TDC"),
    ("TDC consult Seoul", "yes", "5(2)", "lets Seoul"),
    ("Tokyo object TDC/2027/JPN/1", "yes", "2(2)", "lets Tokyo state its position (object)"),
    ("Tokyo object TDC/2027/KOR/1", "no", "2(2)", "late objection: Tokyo had already closed"),
    ("KOR withdraw from TDC/2027/KOR/1 on 2027-06-01", "yes", "7(1)", "1 Jun 2027"),
    ("KOR withdraw from TDC/2027/KOR/1 on 2027-02-01", "no", "7(1)", "asks for 90 days of notice"),
    ("Seoul leave TDC/2027/KOR/1", "yes", "7(1)", "with effect no earlier than"),
    ("USA give notice of withdrawal from TDC/2027/KOR/1", "no", "7(1)", "has given notice already"),
    ("withdraw from TDC/2027/JPN/1 on 2027-06-01", "not-yet", "7(1)", "is not decided"),
    ("Tokyo withdraw TDC/2027/JPN/1", "yes", "2(3)", "take TDC/2027/JPN/1 off the table"),
    ("Seoul withdraw TDC/2027/JPN/1", "no", "2(3)", "only Tokyo, which tabled it"),
    ("KOR adopt a plan by silence in TDC", "yes", "4(1)", "for adoption by silence"),
    ("KOR adopt a statement by silence in TDC", "no", "4(1)",
     "Art. 4(1) lets TDC adopt by silence only a plan or a note"),
    ("KOR table a binding arrangement in ESF", "not-yet", "3(2)", "KOR/ESF is vacant"),
    ("KOR table a binding arrangement in TDC", "yes", "3(2)", "a binding arrangement"),
    ("KOR table a binding plan in TDC", "no", "3(2)", "only an arrangement"),
    ("USA report TDC/2027/KOR/1", "no", "6(1)", "the commitment is owed by JPN/TDC"),
    ("JPN report TDC/2027/KOR/1", "yes", "6(1)", "lets Tokyo report"),
    ("KOR accept report TDC/2027/KOR/1", "not-yet", "6(2)", "no other capital has reported"),
    ("USA take back notice TDC/2027/KOR/1", "yes", "7(2)", "take back its notice"),
    ("USA suspend the notice TDC/2027/KOR/1", "yes", "7(2)", "suspend the effect"),
    ("KOR take back notice TDC/2027/KOR/1", "no", "7(2)", "has given no notice"),
    ("Korea answer TDC/2027/USA/1", "yes", "5(3)", "answer TDC/2027/USA/1"),
    ("Korea close TDC/2027/USA/1", "no", "5(3)", "only Washington, which asked"),
    ("USA close the consultation TDC/2027/USA/1", "yes", "5(3)", "close TDC/2027/USA/1"),
    ("KOR retract position TDC/2027/JPN/1", "yes", "2(2)", "take back its position"),
    ("JPN retract TDC/2027/JPN/1", "no", "2(2)", "no position to retract"),
    ("KOR revise TDC/2027/JPN/1", "yes", "2(1)", "a new version"),
    ("adopt TDC/2027/KOR/1", "yes", "3(1)", "stands under Art. 3(1)"),
    ("adopt TDC/2027/JPN/1", "not-yet", "3(4)", "its objection stands"),
    ("Korea consult Japan in TDC", "no", "5(2)", "every party of TDC"),
    ("Seoul appoint KOR/FM", "yes", "8(1)", "appoint the holder of KOR/FM"),
    ("Seoul appoint JPN/FM", "no", "8(1)", "each party fills its own"),
    ("Seoul appoint SG/SEC", "no", "8(1)", "no single party's"),
    ("Tokyo agree to TDC/2027/JPN/1", "yes", "2(2)", "(concur)"),
    ("KOR agree on a plan in TDC", "yes", "3(1)", "a plan"),
    ("Seoul convene the Defence Council", "yes", "5(1)", "convene TDC"),
    ("Seoul early warning in TDC", "yes", "5(4)", "raise an alert in TDC"),
    ("서울이 국방협의회에서 조기경보를 할 수 있습니까", "yes", "5(4)", "raise an alert"),
    ("Seoul open the next phase", "not-yet", "3(5)", "has no entry for it"),
    ("Seoul rerun TDC/2027/JPN/1", "no", "6(3)", "TDC/2027/JPN/1 names no evidence"),
    ("東京はTDCを招集できますか", "yes", "5(1)", "convene TDC"),
    ("Seoul suspend TDC/2027/KOR/1", "yes", "7(3)", "suspend TDC/2027/KOR/1 for itself"),
    ("서울은 TDC/2027/KOR/1의 적용을 정지할 수 있습니까", "yes", "7(3)", "for itself"),
    ("Tokyo resume TDC/2027/KOR/1", "no", "7(3)", "no suspension of this that stands"),
    ("Tokyo suspend TDC/2027/JPN/1", "not-yet", "7(3)", "is not decided"),
    ("Tokyo assess TDC/2027/USA/1", "yes", "5(3)", "its reading of a point"),
    ("東京はTDC/2027/USA/1を評価できますか", "yes", "5(3)", "its reading"),
    ("Seoul release TDC/2027/KOR/1", "yes", "9(2)", "release"),
    ("KOR deposit", "yes", "9(1)", "deposit"),
    ("Seoul contest a row of the register", "yes", "9(5)", "contest a row of the register"),
    ("日本は項目を訂正できますか", "yes", "9(5)", "propose a correction"),
    ("Seoul amend the charter in TDC", "yes", "3(3)", "charter amendment"),
    ("서울이 국방협의회에 협의를 요청할 수 있습니까", "yes", "5(2)", "lets Seoul"),
    ("도쿄 TDC/2027/JPN/1 이의 제기", "yes", "2(2)", "(object)"),
    ("한국이 2027년 6월 1일에 TDC/2027/KOR/1에서 탈퇴", "yes", "7(1)", "1 Jun 2027"),
    ("日本はTDCで計画を沈黙手続により採択できますか", "yes", "4(1)", "lets Tokyo"),
    ("東京はTDC/2027/JPN/1に同意できますか", "yes", "2(2)", "(concur)"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "answer", "article", "part"), ASKED)
def test_a_phrase_is_answered_alike_in_all_three_capitals(
    demo: Path, phrase: str, answer: str, article: str, part: str
) -> None:
    code = 0 if answer == "yes" else 1
    found = [value("may", node, f"Seoul {phrase}" if _unnamed(phrase) else phrase, code=code)
             for node in ("Tokyo", "Seoul", "Washington")]  # fmt: skip
    assert {one["answer"] for one in found} == {answer}
    assert part in " ".join(found[0]["sentence"].split())
    assert article in [one["number"] for one in found[0]["articles"]]
    bare = [{**one, "asked": ""} for one in found]
    for one in bare:
        # Each copy names its own capital first, on clocks and in lists; all else is the same.
        one.pop("sentence"), one.pop("notes"), one.pop("missing")
    assert bare[0] == bare[1] == bare[2]


def _unnamed(phrase: str) -> bool:
    return phrase.startswith(("adopt", "withdraw"))


def test_we_are_the_capital_whose_copy_is_asked(demo: Path) -> None:
    for node, party in (("Tokyo", "JPN"), ("Seoul", "KOR")):
        assert value("may", node, "consult TDC")["party"] == party


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_answer_is_that_of_a_rehearsal_by_the_node(demo: Path, scene: Scene, kind: str) -> None:
    phrases = {
        "tabled": "table a plan in TDC", "revised": "revise TDC/2027/JPN/1",
        "positioned": "concur TDC/2027/JPN/1", "retracted": "retract TDC/2027/JPN/1",
        "withdrew-matter": "withdrew-matter TDC/2027/JPN/1",
        "reported": "report TDC/2027/KOR/1",
        "notified-withdrawal": "leave TDC/2027/KOR/1", "consulted": "consult TDC",
        "suspended": "suspend TDC/2027/KOR/1", "resumed": "resume TDC/2027/KOR/1",
        "assessed": "assess TDC/2027/USA/1", "convened": "convene TDC",
        "acknowledged": "answer TDC/2027/USA/1", "closed": "close TDC/2027/USA/1",
        "rescinded-notice": "rescind TDC/2027/KOR/1",
        "suspended-notice": "suspended-notice TDC/2027/KOR/1",
        "deposited": "deposit", "erased": "erase TDC/2027/KOR/1",
        "confirmed": "confirm a row", "corrected": "correct a row", "contested": "contest a row",
            "amended": "amended TDC/2027/JPN/1", "alerted": "alert TDC",
        "attested": "attest TDC/2027/JPN/1",
    }  # fmt: skip
    if kind not in phrases:
        assert RIGHTS[KINDS[kind]].signer is not Signer.OFFICER or kind in (
            "accepted-report",
            "minuted",
            "released",
            "responded",  # answered in test_alert_verbs, where there is an alert
        )
        return
    for party in ("JPN", "KOR", "USA"):
        it = look(party)
        question = read_question(it, phrases[kind])
        act = stand_in(it, question, kind)
        if isinstance(act, str):
            assert kind in ("rescinded-notice", "suspended-notice", "attested")
            continue
        key = scene.world.officer(party, "TDC")
        document = {**document_of(act), "key": key.public.text, "seat": f"{party}/TDC"}
        sealed = SealedAct(b"\0" * 32, sign_act(document, it.state.founding.id, key))
        verdict = it.peer.rehearse(sealed)
        told = run("may", party, phrases[kind])
        assert told.stdout.startswith("no:" if isinstance(verdict, Refused) else "yes:"), verdict


def test_not_yet_while_a_capital_has_not_received_the_text(tmp_path: Path) -> None:
    world = World()
    world.open(*BODIES)
    world.down.add("USA")
    world.act(
        "KOR", "TDC", acts.Tabled, symbol="TDC/2027/KOR/1", body="TDC", article="3(1)",
        wording=wording(world, "Plan"),
    )  # fmt: skip
    world.settle()
    folders = lay_out(world, tmp_path, "TDC")
    for party in ("JPN", "KOR"):
        asked = value("may", folders[party], "Washington concur TDC/2027/KOR/1", code=1)
        assert (asked["answer"], asked["sentence"]) == (
            "not-yet",
            "Washington has not received the text.",
        )
        assert value("may", folders[party], "Tokyo concur TDC/2027/KOR/1")["answer"] == "yes"


# What is not understood


def test_words_that_are_not_known_are_named_with_three_examples(demo: Path) -> None:
    text = fault("may", "Seoul", "Tokyo frobnicate the TDC gladly")
    assert "'frobnicate', 'gladly'" in text
    assert text.count("'Tokyo consult TDC'") == 1
    assert text.count("'") == 2 * (2 + 3)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("consult", "say in which body"),
        ("TDC", "does not say what is to be done"),
        ("object in TDC", "say which text"),
        ("table and close in TDC", "asks 2 things at once"),
        ("object TDC/2027/KOR/8", "names no record entry here"),
        ("object TDC/2027/USA/1", "is no matter"),
        ("concur TDC/2027/JPN/1 version 4", "has 1 versions"),
    ],
)
def test_a_question_that_lacks_something_says_what(demo: Path, phrase: str, sentence: str) -> None:
    assert sentence in fault("may", "Seoul", phrase)


def test_every_permit_and_kind_has_a_word(scene: Scene) -> None:
    words = lexicon(scene.world.charter)
    for name in (*PERMITS, *KINDS):
        if name not in ("founded", "position", "silence"):
            assert words[folded(name)].tag in (Tag.DOING, Tag.POSITION, Tag.THING), name


def test_every_name_in_the_charter_is_understood(scene: Scene) -> None:
    charter, words = scene.world.charter, lexicon(scene.world.charter)
    for body in charter.bodies:
        for name in (body.id, *body.name.values()):
            assert words[folded(name)].value == body.id
    for party in charter.parties:
        for name in (party.id, *party.capital.values(), *party.short.values()):
            assert words[folded(name)].value == party.id


def test_the_examples_that_are_offered_are_understood(demo: Path) -> None:
    text = fault("may", "Seoul", "xyzzy")
    offered = text.partition("for example ")[2].split("'")[1::2]
    assert len(offered) == 3
    for phrase in offered:
        assert run("may", "Seoul", phrase).exit_code in (0, 1), phrase
    assert said("may", "Seoul", offered[0]).startswith("yes:")
