"""`architrave officer …`: who may sign in at a capital's workspace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlsplit

import typer

from architrave.cli.faults import Unclear, plainly
from architrave.cli.layout import print_json, print_lines, table
from architrave.cli.places import node_folder
from architrave.cli.reading import Reading, read_folder
from architrave.cli.website import URLS, apps_here
from architrave.node.configure import Home, configure
from architrave.node.folder import Folder
from architrave.portal.composing.finding import seat_found
from architrave.portal.composing.instants import utc
from architrave.portal.words import LANGUAGES
from architrave.portal.workspace.seats import Appointment, appointment_named, appointment_now
from architrave.portal.workspace.setting_up import close_accounts, installable, open_accounts

__all__ = ["AccountSheet", "InvitationSheet", "ShutSheet", "app"]

app = typer.Typer(no_args_is_help=True, help="Say who may sign in at a capital's workspace.")

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
NodePlace = Annotated[
    str, typer.Argument(help="A node's folder, or a capital of the demonstration.")
]
SeatName = Annotated[str, typer.Argument(help="The seat, for example KOR/TDC.")]
_MISSING = "the workspace is not installed here; `pip install 'architrave[workspace]'` brings it."


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """An account as `officer list` tells it; times are in UTC."""

    seat: str
    holder: str
    holds: bool
    open: bool
    passkeys: int
    last: str


@dataclass(frozen=True, slots=True)
class InvitationSheet:
    """An invitation as `officer invite` prints it: the address, and until when it may be opened."""

    seat: str
    holder: str
    address: str
    until: str


@dataclass(frozen=True, slots=True)
class ShutSheet:
    """How many accounts of a seat `officer shut` has ended."""

    seat: str
    shut: int


@app.command()
@plainly
def invite(node: NodePlace, seat: SeatName, as_json: AsJson = False) -> None:
    """Write an invitation for the holder of a seat, and print the address to open once."""
    from architrave.portal.workspace import invitations

    with _accounts(node) as seen:
        now = _holder(seen, seat)
        word, until = invitations.invite(now)
    language = now.language if now.language in LANGUAGES else "en"
    address = f"{_browsed(seen.folder)}/{language}/work/enter/{word}"
    ends = utc(round(until.timestamp() * 1_000))
    if as_json:
        print_json(asdict(InvitationSheet(now.seat, now.holder, address, ends)))
        return
    print_lines(
        [
            f"{now.holder}, {now.seat}, opens this once, until {ends}:",
            address,
            "Whoever opens it first signs in as this holder: hand it over in person or sealed.",
        ]
    )


@app.command("list")
@plainly
def list_(node: NodePlace, as_json: AsJson = False) -> None:
    """Print every account: seat, holder, whether they hold it, passkeys, last sign-in."""
    from architrave.portal.workspace.accounts import listed

    with _accounts(node) as seen:
        rows = [
            AccountSheet(
                one.seat,
                invited.holder if invited is not None else "",
                _holds(seen, one.appointment),
                one.open,
                one.passkeys,
                utc(round(one.last.timestamp() * 1_000)) if one.last is not None else "",
            )
            for one in listed()
            for invited in [_named(seen, one.appointment)]
        ]
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    if not rows:
        typer.echo("No account. `architrave officer invite` writes an invitation.")
        return
    print_lines(table([_line(row) for row in rows]))


@app.command()
@plainly
def shut(
    node: NodePlace,
    seat: SeatName,
    past_only: Annotated[
        bool, typer.Option("--past", help="Only accounts of those who no longer hold the seat.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """End the accounts of a seat: their web sessions, passkeys and open invitations."""
    from architrave.portal.workspace.accounts import shut as shut_accounts

    with _accounts(node) as seen:
        name = seat_found(seen.charter, seat).id
        count = shut_accounts(name, lambda one: past_only and _holds(seen, one))
    if as_json:
        print_json(asdict(ShutSheet(name, count)))
        return
    typer.echo(f"Accounts of {name} that were shut: {count}.")


def _line(row: AccountSheet) -> tuple[str, ...]:
    state = "holds the seat" if row.holds else "no longer holds it: reads only"
    return (
        row.seat,
        row.holder or "(not in this record)",
        state if row.open else "shut",
        f"passkeys: {row.passkeys}",
        f"last signed in {row.last}" if row.last else "never signed in",
    )


@contextmanager
def _accounts(node: str) -> Iterator[Reading]:
    """The record of a node as it was last written, and its accounts open beside it."""
    if not installable():
        raise Unclear(_MISSING)
    seen = read_folder(node_folder(node))
    folder = seen.folder
    home = Home(folder.path, folder.addresses(seen.founding)[folder.party])
    configure(folder.record, URLS, apps_here(), home=home)
    os.umask(0o077)
    try:
        open_accounts()
        yield seen
    finally:
        close_accounts()


def _holder(seen: Reading, seat: str) -> Appointment:
    """The present holder of a seat of this capital; Unclear if there is none."""
    found = seat_found(seen.charter, seat)
    party = seen.folder.party
    if found.party != party:
        raise Unclear(f"{found.id}: no seat of {party}; each capital invites its own officers.")
    now = appointment_now(seen.peer.state, seen.peer.view(), found.id)
    if now is None:
        raise Unclear(f"{found.id}: nobody holds this seat; appoint somebody first.")
    return now


def _named(seen: Reading, appointment: str) -> Appointment | None:
    return appointment_named(seen.peer.state, seen.peer.view(), appointment)


def _holds(seen: Reading, appointment: str) -> bool:
    invited = _named(seen, appointment)
    if invited is None:
        return False
    now = appointment_now(seen.peer.state, seen.peer.view(), invited.seat)
    return now is not None and now.known == invited.known


def _browsed(folder: Folder) -> str:
    """The node's address for a browser: this machine by its name, for passkeys know no numbers."""
    address = urlsplit(folder.addresses(folder.founding())[folder.party].rstrip("/"))
    if address.hostname in ("127.0.0.1", "::1"):
        port = f":{address.port}" if address.port is not None else ""
        return f"{address.scheme}://localhost{port}"
    return address.geturl()
