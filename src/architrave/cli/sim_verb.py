"""`architrave sim`: seeded histories in which links, disks and clocks fail and one party lies."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Annotated

import typer

from architrave.charter.model import Charter
from architrave.charter.parse import parse_charter
from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import paragraph, print_json, print_lines
from architrave.cli.shipped import shipped
from architrave.sim.plan import Plan, plan_for
from architrave.sim.shrink import shrunk
from architrave.sim.simulate import Outcome, simulate
from architrave.sim.telling import sentences

__all__ = ["sim"]

_CHARTER = "charters/trilateral.toml"
_TOGETHER = 4


@plainly
def sim(
    seed: Annotated[int | None, typer.Option(help="One history, told.", min=0)] = None,
    seeds: Annotated[str, typer.Option(help="Many: first:last, the last left out.")] = "0:100",
    parties: Annotated[
        int | None, typer.Option(help="How many parties; else the seed chooses.", min=3, max=5)
    ] = None,
    steps: Annotated[int, typer.Option(help="Steps before peace.", min=1)] = 60,
    jobs: Annotated[int | None, typer.Option(help="Processes; else one a core.", min=1)] = None,
    shrink: Annotated[
        bool, typer.Option("--shrink/--no-shrink", help="Make what fails smaller.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Try the record: seeded histories of the real nodes, judged by separate code.

    Links lose, double and delay; disks tear and forget; clocks jump; machines crash; one may lie.
    """
    if seed is not None:
        _tell(plan_for(seed, _charter(), parties, steps), shrink, as_json)
        return
    first, last = _range(seeds)
    plan = partial(_run, parties=parties, steps=steps)
    began = time.monotonic()
    total: Counter[str] = Counter()
    failed: list[Outcome] = []
    for outcome in _many(plan, range(first, last), jobs or os.cpu_count() or 1):
        total += outcome.counts
        total[f"with {outcome.plan.parties} parties"] += 1
        if outcome.found:
            failed.append(outcome)
            if not as_json:
                typer.echo(f"seed {outcome.plan.seed}: {outcome.found[0]}", err=True)
    seconds = time.monotonic() - began
    if as_json:
        print_json(_report(first, last, failed, total, seconds))
    else:
        print_lines(_summary(last - first, failed, total, seconds))
        if failed:
            worst = min(failed, key=lambda one: one.plan.seed)
            _tell(worst.plan, shrink, as_json=False)
    if failed:
        raise typer.Exit(1)


def _charter() -> Charter:
    return parse_charter(shipped(_CHARTER).read_text(encoding="utf-8"), _CHARTER)


def _range(text: str) -> tuple[int, int]:
    first, colon, last = text.partition(":")
    if not colon or not first.isdecimal() or not last.isdecimal() or int(first) >= int(last):
        raise Unclear(f"--seeds {text}: expected first:last, for example 0:2000.")
    return int(first), int(last)


def _run(seed: int, parties: int | None, steps: int) -> Outcome:
    charter = _charter()
    return simulate(plan_for(seed, charter, parties, steps), charter)


def _many(run: partial[Outcome], seeds: range, jobs: int) -> Iterator[Outcome]:
    if jobs == 1 or len(seeds) < 2 * _TOGETHER:
        yield from map(run, seeds)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap_unordered(run, seeds, chunksize=_TOGETHER)


def _tell(plan: Plan, shrink: bool, as_json: bool) -> None:
    """One history, line by line; what fails is made smaller first."""
    charter = _charter()
    outcome = simulate(plan, charter)
    if outcome.found and shrink:
        check = outcome.found[0].check

        def fails(smaller: Plan) -> set[str]:
            return {one.check for one in simulate(smaller, charter).found}

        smallest = shrunk(plan, check, fails)
        outcome = simulate(smallest, charter)
    if as_json:
        print_json(
            {
                "seed": plan.seed,
                "plan": outcome.plan.sentence,
                "found": [str(one) for one in outcome.found],
                "unseed": outcome.unseed,
                "counts": dict(sorted(outcome.counts.items())),
            }
        )
    else:
        print_lines(sentences(outcome, charter))
        print_lines([f"unseed {outcome.unseed}"])
    if outcome.found:
        raise typer.Exit(1)


def _summary(
    histories: int, failed: list[Outcome], total: Counter[str], seconds: float
) -> Iterator[str]:
    bad = f"{len(failed)} with something untrue" if failed else "nothing untrue"
    yield from paragraph(f"{histories:,} histories, {bad}; {histories / seconds:.1f} a second.", 0)
    yield from paragraph(
        ", ".join(f"{word} {count:,}" for word, count in sorted(total.items())) + ".", 0
    )


def _report(
    first: int, last: int, failed: list[Outcome], total: Counter[str], seconds: float
) -> dict[str, object]:
    return {
        "first": first,
        "last": last,
        "failed": {str(one.plan.seed): [str(each) for each in one.found] for one in failed},
        "counts": dict(sorted(total.items())),
        "seconds": round(seconds, 1),
        "histories_per_second": round((last - first) / seconds, 2),
    }
