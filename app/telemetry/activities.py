"""Processing activities: which one each operation and task is part of (`verwerkingen.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.telemetry.carried import Who

REGISTER_FILE = Path(__file__).with_name("verwerkingen.toml")


@dataclass(frozen=True, slots=True)
class Activity:
    """An entry of the register of processing activities (AVG art. 30)."""

    code: str
    name: str
    purpose: str
    ground: str


@dataclass(frozen=True, slots=True)
class Register:
    """Which activity each operation or task belongs to, and where persons stand.

    without_persons: operations in which nobody is concerned. subjects: by the first word of a path,
    of what kind its id is and which parameters make it up. ids: by operation, of what kind the
    field `id` in its answer is. unrecognised: why of some the persons cannot be told from outside.
    """

    activities: Mapping[str, Activity]
    operations: Mapping[str, str]
    without_persons: frozenset[str]
    subjects: Mapping[str, tuple[Who, tuple[str, ...]]]
    ids: Mapping[str, Who]
    unrecognised: Mapping[str, str]

    def activity_of(self, operation: str | None) -> Activity | None:
        """Return the activity of an operation or task; None where nobody is concerned."""
        return self.activities.get(self.operations.get(operation or "", ""))


@lru_cache
def load_register() -> Register:
    """Return the register file, read once."""
    found = tomllib.loads(REGISTER_FILE.read_text("utf-8"))
    activities = {
        code: Activity(code, given["naam"], given["doel"], given["grondslag"])
        for code, given in found["activiteiten"].items()
    }
    operations = {name: code for code, names in found["verwerkingen"].items() for name in names}
    subjects = {
        word: (Who(given["soort"]), tuple(given["uit"])) for word, given in found["paden"].items()
    }
    return Register(
        activities,
        operations,
        frozenset(found["zonder_personen"]["namen"]),
        subjects,
        {name: Who(kind) for kind, names in found["id"].items() for name in names},
        found["niet_herkend"],
    )
