"""Drafts: begun with whatever is known, gone on with later, handed in when nothing is missing.

What is told is kept sealed. The clock of waiting runs from the first day (ADR 0036).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.audit.noted import remember_made
from app.db.because import because
from app.db.sealing import seal, unseal
from app.http.etag import require_match
from app.http.sentences import first_fault
from app.intake.checks import fault_on
from app.intake.completeness import Missing, Need, missing_in_draft
from app.intake.draft_queries import draft_for_change
from app.intake.queries import find_registration
from app.intake.register import register_child
from app.intake.schemas import Incoming, RegistrationIn, Siblings
from app.intake.schemas_draft import DraftIn
from app.intake.secrecy import keep_secret_draft
from app.kernel.actor import Actor
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.ids import new_id
from app.kernel.stages import DRAFTS, Stage, StepNotOpen, open_from, require_step
from app.models import Draft
from app.settings import Settings

UNKNOWN_DRAFT = "Dit concept is hier niet bekend: controleer het id, of het is al ingediend."
USE = "concept"
_SHOWN = (
    "number", "care_form", "urgency", "staying_now", "leave_by", "born_on", "postcode",
    "municipality", "secret_placement",
)  # fmt: skip


def start_draft(
    session: Session, *, told: Incoming, settings: Settings, owner: str | None = None
) -> UUID:
    """Store a new draft; return its id. Raises InputRefused for what cannot be."""
    draft = Draft(id=new_id(), started_on=today_in_amsterdam(), owner_organisation=owner)
    write_draft(draft, told, settings)
    session.add(draft)
    session.flush()
    remember_made(session, "kind", draft.id)
    return draft.id


def save_draft(
    session: Session, *, draft_id: UUID, told: Incoming, if_match: str | None, settings: Settings
) -> None:
    """Overwrite what a draft tells; a BSN that is not named stays, null removes it.

    Raises NotFound, StepNotOpen for one that was withdrawn, InputRefused, those of require_match
    and of keep_secret_draft.
    """
    draft = draft_to_change(session, draft_id)
    if draft.state not in DRAFTS:
        raise StepNotOpen(draft.state, Stage.DRAFT)
    require_match(if_match, draft.version)
    if "bsn" not in told.model_fields_set:
        kept = told_by(draft, settings)
        told = told.model_copy(update={"bsn": getattr(kept, "bsn", None)})
    told = keep_secret_draft(draft, told)
    write_draft(draft, told, settings)
    session.flush()


def hand_in_draft(
    session: Session, *, draft_id: UUID, if_match: str | None, settings: Settings
) -> str:
    """Make a registration of a draft, with the same id and the same clock; return its number.

    Raises NotFound, StepNotOpen unless it is complete, those of require_match and of
    `register_child`.
    """
    draft = draft_to_change(session, draft_id)
    require_step(draft.state, Stage.SEARCHING)
    require_match(if_match, draft.version)
    record = record_of(told_by(draft, settings))
    register_child(
        session,
        record=record,
        settings=settings,
        owner=draft.owner_organisation,
        draft=(draft.id, draft.started_on),
    )
    session.delete(draft)
    session.flush()
    return record.number


def withdraw_draft(
    session: Session, *, actor: Actor, draft_id: UUID, reason: str, if_match: str | None
) -> None:
    """Stop writing a draft; that it was there stays in its history.

    What it told is seen by nobody any more, and gone once it cannot be taken back (draft_undo.py).
    """
    draft = draft_to_change(session, draft_id)
    require_step(draft.state, Stage.WITHDRAWN)
    require_match(if_match, draft.version)
    with because(session, reason, of=draft.id):
        draft.kept, draft.kept_by, draft.kept_at = draft.sealed, actor.name, now()
        draft.state, draft.sealed, draft.missing = Stage.WITHDRAWN, None, 0
        for name in (*_SHOWN, "sibling_group"):
            setattr(draft, name, None)


def told_by(draft: Draft, settings: Settings) -> Incoming:
    """Return what a draft tells; nothing, of one that was withdrawn."""
    if draft.sealed is None:
        return DraftIn()
    return DraftIn.model_validate_json(unseal(draft.sealed, settings, use=USE, owner=draft.id))


def find_gaps_in(told: Incoming) -> list[Missing]:
    """Return what a draft misses."""
    facts: Mapping[str, Any] = told.model_dump(by_alias=True)
    return missing_in_draft({**facts, "bsnBekend": facts["bsn"] is not None}, today_in_amsterdam())


def record_of(told: Incoming) -> RegistrationIn:
    """Return a draft as the registration it is complete for; raises InputRefused for a fault."""
    try:
        record = RegistrationIn.model_validate(
            told.model_dump(mode="json", by_alias=True, exclude_none=True)
        )
    except ValidationError as error:
        field, clause = first_fault(error)
        raise InputRefused(f"{field}: {clause}.") from error
    fault = fault_on(record, today_in_amsterdam())
    if fault:
        raise InputRefused(f"{fault[0]}: {fault[1]}.")
    return record


def write_draft(draft: Draft, told: Incoming, settings: Settings) -> None:
    """Let a draft tell something; raises InputRefused for what cannot be."""
    missing = find_gaps_in(told)
    is_complete = not any(one.need is Need.SEARCH for one in missing)
    if is_complete:
        record_of(told)  # what cannot be is refused now, and not when it is handed in
    draft.state = Stage.COMPLETE if is_complete else Stage.DRAFT
    content = told.model_dump_json(by_alias=True, exclude_unset=True)
    draft.sealed = seal(content.encode(), settings, use=USE, owner=draft.id)
    draft.missing = len(missing)
    for name in _SHOWN:
        setattr(draft, name, getattr(told, name))
    siblings: Siblings | None = getattr(told, "siblings", None)
    draft.sibling_group = siblings.group if siblings else None


def draft_to_change(session: Session, draft_id: UUID) -> Draft:
    """Return a draft that nobody else changes meanwhile.

    Raises NotFound, and Conflict for one that was handed in: what it is now, and what is open.
    """
    draft = draft_for_change(session, draft_id)
    if draft is not None:
        return draft
    handed_in = find_registration(session, draft_id)
    if handed_in is None:
        raise NotFound(UNKNOWN_DRAFT)
    raise Conflict(
        f"stand: dit concept is ingediend en is nu een aanmelding (/v1/kinderen/{draft_id}), "
        f"'{handed_in.stage.value}'; {open_from(handed_in.stage)}."
    )
