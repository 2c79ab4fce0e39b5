"""One world with something of everything in it, for the verbs to look at."""

from __future__ import annotations

from dataclasses import dataclass

from world import DAY, HOUR, World

from architrave.institution import acts
from architrave.institution.acts import Pledge, Silence, Wording

BODIES = ("TDC", "ESFBT")


@dataclass(frozen=True)
class Scene:
    """A world, and the names of what was done in it."""

    world: World
    plan: str
    statement: str
    note: str
    consultation: str
    sealed: str


def wording(world: World, text: str, instrument: str = "plan") -> Wording:
    return Wording(world.words(text), world.words(f"{text}, in short"), instrument, "political")


def played() -> Scene:
    """A plan in effect with a commitment and a notice against it, a statement objected to, a note
    under silence, a consultation half answered, and an act sealed for two."""
    world = World()
    world.open(*BODIES)
    plan = world.act(
        "KOR", "TDC", acts.Tabled, symbol="TDC/2027/KOR/1", body="TDC", article="3(1)",
        wording=wording(world, "Shared warning"),
        pledges=[Pledge("drill", "JPN/TDC", "2027-03-31", world.words("Hold a drill"))],
    )  # fmt: skip
    world.settle()
    for party in world.parties:
        world.act(party, "TDC", acts.Positioned, matter=plan, version=plan, position="concur")
    world.settle()
    world.act(
        "USA", "TDC", acts.NotifiedWithdrawal, matter=plan,
        effect=world.now + 120 * DAY, reason=world.words("Review"),
    )  # fmt: skip
    statement = world.act(
        "JPN", "TDC", acts.Tabled, symbol="TDC/2027/JPN/1", body="TDC", article="3(4)",
        wording=wording(world, "Joint statement", "statement"),
    )  # fmt: skip
    world.settle()
    world.act(
        "KOR", "TDC", acts.Positioned, matter=statement, version=statement, position="object",
        reason=world.words("Too long"), remedy=world.words("Half of it"),
    )  # fmt: skip
    world.act("USA", "TDC", acts.Positioned, matter=statement, version=statement, position="concur")
    note = world.act(
        "USA", "ESFBT", acts.Tabled, symbol="ESFBT/2027/USA/1", body="ESFBT", article="4(2)",
        wording=wording(world, "Battery note", "note"),
        silence=Silence("4(2)", world.now + 30 * HOUR),
    )  # fmt: skip
    consultation = world.act(
        "USA", "TDC", acts.Consulted, symbol="TDC/2027/USA/1", body="TDC",
        ground=world.words("A launch"), facts=world.words("Seen"), wish=world.words("Meet"),
    )  # fmt: skip
    world.settle()
    world.act(
        "JPN", "TDC", acts.Acknowledged, consultation=consultation, answer=world.words("Gladly")
    )
    sealed = world.act(
        "JPN", "TDC", acts.Deposited, title=world.words("For two"), digest="ab" * 32,
        source="archive", to=sorted([world.origin("JPN"), world.origin("USA")]),
    )  # fmt: skip
    world.settle()
    return Scene(world, plan, statement, note, consultation, sealed)
