"""Amending a disputed fact: the old value is kept with who and why, and proposals become stale."""

import json
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.db.sealing import seal, unseal
from app.http.etag import require_match
from app.http.sentences import first_fault
from app.intake.as_told import tell_again
from app.intake.correction_queries import corrections_of
from app.intake.own import is_hidden
from app.intake.queries import find_registration
from app.intake.register import UNKNOWN, correct_child
from app.intake.schemas import RegistrationIn
from app.intake.schemas_correction import CorrectionIn, CorrectionOut
from app.intake.secrecy import FIELD, require_lifter
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import InputRefused, NotFound
from app.models import FactCorrection
from app.settings import Settings

USE = "correctie"
_ELSEWHERE = frozenset({"bsn", "aanmeldnummer"})


def amend_fact(
    session: Session,
    *,
    actor: Actor,
    registration_id: UUID,
    wish: CorrectionIn,
    if_match: str | None,
    settings: Settings,
) -> tuple[UUID, int]:
    """Give one field another value, and keep the old one.

    Returns the id of the correction, and the version of the registration that came of it.

    Raises NotFound, those of require_match and require_lifter, InputRefused for a field or a value
    that cannot be, and as `correct_child`.
    """
    stored = find_registration(session, registration_id)
    if stored is None:
        raise NotFound(UNKNOWN)
    require_match(if_match, stored.registration.version)
    if actor.role is ActorRole.REFERRER and stored.home_is_secret:
        _refuse_hidden(wish.field)
    was = stored.registration.secret_placement
    require_lifter(actor, field=wish.field, was=was, told=wish.value)
    told = tell_again(stored)
    old = _replace(told, wish)
    correct_child(
        session,
        registration_id=registration_id,
        record=_record(told),
        if_match=if_match,
        settings=settings,
        may_lift=wish.field == FIELD,
        is_whole=False,
    )
    row = FactCorrection(
        registration_id=registration_id,
        field=wish.field,
        sealed=_seal(old, registration_id, settings),
        disputed_by=wish.disputed_by,
        reason=wish.reason,
        actor=actor.name,
        role=actor.role.value,
    )
    session.add(row)
    session.flush()
    session.refresh(stored.registration, ["version"])
    return row.id, stored.registration.version


def list_corrections(
    session: Session, registration_id: UUID, settings: Settings
) -> tuple[list[CorrectionOut], int]:
    """Return the corrections of a registration with what each value was, and its version.

    Raises NotFound.
    """
    stored = find_registration(session, registration_id)
    if stored is None:
        raise NotFound(UNKNOWN)
    names = ("id", "field", "disputed_by", "reason", "actor", "role", "at")
    shown = [
        CorrectionOut(
            **{name: getattr(row, name) for name in names},
            was=json.loads(unseal(row.sealed, settings, use=USE, owner=registration_id)),
            is_secret=stored.home_is_secret and _may_lead_there(row),
        )
        for row in corrections_of(session, registration_id)
    ]
    return shown, stored.registration.version


def _may_lead_there(row: FactCorrection) -> bool:
    """Return whether a correction can tell where the child is: its field, or what staff typed."""
    return is_hidden(row.field) or row.role != ActorRole.REFERRER.value


def _seal(value: Any, registration_id: UUID, settings: Settings) -> bytes:
    content = json.dumps(value, ensure_ascii=False).encode()
    return seal(content, settings, use=USE, owner=registration_id)


def _refuse_hidden(field: str) -> None:
    # Whether a value is the one that stands there would tell what stands there.
    if is_hidden(field):
        raise InputRefused(
            "veld: dit ziet u bij een geheime plaatsing niet; vraag het aanmeldpunt het te doen."
        )


def _replace(told: dict[str, Any], wish: CorrectionIn) -> Any:
    """Put the new value in its place in what is told; return the old one."""
    outer, _, inner = wish.field.partition(".")
    if outer in _ELSEWHERE:
        raise InputRefused(f"veld: {outer} gaat niet zo; verbeter de aanmelding zelf.")
    part: Any = told.get(outer) if inner else told
    if not isinstance(part, dict) or outer not in told:
        raise InputRefused("veld: dit veld is er hier niet; neem de naam uit de aanmelding over.")
    old = part.get(inner or outer)
    if old == wish.value:
        raise InputRefused("waarde: zo staat het er al; er is niets te corrigeren.")
    part[inner or outer] = wish.value
    return old


def _record(told: dict[str, Any]) -> RegistrationIn:
    try:
        return RegistrationIn.model_validate(told)
    except ValidationError as error:
        field, clause = first_fault(error)
        raise InputRefused(f"waarde, {field}: {clause}.") from error
