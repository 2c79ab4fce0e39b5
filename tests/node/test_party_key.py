"""The offline party key under a passphrase."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from folders import make_three
from typer.testing import CliRunner
from world import seed

from architrave.cli.main import app
from architrave.node import party_key
from architrave.node.errors import FolderFault
from architrave.node.folder import write_key
from architrave.node.party_key import is_sealed, open_party_key, read_seed, seal_party_key
from architrave.record.keys import PrivateKey

SEED = seed("a party")
WORDS = "a passphrase that is long"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The costs are a matter of the file; here they need not be paid."""
    monkeypatch.setattr(party_key, "_OPS", 1)
    monkeypatch.setattr(party_key, "_MEM", 8_192)


def sealed(folder: Path, words: str = WORDS) -> Path:
    path = folder / "party.key"
    seal_party_key(path, SEED, words, bytes(range(16)))
    return path


def asked() -> str:
    raise AssertionError("nobody is to be asked")


def test_a_sealed_key_opens_with_its_passphrase_and_with_no_other(tmp_path: Path) -> None:
    path = sealed(tmp_path)
    assert is_sealed(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert open_party_key(path, lambda: WORDS).public == PrivateKey(SEED).public
    for wrong in ("", WORDS + "x", WORDS.upper()):
        with pytest.raises(FolderFault) as fault:
            read_seed(path, wrong)
        assert str(fault.value) == f"{path}: this passphrase does not open it."


def test_a_sealed_key_holds_no_byte_of_the_key_and_says_whose_it_is(tmp_path: Path) -> None:
    text = sealed(tmp_path).read_text(encoding="utf-8")
    assert SEED.hex() not in text
    assert PrivateKey(SEED).public.text in text


def test_a_plain_key_is_read_and_nobody_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "party.key"
    write_key(path, SEED)
    assert not is_sealed(path)
    assert open_party_key(path, asked).public == PrivateKey(SEED).public


def test_a_short_passphrase_seals_nothing(tmp_path: Path) -> None:
    with pytest.raises(FolderFault, match="too short"):
        sealed(tmp_path, "short")
    assert not (tmp_path / "party.key").exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("box", "AAAA", "does not open"),
        ("salt", "AAAA", "does not open"),
        ("public", PrivateKey(seed("another")).public.text, "not the one that it names"),
        ("mem", 1 << 40, "beyond what is allowed"),
        ("ops", 0, "beyond what is allowed"),
        ("ops", "x", "expected a key"),
        ("kdf", "md5", "a form that this version does not know"),
        ("extra", 1, "expected a key"),
    ],
)
def test_each_fault_is_one_sentence(tmp_path: Path, field: str, value: object, says: str) -> None:
    path = sealed(tmp_path)
    held = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(held | {field: value}), encoding="utf-8")
    with pytest.raises(FolderFault) as fault:
        read_seed(path, WORDS)
    assert says in str(fault.value)
    assert str(path) in str(fault.value)


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = sealed(tmp_path)
    path.chmod(0o644)
    with pytest.raises(FolderFault, match="allow 600 only"):
        read_seed(path, WORDS)


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["node", *words])
    assert result.exit_code == code, result.output + result.stderr
    return result.output if code == 0 else result.stderr


def words_in(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text + "\n", encoding="utf-8")
    return str(file)


def test_a_key_is_sealed_taken_out_and_given_another_passphrase(tmp_path: Path) -> None:
    folders = make_three(tmp_path)
    party, folder = next(iter(folders.items()))
    out = tmp_path / "safe" / "party.key"
    first, second = words_in(tmp_path, "1", WORDS), words_in(tmp_path, "2", WORDS + " and more")
    run("seal-key", str(folder), "--to", str(out), "--new-passphrase-file", first)
    assert not (folder / "keys" / "party.key").exists()
    assert read_seed(out, WORDS) == seed(party, "party")
    run("seal-key", str(folder), "--party-key", str(out), "--passphrase-file", first,
        "--new-passphrase-file", second)  # fmt: skip
    assert read_seed(out, WORDS + " and more") == seed(party, "party")
    said = run("seal-key", str(folder), "--party-key", str(out), "--passphrase-file", first,
               "--new-passphrase-file", second, code=2)  # fmt: skip
    assert "does not open" in said


def test_a_founding_is_signed_with_a_key_that_lies_elsewhere(tmp_path: Path) -> None:
    folders = make_three(tmp_path)
    party, folder = next(iter(folders.items()))
    before = (folder / "founding.json").read_bytes()
    out, file = tmp_path / "usb" / "party.key", words_in(tmp_path, "1", WORDS)
    run("seal-key", str(folder), "--to", str(out), "--new-passphrase-file", file)
    files = [str(one / name) for one in folders.values() for name in ("request.json",)]
    files += [str(one / "signature.json") for name, one in folders.items() if name != party]
    (folder / "founding.json").unlink()
    run("found", str(folder), *files, "--party-key", str(out), "--passphrase-file", file)
    assert (folder / "founding.json").read_bytes() == before
