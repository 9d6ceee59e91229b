"""What an import changed, record by record: the names of the fields, found by their digests."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.models import ChangeKind

_DIGEST_LENGTH = 16  # 64 bits: one change in 10^19 would be missed


@dataclass(frozen=True, slots=True)
class Change:
    """A record that an import added, changed, asks about or put back.

    fields: sorted Dutch names, `a.b` for a field inside another; None when they are not known.
    """

    kind: ChangeKind
    number: str
    fields: tuple[str, ...] | None = ()


def digest_fields(told: Mapping[str, Any], digest: Callable[[str], str]) -> dict[str, str]:
    """Return a short digest of each field that says something, by its name.

    told: values by Dutch name. Null and empty say no more than leaving a field out, so a field
    that is asked for later does not seem to have changed.
    """
    return {
        name: digest(f"{name}={json.dumps(value, default=str)}")[:_DIGEST_LENGTH]
        for name, value in _leaves(told)
    }


def _leaves(told: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{within}{name}.")
        elif value is not None and value not in ((), []):
            yield f"{within}{name}", value


def changed_fields(
    before: Mapping[str, str] | None, after: Mapping[str, str]
) -> tuple[str, ...] | None:
    """Return the names of the fields of which the digests differ, or None without a before."""
    if before is None:
        return None
    names = before.keys() | after.keys()
    return tuple(sorted(name for name in names if before.get(name) != after.get(name)))
