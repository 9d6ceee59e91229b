"""Whom to call when there is no bed: the region's own route, from a file."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app.kernel.errors import NotReady
from app.settings import load_settings

SHIPPED = Path(__file__).with_name("escalatie.toml")


class Step(NamedTuple):
    """Somebody to call, and when."""

    who: str
    phone: str | None
    when: str


def escalation() -> list[Step]:
    """Return the steps of PLEEGZORG_CRISIS_ROUTE, or the shipped ones, in order."""
    return list(_read(load_settings().crisis_route or SHIPPED))


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[Step, ...]:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
        return tuple(
            Step(str(given["wie"]), given.get("telefoon"), str(given["wanneer"]))
            for given in document["stap"]
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise NotReady(
            f"PLEEGZORG_CRISIS_ROUTE: {path.name} is niet te lezen; geef per [[stap]] wie, "
            "wanneer en zo nodig telefoon."
        ) from error
