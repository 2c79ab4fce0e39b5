"""The words that `architrave may` understands, in three languages, and what each one means.

Names of parties, bodies and seats come from the charter; words for instruments and positions from
its explainer. Here are only verbs, and the small words that carry no meaning of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from architrave.charter.model import INSTRUMENTS, PERMITS, Charter
from architrave.charter.phrases import phrase
from architrave.charter.rules import Position
from architrave.institution.acts import KINDS
from architrave.portal.composing.parties import party_names

__all__ = ["Tag", "Word", "folded", "is_small", "lexicon"]


class Tag(StrEnum):
    """What sort of thing a word names."""

    PARTY = "party"
    BODY = "body"
    SEAT = "seat"
    DOING = "doing"
    POSITION = "position"
    INSTRUMENT = "instrument"
    NATURE = "nature"
    MANNER = "manner"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Word:
    """One meaning of a word; `value` is an id, a kind, a permit or a code."""

    tag: Tag
    value: str


# A doing is a kind of act, a permit of the charter, or one of "decide" and "leave": these two
# depend on what else is said.
_DOINGS: Mapping[str, str] = {
    "tabled": "table|tables|submit|submits|propose|proposes|put forward|puts forward|introduce"
    "|상정|제안|제출|上程|提案|提出",
    "revised": "revise|revises|new version|further version|수정|改訂|修正",
    "retracted": "retract|retracts|입장 철회|입장을 철회|立場の撤回|立場を撤回",
    "leave": "withdraw|withdraws|take back|takes back|철회|撤回",
    "notified-withdrawal": "leave|leaves|quit|exit|withdrawal|give notice|gives notice"
    "|탈퇴|脱退|離脱",
    "withdrew-matter": "withdraw the matter|take off the table|안건 철회|안건을 철회|議案の撤回"
    "|議案を撤回",
    "reported": "report|reports|보고|報告",
    "accepted-report": "accept|accepts|수락|受諾",
    "rescinded-notice": "rescind|rescinds|통고 철회|통고를 철회|通告の撤回|通告を撤回",
    "suspended-notice": "통고 정지|통고를 정지|通告の停止|通告を停止",
    "consulted": "consult|consults|consultation|ask to consult|asks to consult|협의|協議",
    "acknowledged": "acknowledge|acknowledges|answer|answers|reply|replies"
    "|회신|수령 확인|回答|返答|受領確認",
    "closed": "close|closes|end|ends|종결|終結",
    "appointed": "appoint|appoints|임명|任命",
    "vacated": "vacate|vacates|이임|공석|離任|空席",
    "key-delegated": "delegate|delegates|delegate a key|키 위임|키를 위임|위임|鍵の委任|委任",
    "key-revoked": "revoke|revokes|revoke a key|키 취소|키를 취소|鍵の失効|失効",
    "log-succeeded": "continue the record|succeed|succeeds|rotate|rotates|rotate the node key"
    "|기록 승계|승계|記録の承継|承継",
    "deposited": "deposit|deposits|등록|登録",
    "released": "release|releases|publish|publishes|make public|공개|公開",
    "erased": "erase|erases|delete|deletes|삭제|消去|削除",
    "decide": "decide|decides|adopt|adopts|채택|결정|합의|採択|決定|合意",
    "convened": "convene|convenes|meet|meets|call a meeting|hold a meeting|소집|招集",
    "minuted": "minute|minutes|draw up minutes|회의록|議事録",
    "alerted": "alert|alerts|warn|warns|early warning|조기경보|경보|早期警戒|警報",
    "responded": "respond|responds|answer the alert|answers the alert|경보에 회신|警報に回答",
    "attested": "attest|attests|rerun|reproduce|재현|再現",
    "amend": "amend|amends|개정|改正",
    "open-phase": "open phase|open the next phase|open a phase|단계 개시|단계를 개시|段階開始",
    "suspended": "suspend|suspends|pause|적용 정지|적용을 정지|정지|適用停止|適用を停止|停止",
    "resumed": "resume|resumes|적용 재개|적용을 재개|재개|適用再開|適用を再開|再開",
    "assessed": "assess|assesses|assess a point|평가를 밝힐|평가|評価を示す|評価",
    "revoke-key": "revoke|revokes|키 폐지|鍵の失効",
    "release-joint": "release a joint text|release the joint text|공동 문서 공개|共同の文書の公開",
    "recall": "recall|recalls",
    "confirmed": "confirm|confirms|확인|確認",
    "corrected": "correct|corrects|정정|訂正",
    "contested": "contest|contests|반론|争う",
}

_POSITIONS: Mapping[str, str] = {
    Position.CONCUR: "concur|concurs|consent|consents|agree|agrees|approve|approves|동의|同意",
    Position.DO_NOT_BLOCK: "do not block|does not block|not block|막지 않음|막지 않|妨げない",
    Position.ABSTAIN: "abstain|abstains|기권|棄権",
    Position.RESERVE: "reserve|reserves|입장 유보|유보|態度留保|留保",
    Position.OBJECT: "object|objects|objection|이의 제기|이의를 제기|이의|異議申立て|異議",
}

_INSTRUMENTS: Mapping[str, str] = {
    "programme": "program|programs|programmes",
    "note": "working paper|working papers|paper|notes|reference material",
    "charter-amendment": "amendment|change of the charter|charter amendment",
    "plan": "plans",
    "statement": "statements|joint statement",
    "arrangement": "arrangements|agreement|treaty",
}

_NATURES: Mapping[str, str] = {
    "binding": "binding|legally binding|구속력 있는|구속력|法的拘束力のある|拘束力のある|拘束力",
    "political": "political|정치적|政治的",
}

_MANNERS: Mapping[str, str] = {
    "silence": "silence|silently|silence procedure|침묵|침묵 절차|침묵으로|沈黙|沈黙手続",
}

_THINGS: Mapping[str, str] = {
    "notice": "notice|notice of withdrawal|통고|通告",
    "position": "position|입장|立場",
    "key": "key|officer key|키|鍵",
    "charter": "charter|헌장|憲章",
    "matter": "matter|안건|議案",
    "register": "register|row|rows|row of the register|사실 목록|항목|事実の目録|目録|項目",
}

_SMALL = frozenset(
    "may can could would will we i us our the a an to from in of on at for by with under is are be "
    "it its this that shall should do does did about into before as if and please ask asks raise "
    "seat text version government today now all allowed possible only between holder new "
    "its own hold request requests make makes state states".split()
)
_SMALL_PARTS = tuple(
    sorted(
        (
            "할 수 있습니까 있나요 있는가 있을까 있다 있 가능 합니까 합니다 하려 하고자 한다 "
            "하다 하는 하면 해도 해 되나요 됩니까 될까 되는가 되 에서 에게 으로 까지 부터 이 가 "
            "은 는 을 를 에 의 로 와 과 도 요청 정부 우리 나 요 까 "
            "することができますか することができる ことができるか できますか できるか できる "
            "することは しますか します してよいか してもよいか する した して し "
            "において について により による から まで として が は を に で の と も へ か "
            "よい 要請 政府 可能"
        ).split(),
        key=len,
        reverse=True,
    )
)


def folded(text: str) -> str:
    """A text as it is compared: compatibility forms undone, case folded, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def is_small(text: str) -> int:
    """How many letters of a text begin with words that carry no meaning; 0 if they do not."""
    latin = re.match(r"[a-z']+", text)
    if latin is not None:
        return latin.end() if latin[0] in _SMALL else 0
    return next((len(part) for part in _SMALL_PARTS if text.startswith(part)), 0)


def lexicon(charter: Charter) -> dict[str, Word]:
    """All words by their folded spelling. What the charter names goes before what verbs say."""
    found: dict[str, Word] = {}
    for spelling, word in _entries(charter):
        found.setdefault(folded(spelling), word)
    return found


def _entries(charter: Charter) -> Iterator[tuple[str, Word]]:
    for body in charter.bodies:
        yield body.id, Word(Tag.BODY, body.id)
        for seat in body.seats:
            yield seat.id, Word(Tag.SEAT, seat.id)
        for language, name in body.name.items():
            # "(TDC)" after a name, and the parties' initials before it, are often left unsaid.
            bare = re.sub(r"\s*[(（].*[)）]", "", name)
            initials = "".join(
                charter.party(p).adjective[language] for p in charter.order(language)
            )
            for one in (name, bare, bare.removeprefix(initials).strip()):
                yield one, Word(Tag.BODY, body.id)
    for party in charter.parties:
        for name in party_names(charter, party):
            yield name, Word(Tag.PARTY, party.id)
    for instrument in INSTRUMENTS:
        yield instrument, Word(Tag.INSTRUMENT, instrument)
        for language in charter.languages:
            yield phrase(instrument, language), Word(Tag.INSTRUMENT, instrument)
    for table, tag in (
        (_POSITIONS, Tag.POSITION),
        (_INSTRUMENTS, Tag.INSTRUMENT),
        (_NATURES, Tag.NATURE),
        (_MANNERS, Tag.MANNER),
        (_THINGS, Tag.THING),
        (_DOINGS, Tag.DOING),
    ):
        for value, spellings in table.items():
            for spelling in spellings.split("|"):
                yield spelling, Word(tag, value)
    for kind in KINDS:
        yield kind, Word(Tag.DOING, kind)
    for permit in PERMITS:
        yield permit, Word(Tag.DOING, _KIND_OF.get(permit, permit))


_KIND_OF: Mapping[str, str] = {
    "table": "tabled",
    "revise": "revised",
    "retract": "retracted",
    "withdraw-matter": "withdrew-matter",
    "consult": "consulted",
    "acknowledge": "acknowledged",
    "assess": "assessed",
    "alert": "alerted",
    "respond": "responded",
    "attest": "attested",
    "suspend": "suspended",
    "resume": "resumed",
    "close": "closed",
    "convene": "convened",
    "minute": "minuted",
    "report": "reported",
    "accept-report": "accepted-report",
    "withdraw": "leave",
    "suspend-notice": "suspended-notice",
    "rescind-notice": "rescinded-notice",
    "appoint": "appointed",
    "vacate": "vacated",
    "delegate-key": "key-delegated",
    "revoke-key": "key-revoked",
    "succeed-log": "log-succeeded",
    "deposit": "deposited",
    "release": "released",
    "erase": "erased",
    "confirm": "confirmed",
    "correct": "corrected",
    "contest": "contested",
    "decide": "decide",
}
