"""The statistics are imported where something is fitted, and nowhere before."""

import json
import subprocess
import sys

import pytest

PROGRAMS = {
    "app.learning.learn": "import app.learning.learn",
    "app.worker": "import app.worker",
    "app.main": "import app.main",
    "pleegzorg --help": "sys.argv = ['pleegzorg', '--help']\nfrom app.cli.main import run\nrun()",
}
LOOK = """
import contextlib, io, json, sys
heavy, found = ('scipy', 'statsmodels', 'lifelines', 'pandas'), {}
for name, program in json.loads(sys.argv[1]).items():
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
        exec(program, {'sys': sys})
    found[name] = sorted(name for name in heavy if name in sys.modules)
print(json.dumps(found))
"""


@pytest.mark.lang
def test_no_statistics_library_is_imported_before_a_fit() -> None:
    """SciPy takes a second, others more: a server or a help text needs none of it.

    One process for all: what one of them imports stays imported, and counts for the next as well.
    """
    done = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps(PROGRAMS)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == {name: [] for name in PROGRAMS}


def test_looking_would_find_one() -> None:
    """A program that does import one of them is told of."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps({"import": "import scipy"})],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == {"import": ["scipy"]}
