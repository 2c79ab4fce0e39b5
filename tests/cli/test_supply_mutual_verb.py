"""`supply mutual` and `supply exposure --on`: what they write, and what each answer rests on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from cli_nodes import fault, run, said, value
from desk_shelves import shelf

from architrave.cli.rerunning import Inputs, rerun_apart
from architrave.desks.evidence import Assessment, differences
from architrave.desks.registry import rerun
from architrave.desks.supply.figures import figures
from architrave.desks.tabling import assessments_in


def written(path: Path) -> tuple[Assessment, ...]:
    wording = json.loads(path.read_text(encoding="utf-8"))["wording"]
    return assessments_in(wording["document"])


def of_years(folder: Path, *years: int) -> list[Path]:
    """Files of the small table, as if of these years: a little less is sold abroad in each."""
    small, files = figures(), []
    own = np.kron(np.eye(7), np.ones((20, 5)))
    for at, year in enumerate(years):
        Y = small.Y * np.where(own == 1, 1.0, 1 - 0.1 * at)
        x = small.Z.sum(axis=1) + Y.sum(axis=1)
        told = {key: np.array(text) for key, text in {
            "name": "made up", "unit": "million", "currency": "USD", "source": "this test",
            "licence": "nobody's", "lumping": f"all of {year} is lumped",
        }.items()}  # fmt: skip
        file = folder / f"made_{year}.npz"
        np.savez(
            file, Z=small.Z, Y=Y, x=x, countries=np.array(small.regions),
            sectors=np.array(small.sectors), **told,
        )  # fmt: skip
        files.append(file)
    return files


def test_dependence_over_years_is_tabled_and_worked_out_again_elsewhere(tmp_path: Path) -> None:
    files, fields = of_years(tmp_path, 2009, 2010), tmp_path / "fields.json"
    told = value("supply", "mutual", *reversed(files), "--fields", fields, "--json")
    (read,) = written(fields)
    assert [(one.name, one.newest, one.source) for one in read.layers] == [
        ("made up", "2009", "this test"), ("made up", "2010", "this test"),
    ]  # fmt: skip
    assert [one["table_lumping"] for one in read.parameters["tables"]] == [
        "all of 2009 is lumped", "all of 2010 is lumped",
    ]  # fmt: skip
    for pair in told["pairs"]:
        here = read.result[str(pair["year"])][pair["of"]][pair["by"]]
        assert here == {"supplies": pair["supplies"], "earns": pair["earns"]}
    elsewhere = Inputs({}, {}, ("JPN", "KOR", "USA"), (files[1], files[0]))
    assert differences(read.document, rerun_apart(read, elsewhere, 60)) == ()
    asked = read.document | {"parameters": {**read.parameters, "parties": ["KOR", "USA"]}}
    other = Assessment(**{**asked, "layers": read.layers})
    cells = differences(other.document, rerun_apart(other, elsewhere, 60))
    assert {one.cell for one in cells} >= {"result.2009.JPN", "result.2009.KOR.JPN"}


def test_each_seller_that_was_named_is_tabled_beside_where_inputs_come_from(tmp_path: Path) -> None:
    fields = tmp_path / "fields.json"
    on = ("--on", "JPN:CHM", "--on", "TWN")
    told = value("supply", "exposure", "KOR:ELE", *on, "--fields", fields, "--json")
    where, how = written(fields)
    assert (where.question, how.question) == (
        "where inputs come from", "how far one depends on another",
    )  # fmt: skip
    assert how.parameters["sellers"] == ["JPN:CHM", "TWN"]
    for one in told["on"]:
        assert how.result[one.pop("seller")] == one
    for one in (where, how):
        assert differences(one.document, rerun(one, shelf()).document) == ()


def test_the_shares_go_out_rounded_and_nothing_else_of_the_tables(tmp_path: Path) -> None:
    files, out = of_years(tmp_path, 2010, 2009, 2011), tmp_path / "years.json"
    pairs = value("supply", "mutual", *files, "--out", out, "--json")["pairs"]
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["result"]["years"] == [2009, 2010, 2011]
    assert document["parameters"]["terms"] == ["nobody's"]
    for row in document["result"]["pairs"]:
        for name in ("supplies", "earns"):
            wanted = [
                one[name] for one in pairs if (one["of"], one["by"]) == (row["of"], row["by"])
            ]
            assert row[name] == [float(f"{100 * part:.3g}") for part in wanted]
    assert len(out.read_bytes()) < 8_000
    assert "something lies there already" in fault("supply", "mutual", *files, "--out", out)
    kept = out.read_bytes()
    again = ("--out", tmp_path / "new.json", "--fields", out)
    assert "something lies there already" in fault("supply", "mutual", *files, *again)
    assert out.read_bytes() == kept
    assert not (tmp_path / "new.json").exists()


def test_the_terms_of_a_table_stand_beside_its_source(tmp_path: Path) -> None:
    (file,) = of_years(tmp_path, 2010)
    told = said("supply", "mutual", file)
    assert "Source: this test. Terms: nobody's." in " ".join(told.split())
    basis = value("supply", "shortage", "--lose", "TWN:ELE=0.1", "--json")["basis"]
    assert basis["terms"] == [figures().licence]
    assert "Terms: CC BY 4.0" in run("supply", "table").stdout
