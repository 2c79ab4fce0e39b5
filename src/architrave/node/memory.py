"""Memory while a record is read in: all of it stays, so looking for rubbish is waste."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["filling"]


@contextmanager
def filling() -> Iterator[None]:
    """Collect nothing meanwhile, and do not look again later at what was read.

    Python looks through all that it holds each time that it has grown by a quarter; a record only
    grows, so this took a fifth of a start and more of a longer one.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
