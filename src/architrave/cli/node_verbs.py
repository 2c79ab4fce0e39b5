"""`architrave node …`: make, found, run and look at a node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import httpx
import typer

from architrave.cli.faults import plainly
from architrave.cli.shipped import shipped
from architrave.node.errors import NodeError
from architrave.node.folder import Folder

app = typer.Typer(no_args_is_help=True, help="Make, found, run and look at a node.")


@app.command()
@plainly
def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    party: Annotated[str, typer.Option(help="The charter's id of the party.")],
    domain: Annotated[str, typer.Option(help="Ends the names of all logs.")],
    url: Annotated[str, typer.Option(help="Where this node will be reached.")],
    charter: Annotated[Path | None, typer.Option(help="The charter file.")] = None,
    token: Annotated[
        Path | None, typer.Option(help="Outside the folder; recognises an old copy.")
    ] = None,
) -> None:
    """Draw the keys of a node and write its request for a founding."""
    from architrave.node.founders import make_node, random_seeds

    place = token or folder.resolve().with_name(folder.resolve().name + ".token")
    make_node(
        folder,
        party,
        charter or shipped("charters/trilateral.toml"),
        domain,
        url,
        place,
        random_seeds(),
    )
    typer.echo(
        f"Made. Give {folder / 'request.json'} to every capital. "
        f"Keep {folder / 'keys' / 'party.key'} offline."
    )


@app.command("found")
@plainly
def found_(
    folder: Annotated[Path, typer.Argument(help="This capital's node.")],
    files: Annotated[list[Path], typer.Argument(help="Requests and signatures of all capitals.")],
) -> None:
    """Sign the founding; write it once every capital has signed."""
    from architrave.node.founders import found

    typer.echo(f"{Folder(folder).party}: {found(folder, files)}")


@app.command()
@plainly
def run(
    folder: Path,
    clock: Annotated[Path | None, typer.Option(help="A test clock; demonstrations only.")] = None,
    confirm_time: Annotated[bool, typer.Option(help="An officer confirms the time.")] = False,
    token: Annotated[Path | None, typer.Option(help="Instead of the token in node.json.")] = None,
) -> None:
    """Run the node until it is told to stop."""
    from architrave.node.run import run_node

    apps = ("architrave.portal",)
    raise typer.Exit(run_node(folder, "architrave.cli.urls", apps, clock, confirm_time, token))


@app.command()
@plainly
def status(
    folder: Path, as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False
) -> None:
    """Ask a running node how far it is."""
    place = Folder(folder)
    url = place.addresses(place.founding())[place.party]
    try:
        value = httpx.get(f"{url.rstrip('/')}/peer/status", timeout=10, trust_env=False).json()
    except (httpx.HTTPError, ValueError) as fault:
        raise NodeError(
            f"{url}: no node answers there; `architrave node run` starts it."
        ) from fault
    if as_json:
        typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
        return
    typer.echo(f"{value['party']} at {url}: signs: {value['signs']}.")
    for origin, size in value["sizes"].items():
        final = value["final"].get(origin, 0)
        stopped = "; STOPPED: two histories were signed" if origin in value["stopped"] else ""
        typer.echo(f"  {origin}: {size} lines, {final} of them final{stopped}.")
