"""Run one planted bug: the real code with one line changed, against what is to catch it.

    python -m tests.planted.run NAME

Ends with 0 and says what caught it; with 1 if nothing did.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "planted")]

from bugs import BUGS, Bug  # noqa: E402


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads a module with one place of its source changed."""

    bug: Bug

    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text(encoding="utf-8")
        if source.count(self.bug.old) != 1:
            raise SystemExit(f"{self.bug.name}: what it changes is not there, or more than once")
        return compile(source.replace(self.bug.old, self.bug.new), self.path, "exec")


class _Planter(importlib.abc.MetaPathFinder):
    """Finds the module that a bug is planted in."""

    def __init__(self, bug: Bug) -> None:
        self.bug = bug

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != f"architrave.{self.bug.module}":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        loader = _Changed(fullname, spec.origin)
        loader.bug = self.bug
        spec.loader = loader
        return spec


def by_histories(bug: Bug) -> str | None:
    """The first seed and check that catch it, or None."""
    from world import load_charter

    from architrave.sim.plan import plan_for
    from architrave.sim.simulate import simulate

    shipped = load_charter()
    for seed in dict.fromkeys((bug.first, *bug.seeds)):
        plan = replace(plan_for(seed, shipped), **bug.plan)
        try:
            found = simulate(plan, shipped).found
        except Exception as fault:
            return f"seed {seed}: {type(fault).__name__}: {fault}"
        if found:
            return f"seed {seed}: {found[0]}"
    return None


def by_test(bug: Bug) -> str | None:
    """The named test, if it fails; or None."""
    import pytest

    arguments = [str(ROOT / bug.test), "-q", "-x", "-n0", "-p", "no:cacheprovider", "--no-header"]
    code = pytest.main([*arguments, f"--rootdir={ROOT}", "-c", str(ROOT / "pyproject.toml")])
    return f"test {bug.test}" if code == pytest.ExitCode.TESTS_FAILED else None


def main(name: str) -> int:
    """Plant the bug of this name and see."""
    bug = BUGS[name]
    sys.meta_path.insert(0, _Planter(bug))
    caught = by_test(bug) if bug.test else by_histories(bug)
    print(f"{name}: caught by {caught}" if caught else f"{name}: SURVIVED")
    return 0 if caught else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
