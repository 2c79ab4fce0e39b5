"""Alerts, answers to them and what came of evidence, by all at once, wrong ones among them."""

from __future__ import annotations

from random import Random

from architrave.institution.acts import (
    Act,
    Alerted,
    Attested,
    Cell,
    Closed,
    Convened,
    Responded,
    Tabled,
    Wording,
    name_of,
)
from architrave.institution.acts_warning import POINTS
from architrave.institution.attestations import FINDINGS
from architrave.institution.state import Admitted, Refused
from architrave.sim.agenda import Agenda, Draft
from architrave.sim.workloads.work import Work

__all__ = ["Warnings"]

_HOUR = 3_600_000
_EVIDENCE = "ab" * 32


class Warnings(Work):
    """Alerts by name with who raised them; matters that name evidence, with who tabled them."""

    def __init__(self, agenda: Agenda, draw: Random) -> None:
        super().__init__(agenda, draw)
        self.open: list[tuple[str, str]] = []
        self.matters: list[str] = []

    def propose(self, party: str) -> Draft | None:
        """Warn, answer, meet, close, table evidence, or say what came of it."""
        agenda, draw = self.agenda, self.draw
        charter = agenda.world.cast.charter
        if party not in agenda.body.parties or not charter.article_for(agenda.body.id, "alert"):
            return None
        if not self.open or draw.random() < 0.3:
            return self._alert(party)
        if draw.random() < 0.3:
            return self._evidence(party)
        name, raised_by = draw.choice(self.open[-4:])
        words = agenda.officers.words("warned")
        if draw.random() < 0.15:
            starts = agenda.world.now + draw.randrange(-1, 4) * _HOUR
            given = {"symbol": agenda.symbol(party), "body": agenda.body.id, "consultation": name}
            return agenda.draft(party, Convened, starts=starts, ends=starts + _HOUR, **given)
        if raised_by == party and draw.random() < 0.5:
            return agenda.draft(party, Closed, consultation=name, outcome=words)
        # Who raised it does not answer it, and who offers something can help: both may be void.
        offer, sees = (words if draw.random() < 0.6 else {} for _ in range(2))
        unable = draw.random() < 0.2
        return agenda.draft(party, Responded, alert=name, offer=offer, sees=sees, unable=unable)

    def _alert(self, party: str) -> Draft:
        agenda, draw = self.agenda, self.draw
        unknown = sorted(point for point in POINTS if draw.random() < 0.3)
        words = agenda.officers.words("short")
        # Now and then a point is told though it is said to be not known.
        slip = draw.random() < 0.1
        told = {point: words if slip or point not in unknown else {} for point in POINTS}
        return agenda.draft(
            party,
            Alerted,
            symbol=agenda.symbol(party),
            body=agenda.body.id,
            unknown=unknown,
            drill=draw.random() < 0.3,
            **told,
        )

    def _evidence(self, party: str) -> Draft | None:
        agenda, draw = self.agenda, self.draw
        words = agenda.officers.words("worked out")
        if not self.matters or draw.random() < 0.3:
            if not agenda.deciding:
                return None
            way = draw.choice(agenda.deciding)
            wording = Wording(words, words, way.instrument, way.nature, "", {"a": _EVIDENCE})
            return agenda.draft(
                party,
                Tabled,
                symbol=agenda.symbol(party),
                body=agenda.body.id,
                article=way.article,
                wording=wording,
            )
        matter, finding = draw.choice(self.matters[-3:]), draw.choice(FINDINGS)
        rerun = finding != "not-rerun"
        differs = finding == "different"
        return agenda.draft(
            party,
            Attested,
            matter=matter,
            version=matter,
            evidence=_EVIDENCE if draw.random() < 0.9 else "cd" * 32,
            finding=finding,
            result=_EVIDENCE if rerun else "",
            versions={"model": "1"} if rerun else {},
            differing=2 if differs else 0,
            cells=[Cell("result.a", "1", "2")] if differs else [],
            reason={} if rerun else words,
        )

    def took(self, act: Act, verdict: Admitted | Refused | None) -> None:
        """Remember what was warned of, and what names evidence."""
        if isinstance(verdict, Refused):
            return
        if isinstance(act, Alerted):
            self.open.append((name_of(act), act.party))
        if isinstance(act, Tabled):
            self.matters.append(name_of(act))
