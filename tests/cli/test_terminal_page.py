"""The manual of the verbs keeps up with them: commands, options, shapes and phrases."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import typer
from cli_nodes import value
from world import ROOT

from architrave.cli import (
    alert_rows,
    brief_verbs,
    consultation_rows,
    dialogues_rows,
    evidence,
    evidence_verbs,
    exercises_rows,
    glossary_verbs,
    goods_rows,
    interoperability_rows,
    log_verbs,
    meeting_rows,
    officer_verbs,
    picture_rows,
    show_rows,
    status_rows,
    supply_backtest_rows,
    supply_loss_rows,
    supply_rows,
    suspension_rows,
)
from architrave.cli.act_verbs import ActAnswer
from architrave.cli.main import app
from architrave.cli.may_answer import Answer, Cited
from architrave.desks.interoperability import chains, hubs
from architrave.desks.supply.backtests import (
    chip_materials,
    scores,
    shares,
    tohoku,
    tohoku_days,
)

PAGE = (ROOT / "docs" / "terminal.md").read_text(encoding="utf-8")
SHAPES = {
    "`status`": status_rows.StatusSheet,
    "`status` stands[]": status_rows.Stands,
    "`status` stands[].suspended[], owed[].suspended[], `show` suspensions[]": (
        suspension_rows.SuspensionRow
    ),
    "`status` stands[].notices[]": status_rows.NoticeRow,
    "`status` owed[]": status_rows.OwedRow,
    "`status` pending[]": status_rows.PendingRow,
    "awaiting[]": status_rows.WaitingRow,
    "silence[]": status_rows.SilenceRow,
    "`status` consultations[]": status_rows.ConsultationRow,
    "`status` dates[]": status_rows.DateRow,
    "`status` books[]": status_rows.BookRow,
    "`act`": ActAnswer,
    "`log` []": log_verbs.BookLines,
    "`log` [].lines[], `show` line": log_verbs.LogLine,
    "`goods show`": goods_rows.GoodsSheet,
    "`goods show` goods[]": goods_rows.GoodRow,
    "`goods show` goods[].evidence[]": goods_rows.PieceRow,
    "`goods show` lists[]": goods_rows.ListRow,
    "`goods show` lists[].changes, `goods fields` changes": goods_rows.ChangesRow,
    "`show` of a matter": show_rows.MatterSheet,
    "versions[]": show_rows.VersionRow,
    "versions[].amends": show_rows.AmendsRow,
    "positions[], earlier_objections[]": show_rows.PositionRow,
    "explained": show_rows.Explained,
    "`show` of a consultation": show_rows.ConsultationSheet,
    "`show` of an alert": alert_rows.AlertSheet,
    "`status` alerts[]": alert_rows.AlertRow,
    "`show` of an alert answers[]": alert_rows.PartyAnswer,
    "`show` of an alert told[]": alert_rows.ToldRow,
    "consultations[].clock, alerts[].clock, clock": meeting_rows.ClockRow,
    "`show` of a meeting, `status` meetings[], meetings[]": meeting_rows.MeetingSheet,
    "agenda[]": meeting_rows.AgendaRow,
    "minutes[]": meeting_rows.MinutesRow,
    "picture": picture_rows.PictureSheet,
    "picture.legs[]": picture_rows.LegRow,
    "picture.points[]": picture_rows.PointRow,
    "picture.points[].wordings[]": picture_rows.WordingRow,
    "…wordings[].readings[]": picture_rows.ReadingRow,
    "picture.timeline[]": picture_rows.TimelineRow,
    "answers[], closed": show_rows.Answered,
    "`consultation show`": consultation_rows.TimedSheet,
    "`consultation show` timings": consultation_rows.TimingsSheet,
    "timings.legs[]": consultation_rows.LegTimesRow,
    "timings.asked, .closed, legs[].received, .answered, .final, told[].received": (
        consultation_rows.MomentRow
    ),
    "…_after, longest": consultation_rows.ElapsedRow,
    "`consultation show` lines[], drills[].repairs[]": consultation_rows.LineRow,
    "lines[].versions[]": consultation_rows.ChangeRow,
    "`drill report`": consultation_rows.DrillSheet,
    "`drill report` drills[]": consultation_rows.DrillRow,
    "`drill report` drills[].legs[]": consultation_rows.ResultRow,
    "`drill report` months[]": consultation_rows.MonthRow,
    "`drill report` shares[]": consultation_rows.ShareRow,
    "`show` of a line": show_rows.LineSheet,
    "times": evidence.Times,
    "received[]": evidence.Received,
    "`may`": Answer,
    "`officer invite`": officer_verbs.InvitationSheet,
    "`officer list` []": officer_verbs.AccountSheet,
    "`officer shut`": officer_verbs.ShutSheet,
    "`may` articles[]": Cited,
    "`glossary` WORD []": glossary_verbs.TermSheet,
    "`glossary check` []": glossary_verbs.FaultRow,
    "`glossary uses` []": glossary_verbs.UseRow,
    "`interoperability matrix`": interoperability_rows.MatrixSheet,
    "`interoperability matrix` cells[]": interoperability_rows.CellRow,
    "`interoperability standards`": interoperability_rows.StandardsSheet,
    "`interoperability standards` standards[]": interoperability_rows.StandardLine,
    "`interoperability standards` standards[].nations[]": interoperability_rows.NationRow,
    "`interoperability chain`": interoperability_rows.ChainSheet,
    "`interoperability chain` connections[]": chains.Connection,
    "`interoperability chain` upgrades[]": chains.Upgrade,
    "`interoperability chain` hubs[]": hubs.Hub,
    "`interoperability chain` levels": chains.Interval,
    "`brief council`": brief_verbs.BriefSheet,
    "`brief council` books[]": brief_verbs.BookState,
    "`evidence check`": evidence_verbs.EvidenceSheet,
    "`evidence check` assessments[]": evidence_verbs.EvidenceRow,
    "`evidence check` assessments[].cells[]": evidence_verbs.CellRow,
    "`dialogues show`": dialogues_rows.DialoguesSheet,
    "`dialogues show` series[]": dialogues_rows.SeriesSheet,
    "`dialogues show` series[].held[]": dialogues_rows.HeldRow,
    "`dialogues show` series[].announced[]": dialogues_rows.AnnouncedRow,
    "`dialogues show` series[].gaps[]": dialogues_rows.GapRow,
    "`dialogues` periods[]": dialogues_rows.PeriodRow,
    "`dialogues council`": dialogues_rows.CouncilSheet,
    "`dialogues council` promises[]": dialogues_rows.CouncilRow,
    "`exercises check`": exercises_rows.CheckSheet,
    "`exercises clashes`": exercises_rows.ClashesSheet,
    "clashes[]": exercises_rows.ClashRow,
    "`exercises windows`": exercises_rows.WindowsSheet,
    "unclean[]": exercises_rows.UncleanRow,
    "`exercises gates`": exercises_rows.GatesSheet,
    "gates[]": exercises_rows.GateRow,
    "`exercises trace`": exercises_rows.TraceSheet,
    "`exercises lessons` []": exercises_rows.LessonRow,
    "`exercises compare`": exercises_rows.CompareSheet,
    "`exercises past` []": exercises_rows.PastRow,
    "`exercises past` [].runs[]": exercises_rows.RunRow,
    "`exercises past` [].promises[]": exercises_rows.PromiseRow,
    "`exercises past --sandbox` []": exercises_rows.BasisRow,
    "`supply` basis": supply_rows.BasisSheet,
    "`supply` basis.layers[]": supply_rows.LayerRow,
    "`supply table`": supply_rows.TableSheet,
    "`supply resource`": supply_rows.ResourceSheet,
    "`supply resource` coalitions[]": supply_rows.CoalitionRow,
    "`supply exposure`": supply_rows.ExposureSheet,
    "`supply exposure` regions[]": supply_rows.ReliedRow,
    "`supply exposure` on[]": supply_rows.OnRow,
    "`supply chokepoints`": supply_rows.ChokepointsSheet,
    "`supply chokepoints` alone.…[], together[]": supply_rows.ChokepointRow,
    "`supply chokepoints` each_other[]": supply_rows.EachOtherRow,
    "`supply mutual`": supply_rows.MutualSheet,
    "`supply mutual` pairs[]": supply_rows.PairRow,
    "`supply demand`, `supply price`": supply_rows.ShockSheet,
    "`supply embargo`, `supply shortage`": supply_rows.StoppageSheet,
    "`supply embargo` tellings{}": supply_rows.TellingRow,
    "`supply points`": supply_rows.PointsSheet,
    "`supply points` stages[]": supply_rows.PointRow,
    "`supply points` stages[].amounts[], `supply trace` steps[].amounts[], `lose` printed[]": (
        supply_rows.AmountRow
    ),
    "`supply points`, `supply trace`, `supply lose` parties[]: shares_left_out[]": (
        supply_rows.UndatedShareRow
    ),
    "`supply points` stages[].known, `supply trace` steps[].known": supply_rows.SharesRow,
    "`supply trace`": supply_rows.StepsSheet,
    "`supply trace` steps[]": supply_rows.StepRow,
    "`supply lose`": supply_loss_rows.LossSheet,
    "`supply lose` not_made[]": supply_loss_rows.NotMadeRow,
    "`supply lose` parties[]": supply_loss_rows.PartyLossRow,
    "`supply lose` parties[].stages[]": supply_loss_rows.ExposedRow,
    "`supply lose` parties[].left_out[]": supply_loss_rows.UndatedRow,
    "`supply backtest tohoku`": supply_backtest_rows.TohokuSheet,
    "`supply backtest tohoku` factors[]": shares.Alike,
    "`supply backtest tohoku` days[]": tohoku_days.ByDays,
    "`supply backtest tohoku` groups, products, partners, months": scores.Panel,
    "`supply backtest tohoku` groups.rows[]": scores.Told,
    "`supply backtest tohoku` groups.scores[]": scores.Score,
    "`supply backtest tohoku` cells": tohoku.Cells,
    "`supply backtest tohoku` other_years[]": tohoku.OtherYear,
    "`supply backtest chip-materials`": supply_backtest_rows.ChipMaterialsSheet,
    "`supply backtest chip-materials` said[]": chip_materials.Said,
    "`supply uncertain`": supply_rows.RangedSheet,
    "`supply uncertain` ranges[]": supply_rows.RangeRow,
    "`supply uncertain` outputs{}": supply_rows.OutputRow,
    "`supply uncertain` outputs{}.band": supply_rows.BandRow,
    "`supply uncertain` outputs{}.indices{}": supply_rows.IndexRow,
    "`supply uncertain` failed_bars[], failed_rows[], `supply uncertain outage --paths` failed[]": (
        supply_rows.FailedRow
    ),
    "`supply uncertain outage --paths`": supply_rows.PathsSheet,
    "`supply uncertain outage --paths` regions{}": supply_rows.PathRow,
}
VERBS = ("status", "act", "alert", "respond", "log", "show", "may", "tabletop")


def row(where: str, shape: type) -> str:
    names = ", ".join(f"`{one.name}`" for one in fields(shape))
    return f"| {shape.__name__} | {where} | {names} |"


@pytest.mark.parametrize("where", SHAPES)
def test_each_shape_stands_in_the_manual_as_it_is(where: str) -> None:
    assert row(where, SHAPES[where]) in PAGE.splitlines()


def test_each_command_and_option_stands_in_the_manual() -> None:
    group = typer.main.get_command(app)
    register = group.commands["register"]
    commands = {name: group.commands[name] for name in VERBS}
    commands |= {f"register {name}": one for name, one in register.commands.items()}
    for room in ("consultation", "drill", "officer"):
        below = group.commands[room].commands
        commands |= {f"{room} {name}": one for name, one in below.items()}
    glossary = group.commands["glossary"]
    commands |= {f"glossary {name}": glossary.commands[name] for name in ("check", "uses")}
    for desk in ("interoperability", "dialogues", "brief", "evidence", "supply"):
        commands |= {f"{desk} {name}": one for name, one in group.commands[desk].commands.items()}
    exercises = group.commands["exercises"].commands
    commands |= {f"exercises {name}": one for name, one in exercises.items()}
    warn = group.commands["supply"].commands["warn"].commands
    commands |= {f"supply warn {name}": one for name, one in warn.items()}
    for name, command in commands.items():
        assert f"architrave {name}" in PAGE
        for option in command.params:
            for spelling in option.opts:
                assert not spelling.startswith("--") or spelling in PAGE, (name, spelling)


PHRASES = re.findall(r"^\| `([^`]+)` \| (yes|no|not yet) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("phrase", "answer"), PHRASES)
def test_each_phrase_of_the_manual_is_answered_as_it_says(
    demo: Path, phrase: str, answer: str
) -> None:
    found = value("may", "Washington", phrase, code=0 if answer == "yes" else 1)
    assert found["answer"] == answer.replace(" ", "-")


def test_the_manual_holds_phrases_to_try() -> None:
    assert len(PHRASES) > 9
