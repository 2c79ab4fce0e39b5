"""`architrave`: the verbs, and where their parts are wired together."""

from __future__ import annotations

import sys

import typer

from architrave.cli.by_need import group_of

VERBS = {
    "demo": "architrave.cli.demo_verb:demo",
    "tabletop": "architrave.cli.tabletop_verb:tabletop",
    "status": "architrave.cli.status_verbs:status",
    "act": "architrave.cli.act_verbs:act",
    "alert": "architrave.cli.alert_verbs:alert",
    "respond": "architrave.cli.alert_verbs:respond",
    "sign": "architrave.cli.sign_verb:sign",
    "log": "architrave.cli.log_verbs:log",
    "show": "architrave.cli.show_verbs:show",
    "may": "architrave.cli.may_verb:may",
    "handover": "architrave.cli.handover_verb:handover_",
    "sim": "architrave.cli.sim_verb:sim",
    "export": "architrave.cli.record_verbs:export_",
    "verify": "architrave.cli.record_verbs:verify",
    "tamper": "architrave.cli.record_verbs:tamper_",
    "node": "architrave.cli.node_verbs:app",
    "officer": "architrave.cli.officer_verbs:app",
    "witness": "architrave.cli.witness_verbs:app",
    "carry": "architrave.cli.carry_verbs:app",
    "register": "architrave.cli.register_verbs:app",
    "charter": "architrave.cli.charter_verbs:app",
    "consultation": "architrave.cli.consultation_verbs:app",
    "drill": "architrave.cli.drill_verbs:app",
    "glossary": "architrave.cli.glossary_verbs:app",
    "interoperability": "architrave.cli.interoperability_verbs:app",
    "dialogues": "architrave.cli.dialogues_verbs:app",
    "launches": "architrave.cli.launches_verbs:app",
    "exercises": "architrave.cli.exercises_verbs:app",
    "supply": "architrave.cli.supply_group:app",
    "goods": "architrave.cli.goods_verbs:app",
    "evidence": "architrave.cli.evidence_verbs:app",
    "brief": "architrave.cli.brief_verbs:app",
}
"""Where each verb lies, in the order in which `--help` tells them."""

app = typer.Typer(
    cls=group_of(VERBS),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The standing secretariat, as software, of an institution without a hub.",
)


@app.callback()
def _verbs() -> None:
    """Every verb is below; a Typer without verbs of its own needs this to be a group."""


def run() -> None:
    """The entry point of the command."""
    app(prog_name="architrave")


if __name__ == "__main__":
    sys.exit(run())
