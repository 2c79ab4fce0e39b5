"""What the officers of the demonstration put on paper: invented, in the charter's three languages.

Nothing here is anybody's statement. Holders have titles of a play, not names of persons.
"""

from __future__ import annotations

from architrave.institution.acts import Text

__all__ = [
    "ACCOUNT_DUE",
    "ANSWER",
    "CONSULTATIONS",
    "LANGUAGE_OF",
    "NOTES",
    "NOTICE_REASON",
    "OBJECTION",
    "OUTCOME",
    "PLAN",
    "PLEDGE",
    "REGISTER",
    "REMEDY",
    "RESCISSION_REASON",
    "REVISED",
    "STATEMENT",
    "SUSPENSION_REASON",
    "TAKEN_NOTE",
]

Paper = tuple[Text, Text]
"""A title and a summary."""


def _text(ko: str, ja: str, en: str) -> Text:
    return {"ko": ko, "ja": ja, "en": en}


LANGUAGE_OF = {"JPN": "ja", "KOR": "ko", "USA": "en"}

REGISTER: Paper = (
    _text("협력 기록(참고 자료)", "協力の記録（参考資料）", "The register of cooperation"),
    _text(
        "이 다이제스트의 기록을 각자의 입장을 해치지 않는 참고 자료로 삼아 유의한다.",
        "このダイジェストの記録に、それぞれの立場を害しない参考資料として留意する。",
        "The register with this digest is taken note of as a working reference, "
        "without prejudice to anyone's position.",
    ),
)

TAKEN_NOTE = _text(
    "참고 자료로 유의함. 각자의 입장을 해치지 않음.",
    "参考資料として留意する。それぞれの立場を害しない。",
    "Taken note of as a working reference, without prejudice to positions.",
)

PLAN: Paper = (
    _text(
        "배터리 소재 조기경보 계획",
        "蓄電池材料の早期警戒計画",
        "Early-warning plan for battery materials",
    ),
    _text(
        "배터리 소재가 부족할 것으로 보이면 48시간 안에 서로 알리고자 한다.",
        "蓄電池材料の不足が見込まれるときは、48時間以内に互いに知らせることを意図する。",
        "The three intend to tell each other within 48 hours when a shortage is expected.",
    ),
)

REVISED: Paper = (
    PLAN[0],
    _text(
        "배터리 소재가 부족할 것으로 보이면 24시간 안에 서로 알리고자 한다.",
        "蓄電池材料の不足が見込まれるときは、24時間以内に互いに知らせることを意図する。",
        "The three intend to tell each other within 24 hours when a shortage is expected.",
    ),
)

OBJECTION = _text(
    "48시간이면 재고를 옮기기에 늦습니다.",
    "48時間では在庫を移すのに間に合いません。",
    "48 hours is too late to move stocks.",
)

REMEDY = _text("24시간으로 줄임", "24時間に縮めること", "Make it 24 hours")

PLEDGE = _text(
    "배터리 소재 재고를 반기마다 보고",
    "蓄電池材料の在庫を半年ごとに報告",
    "Report on stocks of battery materials every half-year",
)

ACCOUNT_DUE = "2027-06-30"

NOTES: tuple[Paper, Paper, Paper] = (
    (
        _text("배터리 작업반 연락처", "蓄電池作業部会の連絡先", "Contact points of the group"),
        _text("연락처 목록을 공유한다.", "連絡先の一覧を共有する。", "Contacts are shared."),
    ),
    (
        _text("배터리 용어집", "蓄電池の用語集", "Glossary of battery terms"),
        _text(
            "용어를 세 언어로 맞춘다.",
            "用語を三つの言語でそろえる。",
            "Terms agree.",
        ),
    ),
    (
        _text("배터리 작업반 일정", "蓄電池作業部会の日程", "Calendar of the group"),
        _text("회의 일정을 공유한다.", "会合の日程を共有する。", "Dates are shared."),
    ),
)
"""Texts that are put under silence, one while each node is down."""

CONSULTATIONS: tuple[tuple[Text, Text, Text], ...] = (
    (
        _text("해저 케이블 장애", "海底ケーブルの障害", "An undersea cable has failed"),
        _text("위성 회선으로 우회 중", "衛星回線に迂回中", "Traffic runs over satellite links"),
        _text("우선 회선을 정하고자 함", "優先する回線を決めたい", "Agree which links go first"),
    ),
    (
        _text("화산재로 항로 폐쇄", "火山灰による航路の閉鎖", "Ash has closed air routes"),
        _text("수송기 세 편이 대기 중", "輸送機3便が待機中", "Three transport flights wait"),
        _text("우회 항로를 맞추고자 함", "迂回路を調整したい", "Agree on other routes"),
    ),
    (
        _text(
            "태양 폭풍으로 항법 장애", "太陽嵐による航法の障害", "A solar storm blurs navigation"
        ),
        _text("위성 신호가 불안정함", "衛星信号が不安定", "Satellite signals are unsteady"),
        _text("훈련 시각을 조정하고자 함", "訓練の時刻を調整したい", "Agree on later hours"),
    ),
)
"""Ground, facts and wish of each request: causes that are nobody's doing."""

ANSWER = _text("받았으며 응하겠습니다.", "受け取りました。応じます。", "Received; we take part.")

OUTCOME = _text("조치를 맞추고 종료", "対応を調整し終了", "Steps agreed; closed")

STATEMENT: Paper = (
    _text(
        "배터리 재활용에 관한 공동성명",
        "蓄電池の再利用に関する共同声明",
        "Joint statement on recycling batteries",
    ),
    _text(
        "재활용 기준을 서로 알리고자 한다.",
        "再利用の基準を互いに知らせることを意図する。",
        "The three intend to share their standards for recycling.",
    ),
)

NOTICE_REASON = _text("재고 제도를 검토함", "備蓄制度を見直す", "Its stock rules are under review")

SUSPENSION_REASON = _text("검토를 연장함", "見直しを延長する", "The review takes longer")

RESCISSION_REASON = _text("검토를 마침", "見直しを終えた", "The review is over")
