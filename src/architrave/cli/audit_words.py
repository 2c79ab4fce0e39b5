"""What an audit found, in plain sentences of at most 80 columns, and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from architrave.record.audit import Audited
from architrave.record.b64 import encode
from architrave.record.findings import Audit, LogAudit

__all__ = [
    "FAULT",
    "GOOD",
    "UNTRUSTED",
    "audit_value",
    "exit_status",
    "lines_of",
    "taken_over_lines",
    "wrapped",
]

GOOD, FAULT, UNTRUSTED = 0, 1, 3
_VERDICTS = {GOOD: "good", FAULT: "fault", UNTRUSTED: "fits together"}
_WIDTH = 80


def exit_status(audit: Audit) -> int:
    """0 if all is good, 1 with a fault, 3 if it fits together and nobody said whom to trust."""
    if audit.faults:
        return FAULT
    return GOOD if audit.trusted else UNTRUSTED


def audit_value(audit: Audit) -> dict[str, object]:
    """An audit as a JSON value."""
    return {
        "verdict": _VERDICTS[exit_status(audit)],
        "institution": audit.institution,
        "demonstration": audit.demonstration,
        "trusted": audit.trusted,
        "logs": [_log_value(log) for log in audit.logs],
        "faults": [{"place": one.place, "message": one.message} for one in audit.faults],
        "remarks": [{"place": one.place, "message": one.message} for one in audit.remarks],
    }


def _log_value(log: LogAudit) -> dict[str, object]:
    return {
        "origin": log.origin,
        "party": log.party,
        "signed_size": log.signed_size,
        "cosigned_size": log.cosigned_size,
        "root": encode(log.root),
        "cosigners": list(log.cosigners),
        "awaited": list(log.awaited),
        "receipts": log.receipts,
        "acts": log.acts,
        "public_acts": log.public_acts,
        "sealed_acts": log.sealed_acts,
        "erased_acts": log.erased_acts,
        "sound": log.sound,
    }


def lines_of(audit: Audit) -> Iterator[str]:
    """An audit in sentences, one line each, the verdict last."""
    if audit.demonstration:
        yield "DEMO: made for a demonstration. Its signatures mean nothing."
    if audit.institution:
        yield f"Institution {audit.institution}"
    for log in audit.logs:
        yield ""
        yield from _log_lines(log)
    if audit.remarks:
        yield ""
    for remark in audit.remarks:
        yield from wrapped(f"To know: {_plain(remark.place)}: {_plain(remark.message)}")
    if audit.faults:
        yield ""
    for fault in audit.faults:
        yield from wrapped(f"FAULT: {_plain(fault.place)}: {_plain(fault.message)}")
    yield ""
    yield from wrapped(_verdict(audit))


def taken_over_lines(audited: Audited) -> Iterator[str]:
    """Which lines were not read again; nothing if all were."""
    if audited.taken_over:
        books = [f"{party} {_count(size, 'line')}" for party, size in audited.taken_over.items()]
        yield from wrapped(
            f"Read the last time and not again: {', '.join(books)}. If their files have changed"
            " since then, checking without --state shows it."
        )


def _log_lines(log: LogAudit) -> Iterator[str]:
    yield from wrapped(f"{log.party}: minute book {log.origin}")
    alone = log.signed_size - log.cosigned_size
    yield f"  cosigned by all    {_count(log.cosigned_size, 'line')}{_awaited(log)}"
    yield f"  signed only        {_count(alone, 'line')} more"
    if not log.sound:
        yield "  Something in this book does not hold (below): these are claims only."
        return
    entries = _count(log.acts, "entry", "entries")
    yield f"  in these lines     {entries}, {log.public_acts} open here, {log.sealed_acts} sealed;"
    if log.erased_acts:
        yield f"                     {log.erased_acts} with their words erased (below);"
    yield f"                     {_count(log.receipts, 'acknowledgement')}"


def _awaited(log: LogAudit) -> str:
    return f" (awaiting {_joined(log.awaited)})" if log.awaited else ""


def _verdict(audit: Audit) -> str:
    status = exit_status(audit)
    if status == FAULT:
        return f"NOT GOOD: {_count(len(audit.faults), 'fault')}."
    if status == GOOD:
        return "Good. All of it is as the capitals of this founding signed it."
    return (
        "It fits together. Whether these are the capitals' own keys is not settled: pass --founding"
        " with the founding as you got it from a capital yourself."
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _joined(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _plain(text: str) -> str:
    """A text from somebody else's files, without letters that would move the cursor."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def wrapped(sentence: str) -> list[str]:
    """A sentence in lines of at most 80 columns; a long path is kept in one piece."""
    return textwrap.wrap(
        sentence, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
