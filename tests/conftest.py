"""What every test may use: how hard hypothesis tries, and where the shared data lie."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# "usual" tries the same examples on every machine, so that a change is what breaks a test;
# "deep" (HYPOTHESIS_PROFILE=deep) draws new ones each time. Neither watches the clock.
settings.register_profile(
    "usual",
    max_examples=50,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep", settings.get_profile("usual"), max_examples=2_000, derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data that may lie beside the repository; skips where it does not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder 'shared' does not lie beside the repository, so there is no data")
    return folder
