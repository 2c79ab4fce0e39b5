"""Amendments for tests: tabled, agreed, brought about, and refused for every reason there is."""

from __future__ import annotations

from collections.abc import Callable

import scenes
from scenes import BODY, attempt
from world import ROOT, World

from architrave.charter.parse import parse_charter
from architrave.charter.rules import Position
from architrave.institution import acts
from architrave.institution.amendments import MAX_CHARTER, in_force
from architrave.record import canonical

SHIPPED = (ROOT / "charters" / "trilateral.toml").read_text(encoding="utf-8")
LONGER = SHIPPED.replace("minimum_period = { hours = 24 }", "minimum_period = { hours = 48 }")
FIVE = (ROOT / "src" / "architrave" / "sim" / "rivers.toml").read_text(encoding="utf-8")
NOBODY = "0" * 64


def base(world: World) -> str:
    """What an amendment of the charter in force calls it, as the first party sees it."""
    peer = world.peers[world.parties[0]]
    return in_force(peer.state, peer.view())[0]


def wording(world: World, text: str = LONGER, number: int = 1, amends: str = "") -> acts.Wording:
    document = {"amends": amends or base(world), "attempt": number, "charter": text}
    words = world.words("amendment")
    return acts.Wording(
        words, words, "charter-amendment", "political", canonical.dump(document).decode()
    )


def tabled(world: World, party: str, number: int, **fields: object) -> dict[str, object]:
    given = {"symbol": f"{BODY}/2027/{party}/{number}", "body": BODY, "article": "3(3)"}
    return {**given, "wording": wording(world), **fields}


def table(world: World, party: str, number: int, text: str = LONGER, turn: int = 1) -> str:
    """An amendment put before the body, as the given attempt at it."""
    fields = tabled(world, party, number, wording=wording(world, text, turn))
    return world.act(party, BODY, acts.Tabled, **fields)


def concur(world: World, party: str, matter: str) -> object:
    fields = {"matter": matter, "version": matter, "position": Position.CONCUR}
    return attempt(world, party, acts.Positioned, **fields)


def retract(world: World, party: str, matter: str) -> object:
    return attempt(world, party, acts.Retracted, matter=matter)


def agree(world: World, number: int, text: str = LONGER) -> str:
    """An amendment that is in force and has not been brought about."""
    matter = table(world, world.parties[1], number, text)
    world.settle()
    for party in world.parties:
        assert not hasattr(concur(world, party, matter), "reason")
    world.settle()
    return matter


def amended(world: World, party: str, matter: str) -> object:
    return attempt(world, party, acts.Amended, matter=matter, version=matter)


def amend(world: World, number: int, text: str = LONGER) -> str:
    """The charter runs as amended, everywhere."""
    matter = agree(world, number, text)
    found = amended(world, world.parties[0], matter)
    assert not hasattr(found, "reason"), found
    world.settle()
    return matter


def split(world: World) -> tuple[str, str, tuple[str, str, str]]:
    """Two amendments of one charter, each closed by another party; the third has closed neither."""
    one, other, third = world.parties
    left = table(world, one, 1, LONGER + "# left\n")
    right = table(world, other, 2, LONGER + "# right\n")
    world.settle()
    pairs = {(a, b) for a in world.parties for b in world.parties if a != b}

    def meeting(*together: str) -> None:
        world.cut = {pair for pair in pairs if not set(pair) <= set(together)}
        world.settle(4)
        world.cut = pairs

    world.cut = pairs
    concur(world, one, right)
    meeting(one, other)
    concur(world, other, left)
    concur(world, third, left)
    meeting(one, other, third)
    retract(world, one, right)
    concur(world, one, left)  # and closes it: all three stand there, as far as it knows
    retract(world, third, left)
    concur(world, third, right)
    meeting(other, third)
    retract(world, other, left)
    concur(world, other, right)  # and closes that
    world.cut = set()
    world.settle()
    return left, right, (one, other, third)


# -- every reason for which one is refused ---------------------------------------------------------


def under_another_charter(text: str, article: str = "2(6)", **fields: object) -> object:
    world = World(parse_charter(text, "other"))
    world.open("BASIN")
    given = {"symbol": "BASIN/2027/ALD/1", "body": "BASIN", "article": article}
    words = world.words("w")
    document = {"amends": world.charter.digest, "attempt": 1, "charter": text}
    said = acts.Wording(
        words, words, "charter-amendment", "binding", canonical.dump(document).decode()
    )
    given = {**given, "wording": said, **fields}
    return attempt(world, "ALD", acts.Tabled, seat_in="BASIN", **given)


def without_the_permit(world: World) -> object:
    text = FIVE.replace('permits = ["decide", "amend"]\n', 'permits = ["decide"]\n')
    return under_another_charter(text)


def by_a_number(world: World) -> object:
    old = 'instruments = ["charter-amendment"]\nrule = "all-concur"'
    assert old in FIVE
    new = 'instruments = ["charter-amendment"]\nrule = "at-least(3)"\nprocedural = true'
    return under_another_charter(FIVE.replace(old, new))


def saying(**fields: object) -> Callable[[World], object]:
    def reach(world: World) -> object:
        said = {"amends": base(world), "attempt": 1, "charter": LONGER, **fields}
        words = world.words("w")
        document = canonical.dump(said).decode()
        given = acts.Wording(words, words, "charter-amendment", "political", document)
        return attempt(world, "JPN", acts.Tabled, **tabled(world, "JPN", 1, wording=given))

    return reach


def closed_at_this_attempt(world: World) -> object:
    _, _, (one, _, _) = split(world)
    another = table(world, one, 5, LONGER + "# another\n")
    return concur(world, one, another)


def closed_and_still_open(world: World) -> object:
    """Only one party has closed it; nobody has left it for good."""
    one, other, third = world.parties
    matter = table(world, other, 1)
    world.settle()
    concur(world, other, matter)
    concur(world, third, matter)
    world.settle()
    world.cut = {(one, other), (one, third), (other, one), (third, one)}
    concur(world, one, matter)
    later = table(world, one, 2, LONGER + "# later\n", turn=2)
    return concur(world, one, later)


def back_from_a_later_attempt(world: World) -> object:
    one = world.parties[0]
    first = table(world, one, 1)
    later = table(world, one, 2, LONGER + "# later\n", turn=2)
    concur(world, one, later)
    retract(world, one, later)
    return concur(world, one, first)


def on_two(world: World) -> object:
    one = world.parties[0]
    first = table(world, one, 1)
    other = table(world, one, 2, LONGER + "# other\n")
    concur(world, one, first)
    return concur(world, one, other)


def after_it(world: World) -> object:
    one = world.parties[0]
    other = table(world, one, 7, LONGER + "# other\n")
    amend(world, 1)
    return concur(world, one, other)


def before_it_is_in_force(world: World) -> object:
    return amended(world, "JPN", table(world, "JPN", 1))


def for_fewer(world: World) -> object:
    matter = agree(world, 1)
    to = sorted([world.origin("JPN"), world.origin("KOR")])
    return attempt(world, "JPN", acts.Amended, matter=matter, version=matter, to=to)


def by_something_else(world: World) -> object:
    matter = scenes.agree(world)
    return amended(world, "JPN", matter)


def twice(world: World) -> object:
    return amended(world, "JPN", amend(world, 1))


def out_of_turn(world: World) -> object:
    matter = amend(world, 1)
    amend(world, 2, LONGER + "# and on\n")
    return amended(world, "JPN", matter)


REACHED: dict[str, Callable[[World], object]] = {
    "this article does not permit amending the charter": without_the_permit,
    "an amendment is decided by the consent or consensus of all": by_a_number,
    "amendment: attempt": saying(attempt="first"),
    "the first attempt is 1": saying(attempt=0),
    "the new charter is longer than": saying(charter=LONGER + "#" * MAX_CHARTER),
    "the new charter does not check": saying(charter=LONGER.replace("3(3)", "3(2)")),
    "it amends another charter than the one in force": saying(amends=NOBODY),
    "this charter is at attempt 1, not 2": saying(attempt=2),
    "it brings the charter that is in force": saying(charter=SHIPPED),
    "no amendment changes this: the charter's id": saying(
        charter=LONGER.replace('id = "trilateral"', 'id = "other"')
    ),
    "has closed another amendment at this attempt": closed_at_this_attempt,
    "which may still be agreed": closed_and_still_open,
    "has taken up a later attempt": back_from_a_later_attempt,
    "holds a position on another amendment of this charter": on_two,
    "the charter that it amends has been amended since (position)": after_it,
    "the amendment is not in force in the past of this act": before_it_is_in_force,
    "everyone who may read the matter must be able to read this (amended)": for_fewer,
    "the version is no amendment of this matter": by_something_else,
    "the matter is not in the past of this act (amended)": lambda world: amended(
        world, "JPN", NOBODY
    ),
    "the charter has been amended so already": twice,
    "the charter that it amends has been amended since": out_of_turn,
}
