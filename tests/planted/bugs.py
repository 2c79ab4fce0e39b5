"""Planted bugs: one-line changes of the real code, each of which something must catch.

What catches a bug is a history of some seed (`architrave sim`), if need be with more of the faults
and the work that reach the place; or a named test where histories cannot reach it.
"""

# Lines of other files are quoted as they stand there.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["BUGS", "Bug"]


@dataclass(frozen=True)
class Bug:
    """One bug: in which module which text becomes which, and what is to catch it.

    `seeds` are tried in order until one finds something, with `plan` in the place of what was drawn
    for them; first the one that found it when it was last looked for. `test` names a test instead.
    """

    name: str
    module: str
    old: str
    new: str
    seeds: range = range(60)
    first: int = 0
    plan: Mapping[str, object] = field(default_factory=dict)
    test: str = ""


_SMALL: dict[str, object] = {"parties": 3, "shipped": False, "body": "BASIN"}
_DECIDING = {**_SMALL, "works": ("decisions",), "faults": ("lines",), "malice": 1.0, "steps": 80}
_SILENT = {**_SMALL, "works": ("silence race",), "faults": ("lines",), "malice": 0.2, "steps": 80}
_FORGETFUL = {
    **_SMALL,
    "works": ("consultation storm",),
    "faults": ("lines", "lost writes", "torn write", "cut", "old copy"),
    "malice": 0.0,
}
_SUCCEEDING = "tests/peer/test_succession.py"
_ERASING = "tests/peer/test_erasing.py"
_REFUSED = "tests/institution/test_refusals.py::test_what_two_planted_bugs_would_let_in_is_refused"
_AMENDING = {**_SMALL, "works": ("amendments",), "faults": ("lines",), "malice": 0.05}
_AMENDMENTS = "tests/institution/test_amendments.py"
_ALL = (
    Bug(
        "in force without knowing that the others have all",
        "institution.standing",
        "    knows = {party: _knows_others(party, has_all, view) for party in parties}",
        "    knows = {party: True for party in parties}",
        plan=_DECIDING,
        first=1,
    ),
    Bug(
        "a gap in what was seen is ignored",
        "record.history",
        "        if missing:\n            raise MissingPast(tuple(missing))",
        "        if missing:\n            return",
    ),
    Bug(
        "an act that was not read is put into seen",
        "record.reading",
        "        if tip in self.waiting:\n            return False\n        if self.history",
        "        if self.history",
        plan=_DECIDING,
    ),
    Bug(
        "the token is not looked at",
        "peer.startup",
        "        peer.restored = size > own.size or (size > 0 and own.tips[size - 1].root != root)",
        "        peer.restored = False",
        plan=_FORGETFUL,
    ),
    Bug(
        "lines that only the token knows are not waited for",
        "peer.restore",
        "    return size > 0 and (own.size < size or own.tips[size - 1].root != root)",
        "    return False",
        plan=_FORGETFUL,
    ),
    Bug(
        "a restored copy signs when one other has told",
        "peer.restore",
        "    return [other for other in peer.others if other not in peer.reported]",
        "    return [] if peer.reported else peer.others",
        test="tests/peer/test_restore.py",
    ),
    Bug(
        "a late objection is accepted",
        "institution.matters",
        "        or words_fault(state, number, act.remedy)\n        or _closed_fault(state, past, fact, act.matter, number)",
        "        or words_fault(state, number, act.remedy)",
        test=_REFUSED,
    ),
    Bug(
        "acts are served without looking at to",
        "peer.relay",
        "        if act is None or not may_read(peer, other, seal, act):",
        "        if act is None:",
        plan={"works": ("two parties",), "malice": 1.0},
    ),
    Bug(
        "receipts are answered without end",
        "peer.receipts",
        "            if entry.header.to is not None and entry.header.to.reaches(me):",
        "            if entry.header.to is None or entry.header.to.reaches(me):",
        plan={**_SMALL, "steps": 12, "malice": 0.0},
    ),
    Bug(
        "a silence ends at its expiry, however late the text came",
        "institution.closing",
        "    return max(version.silence.expiry, close)",
        "    return min(version.silence.expiry, close)",
        plan=_SILENT,
    ),
    Bug(
        "a withdrawal counts without cosignatures",
        "institution.state",
        "        return all(any(one.get(origin, 0) >= tip.size for one in sizes) for origin in needed)",
        "        return True",
        test="tests/institution/test_owed.py",
    ),
    Bug(
        "time may fall within a log",
        "record.history",
        "        if branch.times and header.t < branch.times[-1]:",
        "        if branch.times and header.t < 0:",
        test="tests/record/test_history.py",
    ),
    Bug(
        "a second face convicts nobody",
        "peer.replica",
        "    def _convict(self, proof: bytes) -> Checked:\n        self.stop(proof)\n        return Checked(proof=proof)",
        "    def _convict(self, proof: bytes) -> Checked:\n        return Checked()",
        plan=_DECIDING,
        first=3,
    ),
    Bug(
        "a proof of two faces is kept to oneself",
        "peer.exchange",
        "            effects.append(Send(sender, Misconduct(origin, replica.proof)))",
        "            pass",
        plan=_DECIDING,
        first=7,
    ),
    Bug(
        "acts for some parties only count for all",
        "institution.state",
        "            if fact.audience.covers(self.audience, everyone)\n            and self.history.holds(self.cut, fact.tip)",
        "            if self.history.holds(self.cut, fact.tip)",
        plan={**_SMALL, "works": ("decisions", "two parties"), "malice": 0.0},
    ),
    Bug(
        "a clock that was set is trusted",
        "peer.clocks",
        "        if abs(ahead - self._ahead) <= AHEAD:",
        "        if abs(ahead - self._ahead) >= 0:",
        test="tests/sim/test_world.py",
    ),
    Bug(
        "a clock ahead of all others signs",
        "peer.muteness",
        "    if touched and all(ahead > AHEAD for ahead in touched):",
        "    if touched and all(ahead > 10**15 for ahead in touched):",
        test="tests/peer/test_restore.py",
    ),
    Bug(
        "final is what one other has received",
        "record.history",
        "            size = min(sizes, default=tip.size)",
        "            size = tip.size",
        test="tests/record/test_history.py",
    ),
    Bug(
        "a late note is cosigned for every copy",
        "peer.witnessing",
        "    return 0 <= peer.now - max(at * 1000, replica.cosigned_at) < peer.pace.refresh",
        "    return 0 <= peer.now - at * 1000 < peer.pace.refresh",
        test="tests/peer/test_exchange.py",
    ),
    Bug(
        "acts that did not come are not asked for",
        "peer.relay",
        "    return found[:WANTS] + _released_names(peer)",
        "    return _released_names(peer)",
        plan=_FORGETFUL,
        first=7,
    ),
    Bug(
        "what was released is not asked for",
        "peer.relay",
        "    return found[:WANTS] + _released_names(peer)",
        "    return found[:WANTS]",
        plan={**_SMALL, "works": ("two parties",), "faults": (), "malice": 0.0},
    ),
    Bug(
        "an act is judged by all that is held",
        "institution.admit",
        "    return View(history, history.past(tip), fact.audience)",
        "    tips = [one.tips[-1] for many in history.branches.values() for one in many if one.tips]\n"
        "    return View(history, history.cut_of(tips), fact.audience)",
        plan={**_DECIDING, "malice": 0.0},
    ),
    Bug(
        "the signature of an entry is not checked",
        "record.history",
        "        if not signature_holds:\n            entry.check_signature",
        "        if signature_holds is None:\n            entry.check_signature",
        test="tests/record/test_history.py",
    ),
    Bug(
        "the signature of an act is not checked",
        "institution.admit",
        "    if not sealed.signed_by(key, state.founding.id):",
        "    if sealed is None:",
        test=_REFUSED,
    ),
    Bug(
        "words are dropped before all who may read them have signed",
        "peer.erasing",
        "    if not act.stone.lacks(_readers(peer, act)):",
        "    if act.stone.signatures:",
        test=f"{_ERASING}::test_a_party_that_refuses_to_sign_delays_and_changes_nothing_else",
    ),
    Bug(
        "a tombstone is taken without the own signature",
        "peer.erasing",
        "    if act.stone.lacks(readers | {peer.origin} if here else readers):",
        "    if not act.stone.signatures:",
        test=f"{_ERASING}::test_another_skeleton_is_refused_by_all_who_have_read_the_act",
    ),
    Bug(
        "whoever asks has the words of another erased",
        "peer.erasing",
        "    if not any(fact.party == read.act.party for fact in erasures) or",
        "    if not erasures or",
        test=f"{_ERASING}::test_nobody_erases_the_words_of_another",
    ),
    Bug(
        "a later log opens without the consent of all",
        "institution.successions",
        "            if {fact.party for fact in agreeing} != set(others):",
        "            if not agreeing:",
        test=_SUCCEEDING,
    ),
    Bug(
        "a later log leaves out what all have received",
        "peer.succession",
        "    return all(history.is_prefix(tip, succession.continues) for tip in history.shared(received))",
        "    return True",
        test=f"{_SUCCEEDING}::test_consents_that_cross_leave_nothing_out_that_both_had_received",
    ),
    Bug(
        "a party concurs with two statements that may both be opened",
        "institution.successions",
        "        if pending and not _passed_over(state, past, succession.first, one.act):",
        "        if pending and past is None:",
        test=f"{_SUCCEEDING}::test_a_party_concurs_once_for_each_generation",
    ),
    Bug(
        "lines of the old log are taken after its succession",
        "peer.succession",
        "    old.close()",
        "    assert old",
        test=f"{_SUCCEEDING}::test_who_has_the_old_key_writes_nothing_that_anybody_takes",
    ),
    Bug(
        "a log whose succession is asked for takes more lines",
        "peer.peer",
        "        return succession.why_mute(self) or why_not_write(self)",
        "        return why_not_write(self)",
        test=f"{_SUCCEEDING}::test_a_log_goes_on_under_a_new_key_once_every_other_party_concurs",
    ),
    Bug(
        "a party closes two amendments of one charter",
        "institution.amendment_race",
        "        if state.matter_of[other.name] == act.matter:\n",
        "        if True:\n",
        seeds=range(80),
        plan=_AMENDING,
    ),
    Bug(
        "a closed amendment that may still be agreed is left for another",
        "institution.amendment_race",
        "            if not _never_agreed(state, past, fact.party, other, theirs):\n",
        "            if False:\n",
        test=f"{_AMENDMENTS}::test_who_walks_away_holds_nobody_captive",
    ),
    Bug(
        "an act is judged by a charter that it has not received",
        "institution.admit",
        "    if state.amended:\n",
        "    if False:\n",
        test=f"{_AMENDMENTS}::test_an_act_that_has_not_received_the_amendment_is_judged_by_the_old_charter",
    ),
    Bug(
        "a version is decided by another charter than that of its tabling",
        "institution.admit",
        "    if state.amended and isinstance(act, Tabled | Revised):\n",
        "    if False:\n",
        test=f"{_AMENDMENTS}::test_a_version_is_decided_by_the_charter_of_its_tabling",
    ),
    Bug(
        "after a crash the token stays behind the record",
        "peer.startup",
        "        peer.unsaved = _ahead_of(peer, size)",
        "        peer.unsaved = None",
        test="tests/peer/test_restore.py",
    ),
    Bug(
        "the last signed head is not compared before a write",
        "node.store",
        '        if (bytes(row[0]) if row else b"") != head:',
        "        if row is None and head:",
        test="tests/node/test_journal.py",
    ),
    Bug(
        "messages leave before the record is written",
        "node.journal",
        "        turn = in_order(effects)\n",
        "        turn = in_order(effects)\n        send(turn.leaving)\n",
        test="tests/node/test_journal.py",
    ),
    Bug(
        "the token is not written",
        "node.journal",
        "        if turn.token is not None:\n",
        "        if turn.token is None:\n",
        test="tests/node/test_journal.py",
    ),
)

BUGS: dict[str, Bug] = {one.name: one for one in _ALL}
