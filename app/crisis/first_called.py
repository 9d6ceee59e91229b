"""Which families are called first tonight: what is safe, then what is near, and has beds.

Most families that would take a child have a bed for it, and whoever looks at a report sees the
first few. The database counts beds one family at a time: so it does that from the first family
on, until there are as many as are shown.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from math import isinf
from typing import NamedTuple
from uuid import UUID

from app.crisis.beds import Home, Need, fits

# Of a page more is looked at than it shows, as some turn out to have no bed; then ever more, so
# that a night on which hardly anybody has one asks a few times and not a hundred.
SPARE, GROWTH = 2, 4
Look = Callable[[Collection[UUID]], Mapping[UUID, Home]]


class Candidate(NamedTuple):
    """A family that may take children tonight if it has beds; they sort in the order of calling.

    unsafe: what must be said of safety before it says yes. away: kilometres from the child,
    infinite where that is not known. at_most: how many of the children, in the order told, go there
    together as far as the family itself goes.
    """

    unsafe: int
    needs_confirmation: bool
    away: float
    provider: str
    number: str
    family_id: UUID
    at_most: int


class Tonight(NamedTuple):
    """Whom to call: for how many children at once there is a family, and which families.

    has_more: there are others, for as many children.
    """

    together: int
    homes: Sequence[Home]
    has_more: bool


NOBODY = Tonight(0, (), has_more=False)


def call_first(
    need: Need, candidates: Iterable[Candidate], look: Look, *, today: date, most: int | None = None
) -> Tonight:
    """Return the families to call for as many of the children at once as there is one for.

    The child of the report is always among them; the siblings come in the order told. look: the
    homes of those among some families that have a bed. most: how many families; None for all.
    """
    order, looked = sorted(candidates), _Looked(look)
    for count in range(len(need.children), 0, -1):
        group = Need(need.children[:count], need.flags)
        takers = [one for one in order if one.at_most >= count]
        homes = (home for home in looked.at(takers, most) if fits(group, home, today))
        found = list(islice(homes, None if most is None else most + 1))
        if found:
            return Tonight(count, found[:most], has_more=len(found) > len(found[:most]))
    return NOBODY


class _Looked:
    """Homes with a bed; each family is looked at once, also where fewer children are tried."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._known: dict[UUID, Home | None] = {}

    def at(self, takers: list[Candidate], most: int | None) -> Iterator[Home]:
        """Yield the homes that have a bed, in order; no further than somebody asks."""
        for chunk in _chunks(takers, most):
            new = [one.family_id for one in chunk if one.family_id not in self._known]
            if new:
                self._known |= dict.fromkeys(new) | dict(self._look(new))
            for one in chunk:
                home = self._known[one.family_id]
                if home is not None:
                    yield home._replace(km=None if isinf(one.away) else one.away)


def _chunks(takers: list[Candidate], most: int | None) -> Iterator[list[Candidate]]:
    begin, size = 0, len(takers) if most is None else SPARE * (most + 1)
    while begin < len(takers):
        yield takers[begin : begin + size]
        begin, size = begin + size, size * GROWTH
