"""One table of a policy file, read strictly: every wrong key or value gets its own sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.kernel.errors import InputRefused

_MOST_DAYS = 365
_MOST_FUTURES = 1_000


class GoalCode(StrEnum):
    """The goals that a policy can put in order; `app.matching.goals` says what each counts."""

    NETWORK_FIRST = "netwerk_eerst"
    CRISIS_PLACED = "crisis_geplaatst"
    URGENT_PLACED = "spoed_geplaatst"
    REGULAR_PLACED = "regulier_geplaatst"
    PLACED = "geplaatst"
    PLACED_AT_PRICE = "geplaatst_tegen_prijs"
    HARDEST_PLACED = "moeilijkst_geplaatst"
    MUST_LEAVE = "moet_weg"
    UNLESS_GROUPS_WHOLE = "tenzij_groepen_heel"
    GROUPS_WHOLE = "groepen_heel"
    WAITING_DAYS = "wachtdagen"
    BREAKDOWNS = "breakdowns"


def refuse_policy(source: str, what: str, remedy: str) -> InputRefused:
    """Return the refusal of a whole policy file, in one sentence."""
    return InputRefused(f"Beleidsbestand {source} is niet te gebruiken: {what}; {remedy}.")


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """One table of the file, which reads its keys strictly."""

    content: Mapping[str, Any]
    source: str
    place: str

    def has_only(self, *keys: str) -> None:
        """Refuse a key that is not one of these."""
        unknown = sorted(set(self.content) - set(keys))
        if unknown:
            raise self.refuse(f"onbekende sleutel '{unknown[0]}'", f"kies uit {', '.join(keys)}")

    def has(self, key: str) -> bool:
        """Return whether a key is there; for what may be left out."""
        return key in self.content

    def refuse(self, what: str, remedy: str) -> InputRefused:
        """Return the refusal of something in this table."""
        return refuse_policy(self.source, f"{what} in {self.place}", remedy)

    def read(self, key: str, kinds: type | tuple[type, ...], wanted: str) -> Any:
        """Return the value under a key if it is of a kind; wanted says what it should be."""
        if key not in self.content:
            raise self.refuse(f"sleutel '{key}' ontbreekt", f"geef {wanted}")
        value = self.content[key]
        if not isinstance(value, kinds) or isinstance(value, bool | datetime):
            raise self.refuse(f"verkeerde waarde bij '{key}'", f"geef {wanted}")
        return value

    def part(self, key: str) -> "PolicyTable":
        """Return the table under a key."""
        content = self.read(key, dict, f"een tabel [{key}]")
        return PolicyTable(content, self.source, f"[{key}]")

    def parts(self, key: str) -> list["PolicyTable"]:
        """Return the tables of a list of tables under a key."""
        wanted = f"tabellen [[{key}]]"
        contents = self.read(key, list, wanted)
        if not all(isinstance(content, dict) for content in contents):
            raise self.refuse(f"verkeerde waarde bij '{key}'", f"geef {wanted}")
        return [PolicyTable(content, self.source, f"[[{key}]]") for content in contents]

    def word(self, key: str) -> str:
        """Return a text that is not empty."""
        value = str(self.read(key, str, "een naam")).strip()
        if not value:
            raise self.refuse(f"lege waarde bij '{key}'", "geef een naam")
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value: date = self.read(key, date, "een datum zoals 2026-11-01")
        return value

    def chance(self, key: str) -> float:
        """Return a number from 0 to 1."""
        wanted = "een getal van 0 tot en met 1"
        value = float(self.read(key, (int, float), wanted))
        if not 0 <= value <= 1:  # NaN is refused as well
            raise self.refuse(f"waarde buiten bereik bij '{key}'", f"geef {wanted}")
        return value

    def days(self, key: str) -> int:
        """Return a whole number of days, a year at most."""
        wanted = f"een geheel aantal dagen van 0 tot en met {_MOST_DAYS}"
        value = int(self.read(key, int, wanted))
        if not 0 <= value <= _MOST_DAYS:
            raise self.refuse(f"waarde buiten bereik bij '{key}'", f"geef {wanted}")
        return value

    def count(self, key: str) -> int:
        """Return a whole number from 1 to 1,000."""
        wanted = f"een geheel getal van 1 tot en met {_MOST_FUTURES}"
        value = int(self.read(key, int, wanted))
        if not 1 <= value <= _MOST_FUTURES:
            raise self.refuse(f"waarde buiten bereik bij '{key}'", f"geef {wanted}")
        return value

    def number_if_any(self, key: str, least: int, most: int) -> int | None:
        """Return a whole number between two others, None where the key is left out."""
        if not self.has(key):
            return None
        wanted = f"een geheel getal van {least} tot en met {most}"
        value = int(self.read(key, int, wanted))
        if not least <= value <= most:
            raise self.refuse(f"waarde buiten bereik bij '{key}'", f"geef {wanted}")
        return value

    def goals(self, key: str) -> tuple[str, ...]:
        """Return the codes of the goals, each known and named once."""
        known = ", ".join(GoalCode)
        codes = self.read(key, list, f"een lijst doelen uit {known}")
        if not codes:
            raise self.refuse(f"lege lijst bij '{key}'", f"kies doelen uit {known}")
        for code in codes:
            if code not in list(GoalCode):
                raise self.refuse(f"onbekend doel '{code}'", f"kies uit {known}")
            if codes.count(code) > 1:
                raise self.refuse(f"doel '{code}' staat er dubbel", "noem elk doel één keer")
        return tuple(codes)
