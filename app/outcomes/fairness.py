"""The fairness board: what groups of children met, with intervals, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.clock import now
from app.kernel.groups import in_order
from app.kernel.small_cells import SMALLEST, hidden_cells, named_cells
from app.matching.problem import Bools
from app.models import BegunState
from app.outcomes.drift import binomial_p
from app.outcomes.fair_measures import (
    mean_of,
    median_wait,
    normal_p,
    share_of,
    shares_apart,
    waits_apart,
)
from app.outcomes.fair_price import price_of_limits
from app.outcomes.fair_queries import (
    asked_for,
    children_between,
    last_weighed_run,
    named_of,
    possible_of,
)
from app.outcomes.fair_schemas import FairGroup, FairGrouping, FairnessOut, OptionsKind
from app.outcomes.fair_table import DAYS_A_YEAR, GROUPINGS, FairTable, table_of
from app.outcomes.schemas import Interval
from app.outcomes.survival import Estimate, broken_share
from app.outcomes.version_of import shapes_of

LEVEL = 0.01  # of all comparisons together
_OF_PROVIDER = "aanbieder"
EXPLANATION = (
    "Marges zijn 95%: Wilson voor aandelen, Brookmeyer en Crowley voor wachtdagen, normaal voor "
    "gemiddelden. Een groep wijkt af als het verschil met de anderen groter is dan toeval, over "
    f"alle vergelijkingen samen met hoogstens {LEVEL:.0%} kans op een vals signaal (Bonferroni). "
    "Afgebroken binnen een jaar gaat over eerste plaatsingen die een jaar geleden of eerder "
    "begonnen en niet al liepen toen de dienst ervan hoorde. Groepen die niet getoond worden, "
    "staan samen in een rij en worden zo vergeleken. "
    "Wachten wordt vergeleken binnen dezelfde vorm, afbreken ten opzichte van de genoemde kans. "
    "Een verschil is een vraag, geen oordeel."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Families that were asked: for which child (its row), of which provider, and whether no."""

    child: Any
    provider: tuple[str, ...]
    no: Bools


def show_fairness(session: Session, *, first: date, last: date, today: date) -> FairnessOut:
    """Return the board of who was registered in a period; the route has judged who may ask."""
    with as_system(session):
        rows = children_between(session, first, last)
        shapes = shapes_of(session, {row.weights_version or "" for row in rows})
        kind, options = _options(session, {row.registration for row in rows})
        table = table_of(rows, options, shapes, today=today)
        pairs = _asked(asked_for(session, first, last), [row.registration for row in rows])
        price = price_of_limits(last_weighed_run(session))
    groupings = [_grouping(table, pairs, name) for name in GROUPINGS]
    _mark(table, pairs, groupings)
    return FairnessOut(
        made_at=now(),
        first=first,
        last=last,
        smallest=SMALLEST,
        explanation=EXPLANATION,
        findings=[
            f"{grouping.name.capitalize()}, {group.name}: {what}."
            for grouping in groupings
            for group in grouping.groups
            for what in group.stands_out
        ],
        options_kind=kind,
        everyone=_everyone(table, pairs),
        groupings=groupings,
        price=price,
    )


def _options(session: Session, children: set[UUID]) -> tuple[OptionsKind, dict[UUID, int]]:
    """Return what is counted of the families of each child: never the two kinds in one mean."""
    possible = possible_of(session, children)
    if children & possible.keys():
        return OptionsKind.POSSIBLE, possible
    named = named_of(session, children)
    return (OptionsKind.NAMED if children & named.keys() else OptionsKind.POSSIBLE), named


def _everyone(table: FairTable, pairs: Asked) -> FairGroup:
    rows = np.ones(len(table.days), dtype=np.bool_)
    if len(rows) < SMALLEST:
        return _hidden("allen")
    return _group(table, "allen", rows).model_copy(update={"declined": _declined(pairs.no)})


def _asked(rows: Sequence[Any], order: Sequence[UUID]) -> Asked:
    position = {registration: at for at, registration in enumerate(order)}
    return Asked(
        child=np.array([position[row[0]] for row in rows], dtype=np.int64),
        provider=tuple(row[1] for row in rows),
        no=np.array([row[2] is BegunState.NO for row in rows], dtype=np.bool_),
    )


def _grouping(table: FairTable, pairs: Asked, name: str) -> FairGrouping:
    """Return a grouping: what is told of children by how many they are, and a no by the asked.

    A provider that was asked and never placed a child has its no's, and no children.
    """
    given = table.groups[name]
    asked_too = pairs.provider if name == _OF_PROVIDER else ()
    names = [group for group in in_order([*given, *asked_too]) if group]
    counts = {group: given.count(group) for group in names}
    is_told = len(given) >= SMALLEST and bool(named_cells(counts, smallest=SMALLEST))
    if any(counts.values()) and not is_told:
        names = []  # they would tell in which groups the few children are
    hidden = hidden_cells({group: counts[group] for group in names})
    groups = [
        _hidden(group)
        if group in hidden
        else _group(table, group, np.array(given) == group, of=name)
        for group in names
    ]
    if any(counts[one] for one in counts.keys() - hidden):  # else they are everyone
        groups += _joined(table, [one for one in names if one in hidden], of=name)
    told = _asked_enough(pairs, table, groups, name)
    for group in groups:
        if group.name in told:
            group.declined = _declined(pairs.no[_inside(pairs, table, group, name)])
    return FairGrouping(name=name, explanation=GROUPINGS[name], groups=groups)


def _joined(table: FairTable, hidden: Sequence[str], *, of: str) -> list[FairGroup]:
    """Return the groups that are hidden as one row; none where none is.

    Else one child of a small group would hide what the large one beside it met. Nothing is told
    anew: the row is what is left of all children without those that are shown, and the parts of
    it stay hidden. Each could be large as well as small (`hidden_cells`), so it is ten at least.
    """
    if not hidden:
        return []
    name = f"{' en '.join(hidden)} samen" if len(hidden) == 2 else "kleine groepen samen"
    rows = np.isin(np.array(table.groups[of]), hidden)
    return [_group(table, name, rows, of=of).model_copy(update={"joined": list(hidden)})]


def _asked_enough(pairs: Asked, table: FairTable, groups: Sequence[FairGroup], of: str) -> set[str]:
    """Return of which groups a no is told: of how many were asked is as much as of children.

    A provider has its no's by itself; elsewhere they are the no's to the children of a row.
    """
    rows = (
        [one for one in groups if not one.joined]
        if of == _OF_PROVIDER
        else [one for one in groups if one.children is not None]
    )
    counts = {one.name: int(_inside(pairs, table, one, of).sum()) for one in rows}
    return counts.keys() - hidden_cells(counts)


def _declined(no: Bools) -> Interval | None:
    return _of_enough(share_of, no, 4)


def _hidden(name: str) -> FairGroup:
    return FairGroup(
        name=name, children=None, wait=None, options=None, chance=None, placed=None,
        declined=None, broken=None, stands_out=[], joined=[],
    )  # fmt: skip


def _group(table: FairTable, name: str, rows: Bools, *, of: str = "") -> FairGroup:
    """Return what is told of a group of children; of no's nothing yet."""
    options, chance = table.options[rows], table.chance[rows]
    known = rows & ~np.isnan(table.home)
    part = table.home[known] / DAYS_A_YEAR
    broke = table.broke[known] & (part <= 1.0)
    by_provider = of == _OF_PROVIDER
    return FairGroup(
        name=name,
        children=int(rows.sum()),
        wait=_told(median_wait(table.days[rows], table.placed[rows]), 1),
        options=_of_enough(mean_of, options[~np.isnan(options)], 2),
        chance=_of_enough(mean_of, chance[~np.isnan(chance)], 4),
        placed=None if by_provider else _told(share_of(table.placed[rows]), 4),
        declined=None,
        broken=_told(broken_share(part, broke, table.year_over[known]), 4),
        stands_out=[],
        joined=[],
    )


def _rows(table: FairTable, group: FairGroup, of: str) -> Bools:
    """Return which children are in a group, or in any of those that it joins."""
    return np.isin(np.array(table.groups[of]), group.joined or [group.name])


def _inside(pairs: Asked, table: FairTable, group: FairGroup, of: str) -> Bools:
    """Return which families that were asked belong to a group: of its children, or its own."""
    if of == _OF_PROVIDER:
        return np.array([provider == group.name for provider in pairs.provider], dtype=np.bool_)
    return np.asarray(_rows(table, group, of)[pairs.child])


def _of_enough(measure: Any, values: Any, digits: int) -> Interval | None:
    return _told(measure(values), digits) if len(values) >= SMALLEST else None


def _told(found: Estimate | None, digits: int) -> Interval | None:
    if found is None:
        return None
    value, low, high = (round(number, digits) for number in (found.value, found.low, found.high))
    return Interval(value=value, low=low, high=high)


def _mark(table: FairTable, pairs: Asked, groupings: list[FairGrouping]) -> None:
    """Say of each group in what it differs, judged over all comparisons together."""
    found = [
        (group, what, p)
        for grouping in groupings
        for group in grouping.groups
        for what, p in _compared(table, pairs, grouping.name, group)
    ]
    for group, what, p in found:
        if p < LEVEL / len(found):
            group.stands_out.append(what)


def _compared(
    table: FairTable, pairs: Asked, grouping: str, group: FairGroup
) -> list[tuple[str, float]]:
    """Return in what a group is compared: only in what may be told of it."""
    rows = _rows(table, group, grouping)
    found = []
    if group.declined is not None:
        inside = _inside(pairs, table, group, grouping)
        found.append(_said(shares_apart(pairs.no, inside), "vaker nee", "minder vaak nee"))
    if not group.children:
        return found
    if grouping != _OF_PROVIDER:
        z = waits_apart(table.days, table.placed, rows, table.groups["vorm"])
        found.append(_said(z, "wacht langer", "wacht korter"))
    return [*found, _broken(table, rows)]


def _said(z: float, more: str, less: str) -> tuple[str, float]:
    """Return the words for the side on which a group lies, and the p-value."""
    return (more if z > 0 else less), normal_p(z)


def _broken(table: FairTable, rows: Bools) -> tuple[str, float]:
    """Return whether placements of a group break down more than was stated, against the others."""
    known = ~np.isnan(table.hazard)
    ours, others = rows & known, ~rows & known
    seen, rest = int(table.in_time[ours].sum()), int(table.in_time[others].sum())
    expected, total = float(table.hazard[ours].sum()), float(table.hazard[known].sum())
    p = binomial_p(seen, seen + rest, expected / total) if 0 < expected < total else 1.0
    is_more = seen * (total - expected) > rest * expected
    return ("breekt vaker af dan genoemd" if is_more else "breekt minder vaak af dan genoemd"), p
