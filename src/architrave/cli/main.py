"""`architrave`: the verbs, and where their parts are wired together."""

from __future__ import annotations

import sys

import typer

from architrave.cli import charter_verbs, node_verbs

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The standing secretariat, as software, of an institution without a hub.",
)
app.add_typer(node_verbs.app, name="node")
app.add_typer(charter_verbs.app, name="charter")


def run() -> None:
    """The entry point of the command."""
    app(prog_name="architrave")


if __name__ == "__main__":
    sys.exit(run())
