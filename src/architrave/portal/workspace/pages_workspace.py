"""What the pages of the workspace show, each field with its help."""

from __future__ import annotations

from dataclasses import dataclass

from architrave.portal.formats import Moment
from architrave.portal.pages_rows import Frame, Link, Shown, told

__all__ = [
    "FitBlock",
    "OfficerRow",
    "PasskeyRow",
    "WorkEnterPage",
    "WorkInvitedPage",
    "WorkKeysPage",
    "WorkTroublePage",
]


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """Who is signed in, or invited."""

    holder: Shown = told("the holder, as appointed")
    seat: str = told("the seat")
    body: Shown = told("the body in which it is")
    capital: Shown = told("the capital whose copy this is")
    note: str = told("that the seat has passed on and this holder only reads; else empty")


@dataclass(frozen=True, slots=True)
class FitBlock:
    """Whether a browser makes or uses a passkey at the address that was asked."""

    fault: str = told("why it does not; empty if it does")
    instead: Link | None = told("this page at an address at which it does, where one is known")


@dataclass(frozen=True, slots=True)
class WorkEnterPage:
    """Sign in at the workspace with a passkey."""

    frame: Frame = told("what every page carries")
    fit: FitBlock = told("whether passkeys can be used at this address")
    fault: str = told("why signing in failed; empty if it was not tried")
    passkey_href: str = told("where the browser gets what a passkey signs, and where it is sent")
    to: str = told("the page after signing in: empty, or keys")


@dataclass(frozen=True, slots=True)
class WorkInvitedPage:
    """An invitation: who is invited, and the way in."""

    frame: Frame = told("what every page carries")
    officer: OfficerRow | None = told("who is invited; none if the invitation does not hold")
    until: Moment | None = told("until when it may be used")
    fit: FitBlock = told("whether passkeys can be made at this address")
    ended: str = told("why it does not hold; empty if it does")
    enter_href: str = told("the page on which one signs in with a passkey")


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """A passkey of the officer."""

    id: int = told("its number, for the forms")
    name: str = told("its name")
    made: Moment = told("when it was made, by the machine's clock")
    last: Moment | None = told("when it was last used")
    removable: bool = told("true unless it is the only one")


@dataclass(frozen=True, slots=True)
class WorkKeysPage:
    """The passkeys of the officer who is signed in."""

    frame: Frame = told("what every page carries")
    officer: OfficerRow = told("who is signed in")
    keys: tuple[PasskeyRow, ...] = told("the passkeys, the oldest first")
    fit: FitBlock = told("whether passkeys can be made at this address")
    fresh: bool = told("true if the officer signed in so lately that keys may be changed")
    fault: str = told("why nothing was changed; empty if nothing failed")
    options_href: str = told("where the browser gets what a new passkey is made from")
    again_href: str = told("where one signs in again to change keys")
    home_href: str = told("the front page of the workspace")
    leave_href: str = told("where signing out is sent")


@dataclass(frozen=True, slots=True)
class WorkTroublePage:
    """What the workspace answers where it shows nothing else."""

    frame: Frame = told("what every page carries")
    text: str = told("why, in a sentence")
    enter: Link | None = told("the page on which one signs in, where that helps")
