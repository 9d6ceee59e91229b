"""A dated policy file: the order of the goals, floors and limits; policy, never code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.kernel.errors import InputRefused
from app.kernel.words import URGENCIES

SHIPPED = Path(__file__).parent / "policies"
_MOST_DAYS = 365


class GoalCode(StrEnum):
    """The goals that a policy can put in order; `app.matching.goals` says what each counts."""

    NETWORK_FIRST = "netwerk_eerst"
    CRISIS_PLACED = "crisis_geplaatst"
    URGENT_PLACED = "spoed_geplaatst"
    REGULAR_PLACED = "regulier_geplaatst"
    PLACED = "geplaatst"
    MUST_LEAVE = "moet_weg"
    UNLESS_GROUPS_WHOLE = "tenzij_groepen_heel"
    GROUPS_WHOLE = "groepen_heel"
    WAITING_DAYS = "wachtdagen"
    BREAKDOWNS = "breakdowns"


@dataclass(frozen=True, slots=True)
class Policy:
    """What a region has decided about matching.

    goals: codes of `app.matching.goals`, most important first. max_breakdown: no proposal above
    this chance (1.0 is no limit). leave_within_days: a child whose present place ends within so
    many days counts for the goal `moet_weg`. slack_days: per urgency (crisis, spoed, regulier),
    how long after the day of need a place may still begin. version: the first day and a hash of
    the text, so that two texts never share a version.
    """

    name: str
    version: str
    valid_from: date
    goals: tuple[str, ...]
    max_breakdown: float
    leave_within_days: int
    slack_days: tuple[int, int, int]
    text: str


def load_policy(name_or_path: str) -> Policy:
    """Return a shipped policy by name, or the one in a file; InputRefused when there is none."""
    shipped = SHIPPED / f"{name_or_path}.toml"
    path = shipped if shipped.is_file() else Path(name_or_path)
    if not path.is_file():
        names = ", ".join(sorted(p.stem for p in SHIPPED.glob("*.toml")))
        raise InputRefused(
            f"Beleid '{name_or_path}' is geen meegeleverd beleid en geen bestand: "
            f"kies {names}, of geef het pad van een beleidsbestand."
        )
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(path.name, "geen UTF-8-tekst", "bewaar het als UTF-8") from error
    return parse_policy(text, source=path.name)


def parse_policy(text: str, *, source: str) -> Policy:
    """Return the policy in a TOML text; source names it in errors (InputRefused)."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(source, f"geen geldige TOML ({error})", "verbeter die regel") from error
    return _from_table(_Table(table, source, "het bestand"), text)


def _from_table(table: "_Table", text: str) -> Policy:
    table.has_only("naam", "geldig_vanaf", "doelen", "grenzen", "speling_dagen")
    limits = table.part("grenzen")
    limits.has_only("hoogste_breakdownkans", "moet_weg_binnen_dagen")
    slack = table.part("speling_dagen")
    slack.has_only(*URGENCIES)
    valid_from = table.day("geldig_vanaf")
    crisis, urgent, regular = (slack.days(urgency) for urgency in URGENCIES)
    return Policy(
        name=table.word("naam"),
        version=f"{valid_from.isoformat()}-{sha256(text.encode()).hexdigest()[:12]}",
        valid_from=valid_from,
        goals=table.goals("doelen"),
        max_breakdown=limits.chance("hoogste_breakdownkans"),
        leave_within_days=limits.days("moet_weg_binnen_dagen"),
        slack_days=(crisis, urgent, regular),
        text=text,
    )


def _refusal(source: str, what: str, remedy: str) -> InputRefused:
    return InputRefused(f"Beleidsbestand {source} is niet te gebruiken: {what}; {remedy}.")


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of the file, which reads its keys strictly."""

    content: Mapping[str, Any]
    source: str
    place: str

    def has_only(self, *keys: str) -> None:
        unknown = sorted(set(self.content) - set(keys))
        if unknown:
            raise self.refuse(f"onbekende sleutel '{unknown[0]}'", f"kies uit {', '.join(keys)}")

    def refuse(self, what: str, remedy: str) -> InputRefused:
        return _refusal(self.source, f"{what} in {self.place}", remedy)

    def read(self, key: str, kinds: type | tuple[type, ...], wanted: str) -> Any:
        if key not in self.content:
            raise self.refuse(f"sleutel '{key}' ontbreekt", f"geef {wanted}")
        value = self.content[key]
        if not isinstance(value, kinds) or isinstance(value, bool | datetime):
            raise self.refuse(f"verkeerde waarde bij '{key}'", f"geef {wanted}")
        return value

    def part(self, key: str) -> "_Table":
        content = self.read(key, dict, f"een tabel [{key}]")
        return _Table(content, self.source, f"[{key}]")

    def word(self, key: str) -> str:
        value = str(self.read(key, str, "een naam")).strip()
        if not value:
            raise self.refuse(f"lege waarde bij '{key}'", "geef een naam")
        return value

    def day(self, key: str) -> date:
        value: date = self.read(key, date, "een datum zoals 2026-11-01")
        return value

    def chance(self, key: str) -> float:
        wanted = "een getal van 0 tot en met 1"
        value = float(self.read(key, (int, float), wanted))
        if not 0 <= value <= 1:  # NaN is refused as well
            raise self.refuse(f"waarde buiten bereik bij '{key}'", f"geef {wanted}")
        return value

    def days(self, key: str) -> int:
        wanted = f"een geheel aantal dagen van 0 tot en met {_MOST_DAYS}"
        value = int(self.read(key, int, wanted))
        if not 0 <= value <= _MOST_DAYS:
            raise self.refuse(f"waarde buiten bereik bij '{key}'", f"geef {wanted}")
        return value

    def goals(self, key: str) -> tuple[str, ...]:
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
