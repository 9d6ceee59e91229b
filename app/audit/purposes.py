"""For what each operation uses personal data: `doelen.toml`, read once."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from app.kernel.purposes import Purpose

PURPOSE_FILE = Path(__file__).with_name("doelen.toml")


@lru_cache
def load_purposes(part: str) -> Mapping[str, Purpose]:
    """Return the purpose of each operation; part: `contract`, or `werk` for what is done besides.

    Raises ValueError for a purpose that is none and an operation that stands there twice.
    """
    found: dict[str, Purpose] = {}
    for word, listed in tomllib.loads(PURPOSE_FILE.read_text("utf-8")).items():
        for operation in listed.get(part, ()):
            if operation in found:
                raise ValueError(f"doelen.toml: {operation} staat er twee keer in")
            found[operation] = Purpose(word)
    return found


def purpose_of(operation: str) -> Purpose:
    """Return for what an operation of the contract is done."""
    return load_purposes("contract").get(operation, Purpose.UNKNOWN)
