"""`architrave node …`: make, found, run and look at a node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from architrave.cli.backup_verbs import backup, restore
from architrave.cli.faults import plainly
from architrave.cli.layout import print_json
from architrave.cli.passphrases import (
    PartyKeyFile,
    PassphraseFile,
    asked,
    party_key_place,
    seal_key,
)
from architrave.cli.places import node_folder
from architrave.cli.shipped import shipped
from architrave.cli.succession_verbs import concur, succeed
from architrave.node.folder import Folder
from architrave.node.party_key import open_party_key

app = typer.Typer(no_args_is_help=True, help="Make, found, run and look at a node.")

app.command("seal-key")(seal_key)
app.command()(backup)
app.command()(restore)
app.command()(succeed)
app.command()(concur)

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command()
@plainly
def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    party: Annotated[str, typer.Option(help="The charter's id of the party.")],
    domain: Annotated[str, typer.Option(help="Ends the names of all logs.")],
    url: Annotated[str, typer.Option(help="Where the other capitals will reach this node.")],
    charter: Annotated[Path | None, typer.Option(help="The charter file.")] = None,
    token: Annotated[
        Path | None, typer.Option(help="Outside the folder; recognises an old copy.")
    ] = None,
    listen: Annotated[
        str, typer.Option(help="Where its process listens, if a proxy stands before it.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Draw the keys of a node and write its request for a founding."""
    from architrave.node.founders import make_node, random_seeds

    beside = folder.resolve().with_name(folder.resolve().name + ".token")
    make_node(
        folder,
        party,
        charter or shipped("charters/trilateral.toml"),
        domain,
        url,
        token.resolve() if token else beside,
        random_seeds(),
        listen,
    )
    if as_json:
        print_json({"party": party, "folder": str(folder), "request": str(folder / "request.json")})
        return
    typer.echo(
        f"Made. Give {folder / 'request.json'} to every capital. "
        f"Put {folder / 'keys' / 'party.key'} under a passphrase with `architrave node seal-key`, "
        "and keep it offline once the founding is written."
    )


@app.command("found")
@plainly
def found_(
    folder: Annotated[Path, typer.Argument(help="This capital's node.")],
    files: Annotated[list[Path], typer.Argument(help="Requests and signatures of all capitals.")],
    agreed: Annotated[
        str | None, typer.Option(help="The digest on which the capitals have agreed.")
    ] = None,
    party_key: PartyKeyFile = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Sign the founding; write it once every capital has signed and the digest is agreed."""
    from architrave.node.founders import found

    place = party_key_place(Folder(folder), party_key)
    key = open_party_key(place, asked(passphrase_file))
    step = found(folder, files, agreed, key)
    if as_json:
        print_json({"institution": step.institution, "waiting": list(step.waiting)})
        return
    typer.echo(f"The institution is {step.institution}.")
    if step.waiting:
        typer.echo(
            f"{Folder(folder).party} has signed: {folder / 'signature.json'}. Signatures still to "
            f"come: {', '.join(step.waiting)}.\n"
            "Compare these 64 digits with every other capital by another way than the files came."
        )
    else:
        typer.echo(f"Founded: {folder / 'founding.json'} is signed by every capital.")


@app.command()
@plainly
def run(
    folder: Path,
    clock: Annotated[Path | None, typer.Option(help="A test clock; demonstrations only.")] = None,
    confirm_time: Annotated[
        bool, typer.Option("--confirm-time", help="An officer confirms the time.")
    ] = False,
    token: Annotated[Path | None, typer.Option(help="Instead of the token in node.json.")] = None,
    token_lost: Annotated[
        bool,
        typer.Option(
            "--token-lost", help="The token is lost: sign nothing before all others are heard."
        ),
    ] = False,
) -> None:
    """Run the node until it is told to stop."""
    from architrave.cli.forum_files import pages_beside
    from architrave.cli.website import URLS, apps_here
    from architrave.node.run import Aside, run_node
    from architrave.node.runtime import Runtime

    def packing(runtime: Runtime) -> Aside:
        # Django must be configured before the portal is imported.
        from architrave.portal.data.packing import Packing

        return Packing(runtime)

    status = run_node(
        folder, URLS, apps_here(), clock, confirm_time, token, token_lost, pages_beside, packing
    )
    raise typer.Exit(status)


@app.command()
@plainly
def status(
    node: Annotated[
        str, typer.Argument(help="A node's folder, or a capital of the demonstration.")
    ],
    as_json: AsJson = False,
) -> None:
    """Ask a running node how far it is; exit status 1 if it does not answer."""
    place = Folder(node_folder(node))
    founding = place.founding()
    url = place.listens(founding)
    try:
        answer = httpx.get(f"{url.rstrip('/')}/peer/status", timeout=10, trust_env=False)
        value: dict[str, Any] = answer.json()
        answer.raise_for_status()
        party, institution = value["party"], value["institution"]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as fault:
        typer.echo(f"{url}: no node answers there; `architrave node run` starts it.", err=True)
        raise typer.Exit(1) from fault
    if (party, institution) != (place.party, founding.id):
        typer.echo(f"{url}: another node answers there, {party} of {institution[:12]}….", err=True)
        raise typer.Exit(1)
    if as_json:
        typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(_words(value, url)))


def _words(value: dict[str, Any], url: str) -> list[str]:
    """What a node says of itself, for people."""
    mark = " (DEMO: nothing it signs means anything)" if value["demonstration"] else ""
    lines = [f"{value['party']} runs at {url}{mark}."]
    signs = value["signs"]
    lines.append("It signs." if signs == "yes" else f"It signs nothing now: {signs}")
    for origin, size in value["sizes"].items():
        final = value["final"].get(origin, 0)
        sizes = value["cosigned"].get(origin, {})
        initialled = min(sizes.values()) if len(sizes) == len(value["sizes"]) - 1 else 0
        stopped = "; STOPPED: two histories were signed" if origin in value["stopped"] else ""
        lines.append(
            f"  {origin}: {size} lines; all have initialled {initialled}, all have received "
            f"{final}{stopped}."
        )
    for name, told in value.get("witnesses", {}).items():
        why = f"; the last question failed: {told['fault']}" if told["fault"] else ""
        lines.append(f"Outside witness {name}: {told['lines']} lines cosigned{why}.")
    lines.append(f"State of what all may read: {value['state']}")
    return lines
