"""A dated policy file: the order of the goals, floors and limits; policy, never code."""

import tomllib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.kernel.errors import InputRefused
from app.kernel.words import URGENCIES
from app.matching.limits import (
    HARD_GROUP,
    MOVE_PRICE,
    NO_LIMITS,
    PLACING_PRICE,
    Limits,
    keys_of_limits,
    read_limits,
    tables_of_limits,
)
from app.matching.policy_table import GoalCode, PolicyTable, refuse_policy

SHIPPED = Path(__file__).parent / "policies"


@dataclass(frozen=True, slots=True)
class LookAhead:
    """How far a policy looks ahead. futures: how many are sampled; days: how far each reaches;
    worth: what placing a later child is worth, in expected breakdowns."""

    futures: int
    days: int
    worth: float


@dataclass(frozen=True, slots=True)
class Policy:
    """What a region has decided about matching.

    goals: codes of `app.matching.goals`, most important first. max_breakdown: no proposal above
    this chance (1.0 is no limit). leave_within_days: a child whose present place ends within so
    many days counts for the goal `moet_weg`. slack_days: per urgency (crisis, spoed, regulier),
    how long after the day of need a place may still begin. version: the first day and a hash of
    the text, so that two texts never share a version. look_ahead: None where a policy does not.
    limits: what else the region asks.
    """

    name: str
    version: str
    valid_from: date
    goals: tuple[str, ...]
    max_breakdown: float
    leave_within_days: int
    slack_days: tuple[int, int, int]
    text: str
    look_ahead: LookAhead | None = None
    limits: Limits = NO_LIMITS


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
        raise refuse_policy(path.name, "geen UTF-8-tekst", "bewaar het als UTF-8") from error
    return parse_policy(text, source=path.name)


def load_shipped(name: str) -> Policy | None:
    """Return a policy that ships with the service, or None; a path is never followed."""
    names = {path.stem for path in SHIPPED.glob("*.toml")}
    return load_policy(name) if name in names else None


def parse_policy(text: str, *, source: str) -> Policy:
    """Return the policy in a TOML text; source names it in errors (InputRefused)."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refuse_policy(source, f"geen geldige TOML ({error})", "verbeter die regel") from error
    return _from_table(PolicyTable(table, source, "het bestand"), text)


_KEYS = ("naam", "geldig_vanaf", "doelen", "grenzen", "speling_dagen", "vooruitzien")


def _from_table(table: PolicyTable, text: str) -> Policy:
    table.has_only(*_KEYS, *tables_of_limits())
    limits = table.part("grenzen")
    limits.has_only("hoogste_breakdownkans", "moet_weg_binnen_dagen", *keys_of_limits())
    slack = table.part("speling_dagen")
    slack.has_only(*URGENCIES)
    valid_from, most = table.day("geldig_vanaf"), limits.chance("hoogste_breakdownkans")
    crisis, urgent, regular = (slack.days(urgency) for urgency in URGENCIES)
    policy = Policy(
        name=table.word("naam"),
        version=f"{valid_from.isoformat()}-{sha256(text.encode()).hexdigest()[:12]}",
        valid_from=valid_from,
        goals=table.goals("doelen"),
        max_breakdown=most,
        leave_within_days=limits.days("moet_weg_binnen_dagen"),
        slack_days=(crisis, urgent, regular),
        text=text,
        look_ahead=_look_ahead(table),
        limits=read_limits(table, limits, most),
    )
    _refuse_idle(table, policy)
    return policy


def _look_ahead(table: PolicyTable) -> LookAhead | None:
    if not table.has("vooruitzien"):
        return None
    ahead = table.part("vooruitzien")
    ahead.has_only("toekomsten", "dagen", "waarde_plaatsing")
    return LookAhead(
        futures=ahead.count("toekomsten"),
        days=ahead.days("dagen"),
        worth=ahead.chance("waarde_plaatsing"),
    )


def _refuse_idle(table: PolicyTable, policy: Policy) -> None:
    """Refuse a goal without what it needs, and what no goal makes use of."""
    limits = policy.limits
    used = {*policy.goals, *(goal for order in limits.other_orders for goal in order.goals)}
    needs = (
        (GoalCode.HARDEST_PLACED, limits.hard_group is not None, f"tabel [{HARD_GROUP}]"),
        (GoalCode.PLACED_AT_PRICE, limits.placing_price is not None, f"sleutel '{PLACING_PRICE}'"),
    )
    for goal, is_there, what in needs:
        if goal in used and not is_there:
            raise table.refuse(f"doel '{goal}' zonder {what}", f"geef de {what}")
        if is_there and goal not in policy.goals:
            raise table.refuse(f"{what} zonder doel '{goal}'", "zet dat doel in de volgorde")
    if limits.move_price and GoalCode.BREAKDOWNS not in policy.goals:
        raise table.refuse(f"'{MOVE_PRICE}' zonder doel 'breakdowns'", "zet dat doel erbij")
