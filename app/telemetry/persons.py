"""From the ids by which somebody is found to the person: a child or a foster family, once.

A child has a number, registrations, steps and placements; all of these lead to the same person.
What was looked up is kept: none of these ever leads to somebody else.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.telemetry.carried import Reference, Who

MOST_KEPT = 200_000
_FINAL = frozenset({Who.CHILD, Who.FAMILY, Who.PAST})
# A lookup for the log may not hold anybody up.
_PATIENCE = text("SET LOCAL statement_timeout = '5s'")
_OF_REGISTRATION = (
    "SELECT t.id::text, r.child_id::text FROM {} t JOIN registration r ON r.id = t.{} "
    "WHERE t.id = ANY(CAST(:ids AS uuid[]))"
)
_CHILD_OF = {
    Who.REGISTRATION: _OF_REGISTRATION.format("registration", "id"),
    # Handed in, a draft is a registration with the same id.
    Who.DRAFT: _OF_REGISTRATION.format("registration", "id"),
    Who.PLACEMENT: _OF_REGISTRATION.format("placement", "registration_id"),
    Who.QUESTION: _OF_REGISTRATION.format("begun_pair", "registration_id"),
    Who.REPORT: _OF_REGISTRATION.format("crisis_report", "registration_id"),
    Who.NUMBER: "SELECT number, child_id::text FROM registration WHERE number = ANY(:ids)",
}
# These may be about a child that has no registration yet: then they stand for it themselves.
_BEFORE_REGISTRATION = frozenset({Who.DRAFT, Who.REPORT})
# The provider by its code, or by our own id of it.
_FAMILY_OF = """
    SELECT asked.code || '/' || asked.number, f.id::text
      FROM unnest(CAST(:codes AS text[]), CAST(:numbers AS text[])) AS asked(code, number)
      JOIN provider p ON p.code = asked.code OR p.id::text = asked.code
      JOIN family f ON f.provider_id = p.id AND f.reference = asked.number
"""


class Persons:
    """Finds persons; without a database each reference stands for itself."""

    def __init__(self, sessions: SessionMaker | None) -> None:
        self._sessions = sessions
        self._kept: OrderedDict[Reference, Reference] = OrderedDict()

    def of(self, references: Iterable[Reference]) -> Mapping[Reference, Reference]:
        """Return the person behind each; what leads to nobody is left out.

        Where the database does not answer, an id stands for itself: the line is not lost.
        """
        asked = set(references)
        found = {each: each for each in asked if each[0] in _FINAL}
        found |= {each: self._kept[each] for each in asked if each in self._kept}
        missing = asked - found.keys()
        if not missing:
            return found
        if self._sessions is None:
            return found | {each: each for each in missing}
        try:
            with session_for(self._sessions, SYSTEM) as session:
                session.execute(_PATIENCE)
                new = _look_up(session, missing)
        except SQLAlchemyError:
            return found | {each: each for each in missing}
        self._keep(new)
        alone = {e: e for e in missing - new.keys() if e[0] in _BEFORE_REGISTRATION}
        return found | new | alone

    def _keep(self, new: Mapping[Reference, Reference]) -> None:
        self._kept.update(new)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


def _look_up(session: Session, missing: Iterable[Reference]) -> dict[Reference, Reference]:
    ids: dict[Who, list[str]] = defaultdict(list)
    for who, id_ in missing:
        ids[who].append(id_)
    found: dict[Reference, Reference] = {}
    for who, told in ids.items():
        rows = (
            _families(session, told) if who is Who.FAMILY_NUMBER else _children(session, who, told)
        )
        person = Who.FAMILY if who is Who.FAMILY_NUMBER else Who.CHILD
        found |= {(who, str(id_)): (person, str(whom)) for id_, whom in rows}
    return found


def _children(session: Session, who: Who, told: Sequence[str]) -> Sequence[Sequence[Any]]:
    ids = told if who is Who.NUMBER else [each for each in told if _is_uuid(each)]
    clean = [each for each in ids if "\0" not in each]
    return session.execute(text(_CHILD_OF[who]), {"ids": clean}).all() if clean else ()


def _families(session: Session, told: Sequence[str]) -> Sequence[Sequence[Any]]:
    pairs = [each.split("/", 1) for each in told if "/" in each and "\0" not in each]
    asked = {"codes": [p[0] for p in pairs], "numbers": [p[1] for p in pairs]}
    return session.execute(text(_FAMILY_OF), asked).all() if pairs else ()


def _is_uuid(told: str) -> bool:
    try:
        return str(UUID(told)) == told.lower()
    except ValueError:
        return False
