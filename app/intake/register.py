"""One registration at a time: registering, correcting, withdrawing.

The rules are those of an import: one active registration a child, duplicates shown to a person,
sibling groups on hold where the wishes differ.
"""

from contextlib import nullcontext
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.noted import remember_made
from app.db.because import because
from app.db.encryption import decrypt_bsn, digests_bsn
from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.http.etag import require_match
from app.intake.beyond import past_own
from app.intake.checks import fault_on, is_end_untold, refuse_backdated, require_end
from app.intake.fields import content_hash
from app.intake.file_queries import running_placement
from app.intake.holds import lift_taken
from app.intake.leaving import let_go, refuse_in_crisis_bed
from app.intake.of_others import (
    KNOWN_ALREADY,
    of_others,
    refuse_changed,
    refuse_known,
    refuse_unlike,
)
from app.intake.present_home import refuse_form_past_home, refuse_past_home
from app.intake.queries import (
    active_numbers,
    bsn_of,
    children_by_digest,
    group_code,
    known_registrations,
    lock_imports,
    registration_for_change,
    registrations_with_bsn,
    secret_children,
)
from app.intake.schemas import RegistrationIn
from app.intake.secrecy import refuse_leaving, refuse_lifting
from app.intake.telling import tell_corrected
from app.intake.wishes import ensure_groups, settle_wishes
from app.intake.write import Entry, add_registrations, change_registrations, set_secrecy
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.ids import new_id
from app.kernel.stages import Stage, require_step
from app.models import Registration, RegistrationState, WithdrawalReason
from app.settings import Settings

UNKNOWN = "Dit kind is hier niet bekend: controleer het id, of zoek met /v1/kinderen/_zoek."


def register_child(
    session: Session,
    *,
    record: RegistrationIn,
    settings: Settings,
    owner: str | None = None,
    draft: tuple[UUID, date] | None = None,
    follows: Registration | None = None,
    reason: str | None = None,
) -> UUID:
    """Store a new registration; return its id. owner: the referrer that may go on with it.

    draft: its id, which stays, and the day on which it was begun. follows: the registration of the
    same child that this one goes on from. reason: what its history says of its first step.
    Raises InputRefused for an impossible birth date or an untold end of the present stay, Conflict
    for a number that exists, a BSN with an active registration, a child that lives here in another
    form (unless follows), where the child's secret placement
    is told as open, or to a referrer a BSN of a child that another registered.
    """
    lock_imports(session)
    _refuse_fault(session, record)
    require_end(record)
    if follows is not None:
        _refuse_active(session, follows)
        record = _with_own_bsn(session, follows, record, settings)
        refuse_changed(session, follows.child_id, record, settings)
    with past_own(session):
        _refuse_known(session, record, settings, own=follows.child_id if follows else None)
        known = _child_with_bsn(session, record, settings)
        if known is not None and follows is None:
            refuse_unlike(session, known, record)
            refuse_past_home(session, known, record.care_form, is_draft=draft is not None)
        child_id = follows.child_id if follows else known
        before = secret_children(session, [child_id] if child_id else [])
        groups = ensure_groups(session, [record])
    refuse_lifting(was=bool(before), told=record.secret_placement)
    entry = Entry(
        draft[0] if draft else new_id(),
        child_id or new_id(),
        child_is_new=child_id is None,
        record=record,
        content_hash=content_hash(record, settings),
        owner=owner,
        follows_id=follows.id if follows else None,
        started_on=draft[1] if draft else None,
    )
    with because(session, reason, of=entry.registration_id) if reason else nullcontext():
        add_registrations(session, [entry], groups, settings)
    remember_made(session, "kind", entry.registration_id)
    with past_own(session):
        settle_wishes(session, {*groups, *lift_taken(session, [record.number])})
        emit(session, Occurrence.REGISTRATION_ADDED, child=entry.registration_id)
    return entry.registration_id


def correct_child(
    session: Session,
    *,
    registration_id: UUID,
    record: RegistrationIn,
    if_match: str | None,
    settings: Settings,
    may_lift: bool = False,
    is_whole: bool = True,
) -> None:
    """Overwrite what a registration says; its state stays what people made of it.

    A BSN that is not named stays as it is (nobody reads it back), null removes it. Raises NotFound,
    PreconditionMissing, VersionConflict, InputRefused for another number, an impossible birth date
    or an untold end of the present stay (unless is_whole is false and it was untold before),
    Conflict for a BSN of another child, for a form for which the family where the child lives is
    asked first, unless may_lift for the end of a secret placement, or to a
    referrer for other facts of a child that another registered too, or for leaving the group of
    which the home is secret.
    """
    lock_imports(session)
    stored = _for_change(session, registration_id)
    require_match(if_match, stored.version)
    _refuse_fault(session, record, stored)
    was_told = not is_end_untold(stored.staying_now, stored.leave_by, stored.end_unknown)
    if is_whole or was_told:
        require_end(record)
    if record.number != stored.number:
        raise InputRefused("aanmeldnummer: dit kan niet wijzigen; stuur het nummer dat u las.")
    refuse_lifting(was=stored.secret_placement and not may_lift, told=record.secret_placement)
    record = _with_own_bsn(session, stored, record, settings)
    content = content_hash(record, settings)
    with past_own(session):
        refuse_form_past_home(session, stored, record.care_form)
        _refuse_bsn_elsewhere(session, stored, record, settings)
        settled = lift_taken(session, [record.number])  # also when it says what it said before
        if content == stored.content_hash:
            settle_wishes(session, settled)
            return
        groups = ensure_groups(session, [record])
    refuse_changed(session, stored.child_id, record, settings)
    siblings = record.siblings
    refuse_leaving(session, stored, groups[siblings.group] if siblings else None)
    left = group_code(session, stored.sibling_group_id)
    entry = Entry(
        stored.id, stored.child_id, child_is_new=False, record=record, content_hash=content
    )
    change_registrations(session, [entry], groups, settings)
    if may_lift and not record.secret_placement:
        set_secrecy(session, [stored.child_id], is_secret=False)
    with past_own(session):
        settle_wishes(session, {*groups, *settled, *([left] if left else [])})
        tell_corrected(session, [stored.id])


def withdraw_child(
    session: Session, *, registration_id: UUID, reason: WithdrawalReason, if_match: str | None
) -> None:
    """End the search for a child without a placement, and what runs; its group goes on without it.

    Raises NotFound; Conflict when it is not searched for any more or sleeps in a crisis bed,
    whatever version was named (RFC 9110, 13.2.1); then PreconditionMissing and VersionConflict.
    """
    lock_imports(session)
    stored = _for_change(session, registration_id)
    require_step(Stage(stored.state), Stage.WITHDRAWN)
    refuse_in_crisis_bed(session, stored)
    require_match(if_match, stored.version)
    stored.state, stored.withdrawal_reason = RegistrationState.WITHDRAWN, reason
    stored.withdrawn_at = now()
    session.flush()
    with past_own(session):
        emit(session, Occurrence.REGISTRATION_WITHDRAWN, child=stored.id, reason=reason)
        let_go(session, stored, reason=reason.value)


def close_child(
    session: Session, *, registration_id: UUID, reason: str, if_match: str | None
) -> None:
    """End a registration for good, with a reason, and what runs for it; its group goes on without.

    Raises NotFound; StepNotOpen where it has ended already, Conflict while a placement runs; then
    PreconditionMissing and VersionConflict.
    """
    lock_imports(session)
    stored = _for_change(session, registration_id)
    require_step(Stage(stored.state), Stage.CLOSED)
    today = today_in_amsterdam()
    home = running_placement(session, registration_id, today)
    if home is not None and home.until != today:  # who leaves today may be closed today
        raise Conflict(
            "Dit kind woont nog in het gezin: leg eerst het einde van de plaatsing vast."
        )
    require_match(if_match, stored.version)
    with because(session, reason, of=stored.id):
        stored.state = RegistrationState.CLOSED
    emit(session, Occurrence.REGISTRATION_CLOSED, child=stored.id)
    let_go(session, stored, reason=reason)


def _for_change(session: Session, registration_id: UUID) -> Registration:
    stored = registration_for_change(session, registration_id)
    if stored is None:
        raise NotFound(UNKNOWN)
    return stored


def _refuse_fault(
    session: Session, record: RegistrationIn, stored: Registration | None = None
) -> None:
    today, known = today_in_amsterdam(), stored.registered_on if stored else None
    if fault := fault_on(record, today):
        raise InputRefused(f"{fault[0]}: {fault[1]}.")
    refuse_backdated(session.info["actor"], record.registered_on, known=known, today=today)


def _refuse_known(
    session: Session, record: RegistrationIn, settings: Settings, *, own: UUID | None
) -> None:
    if known_registrations(session, [record.number]):
        raise Conflict(
            "aanmeldnummer: dit nummer bestaat al; kies een ander, of verbeter die aanmelding."
        )
    refuse_known(session, record, settings, own=own)
    _refuse_active_elsewhere(session, record, settings)


def _child_with_bsn(session: Session, record: RegistrationIn, settings: Settings) -> UUID | None:
    if record.bsn is None:
        return None
    found = children_by_digest(session, digests_bsn(record.bsn, settings))
    return min((child for same in found.values() for child in same), default=None)


def _refuse_active(session: Session, follows: Registration) -> None:
    other = active_numbers(session, [follows.child_id]).get(follows.child_id)
    if other is not None:
        raise Conflict(f"stand: voor dit kind loopt al aanmelding {other}; werk die bij.")


def _refuse_active_elsewhere(session: Session, record: RegistrationIn, settings: Settings) -> None:
    if record.bsn is None:
        return
    for other in registrations_with_bsn(session, digests_bsn(record.bsn, settings)):
        if other.state is RegistrationState.SEARCHING and other.number != record.number:
            if of_others(session, [other.child_id]):
                raise Conflict(KNOWN_ALREADY)
            raise Conflict(
                f"bsn: voor dit kind loopt al aanmelding {other.number}; werk die bij, of "
                "controleer het BSN."
            )


def _refuse_bsn_elsewhere(
    session: Session, stored: Registration, record: RegistrationIn, settings: Settings
) -> None:
    refuse_known(session, record, settings, own=stored.child_id)
    _refuse_active_elsewhere(session, record, settings)
    owner = _child_with_bsn(session, record, settings)
    if owner is not None and owner != stored.child_id:
        raise Conflict(
            "bsn: dit hoort bij een kind met een eerdere aanmelding; controleer het BSN, of trek "
            "deze aanmelding in en meld het kind met dit BSN opnieuw aan."
        )


def _with_own_bsn(
    session: Session, stored: Registration, record: RegistrationIn, settings: Settings
) -> RegistrationIn:
    if "bsn" in record.model_fields_set:
        return record
    with past_own(session):
        known = bsn_of(session, stored.child_id)
    bsn = decrypt_bsn(known, settings, child=stored.child_id) if known else None
    return record.model_copy(update={"bsn": bsn})
