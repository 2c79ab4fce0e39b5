"""What a text says that was sealed for some parties and released later, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from architrave.institution.acts import Act, Alerted, Consulted, Wording
from architrave.institution.erasure import MARK
from architrave.peer.opened import OpenedText
from architrave.portal.pages_rows import OpenedBlock, Shown
from architrave.portal.reading import Copy
from architrave.portal.rows import link_to
from architrave.portal.translated import untranslated
from architrave.portal.whole import line_link
from architrave.record.entries import Tip
from architrave.record.layout import act_path
from architrave.record.tombstones import ErasedAct

__all__ = ["opened_block", "opened_by", "texts_in", "values_in"]

# Words that an act of any kind may carry, in the order in which they are shown.
_TEXTS = (
    "title", "summary", "ground", "facts", "wish", "answer", "outcome", "reason", "remedy",
    "proposition", "account", "note", "correction", "impact", "causes", "duration", "sectors",
    "measures", "wanted", "offer", "sees",
)  # fmt: skip
_VALUES = ("symbol", "document", "digest", "source", "row")


def opened_block(copy: Copy, tip: Tip) -> OpenedBlock | None:
    """The text of a line whose author released it later; None for any other line."""
    found = copy.opened.get(tip)
    if found is None:
        return None
    one, act = found
    words: list[Shown] = [copy.of(text) for text in texts_in(act)]
    if isinstance(act, Alerted | Consulted) and act.drill:
        note = "alert-test-note" if isinstance(act, Alerted) else "drill-note"
        words.insert(0, copy.say(note))
    first = [copy.state.party_of(log) for log in act.audience.logs or ()]
    release = line_link(copy, one.release.tip)
    erased = isinstance(one.act, ErasedAct)
    return OpenedBlock(
        note=copy.say("released-later", at=copy.here(one.release.t), sealed=copy.here(one.sealed)),
        first=copy.say("released-first", readers=copy.parties(first)),
        release=link_to(
            copy.say("pair", left=copy.say_of("kind", "released"), right=release.text),
            release.href,
        ),
        texts=(*words, *values_in(act)),
        untranslated=untranslated(copy, *words),
        file=None
        if erased
        else link_to(copy.say("released-file"), "/record/" + act_path(one.seal)),
        proof="" if erased else copy.say("released-proof", digest=one.seal.hex()),
        verify=link_to(copy.say("place-verify"), copy.address("verify")),
    )


def opened_by(copy: Copy, release: Tip) -> tuple[OpenedText, Act] | None:
    """The text that a line releases, if it is held here and nothing released it before."""
    found = (pair for pair in copy.opened.values() if pair[0].release.tip == release)
    return next(found, None)


def texts_in(act: Act) -> Iterator[Mapping[str, str]]:
    """What an act says, each text in every language that it has; nothing of what was erased."""
    wording = getattr(act, "wording", None)
    for said in (wording, act) if isinstance(wording, Wording) else (act,):
        for name in _TEXTS:
            text = getattr(said, name, None)
            if isinstance(text, Mapping) and text and MARK not in text.values():
                yield text
    for pledge in getattr(act, "pledges", ()):
        if MARK not in pledge.what.values():
            yield pledge.what


def values_in(act: Act) -> tuple[str, ...]:
    """What else identifies a text: its symbol, what it refers to by digest, and its source."""
    wording = getattr(act, "wording", None)
    found = [getattr(one, name, "") for name in _VALUES for one in (act, wording)]
    return tuple(one for one in found if isinstance(one, str) and one not in ("", MARK))
