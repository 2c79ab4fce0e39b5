"""`architrave sign FILE`: sign what a page of the workspace showed, and give it if so wished."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated

import httpx
import typer

from architrave.cli.faults import plainly
from architrave.cli.layout import print_json
from architrave.cli.passphrases import PassphraseFile, asked
from architrave.institution.acts import act_of
from architrave.node.errors import NodeError
from architrave.node.markings import marking_in
from architrave.node.party_key import open_party_key
from architrave.portal.composing.unclear import Unclear
from architrave.record import canonical
from architrave.record.keys import PrivateKey
from architrave.record.sealing import sign_act

__all__ = ["sign"]


@plainly
def sign(
    file: Annotated[Path, typer.Argument(help="The file to sign, as a page gave it.")],
    key: Annotated[Path, typer.Option("--key", help="The officer's key file.")],
    give: Annotated[str | None, typer.Option("--give", help="A node's address.")] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Sign the file that a page of the workspace gave, with an officer's key.

    The signed text is printed, to be pasted into that page; with --give a node is given it.
    """
    officer = open_party_key(key, asked(passphrase_file, "Passphrase of the key"))
    data = _signed(file, officer)
    if give is None:
        text = base64.b64encode(data).decode()
        if as_json:
            print_json({"signed": text})
        else:
            typer.echo(text)
        return
    answer = _given(give, data)
    if as_json:
        print_json(answer)
    else:
        typer.echo(_said(answer))
    if not answer["admitted"]:
        raise typer.Exit(1)


def _signed(file: Path, officer: PrivateKey) -> bytes:
    """The signed act; Unclear, naming the file, if it is none that this key may sign."""
    head, _, rest = file.read_bytes().rstrip(b"\n").partition(b"\n")
    institution, _, body = rest.partition(b"\n")
    if head != b"act/v1" or len(institution) != 64 or not body:
        raise Unclear(f"{file}: expected a file to sign, as a page of the workspace gives it.")
    document = canonical.load(body)
    act = act_of(document)
    marked = marking_in(document)
    if marked is not None:
        raise Unclear(f"{file}: {marked.sentence}")
    if act.key != officer.public.text:
        raise Unclear(f"{file}: it names another key than the one that was given.")
    return sign_act(document, institution.decode("ascii", "replace"), officer)


def _given(url: str, data: bytes) -> dict[str, object]:
    """What the node at an address says of a signed act."""
    try:
        answer = httpx.post(
            url.rstrip("/") + "/peer/act", content=data, timeout=40, trust_env=False
        ).json()
    except httpx.HTTPError as fault:
        raise NodeError(f"{url}: the node cannot be reached ({type(fault).__name__}).") from fault
    except ValueError as fault:
        raise NodeError(f"{url}: the answer is not that of a node.") from fault
    if not isinstance(answer, dict) or "error" in answer or "admitted" not in answer:
        raise NodeError(f"{url}: {answer.get('error', 'the answer is not that of a node.')}")
    line = int(str(answer["n"])) + 1 if answer.get("stored") else None
    return {
        "name": str(answer.get("name", "")),
        "line": line,
        "admitted": bool(answer["admitted"]),
        "article": str(answer.get("article", "")),
        "reason": str(answer.get("reason", "")),
    }


def _said(answer: dict[str, object]) -> str:
    if answer["admitted"]:
        return f"Entered as line {answer['line']}, under article {answer['article'] or 'none'}."
    return f"Not admitted: {answer['reason']}"
