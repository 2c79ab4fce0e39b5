"""`architrave`: the verbs, and where their parts are wired together."""

from __future__ import annotations

import sys

import typer

from architrave.cli import (
    brief_verbs,
    carry_verbs,
    charter_verbs,
    consultation_verbs,
    dialogues_verbs,
    drill_verbs,
    evidence_verbs,
    exercises_verbs,
    glossary_verbs,
    goods_verbs,
    interoperability_verbs,
    launches_verbs,
    node_verbs,
    officer_verbs,
    record_verbs,
    register_verbs,
    supply_backtest_verb,
    supply_chain_verbs,
    supply_dynamic_verb,
    supply_exposure_verbs,
    supply_pages_verb,
    supply_resource_verb,
    supply_shock_verbs,
    supply_trade_verb,
    supply_uncertain_verb,
    supply_verbs,
    supply_warn_verbs,
    witness_verbs,
)
from architrave.cli.act_verbs import act
from architrave.cli.alert_verbs import alert, respond
from architrave.cli.demo_verb import demo
from architrave.cli.handover_verb import handover_
from architrave.cli.log_verbs import log
from architrave.cli.may_verb import may
from architrave.cli.show_verbs import show
from architrave.cli.sign_verb import sign
from architrave.cli.sim_verb import sim
from architrave.cli.status_verbs import status
from architrave.cli.tabletop_verb import tabletop

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The standing secretariat, as software, of an institution without a hub.",
)
app.command()(demo)
app.command()(tabletop)
app.command()(status)
app.command()(act)
app.command()(alert)
app.command()(respond)
app.command()(sign)
app.command()(log)
app.command()(show)
app.command()(may)
app.command("handover")(handover_)
app.command()(sim)
record_verbs.register(app)
app.add_typer(node_verbs.app, name="node")
app.add_typer(officer_verbs.app, name="officer")
app.add_typer(witness_verbs.app, name="witness")
app.add_typer(carry_verbs.app, name="carry")
app.add_typer(register_verbs.app, name="register")
app.add_typer(charter_verbs.app, name="charter")
app.add_typer(consultation_verbs.app, name="consultation")
app.add_typer(drill_verbs.app, name="drill")
app.add_typer(glossary_verbs.app, name="glossary")
app.add_typer(interoperability_verbs.app, name="interoperability")
app.add_typer(dialogues_verbs.app, name="dialogues")
app.add_typer(launches_verbs.app, name="launches")
app.add_typer(exercises_verbs.app, name="exercises")
supply_verbs.app.command()(supply_exposure_verbs.exposure)
supply_verbs.app.command()(supply_exposure_verbs.chokepoints)
supply_verbs.app.command()(supply_exposure_verbs.mutual)
supply_verbs.app.command()(supply_shock_verbs.demand)
supply_verbs.app.command()(supply_shock_verbs.price)
supply_verbs.app.command()(supply_shock_verbs.embargo)
supply_verbs.app.command()(supply_shock_verbs.shortage)
supply_verbs.app.command()(supply_chain_verbs.points)
supply_verbs.app.command()(supply_chain_verbs.trace)
supply_verbs.app.command()(supply_chain_verbs.lose)
supply_verbs.app.command()(supply_resource_verb.resource)
supply_verbs.app.command()(supply_trade_verb.trade)
supply_verbs.app.command()(supply_dynamic_verb.outage)
supply_verbs.app.command()(supply_backtest_verb.backtest)
supply_verbs.app.command()(supply_pages_verb.pages)
supply_verbs.app.add_typer(supply_warn_verbs.app, name="warn")
supply_verbs.app.add_typer(supply_uncertain_verb.app, name="uncertain")
app.add_typer(supply_verbs.app, name="supply")
app.add_typer(goods_verbs.app, name="goods")
app.add_typer(evidence_verbs.app, name="evidence")
app.add_typer(brief_verbs.app, name="brief")


def run() -> None:
    """The entry point of the command."""
    app(prog_name="architrave")


if __name__ == "__main__":
    sys.exit(run())
