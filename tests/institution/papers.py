"""Papers that tests put before a body, in the languages of the world's charter."""

from world import DAY, HOUR, World

from architrave.institution import acts

BODY = "ESFBT"


def wording(world: World, title: str, instrument: str = "plan") -> acts.Wording:
    return acts.Wording(
        title=world.words(title),
        summary=world.words(f"{title}, in short"),
        instrument=instrument,
        nature="political",
    )


def pledge(world: World, party: str, due: str = "2027-03-31") -> acts.Pledge:
    return acts.Pledge(
        id=f"report-{party.lower()}",
        owner=world.charter.body(BODY).seat_of(party).id,
        due=due,
        cadence="quarterly",
        what=world.words("report on stocks"),
    )


def adopted(world: World, *parties: str, body: str = BODY) -> str:
    """A plan in force, with a commitment of each of these parties; returns its name."""
    first = world.parties[0]
    number = 1 + len(world.peers[first].state.matters)
    matter = world.act(
        first,
        body,
        acts.Tabled,
        symbol=f"{body}/2027/{first}/{number}",
        body=body,
        article="3(1)",
        wording=wording(world, "plan"),
        pledges=[pledge(world, party) for party in parties],
    )
    world.settle()
    for party in world.parties:
        world.act(party, body, acts.Positioned, matter=matter, version=matter, position="concur")
    world.settle()
    assert world.stand(first, matter).stage == "in-force"
    return matter


__all__ = ["BODY", "DAY", "HOUR", "adopted", "pledge", "wording"]
