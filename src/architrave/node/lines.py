"""The node's own log: one JSON object a line, no text of an act, and never a flood."""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
from collections.abc import Callable

__all__ = ["Formatter", "Sparing", "start_logging"]


class Formatter(logging.Formatter):
    """One JSON object a line: at (seconds since 1970), level, from, says; trace for a mistake."""

    def format(self, record: logging.LogRecord) -> str:
        value: dict[str, object] = {
            "at": round(record.created, 3),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage()[:2_000],
        }
        if record.exc_info:
            value["trace"] = self.formatException(record.exc_info)
        return json.dumps(value, ensure_ascii=False)


class Sparing(logging.Filter):
    """Lets through `most` lines of one wording in each span of `seconds`, and counts the others.

    A wording is a message before its values are put in. The first line of the next span says how
    many were left out. Critical lines always pass.
    """

    def __init__(
        self,
        most: int = 10,
        seconds: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._spans: dict[tuple[str, str], tuple[float, int]] = {}
        self._guard = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is written."""
        if record.levelno > logging.ERROR:
            return True
        wording = (record.name, str(record.msg))
        with self._guard:
            now = self._clock()
            start, count = self._spans.get(wording, (now, 0))
            if now - start >= self._seconds:
                left_out, start, count = max(0, count - self._most), now, 0
                if left_out:
                    record.msg, record.args = (
                        f"{record.getMessage()} ({left_out} like it left out)",
                        (),
                    )
            if len(self._spans) > 1_000:
                self._spans.clear()
            self._spans[wording] = (start, count + 1)
            return count < self._most


def start_logging() -> None:
    """Write the log of this process to its standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter())
    handler.addFilter(Sparing())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    # Their lines hold addresses that anybody may ask for.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.security").setLevel(logging.ERROR)
    logging.getLogger("http_message_signatures").setLevel(logging.ERROR)
