"""The catalogue of events is the only way to log: no module finds another one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
# The one writer; the one that takes in what libraries say; and the one that quietens the log of the
# embedded server. The last two write none.
WRITER, FOREIGN, QUIETENED = "log/write.py", "log/foreign.py", "db/embedded.py"
_LOGGING = {"logging", "structlog", "loguru", "syslog"}


def other_ways(source: str) -> Iterator[str]:
    """Give each way to write past the catalogue in a module's source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] in _LOGGING)
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").split(".")[0] in _LOGGING:
                yield node.module or ""
            if node.module == "sys":
                yield from (a.name for a in node.names if a.name in ("stderr", "stdout"))
        elif isinstance(node, ast.Call) and _name(node.func) in ("print", "pprint"):
            yield "print"
        elif isinstance(node, ast.Attribute) and node.attr in ("stderr", "stdout"):
            if _name(node.value) == "sys":
                yield f"sys.{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr in ("print_exc", "print_exception"):
            yield node.attr


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


MODULES = sorted(path.relative_to(APP).as_posix() for path in APP.rglob("*.py"))
ROOMS = sorted({name.rpartition("/")[0] for name in MODULES})


# A test for each folder: one for each of a thousand modules took longer to divide than to run.
@pytest.mark.parametrize("room", ROOMS)
def test_no_module_logs_otherwise(room: str) -> None:
    """Not by the standard library, not by printing, not by writing to standard error."""
    names = [name for name in MODULES if name.rpartition("/")[0] == room]
    found = {name: set(other_ways((APP / name).read_text("utf-8"))) for name in names}
    allowed = {WRITER: {"logging", "structlog", "sys.stderr"}}
    allowed |= {FOREIGN: {"logging"}, QUIETENED: {"logging"}}
    wrong = {name: ways - allowed.get(name, set()) for name, ways in found.items()}
    assert {name: ways for name, ways in wrong.items() if ways} == {}


@pytest.mark.parametrize("name", [FOREIGN, QUIETENED])
def test_what_others_log_is_only_taken_in_or_quietened(name: str) -> None:
    """It sets a level or a handler, and gives no message."""
    source = (APP / name).read_text("utf-8")
    calls = [ast.unparse(n.func) for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
    used = {c for c in calls if c.startswith("logging") or ".getLogger" in c}
    assert all(c.endswith(("getLogger", "setLevel", "NullHandler", "disable")) for c in used)


@pytest.mark.parametrize(
    "source",
    [
        "import logging", "from structlog import get_logger", "print('Noor')",
        "import sys\nsys.stderr.write('x')", "from sys import stdout", "import logging.handlers",
        "import traceback\ntraceback.print_exc()",
    ],
)  # fmt: skip
def test_another_way_is_found(source: str) -> None:
    """The search has teeth."""
    assert list(other_ways(source))
