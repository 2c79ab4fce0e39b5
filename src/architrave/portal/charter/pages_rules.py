"""What the page of a decision rule shows, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.matters.pages_matter import ReasonRow
from architrave.portal.pages_rows import Frame, Shown, told

__all__ = ["OutcomeRow", "OutcomeTable", "RulePage", "TrialForm", "TrialOption", "TrialParty",
           "TrialResult"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """Combinations of positions that differ only in which party says what."""

    outcome: str = told("what such positions come to")
    decides: bool = told("true if they satisfy the rule")
    counts: tuple[str, ...] = told("how many parties hold each position, in the order of the heads")
    ways: str = told("how many combinations that are")


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """The whole table of a rule for a number of parties."""

    anchor: str = told("its address within the page")
    caption: str = told("how many outcomes it has, and how many of them decide")
    heads: tuple[str, ...] = told("the positions, one for each column")
    rows: tuple[OutcomeRow, ...] = told("the outcomes, those that decide first")


@dataclass(frozen=True, slots=True)
class TrialOption:
    """A position that a party can be given."""

    value: str = told("the position, as the code names it")
    text: str = told("the position in words")
    chosen: bool = told("true if it is the one given now")


@dataclass(frozen=True, slots=True)
class TrialParty:
    """A party in a trial."""

    id: str = told("its id in the charter")
    field: str = told("the id of its field within the page")
    party: Shown = told("its name")
    options: tuple[TrialOption, ...] = told("the positions that the rule knows")


@dataclass(frozen=True, slots=True)
class TrialForm:
    """A form that tries the rule with positions for the parties of a body."""

    action: str = told("the page's own address")
    bodies: Shown = told("the bodies whose parties these are; empty if they are of all")
    parties: tuple[TrialParty, ...] = told("the parties, in the order of names")


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What the rule makes of the positions given: the evaluator's own answer and reasons."""

    outcome: str = told("what it comes to")
    decides: bool = told("true if the positions satisfy the rule")
    reasons: tuple[ReasonRow, ...] = told("what each position does")
    changes: tuple[Shown, ...] = told("the smallest changes that would turn it over")
    more: str = told("how many parties would have to move, if too many to list; else empty")
    href: str = told("the address of this very result")


@dataclass(frozen=True, slots=True)
class RulePage:
    """A decision rule of an article: in plain words, as a table, and to be tried."""

    frame: Frame = told("what every page carries")
    cite: Shown = told("how the article is cited")
    title: Shown = told("the article's title")
    text: Shown = told("the article's text")
    untranslated: str = told("in which language the text is shown, if in another; else empty")
    rule: str = told("the rule in one line")
    plain: str = told("the rule in plain words")
    example: str = told("a worked example, its outcomes from the rule's table")
    needs: str = told("what has to come together under the article")
    tables: tuple[OutcomeTable, ...] = told("the table for each number of parties that it meets")
    trials: tuple[TrialForm, ...] = told("forms to try it, one for each circle of parties")
    result: TrialResult | None = told("what the positions in the address come to; none without")
    fault: str = told("in one sentence, what is wrong with the address; empty if nothing")
    charter_href: str = told("the article's place on the page of the charter")
