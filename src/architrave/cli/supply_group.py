"""`architrave supply …`: where the verbs of its rooms are wired together."""

from __future__ import annotations

import typer

from architrave.cli.by_need import group_of

__all__ = ["app"]

_VERBS = {
    "table": "architrave.cli.supply_verbs:table_verb",
    "exposure": "architrave.cli.supply_exposure_verbs:exposure",
    "chokepoints": "architrave.cli.supply_exposure_verbs:chokepoints",
    "mutual": "architrave.cli.supply_exposure_verbs:mutual",
    "demand": "architrave.cli.supply_shock_verbs:demand",
    "price": "architrave.cli.supply_shock_verbs:price",
    "embargo": "architrave.cli.supply_shock_verbs:embargo",
    "shortage": "architrave.cli.supply_shock_verbs:shortage",
    "points": "architrave.cli.supply_chain_verbs:points",
    "trace": "architrave.cli.supply_chain_verbs:trace",
    "lose": "architrave.cli.supply_chain_verbs:lose",
    "resource": "architrave.cli.supply_resource_verb:resource",
    "trade": "architrave.cli.supply_trade_verb:trade",
    "outage": "architrave.cli.supply_dynamic_verb:outage",
    "backtest": "architrave.cli.supply_backtest_verb:backtest",
    "pages": "architrave.cli.supply_pages_verb:pages",
    "warn": "architrave.cli.supply_warn_verbs:app",
    "uncertain": "architrave.cli.supply_uncertain_verb:app",
}

app = typer.Typer(
    cls=group_of(_VERBS),
    no_args_is_help=True,
    help="Supply chains: what depends on what, what breaks, what helps.",
)


@app.callback()
def _verbs() -> None:
    """Every verb is below; a Typer without verbs of its own needs this to be a group."""
