"""`architrave sign`: the file of a page, signed as the node expects it, and no other file."""

from __future__ import annotations

import base64
from pathlib import Path

from typer.testing import CliRunner

from architrave.cli.main import app
from architrave.institution.acts import Deposited, document_of
from architrave.record import canonical
from architrave.record.keys import PrivateKey
from architrave.record.sealing import sign_act

OFFICER = PrivateKey(b"\4" * 32)
INSTITUTION = "7a" * 32


def files(place: Path, title: str = "A paper", seed: bytes = b"\4" * 32) -> tuple[str, str]:
    act = Deposited(
        party="Alder", seat="Alder/Council", key=OFFICER.public.text, at=1, to=["public"],
        title={"en": title}, digest="5e" * 32, source="an archive",
    )  # fmt: skip
    body = canonical.dump(document_of(act))
    (place / "sign.txt").write_bytes(b"act/v1\n" + INSTITUTION.encode() + b"\n" + body)
    key = place / "officer.key"
    key.touch(0o600)
    key.write_text(seed.hex() + "\n", encoding="ascii")
    return str(place / "sign.txt"), str(key)


def test_a_file_of_a_page_is_signed_as_the_terminal_signs(tmp_path: Path) -> None:
    file, key = files(tmp_path)
    done = CliRunner().invoke(app, ["sign", file, "--key", key])
    body = Path(file).read_bytes().split(b"\n", 2)[2]
    expected = sign_act(canonical.load(body), INSTITUTION, OFFICER)
    assert base64.b64decode(done.stdout) == expected


def test_another_key_a_marking_and_another_file_are_not_signed(tmp_path: Path) -> None:
    for change in ({"seed": b"\5" * 32}, {"title": "TOP SECRET plum"}):
        file, key = files(tmp_path, **change)  # type: ignore[arg-type]
        done = CliRunner().invoke(app, ["sign", file, "--key", key])
        assert (done.exit_code, done.stdout) == (2, "")
        assert "plum" not in done.stderr
    file, key = files(tmp_path)
    assert CliRunner().invoke(app, ["sign", key, "--key", key]).exit_code == 2
