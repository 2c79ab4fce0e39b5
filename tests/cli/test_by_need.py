"""A verb brings in what it needs, and nothing of the others."""

from __future__ import annotations

import subprocess
import sys

import typer.main

from architrave.cli import main, supply_group
from architrave.cli.by_need import group_of


def brought_in(statement: str) -> set[str]:
    """The modules of the product that a statement imports, in a process of its own."""
    told = "print(*(name for name in sys.modules if name.startswith('architrave')))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{statement}\n{told}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_the_command_alone_brings_in_no_verb() -> None:
    found = brought_in("import architrave.cli.main")
    assert found == {
        "architrave",
        "architrave.cli",
        "architrave.cli.by_need",
        "architrave.cli.main",
    }


def test_a_verb_is_one_command_and_its_neighbours_stay_out() -> None:
    found = brought_in(
        "from architrave.cli.main import app\n"
        "try:\n    app(['supply', 'points', '--help'])\n"
        "except SystemExit:\n    pass"
    )
    assert "architrave.cli.supply_chain_verbs" in found
    assert "architrave.cli.supply_uncertain_verb" not in found
    assert "architrave.cli.exercises_verbs" not in found


def test_every_verb_is_where_it_is_said_to_be_and_told_in_that_order() -> None:
    for app, least in ((main.app, 30), (supply_group.app, 15)):
        group = typer.main.get_command(app)
        names = group.list_commands(typer.Context(group))
        assert len(names) >= least
        assert [group.commands[name].name for name in names] == names


def test_a_group_keeps_the_verbs_that_it_has_itself_after_those_by_need() -> None:
    app = typer.Typer(cls=group_of({"log": "architrave.cli.log_verbs:log"}))

    @app.command()
    def own() -> None:
        """A verb that lies here."""

    group = typer.main.get_group(app)
    assert group.list_commands(typer.Context(group)) == ["log", "own"]
    del group.commands["log"]
    assert len(group.commands) == 1
