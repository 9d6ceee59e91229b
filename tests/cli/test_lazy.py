"""The statistics are imported where something is fitted, and nowhere before."""

import subprocess
import sys

import pytest

PROGRAMS = {
    "pleegzorg --help": (
        "import sys; sys.argv = ['pleegzorg', '--help']\n"
        "from app.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
    ),
    "app.main": "import app.main\n",
    "app.worker": "import app.worker\n",
    "app.learning.learn": "import app.learning.learn\n",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_statistics_library_is_imported_before_a_fit(name: str) -> None:
    """SciPy takes a second, others more: a server or a help text needs none of it."""
    told = (
        "import sys\n"
        "heavy = ('scipy', 'statsmodels', 'lifelines', 'pandas')\n"
        "print('LOADED', sorted(name for name in heavy if name in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", PROGRAMS[name] + told], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "LOADED []"
