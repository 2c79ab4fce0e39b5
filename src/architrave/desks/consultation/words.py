"""Fixed wordings of the desk in the languages of the shipped charters: they say what they are."""

from __future__ import annotations

from collections.abc import Mapping

from architrave.charter.model import Charter
from architrave.desks.errors import BadInput
from architrave.institution.acts import Text

__all__ = [
    "DRILL_FACTS",
    "DRILL_GROUND",
    "DRILL_OUTCOME",
    "DRILL_WISH",
    "REPAIR_SUMMARY",
    "REPAIR_TITLE",
    "REPAIR_WHAT",
    "worded",
]

DRILL_GROUND: Text = {
    "ko": "훈련입니다. 월례 협의선 점검이며, 아무 일도 일어나지 않았습니다.",
    "ja": "訓練です。月例の協議回線の点検であり、何も起きていません。",
    "en": "This is a drill: the monthly test of the consultation line. Nothing has happened.",
}

DRILL_FACTS: Text = {
    "ko": "훈련을 위한 요청으로, 전하는 사실은 없습니다.",
    "ja": "訓練のための要請であり、伝える事実はありません。",
    "en": "None: the request is made to try the line.",
}

DRILL_WISH: Text = {
    "ko": "훈련입니다. 수령하는 대로 회신해 주시기 바랍니다.",
    "ja": "訓練です。受領し次第、回答をお願いします。",
    "en": "This is a drill. Please answer as soon as you have received it.",
}

DRILL_OUTCOME: Text = {
    "ko": "훈련을 마칩니다.",
    "ja": "訓練を終了します。",
    "en": "The drill is over.",
}

REPAIR_TITLE: Text = {
    "ko": "협의선의 복구: {capital}",
    "ja": "協議回線の復旧：{capital}",
    "en": "Repair of the consultation line: {capital}",
}

REPAIR_SUMMARY: Text = {
    "ko": "훈련 {symbol}에서 {capital}의 회신이 {hours}시간 안에 확인되지 않았다.",
    "ja": "訓練{symbol}において、{capital}の回答が{hours}時間以内に確認されなかった。",
    "en": "In the drill {symbol} no answer of {capital} was found within {hours} hours.",
}

REPAIR_WHAT: Text = {
    "ko": "{capital}의 협의선이 응답하지 않은 까닭을 밝히고, 복구한 결과를 보고한다.",
    "ja": "{capital}の協議回線が応答しなかった理由を明らかにし、復旧の結果を報告する。",
    "en": "Say why the line of {capital} did not answer, and report that it is repaired.",
}


def worded(charter: Charter, text: Text, values: Mapping[str, Text] | None = None) -> Text:
    """A fixed text in each language of a charter, with each language's own values put in.

    Raises BadInput where the desk has no wording in a language of the charter.
    """
    missing = [one for one in charter.languages if one not in text]
    if missing:
        raise BadInput(
            f"the desk has no fixed wording in {', '.join(missing)}: word the text by hand."
        )
    given = values or {}
    return {
        one: text[one].format(**{name: value[one] for name, value in given.items()})
        for one in charter.languages
    }
