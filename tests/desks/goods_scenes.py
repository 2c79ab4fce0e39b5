"""Critical goods made up for trials, tables of them, and worlds in which lists are tabled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from world import World, load_charter

from architrave.desks.errors import BadInput
from architrave.desks.goods.changes import changes
from architrave.desks.goods.document import review_pledges, wording_of_list
from architrave.desks.goods.model import Good, GoodsList
from architrave.desks.goods.reading import Named
from architrave.institution import acts

BODY = "ESF"
LANGUAGES = ("ko", "ja", "en")
SOURCE = "https://example.org/{}"
TABLED = "ab" * 32
"""The digest of an assessment that a matter is said to table."""


def words(text: str) -> dict[str, str]:
    return {one: f"{text} ({one})" for one in LANGUAGES}


def good(id_: str = "dry-film", /, **changed: object) -> Good:
    plain = Good(
        id=id_, name=words(id_), why=words("one maker"), hs=("370130",), stage="",
        evidence=(SOURCE.format(id_),), review=date(2028, 6, 30), owner="JPN",
    )  # fmt: skip
    return replace(plain, **changed)  # type: ignore[arg-type]


def listed(*goods: Good, before: Sequence[GoodsList] = (), **removed: str) -> GoodsList:
    return GoodsList(
        {one.id: one for one in goods},
        tuple(one.digest for one in before),
        {name: words(why) for name, why in removed.items()},
    )


def named(**changed: object) -> Named:
    def assessments(symbol: str) -> Sequence[str]:
        if symbol != "ESF/2027/KOR/9":
            raise BadInput(f"{symbol!r} is no matter.")
        return (TABLED,)

    plain = Named(
        ("JPN", "KOR", "USA"), LANGUAGES, ("sem_photoresist",), assessments,
        lambda digest: digest == TABLED,
    )  # fmt: skip
    return replace(plain, **changed)  # type: ignore[arg-type]


def day_of(world: World) -> date:
    return datetime.fromtimestamp(world.now / 1000, UTC).date()


def table(
    world: World,
    party: str,
    goods: GoodsList,
    before: Sequence[GoodsList] = (),
    number: int = 1,
    body: str = BODY,
) -> str:
    """Put a list before the body as a matter, with the reviews that it newly owes."""
    charter = load_charter()
    due = changes(before, goods).due_anew
    title = world.words("Critical goods")
    return world.act(
        party, body, acts.Tabled, symbol=f"{body}/2027/{party}/{number}", body=body,
        article="3(1)", wording=wording_of_list(goods, title, title),
        pledges=review_pledges([goods.goods[one] for one in due], charter, charter.body(body)),
    )  # fmt: skip


def agree(world: World, matter: str) -> None:
    """Every party of the body concurs, and receives that the others have."""
    world.settle()
    for party in world.parties:
        world.act(party, BODY, acts.Positioned, matter=matter, version=matter, position="concur")
    world.settle()
