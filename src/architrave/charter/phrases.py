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
    "years-each": {"en": "{n} years each", "ko": "임기 {n}년", "ja": "任期{n}年"},
    "dates-unknown": {"en": "dates not known", "ko": "날짜 미상", "ja": "日付不明"},
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
    "meeting-within": {
        "en": "The body meets within",
        "ko": "회의 개최 시한",
        "ja": "会合の開催期限",
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
    "none": {"en": "no position", "ko": "입장 없음", "ja": "立場なし"},
    "concur": {"en": "concur", "ko": "동의", "ja": "同意"},
    "do-not-block": {"en": "do not block", "ko": "막지 않음", "ja": "妨げない"},
    "abstain": {"en": "abstain", "ko": "기권", "ja": "棄権"},
    "reserve": {
        "en": "reserve (pending capital)",
        "ko": "입장 유보(청훈 중)",
        "ja": "態度留保（請訓中）",
    },
    "object": {"en": "object", "ko": "이의 제기", "ja": "異議申立て"},
    "yes": {"en": "decided", "ko": "성립", "ja": "成立"},
    "no": {"en": "not decided", "ko": "불성립", "ja": "不成立"},
    "yes-silence": {"en": "adopted", "ko": "채택", "ja": "採択"},
    "no-silence": {"en": "not adopted", "ko": "채택되지 않음", "ja": "不採択"},
    "yes-any-one": {"en": "goes ahead", "ko": "진행", "ja": "実施"},
    "no-any-one": {"en": "does not go ahead", "ko": "진행되지 않음", "ja": "実施されない"},
    "needs-all-concur": {
        "en": "It is decided only when every party concurs; not blocking and abstaining are not "
        "enough.",
        "ko": "모든 참가국이 동의할 때에만 성립합니다. 막지 않음과 기권으로는 충분하지 않습니다.",
        "ja": "すべての参加国が同意したときにのみ成立します。妨げないこと及び棄権では足りません。",
    },
    "needs-consensus": {
        "en": "It is decided when every party has spoken, none objects or reserves, and at least "
        "{n} concur; any other may abstain or not block.",
        "ko": "모든 참가국이 입장을 밝히고, 이의 제기와 입장 유보가 없으며, {n}개국 이상이 "
        "동의하면 성립합니다. 그 밖의 참가국은 기권하거나 막지 않을 수 있습니다.",
        "ja": "すべての参加国が立場を表明し、異議申立てと態度留保がなく、{n}か国以上が同意"
        "すれば成立します。その他の参加国は、棄権すること、又は妨げないことができます。",
    },
    "needs-silence": {
        "en": "It is adopted when each party's own period has run without an objection or a "
        "reserve. For a party that the text has not reached no period runs.",
        "ko": "각 참가국의 기간이 이의 제기나 입장 유보 없이 지나면 채택됩니다. 문서를 수령하지 "
        "못한 참가국의 기간은 진행되지 않습니다.",
        "ja": "各参加国の期間が、異議申立ても態度留保もなく経過したときに採択されます。文書を"
        "受領していない参加国の期間は進行しません。",
    },
    "needs-any-one": {
        "en": "Any one party of the body may do this by itself; no other has to concur.",
        "ko": "어느 참가국이든 단독으로 할 수 있으며, 다른 참가국의 동의는 필요하지 않습니다.",
        "ja": "いずれの参加国も単独で行うことができ、他の参加国の同意を要しません。",
    },
    "needs-at-least": {
        "en": "It is decided when at least {n} parties concur, whatever the others say. Only "
        "questions of procedure are decided so.",
        "ko": "{n}개국 이상이 동의하면 다른 참가국의 입장과 관계없이 성립합니다. "
        "절차 사항에 한합니다.",
        "ja": "{n}か国以上が同意すれば、他の参加国の立場にかかわらず成立します。"
        "手続事項に限ります。",
    },
    "needs-party-concerned": {
        "en": "No positions are counted: the party concerned does this by itself.",
        "ko": "입장을 세지 않습니다. 해당 참가국이 단독으로 합니다.",
        "ja": "立場は数えません。当該参加国が単独で行います。",
    },
    "needs-any-party": {
        "en": "No positions are counted: any party of the body may do this.",
        "ko": "입장을 세지 않습니다. 어느 참가국이든 할 수 있습니다.",
        "ja": "立場は数えません。いずれの参加国も行うことができます。",
    },
    "needs-nothing": {
        "en": "Nothing is decided under this article.",
        "ko": "이 조에 따라 결정하는 사항은 없습니다.",
        "ja": "この条により決定する事項はありません。",
    },
    "needs-accepts-any-other": {
        "en": "Any one party other than the one that reported may do this by itself.",
        "ko": "보고국 이외의 어느 참가국이든 단독으로 할 수 있습니다.",
        "ja": "報告国以外のいずれの参加国も単独で行うことができます。",
    },
    "needs-accepts-chair": {
        "en": "The party in the chair does this by itself.",
        "ko": "의장국이 단독으로 합니다.",
        "ja": "議長国が単独で行います。",
    },
    "needs-accepts-all-others": {
        "en": "Every party other than the one that reported does this.",
        "ko": "보고국 이외의 모든 참가국이 합니다.",
        "ja": "報告国以外のすべての参加国が行います。",
    },
    "given": {
        "en": "With these positions: {outcome}",
        "ko": "이 입장에 따른 결과: {outcome}",
        "ja": "この立場による結果：{outcome}",
    },
    "silence-given": {
        "en": "Provided that each party's own period has run: {outcome}",
        "ko": "각 참가국의 기간이 모두 지난 경우: {outcome}",
        "ja": "各参加国の期間がすべて経過した場合：{outcome}",
    },
    "silence-broken": {
        "en": "Once laid, an objection or a reserve ends the silence on this version; a further "
        "version begins it anew.",
        "ko": "이의 제기나 입장 유보가 있으면 그 판의 침묵 절차는 끝나며, 새로운 판으로 다시 "
        "시작합니다.",
        "ja": "異議申立て又は態度留保があれば、その版の沈黙手続は終わり、新たな版で改めて"
        "始めます。",
    },
    "decided-here": {
        "en": "What is decided here, and how",
        "ko": "이 기관의 결정 사항과 방식",
        "ja": "この機関における決定事項と方法",
    },
    "by-silence": {"en": "or by silence", "ko": "또는 침묵 절차", "ja": "又は沈黙手続"},
    "source-proposed": {"en": "Proposed in", "ko": "제안된 출처", "ja": "提案の出所"},
    "table-head": {
        "en": "{n} parties: {rows} outcomes; {outcome}: {yes}",
        "ko": "{n}개국: 경우의 수 {rows}, {outcome} {yes}",
        "ja": "{n}か国：場合の数 {rows}、{outcome} {yes}",
    },
    "ways": {"en": "{n} ways", "ko": "{n}가지", "ja": "{n}通り"},
    "ways-1": {"en": "1 way", "ko": "1가지", "ja": "1通り"},
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
        "en": "What would change it, with the fewest parties moving",
        "ko": "결과를 바꾸는 최소 변경",
        "ja": "結果を変える最小の変更",
    },
    "more-needed": {
        "en": "To change it, {n} parties would have to move",
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
