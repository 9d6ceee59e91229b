"""Which family of today each family of a run's input is, and what that family is called now.

The input holds the code and the number of its day; a family may have gone to another provider
since, under another number, and a provider may have merged or been renamed. What a run answers is
told by the names of now, since only those lead to the family; what it solves never changes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.matching.problem import Families
from app.proposals.name_queries import NameHeld, names_held, names_told, provider_codes
from app.proposals.schemas_compare import Proposed

_Name = tuple[str, str]  # provider's code, number
_Held = dict[tuple[UUID, str], list[NameHeld]]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a run's families. told: how many moves and renames this reckons with.

    now: by position; position: by the family's id; found: by every name that leads to one of them.
    """

    told: tuple[int, int]
    now: tuple[Proposed, ...]
    position: dict[UUID, int]
    found: dict[_Name, int]


def names_of(session: Session, families: Families, at: datetime) -> Names:
    """Return who the families of an input are, which was read at an instant."""
    told = names_told(session)
    codes = provider_codes(session)
    held: _Held = defaultdict(list)
    for one in names_held(session):
        held[one.provider_id, one.number].append(one)
    owner = {code: id_ for id_, known in codes.items() for code in known}
    then = list(zip(families.provider, families.reference, strict=True))
    ids = [_who(held, owner.get(code), number, at) for code, number in then]
    current = _current(held, codes)
    position = {id_: at for at, id_ in enumerate(ids) if id_ is not None}
    now = [current.get(id_, name) if id_ else name for id_, name in zip(ids, then, strict=True)]
    found = _found(held, codes, position)
    return Names(
        told, tuple(Proposed(provider=code, family=number) for code, number in now), position, found
    )


def _who(held: _Held, provider: UUID | None, number: str, at: datetime) -> UUID | None:
    """Return whose number it was at an instant; nobody else has one at the same time."""
    if provider is None:
        return None
    holders = held.get((provider, number), [])
    # What a run read while a family moved is told by the last who had the name before.
    after = [one for one in holders if one.until is None or one.until > at] or holders[-1:]
    return min(after, key=_end).family_id if after else None


def _end(one: NameHeld) -> datetime:
    return one.until or datetime.max.replace(tzinfo=UTC)


def _current(held: _Held, codes: Mapping[UUID, Sequence[str]]) -> dict[UUID, _Name]:
    return {
        one.family_id: (codes[provider][0], number)
        for (provider, number), holders in held.items()
        for one in holders
        if one.until is None
    }


def _found(
    held: _Held,
    codes: Mapping[UUID, Sequence[str]],
    position: Mapping[UUID, int],
) -> dict[_Name, int]:
    """Return by each name who it leads to: who has it now, else who had it last."""
    found: dict[_Name, int] = {}
    for (provider, number), holders in held.items():
        last = max(holders, key=_end).family_id
        if last in position:
            found |= {(code, number): position[last] for code in codes[provider]}
    return found
