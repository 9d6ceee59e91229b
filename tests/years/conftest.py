"""One folder for all processes of one run of `make years`."""

import tempfile
from pathlib import Path

import pytest

from tests.years.together import Together


@pytest.fixture(scope="session")
def together(testrun_uid: str) -> Together:
    """Where each region of this run leaves its half-years; of no other run."""
    folder = Path(tempfile.gettempdir()) / f"pleegzorg-jaren-{testrun_uid}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return Together(folder)
