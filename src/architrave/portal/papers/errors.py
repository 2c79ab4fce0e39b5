"""Why a paper is not made now; each is told to the reader in a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Busy", "CannotSet", "NoFonts", "NotMade"]


class NotMade(Exception):
    """No file is made; the page beside it still says the same."""


class Busy(NotMade):
    """Another paper is being made, and another reader waits already."""

    def __init__(self) -> None:
        super().__init__("another paper is being made, and another reader waits already.")


class CannotSet(NotMade):
    """The text cannot be set in this kind of file."""


class NoFonts(NotMade):
    """No font here has the letters of these languages."""

    def __init__(self, languages: Iterable[str]) -> None:
        self.languages = tuple(sorted(languages))
        super().__init__(
            f"no font for {', '.join(self.languages)} is installed, so no PDF can be made: "
            "install one, on Debian the package fonts-noto-cjk, and start the node again."
        )
