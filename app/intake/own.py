"""What stays of a secret placement when a referrer changes a registration of its own."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.draft_queries import find_draft
from app.intake.drafts import told_by
from app.intake.queries import find_registration
from app.intake.schemas import Incoming, RegistrationIn, School
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import InputRefused
from app.settings import Settings

Told = TypeVar("Told", bound=Incoming)
# What a referrer is not shown of a secret placement (toegang.toml): by its name in the interface,
# the name of the field. A change of its hand must not remove it.
HIDDEN = {
    "school": "school", "verblijftNu": "staying_now", "eindeOnbekendOmdat": "end_unknown",
    "netwerkgezin": "network_family", "woontBijNetwerkgezinSinds": "in_network_since",
}  # fmt: skip


def is_hidden(field: str) -> bool:
    """Return whether a field, by its name in the interface, stays hidden of a secret placement."""
    return field.partition(".")[0] in HIDDEN


def keep_hidden(
    session: Session, actor: Actor, registration_id: UUID, record: RegistrationIn
) -> RegistrationIn:
    """Return what a referrer sent, with what it is not shown of a secret placement.

    Without its field a school stays, as the BSN does; null removes it. Raises InputRefused where
    nothing tells where the child is.
    """
    kept = _hidden_of(session, registration_id) if actor.role is ActorRole.REFERRER else {}
    whole = _with_hidden(record, kept)
    if not whole.staying_now:
        raise InputRefused("verblijftNu: ontbreekt; vul in waar het kind nu is.")
    return whole


def keep_hidden_in_draft(
    *, session: Session, actor: Actor, draft_id: UUID, told: Incoming, settings: Settings
) -> Incoming:
    """Return what a referrer sent of a draft, with what it is not shown of a secret placement."""
    draft = find_draft(session, draft_id) if actor.role is ActorRole.REFERRER else None
    if draft is None or not draft.secret_placement:
        return told
    before = told_by(draft, settings)
    return _with_hidden(told, {name: getattr(before, name) for name in HIDDEN.values()})


def _hidden_of(session: Session, registration_id: UUID) -> dict[str, object]:
    stored = find_registration(session, registration_id)
    if stored is None or not stored.home_is_secret:
        return {}
    row = stored.registration
    school = row.school_postcode and School(postcode=row.school_postcode, behouden=row.keep_school)
    same = {name: getattr(row, name) for name in HIDDEN.values() if name != "school"}
    return {"school": school, **same}


def _with_hidden(told: Told, kept: dict[str, object]) -> Told:
    """Return what was told, with what was not told of what was there.

    Who tells a day on which the stay ends, has said that it is known.
    """
    if getattr(told, "leave_by", None) is not None:
        kept = {name: value for name, value in kept.items() if name != "end_unknown"}
    more = {
        name: value
        for name, value in kept.items()
        if value is not None and name not in told.model_fields_set
    }
    return told.model_copy(update=more)
