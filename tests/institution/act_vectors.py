"""One act of every kind, as a second implementation should write it.

`python -m tests.institution.act_vectors` prints the file `tests/vectors/acts.json`: for each kind
its document, the canonical JSON of it, and the name (the SHA-256 of that JSON).
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.acts import Act, document_of, kind_of, name_of
from architrave.record import canonical

AT = 1_798_761_600_000
DAY = 86_400_000
NAME = {letter: letter * 64 for letter in "abcdef"}
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
SIGNATURE = KEY[:-1] + KEY[:-1] + "AA=="
TO = ["ald.demo.invalid/log/1", "bor.demo.invalid/log/1"]


def text(words: str) -> dict[str, str]:
    """A text in two languages."""
    return {"en": words, "fr": f"{words} (fr)"}


WORDING = acts.Wording(
    title=text("Ferry timetable"),
    summary=text("Ferries run each hour."),
    instrument="plan",
    nature="binding",
    digests={"timetable.pdf": NAME["d"]},
)
PLEDGE = acts.Pledge(
    id="boats", owner="ALD/FERRY", due="2027-06-30", what=text("Two boats"), cadence="quarterly"
)

FIELDS: Mapping[type[Act], Mapping[str, object]] = {
    acts.Founded: {"founding": NAME["a"], "charter": NAME["b"]},
    acts.Tabled: {
        "symbol": "FERRY/2027/ALD/1",
        "body": "FERRY",
        "article": "3(2)",
        "wording": WORDING,
        "pledges": [PLEDGE],
        "silence": acts.Silence("3(2)", AT + 2 * DAY),
    },
    acts.Revised: {"matter": NAME["a"], "article": "2(3)", "wording": WORDING},
    acts.Positioned: {
        "matter": NAME["a"],
        "version": NAME["b"],
        "position": Position.OBJECT,
        "reason": text("Too few boats"),
        "remedy": text("A third boat"),
    },
    acts.Retracted: {"matter": NAME["a"]},
    acts.WithdrewMatter: {"matter": NAME["a"], "reason": text("A better text follows")},
    acts.Reported: {
        "matter": NAME["a"],
        "pledge": "boats",
        "period": "2027-06-30",
        "account": text("Two boats sail"),
        "evidence": {"register.csv": NAME["e"]},
    },
    acts.AcceptedReport: {"report": NAME["c"]},
    acts.NotifiedWithdrawal: {"matter": NAME["a"], "effect": AT + 400 * DAY, "reason": text("Dry")},
    acts.SuspendedNotice: {"notice": NAME["d"], "reason": text("It rains")},
    acts.RescindedNotice: {"notice": NAME["d"], "reason": text("It rains on")},
    acts.Suspended: {"matter": NAME["a"], "reason": text("The landing is rebuilt")},
    acts.Resumed: {"matter": NAME["a"], "reason": text("The landing stands")},
    acts.Consulted: {
        "symbol": "FERRY/2027/ALD/2",
        "body": "FERRY",
        "ground": text("High water"),
        "facts": text("The landing is flooded"),
        "wish": text("To meet this week"),
    },
    acts.Acknowledged: {"consultation": NAME["e"], "answer": text("We come")},
    acts.Assessed: {
        "consultation": NAME["e"],
        "point": "pier",
        "reading": "uncertain",
        "account": text("No boat has gone there"),
        "proposition": text("The landing can be used"),
    },
    acts.Closed: {"consultation": NAME["e"], "outcome": text("The water fell")},
    acts.Convened: {
        "symbol": "FERRY/2027/ALD/4",
        "body": "FERRY",
        "starts": AT + DAY,
        "ends": AT + DAY + 7_200_000,
        "place": text("At the landing"),
        "agenda": [
            acts.Point(title=text("List of papers"), debate=False),
            acts.Point(title=text("Timetable"), matter=NAME["a"]),
        ],
        "consultation": NAME["e"],
    },
    acts.Minuted: {
        "meeting": NAME["b"],
        "held": True,
        "present": ["ALD", "BOR"],
        "account": text("The timetable was gone through"),
    },
    acts.Alerted: {
        "symbol": "FERRY/2027/ALD/5",
        "body": "FERRY",
        "impact": text("No ferry can land"),
        "causes": text("The landing is flooded"),
        "duration": {},
        "sectors": text("Salt and flour"),
        "measures": text("Stocks are counted"),
        "wanted": text("A landing further up"),
        "unknown": ["duration"],
        "matter": NAME["a"],
        "evidence": {"gauge.csv": NAME["d"]},
    },
    acts.Responded: {
        "alert": NAME["c"],
        "offer": text("Our landing, two days a week"),
        "sees": text("The water falls"),
    },
    acts.Attested: {
        "matter": NAME["a"],
        "version": NAME["b"],
        "evidence": NAME["d"],
        "finding": "different",
        "result": NAME["e"],
        "versions": {"ferry-model": "1.4"},
        "differing": 2,
        "cells": [acts.Cell("result.landings[0]", "12", "11")],
    },
    acts.Appointed: {"office": "ALD/FERRY", "holder": "First holder", "language": "en"},
    acts.Vacated: {"office": "ALD/FERRY"},
    acts.KeyDelegated: {"office": "ALD/FERRY", "holder": "First holder", "officer_key": KEY},
    acts.KeyRevoked: {"officer_key": KEY, "reason": text("The key was lost")},
    acts.LogSucceeded: {
        "log": "bor.demo.invalid/log/2",
        "continues": "bor.demo.invalid/log/1",
        "size": 12,
        "root": KEY,
        "node_key": KEY,
        "cause": "rotation",
        "asked": SIGNATURE,
        "concurs": SIGNATURE,
    },
    acts.Amended: {"matter": NAME["a"], "version": NAME["b"]},
    acts.Deposited: {"title": text("Map"), "digest": NAME["f"], "source": "the surveyor"},
    acts.Released: {"act": NAME["f"]},
    acts.Erased: {"act": NAME["f"], "cause": "law", "reason": text("A court has said so")},
    acts.Confirmed: {"row": "cm-ferry-annual", "digest": NAME["f"], "note": text("We were there")},
    acts.Corrected: {
        "row": "cm-ferry-annual",
        "digest": NAME["f"],
        "correction": text("The ferry met in May"),
        "source": "https://ferry.invalid/minutes",
        "state": "held",
        "on": "2027-05-09",
    },
    acts.Contested: {"row": "ev-ferry-2027", "digest": NAME["f"], "reason": text("No ferry came")},
}
# Further acts of a kind, for fields that the first of it leaves out.
FURTHER: Mapping[type[Act], tuple[Mapping[str, object], ...]] = {
    acts.Consulted: ({**FIELDS[acts.Consulted], "symbol": "FERRY/2027/ALD/3", "drill": True},),
    acts.Alerted: (
        {
            **FIELDS[acts.Alerted],
            "symbol": "FERRY/2027/ALD/6",
            "matter": "",
            "evidence": {},
            "drill": True,
        },
    ),
    acts.Responded: ({"alert": NAME["c"], "unable": True},),
    acts.Attested: (
        {
            "matter": NAME["a"],
            "version": NAME["b"],
            "evidence": NAME["d"],
            "finding": "same",
            "result": NAME["d"],
            "versions": {"ferry-model": "1.4"},
        },
        {
            "matter": NAME["a"],
            "version": NAME["b"],
            "evidence": NAME["d"],
            "finding": "not-rerun",
            "reason": text("The gauge is not at hand"),
        },
    ),
    acts.Convened: (
        {
            "symbol": "FERRY/2027/ALD/4",
            "body": "FERRY",
            "starts": AT + DAY,
            "ends": AT + DAY + 7_200_000,
            "consultation": NAME["e"],
            "moves": NAME["b"],
            "cancelled": True,
            "reason": text("The water fell"),
        },
    ),
}
PARTY_KEY = (acts.Founded, acts.KeyDelegated, acts.KeyRevoked, acts.LogSucceeded)
PUBLIC = (acts.Founded, acts.LogSucceeded, acts.Released)


def example(kind: type[Act], fields: Mapping[str, object] | None = None) -> Act:
    """The act of one kind that stands in the file, or another of it with these fields."""
    return kind(
        party="ALD",
        seat="" if kind in PARTY_KEY else "ALD/FERRY",
        key=KEY,
        at=AT,
        to=["public"] if kind in PUBLIC else TO,
        **(fields or FIELDS[kind]),
    )


def vectors() -> str:
    """The text of the file."""
    rows = []
    every = [example(kind) for kind in acts.KINDS.values()]
    every += [example(kind, fields) for kind, more in FURTHER.items() for fields in more]
    for act in every:
        document = document_of(act)
        rows.append(
            {
                "kind": kind_of(act),
                "document": document,
                "canonical": canonical.dump(document).decode(),
                "name": name_of(act),
            }
        )
    return json.dumps({"record": 1, "acts": rows}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    print(vectors(), end="")
