"""The service as it really runs: `pleegzorg serve` in a process, on a throw-away database."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from app.cli.prepare import prepare_reference
from app.db.opened import Database, open_throwaway
from app.kernel.actor import ActorRole
from app.security.development import make_token
from app.settings import Settings, load_settings

COMMAND = Path(sys.executable).with_name("pleegzorg")
_PATIENCE = 150.0


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: where it listens, what it works on, its process id."""

    address: str
    database: Database
    pid: int

    def token(self, *roles: ActorRole, organisation: str | None = None) -> str:
        """Return a token for this service; of staff where no role is named."""
        wanted = roles or (ActorRole.INTAKE, ActorRole.COORDINATOR)
        return make_token(load_settings(), *wanted, organisation=organisation)


@contextmanager
def run_service(
    settings: Settings | None = None,
    *,
    prefix: tuple[str, ...] = (),
    options: tuple[str, ...] = (),
) -> Iterator[Service]:
    """Start the service with providers and postcodes loaded; it ends with the block.

    prefix: words before the command, such as `taskset -c 0`; options: words after it.
    """
    with open_throwaway(settings or load_settings()) as database:
        prepare_reference(database)
        address, port = free_address()
        command = [*prefix, str(COMMAND), "serve", "--port", str(port), *options]
        process = subprocess.Popen([*command, "--database-url", _shown(database.url)])
        try:
            _wait(address, process)
            yield Service(address, database, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def free_address() -> tuple[str, int]:
    """Return an address on this machine on which nobody listens, and its port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    return f"http://127.0.0.1:{port}", port


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/v1/gezondheid", timeout=2).close()  # noqa: S310
            return
        time.sleep(0.1)
    raise RuntimeError("the service does not answer")
