"""Phrases with which a charter is explained, in the languages that we write.

A charter brings its names, titles and texts in its own languages; the frame around them is here.
A language without a frame here is framed in English.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["phrase"]

_FALLBACK = "en"

_PHRASES: Mapping[str, Mapping[str, str]] = {
    "political": {
        "en": "Political document, not legally binding",
        "ko": "정치적 문서(법적 구속력 없음)",
        "ja": "政治的文書（法的拘束力なし）",
    },
    "binding": {
        "en": "Legally binding",
        "ko": "법적 구속력 있음",
        "ja": "法的拘束力あり",
    },
    "parties": {"en": "Parties", "ko": "참가국", "ja": "参加国"},
    "existing": {"en": "Bodies that exist", "ko": "기존 기관", "ja": "既存の機関"},
    "proposed": {
        "en": "Bodies that are proposed and do not exist",
        "ko": "제안된 기관(현재 존재하지 않음)",
        "ja": "提案中の機関（現存しない）",
    },
    "articles": {
        "en": "Who may do what, and how it is decided",
        "ko": "권한과 의사결정 방식",
        "ja": "権限と意思決定の方法",
    },
    "platforms": {
        "en": "Outside contacts, never members",
        "ko": "외부 연락 대상(구성원 아님)",
        "ja": "外部の連絡先（構成員ではない）",
    },
    "phase": {"en": "Phase {n}", "ko": "{n}단계", "ja": "第{n}段階"},
    "source": {"en": "Seen", "ko": "확인한 출처", "ja": "確認した出所"},
    "seats": {"en": "Seats", "ko": "직위", "ja": "役職"},
    "absorbs": {
        "en": "Would take over the work of",
        "ko": "업무를 이어받을 대상",
        "ja": "業務を引き継ぐ対象",
    },
    "parent": {"en": "Under", "ko": "상위 기관", "ja": "上位の機関"},
    "chair": {"en": "Rotation", "ko": "순번제", "ja": "持ち回り"},
    "unknown": {"en": "not known", "ko": "미상", "ja": "不明"},
    "cadence": {"en": "Cadence", "ko": "개최 주기", "ja": "開催頻度"},
    "cadence-none": {"en": "no fixed rhythm", "ko": "정해진 주기 없음", "ja": "定めなし"},
    "cadence-monthly": {"en": "monthly", "ko": "매월", "ja": "毎月"},
    "cadence-quarterly": {"en": "quarterly", "ko": "분기별", "ja": "四半期ごと"},
    "cadence-half-yearly": {"en": "twice a year", "ko": "연 2회", "ja": "年2回"},
    "cadence-annual": {"en": "annually", "ko": "연 1회", "ja": "年1回"},
    "bodies": {"en": "Bodies", "ko": "기관", "ja": "機関"},
    "instruments": {"en": "Texts", "ko": "대상 문서", "ja": "対象文書"},
    "rule": {"en": "Rule", "ko": "의사결정 규칙", "ja": "意思決定規則"},
    "rule-all-concur": {
        "en": "every party concurs",
        "ko": "전원 동의",
        "ja": "全参加国の同意",
    },
    "rule-consensus": {
        "en": "all have spoken, none objects or reserves, at least {n} concur",
        "ko": "모두 입장을 밝히고 이의 제기와 입장 유보가 없으며 {n}개국 이상 동의",
        "ja": "すべての参加国が立場を表明し、異議申立てと態度留保がなく、{n}か国以上が同意",
    },
    "rule-silence": {
        "en": "silence procedure: none objects or reserves",
        "ko": "침묵 절차: 이의 제기와 입장 유보가 없음",
        "ja": "沈黙手続：異議申立てと態度留保がない",
    },
    "rule-any-one": {
        "en": "any one party suffices",
        "ko": "1개국 발의로 충분",
        "ja": "一か国の発議で足りる",
    },
    "rule-at-least": {
        "en": "at least {n} concur (procedure only)",
        "ko": "{n}개국 이상 동의(절차 사항에 한함)",
        "ja": "{n}か国以上が同意（手続事項に限る）",
    },
    "period": {"en": "At least", "ko": "최소 기간", "ja": "最短期間"},
    "hours": {"en": "{n} hours", "ko": "{n}시간", "ja": "{n}時間"},
    "days": {"en": "{n} days", "ko": "{n}일", "ja": "{n}日間"},
    "working_days": {
        "en": "{n} working days",
        "ko": "근무일 {n}일",
        "ja": "{n}勤務日",
    },
    "by": {"en": "By", "ko": "주체", "ja": "主体"},
    "by-party-concerned": {
        "en": "the party concerned only",
        "ko": "해당 참가국에 한함",
        "ja": "当該参加国に限る",
    },
    "accepts": {"en": "Evidence accepted by", "ko": "증빙 확인 주체", "ja": "証拠の確認主体"},
    "accepts-any-other": {
        "en": "any other party",
        "ko": "보고국 이외의 어느 참가국이든",
        "ja": "報告国以外のいずれかの参加国",
    },
    "accepts-chair": {"en": "the chair country", "ko": "의장국", "ja": "議長国"},
    "accepts-all-others": {
        "en": "all other parties",
        "ko": "보고국 이외의 모든 참가국",
        "ja": "報告国以外のすべての参加国",
    },
    "arrangement": {"en": "arrangement", "ko": "약정", "ja": "取決め"},
    "plan": {"en": "plan", "ko": "계획", "ja": "計画"},
    "statement": {"en": "statement", "ko": "성명", "ja": "声明"},
    "programme": {"en": "programme", "ko": "사업", "ja": "事業"},
    "charter-amendment": {"en": "charter amendment", "ko": "헌장 개정", "ja": "憲章改正"},
    "note": {"en": "working paper or note", "ko": "실무 문서", "ja": "作業文書"},
    "none": {"en": "none", "ko": "입장 없음", "ja": "立場なし"},
    "concur": {"en": "concur", "ko": "동의", "ja": "同意"},
    "do-not-block": {"en": "do not block", "ko": "막지 않음", "ja": "妨げない"},
    "abstain": {"en": "abstain", "ko": "기권", "ja": "棄権"},
    "reserve": {
        "en": "reserve (pending capital)",
        "ko": "입장 유보(청훈 중)",
        "ja": "態度留保（請訓中）",
    },
    "object": {"en": "object", "ko": "이의 제기", "ja": "異議申立て"},
    "satisfied": {"en": "decided", "ko": "성립", "ja": "成立"},
    "not-satisfied": {"en": "not decided", "ko": "불성립", "ja": "不成立"},
    "table-head": {
        "en": "{n} parties: {rows} outcomes, {yes} of them decided",
        "ko": "{n}개국: 경우의 수 {rows}, 그중 성립 {yes}",
        "ja": "{n}か国：場合の数 {rows}、うち成立 {yes}",
    },
    "ways": {"en": "ways", "ko": "가지", "ja": "通り"},
    "role-blocks": {
        "en": "nothing is decided while this stands",
        "ko": "이 입장이 유지되는 한 성립하지 않음",
        "ja": "この立場が続く限り成立しない",
    },
    "role-could-settle": {
        "en": "another position of this party alone would decide",
        "ko": "이 참가국의 입장만 바뀌어도 성립",
        "ja": "この参加国の立場が変わるだけで成立",
    },
    "role-waits": {
        "en": "a change of this party alone would not be enough",
        "ko": "이 참가국의 변경만으로는 성립하지 않음",
        "ja": "この参加国の変更だけでは成立しない",
    },
    "role-settles": {
        "en": "enough by itself",
        "ko": "이 입장만으로 성립",
        "ja": "この立場だけで成立",
    },
    "role-needed": {
        "en": "another position of this party alone could undo it",
        "ko": "이 참가국의 입장만 바뀌어도 불성립이 될 수 있음",
        "ja": "この参加国の立場が変わるだけで不成立となり得る",
    },
    "role-free": {
        "en": "no change of this party alone would undo it",
        "ko": "이 참가국의 변경만으로는 결과가 바뀌지 않음",
        "ja": "この参加国の変更だけでは結果は変わらない",
    },
    "changes": {
        "en": "Smallest changes that turn it over",
        "ko": "결과를 바꾸는 최소 변경",
        "ja": "結果を変える最小の変更",
    },
    "more-needed": {
        "en": "{n} parties would have to change",
        "ko": "{n}개국의 변경이 필요",
        "ja": "{n}か国の変更が必要",
    },
}


def phrase(key: str, language: str, **blanks: object) -> str:
    """Return a phrase in a language (in English if we have no such frame), its blanks filled in."""
    forms = _PHRASES[key]
    text = forms.get(language, forms[_FALLBACK])
    for name, value in blanks.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
