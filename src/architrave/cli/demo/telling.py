"""The story in plain sentences: at most thirty lines of ninety columns, in whatever script.

A telling function turns what a scene found into lines, and says in capitals what went wrong where
the nodes did not behave as the institution demands: nothing is told that was not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from architrave.charter.explain import outcomes_checked
from architrave.charter.model import Charter
from architrave.cli.demo.cast import Cast
from architrave.cli.demo.cheat import Rewriting
from architrave.cli.demo.copies import CheckedCopy
from architrave.cli.demo.scenes import Outage, Plan, Succession
from architrave.institution.acts import Revised, Tabled
from architrave.institution.promises import PeriodState, counts, summary
from architrave.institution.register import Register
from architrave.institution.standing import MatterStanding, Stage

__all__ = [
    "WIDTH",
    "Teller",
    "capital",
    "compared_line",
    "end_lines",
    "founding_line",
    "notice_line",
    "outage_lines",
    "plan_lines",
    "register_lines",
    "rewriting_lines",
    "succession_lines",
]

WIDTH = 90
_PROMISES = {
    "cm-fm-annual": "Foreign ministers",
    "cm-ipd-annual": "Indo-Pacific Dialogue",
    "cm-leaders-annual": "Leaders",
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Teller:
    """Says lines as the story goes, and keeps them."""

    def __init__(self, quiet: bool = False) -> None:
        self.lines: list[str] = []
        self._quiet = quiet

    def say(self, lines: str | Iterable[str]) -> None:
        """Print lines at once."""
        for line in [lines] if isinstance(lines, str) else lines:
            self.lines.append(line)
            if not self._quiet:
                print(line, flush=True)


def capital(charter: Charter, party: str) -> str:
    """A party's capital in English."""
    return charter.party(party).capital["en"]


def columns(row: Iterable[str], widths: Iterable[int]) -> str:
    """Cells side by side, each padded to its width as a terminal shows it."""
    cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
    return "  " + " ".join(cells).rstrip()


def founding_line(charter: Charter) -> str:
    """Who founded what, under how many rules checked to the last outcome."""
    names = [charter.party(party).short["en"] for party in charter.order("en")]
    proposed = sum(body.proposed for body in charter.bodies)
    return (
        f"{', '.join(names)} found it: {len(charter.bodies)} bodies ({proposed} only proposed), "
        f"{outcomes_checked(charter):,} outcomes checked."
    )


def register_lines(
    charter: Charter, chair: str, standing: MatterStanding, register: Register, today: datetime
) -> Iterator[str]:
    """The register as all took note of it, with three telling rows of promised and held."""
    number, reach = counts(register), register.sources_reach
    yield (
        f"{capital(charter, chair)}, in the chair, tabled the register ({register.digest[:8]}): "
        f"{number['events']} events, {number['promises']} promises;"
    )
    yield (
        f"{len(standing.current.positions)} of {len(charter.parties)} took note. Public reports to "
        f"{reach.day} {_MONTHS[reach.month - 1]} {reach.year}; meetings promised yearly:"
    )
    rows = {row.promise.id: row for row in summary(register, today.date())}
    for wanted, name in _PROMISES.items():
        states = " · ".join(_year_state(state) for state in rows[wanted].states)
        yield columns((f"{name}:", states), (23, 0))


def _year_state(state: PeriodState) -> str:
    return f"{state.period.first.year} {state.state.replace('-', ' ')}"


def plan_lines(charter: Charter, plan: Plan, cast: Cast) -> list[str]:
    """How the plan was tabled, objected to, revised and adopted by silence."""
    shown = plan.standing.current
    act = shown.version.fact.act
    assert isinstance(act, Tabled | Revised)
    row = "  ".join(
        f"{capital(charter, party)} {_tick(shown.has_all[party] is not None)}"
        f"{_tick(shown.knows[party])}"
        for party in charter.order("en")
    )
    stands = charter.words_for(act.wording.nature).standing["en"]
    decided = shown.stage is Stage.IN_FORCE
    return [
        f"{capital(charter, cast.tables)} tabled a plan: warn each other of a shortage of battery "
        "materials in 48 hours.",
        f"{capital(charter, cast.objects)} objected, seeking 24; {capital(charter, cast.revises)} "
        f"revised it so; {capital(charter, cast.objects)} lifted its objection.",
        f"Silence ended {_zones(charter, plan.expiry)}.",
        f"Has all, knows all have: {row}: {stands if decided else f'NOT {stands}'}.",
    ]


def _tick(given: bool) -> str:
    return "✓" if given else "·"


def _zones(charter: Charter, instant: int) -> str:
    """An instant on each capital's clock; capitals whose clocks agree stand together."""
    clocks: dict[str, list[str]] = {}
    for party in charter.order("en"):
        local = _local(instant, charter.party(party).time_zone)
        clocks.setdefault(local, []).append(capital(charter, party))
    return ", ".join(f"{local} in {' and '.join(names)}" for local, names in clocks.items())


def _local(instant: int, zone: str) -> str:
    when = datetime.fromtimestamp(instant / 1000, UTC).astimezone(ZoneInfo(zone))
    return f"{when.day} {_MONTHS[when.month - 1]} {when:%H:%M}"


def outage_lines(charter: Charter, outages: list[Outage]) -> Iterator[str]:
    """A node killed in each capital in turn."""
    widths = (11, 17, 15, 18, 25)
    yield "Each node was killed once (SIGKILL), while a silence ran and another asked to consult:"
    yield columns(
        ("killed", "asked to consult", "had it at once", "has it on return", "the silence"),
        widths,
    )
    for one in outages:
        yield columns(
            (
                capital(charter, one.round.out),
                capital(charter, one.round.acts),
                capital(charter, one.round.told) if one.had_at_once else "NOBODY",
                "yes" if one.had_on_return else "NO",
                f"{'suspended' if one.suspended else 'NOT SUSPENDED'}, then "
                f"{'adopted' if one.adopted else 'NOT ADOPTED'}",
            ),
            widths,
        )


def succession_lines(charter: Charter, found: list[Succession]) -> Iterator[str]:
    """A new holder in each capital in turn, with what passed to them in their language."""
    yield "Each government changed once. The successor, whose key is new, was handed:"
    for one in found:
        pack = one.pack
        pending = [open_.standing.act.wording.title[pack.language] for open_ in pack.pending]
        yield columns(
            (
                capital(charter, one.party),
                f"{len(pack.stands)} in effect, {len(pack.owed)} due, {len(pack.pending)} pending:",
                ", ".join(pending),
                "" if one.old_key_refused else "OLD KEY SIGNS",
            ),
            (11, 32, 40, 0),
        )


def notice_line(charter: Charter, party: str, shown: tuple[str, ...]) -> str:
    """The notice that was given, suspended and taken back, as another capital's copy shows it."""
    return f"{capital(charter, party)} gave notice to leave the plan: {', then '.join(shown)}."


def compared_line(equal: bool, state: str, copies: Sequence[CheckedCopy]) -> str:
    """That the three came to the same, and that each one's record passes verify."""
    same = f"The three states are equal ({state[:8]})" if equal else "THE STATES DIFFER"
    sound = sum(one.sound for one in copies)
    return (
        f"{same}; {sound} of {len(copies)} copies verify; "
        f"{copies[0].cosigned} of {copies[0].lines} lines co-signed."
    )


def rewriting_lines(charter: Charter, found: list[Rewriting]) -> Iterator[str]:
    """Each capital's second history, and the old copy of its folder."""
    yield "Each signed its book anew, one line left out, for copies of the others to take:"
    for one in found:
        both = [party for party in one.refused_by if party in one.proved_by]
        yield columns(
            (
                capital(charter, one.party),
                f"line {one.left_out + 1}: refused and proved by {_listed(charter, both)};",
                f"old copy {'signs nothing' if one.old_copy_says else 'SIGNS'}.",
            ),
            (11, 50, 0),
        )


def _listed(charter: Charter, parties: Iterable[str]) -> str:
    return " and ".join(capital(charter, party) for party in parties) or "NOBODY"


def end_lines(charter: Charter, command: str, symbol: str, addresses: dict[str, str]) -> list[str]:
    """The reader's turn: what to type, and where to look."""
    first, second, third = (capital(charter, party) for party in charter.order("en"))
    places = "  ".join(f"{addresses[party]} {capital(charter, party)}" for party in addresses)
    return [
        "Your turn, in another window (Ctrl+C here stops the three):",
        f"  {command} tamper {second}",
        f'  {command} may {third} "{first} object {symbol}"',
        places,
    ]
