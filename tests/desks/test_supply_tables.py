"""Tables: what is read and refused, and that one factorisation answers as the textbook does."""

from __future__ import annotations

from csv import DictReader
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from supply_tables import ECONOMY, MILLER_BLAIR, table_with, wiod
from world import ROOT

from architrave.desks.errors import BadInput
from architrave.desks.supply.balance import balance_of, checked, hawkins_simon
from architrave.desks.supply.factored import accounts_gap, factored, residual
from architrave.desks.supply.figures import figures
from architrave.desks.supply.readers.csv_layout import read_csv_table
from architrave.desks.supply.readers.npz_layout import read_npz_table
from architrave.desks.supply.readers.opening import opened_table
from architrave.desks.supply.table import table_of


def test_the_two_sectors_of_the_textbook_answer_as_printed() -> None:
    # Miller and Blair, Input-Output Analysis, 2nd ed. (2009), section 2.3: f = (600, 1500).
    solved = factored(MILLER_BLAIR)
    assert solved.A.tolist() == [[0.15, 0.25], [0.20, 0.05]]
    assert solved.output(np.array([600.0, 1500.0])) == pytest.approx([1247.52, 1841.58], abs=0.01)
    total = solved.output(np.eye(2))
    assert total == pytest.approx(np.array([[1.2541, 0.3300], [0.2640, 1.1221]]), abs=5e-5)


def test_leontief_and_ghosh_agree_on_the_year_of_the_table_and_prices_are_one() -> None:
    table = figures()
    solved = factored(table)
    sold = table.Z.sum(axis=1) + table.f
    demand = table.f + (table.x - sold)  # what rounding left goes to final demand
    assert solved.output(demand) == pytest.approx(table.x, rel=1e-10)
    assert solved.supply_driven(table.v) == pytest.approx(table.x, rel=1e-10)
    assert solved.price(table.v / table.x) == pytest.approx(np.ones(table.size), rel=1e-10)
    output = solved.output(table.f)
    assert residual(solved, output, table.f) < 1e-12
    assert accounts_gap(solved, output, table.f) < 1e-12


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_a_few_changed_columns_are_answered_as_by_factoring_anew(seed: int, changes: int) -> None:
    draw = np.random.default_rng(seed)
    solved = factored(figures())
    size = solved.table.size
    columns = draw.choice(size, changes, replace=False)
    delta = -solved.A[:, columns] * draw.uniform(0, 1, (size, changes))
    demand = draw.uniform(0, 1e6, (size, 3))
    anew = solved.A.copy()
    anew[:, columns] += delta
    wanted = np.linalg.solve(np.eye(size) - anew, demand)
    assert solved.changed(columns, delta).output(demand) == pytest.approx(wanted, rel=1e-10)


def test_an_economy_that_needs_more_than_it_makes_fails_hawkins_and_simon() -> None:
    assert hawkins_simon(factored(figures()).A)
    assert hawkins_simon(np.array([[0.0, 2.0], [0.3, 0.0]]))  # a column above 1 may be carried
    assert not hawkins_simon(np.array([[0.5, 0.7], [0.8, 0.4]]))
    assert not hawkins_simon(np.array([[1.0]]))
    # Elimination leaves 5e-17 of a minor that is 0: all that is made is used up.
    assert not hawkins_simon(np.array([[0.1, 0.9], [0.3, 0.7]]))


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.floats(0.3, 1.7))
def test_a_table_is_solved_if_and_only_if_hawkins_and_simon_let_it(seed: int, scale: float) -> None:
    draw = np.random.default_rng(seed)
    A = scale * draw.dirichlet(np.ones(4), 4).T * draw.uniform(0.5, 1.2, 4)
    x = draw.uniform(1, 9, 4)
    Z = A * x
    table = table_of(
        "drawn", 2009, ("one",), tuple("ABCD"), ("F",), (Z, (x - Z.sum(axis=1))[:, None], x)
    )
    if hawkins_simon(factored(table).A):
        assert (factored(table).output(np.ones(4)) >= 1).all()
    else:
        with pytest.raises(
            BadInput, match=r"drawn 2009: it needs all that it makes or more \(the condi"
        ):
            factored(table).output(np.ones(4))


def test_an_economy_that_uses_up_all_that_it_makes_is_refused() -> None:
    Z = np.array([[10.0, 180.0], [30.0, 140.0]])
    closed = table_of(
        "closed",
        2009,
        ("one",),
        ("A", "B"),
        ("F",),
        (Z, np.zeros((2, 1)), np.array([100.0, 200.0])),
    )
    with pytest.raises(BadInput, match="it needs all that it makes or more"):
        factored(closed).output(np.ones(2))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda Z, Y, x: x.__setitem__(1, -2000.0), r"B has negative output -2,000"),
        (lambda Z, Y, x: Z.__setitem__((0, 1), -7.0), r"one:A sells -7 to one:B"),
        (lambda Z, Y, x: Y.__setitem__((0, 0), 450.0), r"one:A does not balance: .* 100 "),
        (lambda Z, Y, x: Z.__setitem__((1, 0), np.nan), r"one:B sells to column 1 is no number"),
        (lambda Z, Y, x: x.__setitem__(0, np.inf), r"one:A has an output that is no number"),
    ],
    ids=["negative output", "negative sale", "unbalanced", "no number", "infinite"],
)
def test_a_bad_table_is_refused_by_its_cell_and_the_size_of_the_fault(change, words) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput, match=words):
        checked(table_with(change))


@settings(max_examples=6)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_rounding_passes_and_an_error_in_a_small_cell_does_not(seed: int, missing: bool) -> None:
    draw = np.random.default_rng(seed)
    sectors = [f"s{at}" for at in range(300)]
    scale = draw.lognormal(0, 2, 300)[:, None]
    Z, Y = draw.lognormal(-1, 2, (300, 300)) * scale, draw.uniform(300, 900, (300, 1)) * scale
    x = Z.sum(axis=1) + Y[:, 0]
    Y += np.maximum(Z.sum(axis=0) - x, 0)[:, None]
    x = Z.sum(axis=1) + Y[:, 0]
    arrays = Z.round(), Y.round(), x.round()
    checked(table_of("printed", 2011, ("one",), sectors, ("F",), arrays))
    small = int(np.argmin(x))
    arrays[1][small] += -140.0 if missing else 140.0
    gap = arrays[0][small].sum() + arrays[1][small, 0] - arrays[2][small]
    # Half a unit for each of 301 numbers would be 150.
    with pytest.raises(BadInput, match=rf"one:s{small} does not balance: .* {gap:.6g} "):
        checked(table_of("printed", 2011, ("one",), sectors, ("F",), arrays))


def test_an_error_in_a_small_cell_of_a_real_year_is_refused_by_name_and_size() -> None:
    table = wiod(2011)
    for cell in np.flatnonzero((table.x > 0) & (table.x < 1e4))[::40]:
        demand = table.Y.copy()
        demand[cell, 0] += 700.0
        with pytest.raises(BadInput, match=f"{table.cells[cell]} does not balance: .* [67]"):
            checked(replace(table, Y=demand))


@pytest.mark.parametrize("part", ["Z", "Y", "x_va"])
@pytest.mark.parametrize("year", [2005, 2008, 2011])
def test_another_year_of_the_small_table_is_opened_by_any_of_its_files(
    year: int, part: str
) -> None:
    path = ECONOMY / f"small7x20_{year}_{part}.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this project")
    table = opened_table(path)
    assert (table.year, table.name, table.cells) == (year, figures().name, figures().cells)
    if year == 2011:
        assert table.digest == figures().digest


def test_three_files_are_one_table_and_what_is_none_is_refused(tmp_path: Path) -> None:
    small = ROOT / "data" / "economy"
    told = {one: (small / f"figures_2011_{one}.csv").read_text(encoding="utf-8") for one in "ZYx"}

    def given(**changed: str) -> Path:
        for part, text in (told | changed).items():
            (tmp_path / f"ours_2008_{part}.csv").write_text(text, encoding="utf-8")
        return tmp_path / "ours_2008_Z.csv"

    assert opened_table(given()).year == 2008
    with pytest.raises(BadInput, match="are not those of the small table"):
        opened_table(given(**{one: text.replace("KOR_", "KOX_") for one, text in told.items()}))
    worth = "".join(
        f"{line},{'va' if not at else 7}\n" for at, line in enumerate(told["x"].splitlines())
    )
    with pytest.raises(BadInput, match=r"ours_2008_x.csv: .* its value added is printed as 7, "):
        opened_table(given(x=worth))
    (tmp_path / "ours_2008_Y.csv").unlink()
    with pytest.raises(BadInput, match="its layout is not known"):
        opened_table(tmp_path / "ours_2008_Z.csv")


def test_inputs_into_nothing_and_inputs_beyond_output_are_refused() -> None:
    def stopped(Z, Y, x):  # type: ignore[no-untyped-def]
        x[0], Z[0], Y[0] = 0, 0, 0

    with pytest.raises(BadInput, match=r"one:A buys more than it makes: value added is -200"):
        checked(table_with(stopped))


def test_a_sector_without_output_and_drawn_inventories_are_handled_and_said() -> None:
    def stopped(Z, Y, x):  # type: ignore[no-untyped-def]
        Y[1, 0] += Z[1, 0]
        x[0], Z[0], Y[0], Z[:, 0] = 0, 0, 0, 0
        Y[1, 0] += 60
        Y[1, 1] = -60

    table = checked(table_with(stopped, categories=("use", "stocks")))
    said = balance_of(table)
    assert (said.empty, said.negative, said.drawn) == (1, 1, -60.0)
    solved = factored(table)
    assert solved.output(table.f)[0] == 0.0
    assert np.isfinite(solved.supply_driven(table.v)).all()


def test_a_label_that_stands_twice_and_another_shape_are_refused() -> None:
    with pytest.raises(BadInput, match="sector 'A' stands there twice"):
        table_with(lambda Z, Y, x: None, sectors=("A", "A"))
    with pytest.raises(BadInput, match=r"Z has the shape \(2, 2\); 1 regions with 3 sectors"):
        table_with(lambda Z, Y, x: None, sectors=("A", "B", "C"))


def test_our_own_layout_names_line_and_column() -> None:
    grid = ",one_A,one_B\none_A,150,500\none_B,200,100\n"
    uses = ",one_F\none_A,350\none_B,1700\n"
    output = ",x\none_A,1000\none_B,2000\n"

    def read(z: str, y: str, x: str) -> object:
        return read_csv_table(
            [("Z.csv", z), ("Y.csv", y), ("x.csv", x)], name="textbook", year=2009
        )

    assert read(grid, uses, output).digest == MILLER_BLAIR.digest  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match=r"Z.csv, line 3, column one_A: 'x' is no number"):
        read(grid.replace("200", "x"), uses, output)
    with pytest.raises(BadInput, match=r"Y.csv, line 2: expected the row of one_A"):
        read(grid, ",one_F\none_B,1700\none_A,350\n", output)
    with pytest.raises(BadInput, match=r"Z.csv, line 2: 3 cells were expected, 2 found"):
        read(grid.replace("150,500", "150"), uses, output)
    with pytest.raises(BadInput, match=r"x.csv, line 3: expected the row of one_B"):
        read(grid, uses, ",x\none_A,1000\n")
    with pytest.raises(BadInput, match=r"^Z.csv: textbook 2009: one:A has negative output -1,000"):
        read(grid, uses, output.replace("1000", "-1000"))


def test_a_table_cannot_be_written_to_and_is_known_by_its_digest() -> None:
    table = figures()
    with pytest.raises(ValueError, match="read-only"):
        table.Z[0, 0] = 1
    other = table_with(lambda Z, Y, x: None)
    assert other.digest == MILLER_BLAIR.digest != table.digest
    assert table.cell("JPN:ELE") == table.cells.index("JPN:ELE")
    for wrong in ("JPN", "JPN:XXX", "XXX:ELE"):
        with pytest.raises(BadInput):
            table.cell(wrong)


def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "wiod_2011.npz"
    broken.write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(BadInput, match=r"wiod_2011.npz: it cannot be read"):
        read_npz_table(broken)
    np.savez(tmp_path / "other_2011.npz", Z=np.eye(2))
    with pytest.raises(BadInput, match=r"other_2011.npz: there is no Y in it"):
        read_npz_table(tmp_path / "other_2011.npz")


def test_a_real_year_is_read_balances_and_is_solved() -> None:
    table = wiod(2011)
    assert (len(table.regions), len(table.sectors), table.size) == (41, 35, 1435)
    said = balance_of(table)
    assert said.empty == 22
    assert said.gap <= 113
    solved = factored(table)
    output = solved.output(table.f)
    assert residual(solved, output, table.f) < 1e-12
    assert accounts_gap(solved, output, table.f) < 1e-12


@pytest.mark.parametrize("year", [1995, 2011])
def test_the_accounts_of_a_real_year_close_and_leontief_and_ghosh_agree(year: int) -> None:
    table = wiod(year)
    solved = factored(table)
    closing = table.x - table.Z.sum(axis=1) - table.f  # what rounding left goes to final demand
    demand = table.f + closing
    # Value added is final demand: exactly once rounding is given a place, else but for it.
    assert table.v.sum() == pytest.approx(demand.sum(), rel=1e-12)
    assert abs(table.v.sum() - table.f.sum()) <= np.abs(closing).sum() < 3e-3 * table.f.sum()
    driven_by_demand, driven_by_supply = solved.output(demand), solved.supply_driven(table.v)
    scale = float(table.x.max())
    assert driven_by_demand == pytest.approx(table.x, rel=1e-9, abs=1e-12 * scale)
    assert driven_by_supply == pytest.approx(driven_by_demand, rel=1e-9, abs=1e-12 * scale)
    assert solved.price(solved.added)[~table.empty] == pytest.approx(1.0, rel=1e-9)


def test_the_small_table_is_the_sum_of_the_published_one() -> None:
    published, small = wiod(2011), figures()
    with (ROOT / "data/economy/figures_sectors.csv").open(encoding="utf-8") as lines:
        sector = {code: row["code"] for row in DictReader(lines) for code in row["wiod13"].split()}
    regions = [one if one in small.regions else _lump(one) for one in published.regions]
    cells = [f"{region}:{sector[code]}" for region in regions for code in published.sectors]
    sums = np.zeros((small.size, published.size))
    sums[[small.cell(cell) for cell in cells], np.arange(published.size)] = 1.0
    uses = np.zeros((len(small.regions), len(regions)))
    uses[[small.regions.index(region) for region in regions], np.arange(len(regions))] = 1.0
    wide = np.kron(uses, np.eye(len(small.categories)))
    assert np.array_equal(small.Z, sums @ published.Z @ sums.T)
    assert np.array_equal(small.Y, sums @ published.Y @ wide.T)
    assert np.array_equal(small.x, sums @ published.x)
    assert "(Timmer et al. 2015)" in small.source


def _lump(region: str) -> str:
    outside = {"AUS", "BRA", "CAN", "IDN", "IND", "MEX", "RUS", "TUR", "RoW"}
    return "ROW" if region in outside else "EU27"
