"""A small register of invented parties, as the texts of its five files."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from architrave.institution.register import Register, read_register

PARTIES = frozenset({"AAA", "BBB", "CCC"})
ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data" / "register"
SHIPPED_PARTIES = frozenset({"KOR", "JPN", "USA"})

HEADER = """\
sources_reach = 2026-03-31
licence = "free"
attribution = "compiled"
outsiders = ["ZZZ"]
front_event = "ev-summit"

[title]
en = "Register"
ko = "기록"
ja = "記録"

[standing]
en = "Compiled"
ko = "정리"
ja = "作成"

[vocabulary]
kind = ["summit", "ministerial"]
level = ["leaders", "ministers"]
pillar = ["general"]

[[gap]]
en = "A gap"
ko = "공백"
ja = "欠落"
"""
EVENTS_HEAD = "id,date,end_date,title,kind,level,parties,pillar,place,summary,source_url\n"
PROMISES_HEAD = (
    "id,made_on,made_at,text,pillar,body,cadence,due,status_if_known,status_source_url,source_url\n"
)
LINKS_HEAD = "commitment_id,event_id,relation,applies_on,source_url,linked_by,note\n"
UNNAMED_HEAD = "kind,form,length,sha256\n"


def event(
    event_id: str = "ev-summit",
    day: str = "2023-08-18",
    *,
    end: str = "",
    title: str = "A meeting",
    kind: str = "summit",
    parties: str = "AAA;BBB;CCC",
    place: str = "Town",
    source: str = "https://example.org/a",
) -> str:
    return f"{event_id},{day},{end},{title},{kind},leaders,{parties},general,{place},Met,{source}\n"


def promise(
    promise_id: str = "cm-yearly",
    made: str = "2023-08-18",
    *,
    at: str = "ev-summit",
    text: str = "Meet each year",
    cadence: str = "annual",
    due: str = "2024-08",
    source: str = "https://example.org/b",
) -> str:
    return f"{promise_id},{made},{at},{text},general,Leaders,{cadence},{due},,,{source}\n"


def link(
    promise_id: str = "cm-yearly",
    event_id: str = "ev-second",
    relation: str = "held",
    *,
    on: str = "",
    source: str = "",
    by: str = "read",
) -> str:
    return f"{promise_id},{event_id},{relation},{on},{source},{by},\n"


def unnamed(*rows: tuple[str, str, int, str]) -> str:
    """The list of names not written, from (kind, form, length, normalised name)."""
    lines = [
        f"{kind},{form},{length},{sha256(name.encode()).hexdigest()}\n"
        for kind, form, length, name in rows
    ]
    return UNNAMED_HEAD + "".join(lines)


def texts(
    events: str = "", promises: str = "", links: str = "", *, header: str = HEADER, names: str = ""
) -> dict[str, str]:
    """The five files; without arguments one event and one promise, and no link."""
    return {
        "register.toml": header,
        "events.csv": EVENTS_HEAD + (events or event()),
        "commitments.csv": PROMISES_HEAD + (promises or promise()),
        "fulfilments.csv": LINKS_HEAD + links,
        "unnamed.csv": names or unnamed(("place", "words", 1, "quillonia")),
    }


def small_register(events: str = "", promises: str = "", links: str = "") -> Register:
    return read_register(texts(events, promises, links), PARTIES)


def shipped_texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.iterdir())}


def shipped_register() -> Register:
    return read_register(shipped_texts(), SHIPPED_PARTIES)
