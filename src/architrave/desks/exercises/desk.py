"""The desk as any other asks it (`desks.registry`).

Of a folder of tables it says the plan and what of it was held; without a programme, the public past
that lies in the research tables. Clashes and windows are asked of one series and day, at the
terminal or in a notebook, and are worked out again here like the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Assessment, Layer
from architrave.desks.exercises.brought import Brought
from architrave.desks.exercises.clashes import clashes
from architrave.desks.exercises.compare import comparison, read_held
from architrave.desks.exercises.evidence import assessed, calendars_given
from architrave.desks.exercises.matters import plain
from architrave.desks.exercises.model import ClashKind, Plan, Postponed, Series
from architrave.desks.exercises.past import CONTEXT_FILE, LINKS_FILE, SERIES_FILE, read_past
from architrave.desks.exercises.reading import read_programme
from architrave.desks.exercises.windows import windows
from architrave.desks.parameters import day_given, several_given, typed_given, whole_given
from architrave.desks.registry import REGISTER, Desk, Sources
from architrave.institution.register_rows import Register

if TYPE_CHECKING:
    from architrave.desks.exercises.conflicts import Infeasible
    from architrave.desks.exercises.replanning import Replanned

__all__ = ["DESK", "compared", "past_assessed"]

_PROGRAMME, _HELD = "programme.csv", "held.csv"
_PAST = (SERIES_FILE, LINKS_FILE, CONTEXT_FILE)
_SECONDS = 40.0
# As `conflicts.HowSmall.SMALLEST` says it; that module brings in OR-Tools, which is of an extra.
_SMALLEST = "no smaller set is a conflict"
_MOST = 400


def compared(brought: Brought) -> Assessment:
    """Planned, after the postponements, against held."""
    found = comparison(brought.programme, brought.plan, read_held(brought.files, brought.programme))
    parties = {"parties": list(brought.programme.parties)}
    return assessed("planned against held", brought.files, parties, plain(found))


def past_assessed(
    files: Mapping[str, str], register: Register, parties: Sequence[str], today: date
) -> Assessment:
    """The public past as far as it was public by a day."""
    tables = {name: files[name] for name in _PAST if name in files}
    found = read_past(tables, register, today)
    parameters = {"parties": list(parties), "today": today.isoformat()}
    made = assessed("the public past", tables, parameters, plain(found))
    layer = Layer(REGISTER, found.newest.isoformat(), register.digest, "public sources, compiled")
    return Assessment(
        made.desk, made.question, (*made.layers, layer), parameters, made.result, made.versions
    )


def _assess(sources: Sources, today: date) -> tuple[Assessment, ...]:
    if _PROGRAMME not in sources.texts:
        return (past_assessed(sources.texts, sources.facts, sources.parties, today),)
    brought = Brought(sources.texts, read_programme(sources.texts, sources.parties))
    found = [_planned(brought, 7)]
    if _HELD in sources.texts:
        found.append(compared(brought))
    return tuple(found)


def _rerun(assessment: Assessment, sources: Sources) -> Assessment:
    parties = several_given(assessment, "parties")
    if assessment.question == "the public past":
        return past_assessed(sources.texts, sources.facts, parties, day_given(assessment, "today"))
    brought = Brought(sources.texts, read_programme(sources.texts, parties))
    if assessment.question == "planned against held":
        return compared(brought)
    if assessment.result.get("how_small", _SMALLEST) != _SMALLEST:
        raise BadInput(
            "exercises: the conflict that was tabled was not proven the smallest, so what is found "
            "again may differ by the time there was; nothing can be said of it."
        )
    if assessment.question == "plan":
        return _planned(brought, whole_given(assessment, "step_days", 1, 31))
    if assessment.question == "plan again":
        return _planned_again(assessment, brought)
    if assessment.question in ("clashes", "windows"):
        return _in_the_way(assessment, brought)
    raise BadInput(f"exercises: {assessment.question[:40]!r} is no question of this desk.")


def _planned(brought: Brought, step_days: int) -> Assessment:
    # OR-Tools is of an extra: whoever asks for a plan brings it in.
    from architrave.desks.exercises.plan_evidence import assessment_of
    from architrave.desks.exercises.planning import Undecided, plan

    found = plan(brought.programme, _SECONDS, step_days=step_days)
    if isinstance(found, Undecided) or not _sure(found):
        raise _unsettled()
    return assessment_of(brought.programme, found, step_days, files=brought.files)


def _planned_again(assessment: Assessment, brought: Brought) -> Assessment:
    from architrave.desks.exercises.plan_evidence import assessment_of
    from architrave.desks.exercises.planning import Undecided
    from architrave.desks.exercises.replanning import replan

    step = whole_given(assessment, "step_days", 1, 31)
    before = typed_given(assessment, "before", Plan)
    put_off = typed_given(assessment, "postponed", tuple[Postponed, ...])
    if len(before.placed) > _MOST or len(put_off) > _MOST:
        raise BadInput(f"exercises: more than {_MOST} editions cannot be planned again.")
    found = replan(brought.programme, before, put_off, _SECONDS, step_days=step)
    if isinstance(found, Undecided) or not _sure(found):
        raise _unsettled()
    return assessment_of(brought.programme, found, step, before, put_off, brought.files)


def _sure(found: Plan | Replanned | Infeasible) -> bool:
    """Whether more time would find the same: a settled plan, or a conflict proven the smallest."""
    how_small = getattr(found, "how_small", None)
    if how_small is not None:
        return bool(how_small == _SMALLEST)
    made = getattr(found, "plan", found)
    return isinstance(made, Plan) and made.settled


def _unsettled() -> BadInput:
    return BadInput(
        f"exercises: within {_SECONDS:g} seconds the plan was not settled here, so nothing can be "
        "said of the one that was tabled."
    )


def _in_the_way(assessment: Assessment, brought: Brought) -> Assessment:
    given = assessment.parameters
    programme, calendars = brought.programme, calendars_given(assessment)
    series, edition = _series(brought, given.get("series")), str(given.get("edition", ""))
    if assessment.question == "clashes":
        first = day_given(assessment, "first")
        found = clashes(
            programme, series, first, brought.plan, calendars, brought.occasions, edition
        )
        kept: dict[str, Any] = {
            "series": series.id, "first": first.isoformat(), "edition": edition,
        }  # fmt: skip
        result: Mapping[str, Any] = {"clashes": plain(found)}
    else:
        start = day_given(assessment, "from")
        count = whole_given(assessment, "count", 1, 50)
        kinds = typed_given(assessment, "kinds", list[ClashKind])
        every = given.get("every_day") is True
        result = plain(
            windows(
                programme, series, start, brought.plan, calendars, brought.occasions, count,
                every, frozenset(kinds), edition,
            )
        )  # fmt: skip
        kept = {
            "series": series.id, "from": start.isoformat(), "count": count, "every_day": every,
            "kinds": sorted(kinds), "edition": edition,
        }  # fmt: skip
    kept["parties"] = list(programme.parties)
    return assessed(assessment.question, brought.files, kept, result, calendars)


def _series(brought: Brought, name: object) -> Series:
    found = brought.programme.series.get(str(name))
    if found is None:
        raise BadInput(f"exercises: there is no series {str(name)[:40]!r} in the tables.")
    return found


DESK = Desk("exercises", _assess, _rerun)
