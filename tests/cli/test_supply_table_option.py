"""Which verbs of the supply desk take a table, and that its page says so."""

from __future__ import annotations

import re

import typer
from world import ROOT

from architrave.cli.main import app


def test_the_page_on_tables_names_the_verbs_that_take_one() -> None:
    supply = typer.main.get_command(app).commands["supply"].commands  # type: ignore[attr-defined]
    with_table = {
        name
        for name, verb in supply.items()
        if any("--table" in option.opts for option in getattr(verb, "params", ()))
    }
    ranged = supply["uncertain"].commands
    on_table = {
        name for name, verb in ranged.items() if any("--table" in it.opts for it in verb.params)
    }
    assert on_table == set(ranged) - {"lose"}
    page = (ROOT / "docs" / "desks" / "supply-tables.md").read_text(encoding="utf-8")
    sentence = page[page.index("`resource`,") : page.index(" No table is fetched")]
    named = set(re.findall("`([a-z]+)`", sentence))
    assert named == with_table | {"uncertain", "mutual"}
