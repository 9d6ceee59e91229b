"""What keeps a file from being destroyed now: something that still runs, or a duty to keep it."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.models import (
    BegunPair,
    BegunState,
    CrisisReport,
    CrisisState,
    LegalHold,
    Occupation,
    Placement,
    Registration,
    RegistrationState,
    SettingStay,
)
from app.rights.whose import Whose

_OPEN_CRISIS = (CrisisState.SEARCHING, CrisisState.FOUND)


def in_the_way(session: Session, whose: Whose) -> list[str]:
    """Return in words what still runs for a child, or must stay; nothing where nothing does."""
    ids = whose.registrations
    return [clause for clause, found in _asked(ids) if session.scalar(select(exists(found)))]


def _asked(ids: tuple[UUID, ...]) -> list[tuple[str, Any]]:
    searching = Registration.state == RegistrationState.SEARCHING
    return [
        ("er wordt nog voor dit kind gezocht", _rows(Registration.id, ids, searching)),
        (
            "er loopt nog een stap naar een gezin",
            _rows(BegunPair.registration_id, ids, BegunPair.state == BegunState.RUNNING),
        ),
        (
            "het kind woont nog in een pleeggezin",
            _rows(Placement.registration_id, ids, Placement.until.is_(None)),
        ),
        (
            "het kind verblijft nog in een zorgsetting",
            _rows(SettingStay.registration_id, ids, SettingStay.until.is_(None)),
        ),
        (
            "er is nog een plaats voor dit kind bezet",
            _rows(Occupation.registration_id, ids, Occupation.released_at.is_(None)),
        ),
        (
            "er is nog een crisismelding open",
            _rows(CrisisReport.registration_id, ids, CrisisReport.state.in_(_OPEN_CRISIS)),
        ),
        (
            "er geldt een bewaarplicht",
            _rows(LegalHold.registration_id, ids, LegalHold.lifted_at.is_(None)),
        ),
    ]


def _rows(column: Any, ids: tuple[UUID, ...], rule: Any) -> Any:
    return select(column).where(column.in_(ids), rule)
