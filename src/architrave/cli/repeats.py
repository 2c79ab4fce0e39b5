"""Whether a command says what stands in the record already: typing it twice enters it once.

Two acts that say the same differ in the time that each claims, so the node cannot tell a second
thought from a second press of the key. An act is a repeat if this party has one that says the same,
and has done nothing since that ended what it said.
"""

from __future__ import annotations

from collections.abc import Mapping

from architrave.cli.composing import Composed
from architrave.cli.look import Look
from architrave.institution.acts import (
    Act,
    Alerted,
    Appointed,
    Assessed,
    Attested,
    Closed,
    Confirmed,
    Consulted,
    Contested,
    Convened,
    Corrected,
    Minuted,
    NotifiedWithdrawal,
    Positioned,
    RescindedNotice,
    Responded,
    Resumed,
    Retracted,
    Revised,
    Suspended,
    Tabled,
    Vacated,
    WithdrewMatter,
)
from architrave.institution.state import Fact
from architrave.portal.composing.composer import same_but_time

__all__ = ["ENDED_BY", "earlier"]

ENDED_BY: Mapping[type[Act], tuple[type[Act], ...]] = {
    Tabled: (WithdrewMatter,),
    Positioned: (Positioned, Retracted, Revised),
    Retracted: (Positioned,),
    NotifiedWithdrawal: (RescindedNotice,),
    Suspended: (Resumed,),
    Resumed: (Suspended,),
    Assessed: (Assessed,),
    Alerted: (Closed,),
    Consulted: (Closed,),
    Convened: (Convened,),
    Minuted: (Minuted,),
    Responded: (Responded,),
    Attested: (Attested,),
    Appointed: (Appointed, Vacated),
    Vacated: (Appointed,),
    **dict.fromkeys((Confirmed, Corrected, Contested), (Confirmed, Corrected, Contested)),
}
"""What a party itself may do after an act of the first kind so that saying it again is new."""


def earlier(look: Look, new: Composed) -> Fact | None:
    """The act of this party in its book that says the same and still holds; None if there is none.

    A symbol that was only proposed is not compared: the second time another one would be proposed.
    """
    kind = type(new.act)
    mine = sorted(
        (fact for facts in look.state.acts.values() for fact in facts if fact.party == look.party),
        key=lambda fact: fact.tip.size,
    )
    same = [
        fact
        for fact in mine
        if type(fact.act) is kind and same_but_time(fact.act, new.act, not new.symbol_proposed)
    ]
    if not same:
        return None
    last = same[-1]
    later = [fact for fact in mine if fact.tip.size > last.tip.size]
    return None if any(_ends(look, fact, last) for fact in later) else last


def _ends(look: Look, later: Fact, fact: Fact) -> bool:
    kinds = ENDED_BY.get(type(fact.act), ())
    return isinstance(later.act, kinds) and _subject(later) == _subject(fact)


def _subject(fact: Fact) -> str:
    """What an act is about, so that an act that ends it is recognised."""
    match fact.act:
        case Tabled() | Consulted() | Alerted() | NotifiedWithdrawal():
            return fact.name
        case RescindedNotice(notice=notice):
            return notice
        case Convened(moves=moves):
            return moves or fact.name
        case Minuted(meeting=meeting):
            return meeting
        case Closed(consultation=asked):
            return asked
        case Responded(alert=alert):
            return alert
        case Attested(version=version, evidence=evidence):
            return f"{version} {evidence}"
        case Assessed(consultation=asked, point=point):
            return f"{asked} {point}"
        case Positioned() | Retracted() | Revised() | WithdrewMatter() | Suspended() | Resumed():
            return fact.act.matter
        case Appointed() | Vacated():
            return fact.act.office
        case Confirmed() | Corrected() | Contested():
            return fact.act.row
    return ""
