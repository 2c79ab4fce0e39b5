"""Tools that we did not write accept our record, and refuse every tampering.

The checks are theirs: sigstore's Python and JavaScript verifiers of transparency logs, and Go's
`golang.org/x/mod`; for ML-DSA-44, @noble/post-quantum. What is here only hands them the bytes.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from cases import Case, growth_cases, inclusion_cases, mldsa_cases

HERE = Path(__file__).parent
GO_SOURCES = Path("/usr/share/gocode")
INCLUSION = list(inclusion_cases())
GROWTH = list(growth_cases())
MLDSA = list(mldsa_cases())


def wrong(found: dict[str, bool], cases: list[Case]) -> list[str]:
    """The cases that a tool took for something else than they are."""
    assert len(found) == len(cases)
    return [str(one["name"]) for one in cases if found[str(one["name"])] is not one["good"]]


def test_there_are_good_cases_and_tampered_ones() -> None:
    for cases, bad in ((INCLUSION, 14), (GROWTH, 14), (MLDSA, 6)):
        assert sum(not one["good"] for one in cases) == bad
        assert any(one["good"] for one in cases)
        assert len({one["name"] for one in cases}) == len(cases)


# -- sigstore in Python ---------------------------------------------------------------------------


def by_sigstore(one: Case) -> bool:
    from sigstore._internal.merkle import verify_merkle_inclusion
    from sigstore._internal.rekor.checkpoint import LogCheckpoint, verify_checkpoint
    from sigstore._internal.trust import Key, Keyring
    from sigstore.errors import VerificationError
    from sigstore_models.common.v1 import PublicKey, PublicKeyDetails

    envelope = str(one["envelope"])
    key = Key(
        PublicKey.model_construct(
            raw_bytes=base64.b64decode(str(one["public_der"])),
            key_details=PublicKeyDetails.PKIX_ED25519,
        )
    )
    ring = Keyring()
    key_id = bytes.fromhex(str(one["key_id"]))
    ring._keyring[key_id] = key
    try:
        # Size and root are what the checkpoint says, as their own reader reads it.
        stated = LogCheckpoint.from_text(envelope.split("\n\n")[0] + "\n")
        proof = SimpleNamespace(
            log_index=one["index"],
            tree_size=stated.log_size,
            root_hash=bytes.fromhex(stated.log_hash),
            hashes=[base64.b64decode(each) for each in one["hashes"]],
            checkpoint=SimpleNamespace(envelope=envelope),
        )
        inner = SimpleNamespace(
            inclusion_proof=proof,
            canonicalized_body=base64.b64decode(str(one["entry"])),
            log_id=SimpleNamespace(key_id=key_id),
        )
        entry = SimpleNamespace(_inner=inner)
        verify_checkpoint(ring, entry)
        verify_merkle_inclusion(entry)
    except VerificationError:
        return False
    return True


def test_sigstore_for_python_accepts_what_is_ours_and_refuses_every_tampering() -> None:
    assert wrong({str(one["name"]): by_sigstore(one) for one in INCLUSION}, INCLUSION) == []


# -- sigstore in JavaScript -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def npm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages of the lock; skips where that cannot be."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("npm and node are needed to check the record with @sigstore/verify")
    folder = tmp_path_factory.mktemp("npm")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "npm" / name, folder)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=180, check=False)
    if done.returncode != 0:
        pytest.skip("npm cannot install @sigstore/verify here: is there a registry?")
    return folder


@pytest.mark.slow
def test_sigstore_for_javascript_accepts_what_is_ours_and_refuses_every_tampering(
    npm_folder: Path,
) -> None:
    done = subprocess.run(
        ["node", str(HERE / "npm" / "check.cjs"), str(npm_folder)],
        input=json.dumps(INCLUSION),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert wrong(json.loads(done.stdout), INCLUSION) == []


@pytest.mark.slow
def test_another_ml_dsa_accepts_our_cosignatures_and_refuses_every_tampering(
    npm_folder: Path,
) -> None:
    done = subprocess.run(
        ["node", str(HERE / "npm" / "check-mldsa.mjs"), str(npm_folder)],
        input=json.dumps(MLDSA),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert wrong(json.loads(done.stdout), MLDSA) == []


def test_the_lock_of_npm_holds_no_address() -> None:
    lock = (HERE / "npm" / "package-lock.json").read_text(encoding="utf-8")
    assert "http" not in lock
    assert "integrity" in lock


# -- Go -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_go_accepts_signature_inclusion_consistency_and_cosignature_and_no_tampering() -> None:
    if shutil.which("go") is None or not (GO_SOURCES / "src/golang.org/x/mod").is_dir():
        pytest.skip("Debian's golang-go and golang-golang-x-mod-dev are needed for this check")
    cases = INCLUSION + GROWTH
    done = subprocess.run(
        ["go", "run", str(HERE / "go" / "check.go")],
        input=json.dumps(cases),
        env={**os.environ, "GO111MODULE": "off", "GOPATH": str(GO_SOURCES), "GOFLAGS": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert wrong(json.loads(done.stdout), cases) == []
