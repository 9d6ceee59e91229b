"""How often one asker may ask: counted per process, refused with 429 and when to come back.

So that a program in a loop, or somebody who tries tokens or BSNs one after the other, neither gets
far nor takes the service from the others. The counting is `limits`' (a window that slides); here
stands who is counted for what.
"""

import tomllib
from math import ceil
from pathlib import Path
from time import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationError

from app.kernel.errors import NotReady, TooMany
from app.security.access import load_access
from app.settings import Settings

SHIPPED = Path(__file__).parent / "limieten.toml"
_ASKED_TOO_MUCH = "U vraagt meer dan in een minuut mag: probeer het over {} seconden opnieuw."


class Table(BaseModel):
    """What `limieten.toml` says: requests per minute."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mensen: PositiveInt
    systemen: PositiveInt
    zonder_token: PositiveInt
    vrij: frozenset[str] = frozenset()
    operaties: dict[str, PositiveInt] = {}


class Limits:
    """Counts what each asks; in memory, so that a count costs no question to the database."""

    def __init__(self, table: Table) -> None:
        self._free = table.vrij
        self._people, self._systems = _each(table.mensen), _each(table.systemen)
        self._strangers = _each(table.zonder_token)
        self._own = {name: _each(most) for name, most in table.operaties.items()}
        self._counted = SlidingWindowCounterRateLimiter(MemoryStorage())

    def count(self, operation: str, who: str, *, is_system: bool) -> None:
        """Count a request of somebody who is signed in; raises TooMany.

        who: a name that stands for one asker, such as the subject of a token.
        """
        if operation in self._free:
            return
        if operation in self._own:
            self._hit(self._own[operation], operation, who)
        self._hit(self._systems if is_system else self._people, "alles", who)

    def count_stranger(self, address: str) -> None:
        """Count a request without a token that is trusted; raises TooMany."""
        self._hit(self._strangers, "vreemd", address)

    def refuse_stranger(self, address: str) -> None:
        """Raise TooMany where an address has failed too often, before its token is looked at."""
        if not self._counted.test(self._strangers, "vreemd", address):
            self._refuse(self._strangers, "vreemd", address)

    def _hit(self, most: RateLimitItem, *key: str) -> None:
        if not self._counted.hit(most, *key):
            self._refuse(most, *key)

    def _refuse(self, most: RateLimitItem, *key: str) -> None:
        free_at = self._counted.get_window_stats(most, *key).reset_time
        after = min(max(ceil(free_at - time()), 1), 60)
        raise TooMany(_ASKED_TOO_MUCH.format(after), after)


def open_limits(settings: Settings) -> Limits | None:
    """Return the limits of this process; None on one's own machine, unless a file is named."""
    if settings.limits is None and settings.environment == "ontwikkeling":
        return None
    return Limits(load_table(settings.limits or SHIPPED))


def load_table(file: Path) -> Table:
    """Read a table of limits; NotReady says what is wrong with it."""
    try:
        table = Table.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReady(f"{file.name}: dit bestand met limieten is niet te lezen.") from error
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) for item in error.errors()[:3])
        raise NotReady(f"{file.name}: kijk {fields} na; een limiet is een getal boven 0.") from None
    unknown = sorted((table.vrij | table.operaties.keys()) - _operations())
    if unknown:
        raise NotReady(f"{file.name}: de operatie {unknown[0]} is hier niet bekend.")
    return table


def _operations() -> set[str]:
    access = load_access()
    return set(access.operations) | set(access.open_to_all)


def _each(most: int) -> RateLimitItem:
    return RateLimitItemPerMinute(most)
