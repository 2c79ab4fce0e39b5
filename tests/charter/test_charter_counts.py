"""A charter of too many parts is refused before its parts are compared with each other."""

from __future__ import annotations

import pytest
from world import ROOT

from architrave.charter.check import MOST
from architrave.charter.errors import CharterError
from architrave.charter.parse import parse_charter

SHIPPED = (ROOT / "charters" / "trilateral.toml").read_text(encoding="utf-8")


def test_too_many_articles_are_one_fault_and_no_more_is_compared() -> None:
    more = "".join(f'\n[[articles]]\nnumber = "{number}(1)"\n' for number in range(20, 321))
    with pytest.raises(CharterError) as found:
        parse_charter(SHIPPED + more, "long")
    text = str(found.value)
    assert f"articles: expected at most {MOST}, found" in text
    assert "another purpose than article" not in text
