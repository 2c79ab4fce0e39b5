"""What makes the files of papers: one at a time, each once.

A reader costs the node no more than one paper at a time, whatever they ask for. A paper that says
the same as before is not made again: what was made is kept by the digest of all it says.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from architrave.portal.papers.errors import Busy
from architrave.portal.papers.model import Paper

__all__ = ["ENDINGS", "RETRY_AFTER", "Press", "can_write"]

ENDINGS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}
"""Kinds of file by the ending of their name: what a browser is told that they are."""

RETRY_AFTER = 10
"""Seconds after which a reader who was sent away may ask again."""

# The package that is needed if any, our module that uses it, and the writer in that.
_WRITERS = {
    "pdf": ("typst", "architrave.portal.papers.pdf_paper", "pdf_of"),
    "docx": ("docx", "architrave.portal.papers.docx_paper", "docx_of"),
    "txt": ("", "architrave.portal.papers.text_paper", "text_of"),
}


def can_write(ending: str) -> bool:
    """True if the package that writes such files is installed: the first install is without."""
    package = _WRITERS[ending][0]
    return not package or find_spec(package) is not None


def _writer(ending: str) -> Callable[[Paper], bytes]:
    _, module, name = _WRITERS[ending]
    found: Callable[[Paper], bytes] = getattr(import_module(module), name)
    return found


class Press:
    """Files by paper and ending, at most `room` bytes of them; the ones asked for last are kept.

    One reader waits for the file that is being made, at most `patience` seconds. The next is told
    to come back: threads that wait would be missing for the pages.
    """

    def __init__(
        self,
        room: int = 32 << 20,
        patience: float = 15.0,
        writer: Callable[[str], Callable[[Paper], bytes]] = _writer,
    ) -> None:
        self.room, self.patience, self.writer = room, patience, writer
        self._places = threading.BoundedSemaphore(2)
        self._printing, self._keeping = threading.Lock(), threading.Lock()
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    def printed(self, paper: Paper, ending: str) -> bytes:
        """The file; Busy if others are before this reader, NoFonts or CannotSet from the writer."""
        key = (paper.digest(), ending)
        kept = self._find(key)
        if kept is not None:
            return kept
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            if not self._printing.acquire(timeout=self.patience):
                raise Busy
            try:
                # Whoever waited may have waited for this very paper.
                kept = self._find(key)
                return kept if kept is not None else self._keep(key, self.writer(ending)(paper))
            finally:
                self._printing.release()
        finally:
            self._places.release()

    def _find(self, key: tuple[str, str]) -> bytes | None:
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: tuple[str, str], made: bytes) -> bytes:
        with self._keeping:
            self._kept[key] = made
            while sum(map(len, self._kept.values())) > self.room:
                self._kept.popitem(last=False)
        return made
