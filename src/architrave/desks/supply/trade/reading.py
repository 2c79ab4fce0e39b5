"""Trade read from files as downloaded: what each file is, is told by its heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from architrave.desks.errors import BadInput
from architrave.desks.evidence import Layer
from architrave.desks.supply.trade.baci import BACI, countries_in, edition_of, flows_in
from architrave.desks.supply.trade.comtrade import NEW, OLD, Passed, reports_in
from architrave.desks.supply.trade.concordance import Concordance
from architrave.desks.supply.trade.model import Flow, Trade
from architrave.desks.supply.trade.sources import TradeFile, cells_of, files_at

__all__ = ["opened_trade", "read_trade"]

_BACI = "CEPII, BACI (Gaulier and Zignago 2010), from UN Comtrade"
_COMTRADE = "UN Comtrade, reports as sent in"
_Kept = dict[tuple[str, ...], tuple[str, Flow]]


def opened_trade(
    paths: Sequence[Path], concordance: Concordance, codes: Iterable[str] = ()
) -> Trade:
    """Read files, zips and folders; BadInput names file and line."""
    files = [file for path in paths for file in files_at(path)]
    return read_trade(files, concordance, codes)


def read_trade(
    files: Sequence[TradeFile], concordance: Concordance, codes: Iterable[str] = ()
) -> Trade:
    """The rows of all files in the codes of the concordance, or in `codes`; BadInput likewise.

    The order of files and rows does not matter. A row that stands in two files is one row; one
    that says something else there is refused with both places.
    """
    asked = frozenset(codes) or concordance.codes
    kinds = {file: _kind(file) for file in _each_once(files)}
    countries = _countries([file for file, kind in kinds.items() if kind == "countries"])
    kept: _Kept = {}
    passed = Passed()
    newest: dict[TradeFile, int] = {}
    for file, kind in kinds.items():
        if kind not in ("baci", "comtrade"):
            continue
        if kind == "baci" and not countries:
            raise BadInput(
                f"{file.name}: its countries are numbers; give the country_codes file of the same "
                "release too."
            )
        with file.opened() as lines:
            rows = cells_of(file, lines, asked)
            read = (
                flows_in(file, rows, countries)
                if kind == "baci"
                else reports_in(file, rows, passed, countries)
            )
            newest[file] = _keep(file, read, kept)
        edition = edition_of(file.name) if kind == "baci" else None
        if edition is not None:
            at = file.name + ", line "
            here = {flow for place, flow in kept.values() if place.startswith(at)}
            passed.editions |= {(flow.code, edition) for flow in here}
            for flow in here:
                passed.told.setdefault(("BACI", flow.year), set()).add(edition)
    if not kept:
        raise BadInput(
            f"{', '.join(one.name for one in kinds)}: no row of the {len(asked)} codes asked for."
        )
    _wholes_stand(kept, passed)
    flows, said = _annual([flow for _, flow in kept.values()])
    said += [*_said(passed), *_misfits(passed.editions, concordance)]
    layers = [
        _layer(file, kind, newest.get(file)) for file, kind in kinds.items() if kind != "products"
    ]
    layers.sort(key=lambda one: (one.name, one.digest))
    return Trade(tuple(sorted(flows, key=_order)), (*layers, concordance.layer), tuple(said))


def _order(flow: Flow) -> tuple[object, ...]:
    return (
        flow.year, flow.importer, flow.exporter, flow.code, flow.teller.value, flow.again,
        flow.month, flow.value,
    )  # fmt: skip


def _each_once(files: Sequence[TradeFile]) -> Iterator[TradeFile]:
    seen: set[str] = set()
    for file in files:
        if file.digest not in seen:
            seen.add(file.digest)
            yield file


def _kind(file: TradeFile) -> str:
    with file.opened() as lines:
        first = next(cells_of(file, lines), None)
    if first is None:
        raise BadInput(f"{file.name}: it holds no row below a heading.")
    columns = first.cells.keys()
    if columns >= BACI:
        return "baci"
    if "country_code" in columns:
        return "countries"
    if columns >= NEW or columns >= OLD:
        return "comtrade"
    if "code" in columns and "description" in columns:
        return "products"
    raise BadInput(
        f"{file.name}, line 1: its columns are neither those of BACI (t, i, j, k, v, q) or its "
        "country codes, nor those of UN Comtrade."
    )


def _countries(files: Sequence[TradeFile]) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in files:
        with file.opened() as lines:
            for number, letters in countries_in(file, cells_of(file, lines)).items():
                if found.setdefault(number, letters) != letters:
                    raise BadInput(
                        f"{file.name}: the country {number} is {letters}, and {found[number]} in "
                        "another list."
                    )
    return found


def _keep(file: TradeFile, read: Iterator[tuple[int, tuple[str, ...], Flow]], kept: _Kept) -> int:
    """Keep each row once; BadInput where two say different things. The newest year of the file."""
    newest = 0
    for line, key, flow in read:
        newest = max(newest, flow.year)
        place = f"{file.name}, line {line}"
        earlier = kept.setdefault((flow.teller.value, *key), (place, flow))
        if earlier[1] != flow:
            raise BadInput(
                f"{place}: {flow.exporter} to {flow.importer}, {flow.code} in {flow.year}, is told "
                f"otherwise in {earlier[0]}: {flow.value:,.0f} and {earlier[1].value:,.0f} US$."
            )
    return newest


def _wholes_stand(kept: _Kept, passed: Passed) -> None:
    wholes = {key[1:] for key in kept}
    for key, place in passed.parts.items():
        if key not in wholes:
            raise BadInput(
                f"{place}: the row of {key[2]} with {key[3]}, {key[-1]} in {key[0]}, is a part "
                "by second partner, customs procedure or transport, and its whole is not there."
            )


def _annual(flows: list[Flow]) -> tuple[list[Flow], list[str]]:
    """Months where no whole year is told by that party; and how many rows that let go."""

    def told(flow: Flow) -> tuple[object, ...]:
        who = flow.importer if flow.teller.value == "importer" else flow.exporter
        return flow.year, who, flow.code, flow.teller, flow.again

    whole = {told(flow) for flow in flows if not flow.month}
    kept = [flow for flow in flows if not flow.month or told(flow) not in whole]
    gone = len(flows) - len(kept)
    return kept, [f"{gone} rows of months are passed over, as the year is told"] if gone else []


def _said(passed: Passed) -> list[str]:
    said = []
    if passed.count:
        said.append(f"{passed.count} rows that only break a whole down are passed over")
    if passed.flows:
        said.append(f"{passed.flows} rows of other flows (re-imports and such) are passed over")
    for (who, year), editions in sorted(passed.told.items()):
        if len(editions) > 1:
            which = " and ".join(map(str, sorted(editions)))
            said.append(
                f"{who} tells {year} in the editions of {which}: goods that have one code in each "
                "are there twice where both codes are taken together"
            )
    return said


def _misfits(editions: Iterable[tuple[str, int]], concordance: Concordance) -> list[str]:
    """Codes that mean something else in the edition in which they are told."""
    odd = [
        f"{code} (edition of {edition})"
        for code, edition in sorted(editions)
        if not concordance.fits(code, edition)
    ]
    return [f"codes of another meaning or edition than here: {', '.join(odd[:8])}"] if odd else []


def _layer(file: TradeFile, kind: str, newest: int | None) -> Layer:
    source = {"baci": _BACI, "countries": _BACI, "products": _BACI}.get(kind, _COMTRADE)
    return Layer(file.name, str(newest or ""), file.digest, source)
