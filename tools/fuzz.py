"""Schemathesis against the running service on the example region: `make fuzz`.

Run: `python -m tools.fuzz [CASES]` (cases per operation). Ends with 1 when a check fails.

One check is left out, `positive_data_acceptance`: it wants every body that fits the schema to be
taken. A schema can say that a child has a birth date and a date of placement, not that the first
comes before the second, nor that a provider exists: such a body is rightly answered with 400.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from app.cli.region import load_folder, run_match
from app.cli.steps import Steps
from app.db.opened import Database
from app.matching.policy import load_policy
from app.settings import load_settings
from tools.live import run_service

REGION = Path(__file__).parents[1] / "tests" / "data" / "regio-1"
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CASES = "15"
_LEFT_OUT = "positive_data_acceptance"


def main() -> int:
    """Return what Schemathesis returns: 0 when nothing is found."""
    cases = sys.argv[1] if len(sys.argv) > 1 else CASES
    # Schemathesis keeps notes where it stands: not in the project.
    with run_service() as service, tempfile.TemporaryDirectory() as elsewhere:
        load_and_match(service.database)
        api = f"{service.address}/v1"
        return subprocess.run(
            [
                SCHEMATHESIS, "run", f"{api}/openapi.json", "--url", api, "--checks", "all",
                "--exclude-checks", _LEFT_OUT, "--max-examples", cases, "--seed", "1",
                "--generation-database", "none", "--no-color",
            ],
            check=False, cwd=elsewhere,
        ).returncode  # fmt: skip


def load_and_match(database: Database, folder: Path = REGION) -> None:
    """Load a folder of exports and perform one match run, past the API."""
    settings = load_settings()
    with Steps(Console(quiet=True)) as steps:
        loaded = load_folder(database, folder, settings=settings, day=None, steps=steps)
        run_match(
            database, load_policy("zorgvuldig"), snapshot_day=loaded.snapshot_day, seed=0,
            steps=steps,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
