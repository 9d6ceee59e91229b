"""Schemathesis against the running service on the example region: `make fuzz`.

Run: `python -m tools.fuzz [CASES]`: so many drawn cases for each operation that a role may perform,
beside what the contract's own examples give, and what its bounds give by the first role that may
perform it; a few for each that it may not, which is refused before anything is read. Or
`python -m tools.fuzz --seconds 600 --roles ROLE ...`: so long for each role, with ever new cases
and all bounds for each. Ends with 1 when a check fails.

One check is left out, `positive_data_acceptance`: it wants every body that fits the schema to be
taken. A schema can say that a child has a birth date and a date of placement, not that the first
comes before the second, nor that a provider exists: such a body is rightly answered with 400.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from app.cli.region import load_folder, run_match
from app.cli.steps import Steps
from app.db.opened import Database
from app.kernel.actor import PROVIDER_ROLES, SIGNED_IN_ROLES, ActorRole
from app.matching.policy import load_policy
from app.security.access import load_access
from app.settings import load_settings
from tools.live import Service, run_service

REGION = Path(__file__).parents[1] / "tests" / "data" / "regio-1"
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CASES, FEW = "15", "3"
CONFIG = "schemathesis.toml"
_ORGANISATION = dict.fromkeys(PROVIDER_ROLES, "spirit") | {
    ActorRole.REFERRER: "gi-voorbeeld",
    ActorRole.MUNICIPALITY: "0363",
}
# How the part of its output begins that tells what failed, and how much to repeat without it.
_FAILURES, _TAIL = re.compile(r"=+ (FAILURES|ERRORS) =+"), 60
_LEFT_OUT = "positive_data_acceptance"


@dataclass(frozen=True, slots=True)
class Asker:
    """Roles of one token, and its organisation."""

    roles: tuple[ActorRole, ...]
    organisation: str | None

    def may(self) -> list[str]:
        """Return the operations that a token with these roles lets in, and those for everybody."""
        access = load_access()
        mine = {name for name, roles in access.operations.items() if roles & set(self.roles)}
        return sorted(mine | access.open_to_all)

    def __str__(self) -> str:
        """Return the roles."""
        return "+".join(role.value for role in self.roles)


def main() -> int:
    """Return 0 when Schemathesis finds nothing, whoever asks."""
    asked = _asked()
    # Schemathesis keeps notes where it stands: not in the project.
    with run_service() as service, tempfile.TemporaryDirectory() as elsewhere:
        load_and_match(service.database)
        who = [one for one in _askers() if not asked.roles or str(one) in asked.roles]
        found = dict(_in_turn(service, who, asked, elsewhere))
    failed = {one: said for one, said in found.items() if said}
    # Again, last: a log is often read, or kept, from its end.
    print("".join(f"\n== {one}\n{said}" for one, said in failed.items()))
    print(f"Schemathesis: {', '.join(map(str, failed)) or 'nobody'} found a failure")
    return 1 if failed else 0


def _asked() -> argparse.Namespace:
    """Return what is asked for on the command line: cases, seconds (or None) and roles."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz")
    parser.add_argument("cases", nargs="?", type=_cases, default=CASES)
    parser.add_argument("--seconds", type=int)
    names = [str(one) for one in _askers()]
    parser.add_argument("--roles", nargs="+", choices=names, default=[], metavar="ROLE")
    return parser.parse_args()


def _cases(text: str) -> str:
    return str(int(text))


def _askers() -> list[Asker]:
    """Return each role by itself, and the staff of the intake that coordinates as well."""
    alone = [Asker((role,), _ORGANISATION.get(role)) for role in SIGNED_IN_ROLES]
    return [Asker((ActorRole.INTAKE, ActorRole.COORDINATOR), None), *alone]


def _in_turn(
    service: Service, who: Iterable[Asker], asked: argparse.Namespace, folder: str
) -> Iterator[tuple[Asker, str]]:
    """Give each asker and what was found; the bounds of an operation are for the first alone.

    They took a quarter of an hour when every role walked them. Body and query are read alike
    whoever sends them, and what does differ by role is drawn for each. With seconds: for each.
    """
    walked: set[str] = set()
    for one in who:
        Path(folder, CONFIG).write_text(_without_bounds(walked), "utf-8")
        yield one, _fuzz(service, one, asked, folder)
        walked |= set() if asked.seconds else set(one.may())


def _fuzz(service: Service, who: Asker, asked: argparse.Namespace, folder: str) -> str:
    """Return what Schemathesis found in what this asker may do, and in the rest; "" if nothing."""
    bound = ["--max-time", str(asked.seconds)] if asked.seconds else []
    may = who.may()
    print(f"\n== {who}: {len(may)} operations that it may perform", flush=True)
    own = [word for name in may for word in ("--include-operation-id", name)]
    others = [word for name in may for word in ("--exclude-operation-id", name)]
    whole = _schemathesis(service, who, folder, "--max-examples", asked.cases, *bound, *own)
    print(f"\n== {who}: the others", flush=True)
    # No bounds and examples here: whatever is sent, the token alone is looked at.
    rest = ("--phases", "fuzzing", "--max-examples", FEW)
    return whole + _schemathesis(service, who, folder, *rest, *others)


def _without_bounds(operations: set[str]) -> str:
    """Return settings under which these operations are not walked along their bounds."""
    if not operations:
        return ""
    names = json.dumps(sorted(operations))
    return f"[[operations]]\ninclude-operation-id = {names}\nphases.coverage.enabled = false\n"


def _schemathesis(service: Service, who: Asker, folder: str, *options: str) -> str:
    """Show what it says, and return it from its failures on where it ends with any."""
    api = f"{service.address}/v1"
    token = service.token(*who.roles, organisation=who.organisation)
    with subprocess.Popen(
        [
            SCHEMATHESIS, "--config-file", CONFIG, "run", f"{api}/openapi.json", "--url", api,
            "--checks", "all", "--exclude-checks", _LEFT_OUT, "--seed", "1",
            "--generation-database", "none", "--no-color",
            "--header", f"Authorization: Bearer {token}", *options,
        ],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tools.fuzz_hooks", "PYTHONPATH": str(Path.cwd())},
    ) as running:  # fmt: skip
        said = list(_shown(running.stdout or ()))
    if running.returncode == 0:
        return ""
    start = next((at for at, line in enumerate(said) if _FAILURES.match(line)), -_TAIL)
    return "".join(said[start:])


def _shown(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        print(line, end="", flush=True)
        yield line


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
