"""Writing registrations and what hangs on them, in bulk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.db.bulk import among, insert_rows, update_rows
from app.db.encryption import digest_bsn, digest_name, encrypt_bsn
from app.db.keyring import current_ring
from app.intake.beyond import past_own
from app.intake.fields import field_digests
from app.intake.of_others import of_others
from app.intake.schemas import RegistrationIn
from app.intake.waiting_clock import Waiting, find_clocks
from app.kernel.ids import new_id
from app.models import (
    Child,
    ChildBsn,
    ExcludedArea,
    Registration,
    RegistrationProblem,
    RegistrationState,
    SiblingPairWish,
)
from app.settings import Settings

_COPIED = (
    "number", "care_form", "urgency", "referrer", "legal_frame", "postcode", "municipality",
    "staying_now", "leave_by", "end_unknown", "registered_on", "needed_from", "expected_months",
    "sdq_total",
    "earlier_placements", "earlier_breakdowns", "residential_past", "needs_smoke_free",
    "needs_wheelchair", "faith_wish", "visits_per_month", "visit_place", "secret_placement",
    "network_researched", "network_family", "mentor", "other_children",
    "in_network_since", "rhythm", "child_voice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A registration on its way to the tables; child_is_new: its child has no row yet.

    owner: the referrer that registered it by itself. follows_id: the registration that it goes on
    from. started_on: when its draft was begun; both only of a registration that is new.
    """

    registration_id: UUID
    child_id: UUID
    child_is_new: bool
    record: RegistrationIn
    content_hash: str
    owner: str | None = None
    follows_id: UUID | None = None
    started_on: date | None = None


def add_registrations(
    session: Session, entries: list[Entry], groups: dict[str, UUID], settings: Settings
) -> None:
    """Insert new registrations with all that hangs on them."""
    new_children = [entry for entry in entries if entry.child_is_new]
    insert_rows(session, Child, [_child(entry) | {"id": entry.child_id} for entry in new_children])
    known = [entry for entry in entries if not entry.child_is_new]
    own = _own_children(session, known)
    _update_children(session, own)
    with past_own(session):  # whether there is a number is all that a referrer may know
        _write_bsns(session, new_children + own, settings)
        clocks = find_clocks(session, [_wait(entry) for entry in entries])
    insert_rows(
        session,
        Registration,
        [
            _columns(entry, groups, settings)
            | {
                "id": entry.registration_id,
                "child_id": entry.child_id,
                "state": RegistrationState.SEARCHING,
                "version": 1,
                "owner_organisation": entry.owner,
                "follows_id": entry.follows_id,
                "first_registered_on": clocks[entry.registration_id].first,
                "clock_from": clocks[entry.registration_id].since,
            }
            for entry in entries
        ],
    )
    _write_details(session, entries)
    _spread_secrecy(session, entries)


def change_registrations(
    session: Session, entries: list[Entry], groups: dict[str, UUID], settings: Settings
) -> None:
    """Overwrite known registrations; their state stays what people made of it."""
    if not entries:
        return
    rows = [_columns(entry, groups, settings) | {"id": entry.registration_id} for entry in entries]
    update_rows(session, Registration, rows)
    own = _own_children(session, entries)
    _update_children(session, own)
    with past_own(session):  # whether there is a number is all that a referrer may know
        _write_bsns(session, own, settings)
    ids = [entry.registration_id for entry in entries]
    for detail in (RegistrationProblem, ExcludedArea, SiblingPairWish):
        session.execute(delete(detail).where(among(detail.registration_id, ids)))
    _write_details(session, entries)
    _spread_secrecy(session, entries)


def _own_children(session: Session, entries: list[Entry]) -> list[Entry]:
    # Of a child that another registered too a referrer has told what stood there (of_others.py).
    shared = of_others(session, {entry.child_id for entry in entries})
    return [entry for entry in entries if entry.child_id not in shared]


def set_secrecy(session: Session, child_ids: Collection[UUID], *, is_secret: bool) -> None:
    """Let every registration of children say the same of a secret placement; each a new version.

    What is shown of a step, a placement or a school goes by its own registration: an older one that
    does not know would lead to the child.
    """
    with past_own(session):
        session.execute(
            update(Registration)
            .where(
                among(Registration.child_id, child_ids),
                Registration.secret_placement.is_not(is_secret),
            )
            .values(secret_placement=is_secret, version=Registration.version + 1)
            .execution_options(synchronize_session="fetch")
        )


def _spread_secrecy(session: Session, entries: list[Entry]) -> None:
    secret = {entry.child_id for entry in entries if entry.record.secret_placement}
    if secret:
        set_secrecy(session, secret, is_secret=True)


def _wait(entry: Entry) -> Waiting:
    return Waiting(
        entry.registration_id,
        None if entry.child_is_new else entry.child_id,
        entry.record.registered_on,
        entry.follows_id,
        entry.started_on,
    )


def _columns(entry: Entry, groups: dict[str, UUID], settings: Settings) -> dict[str, Any]:
    record = entry.record
    order, school, siblings = record.care_order, record.school, record.siblings
    return {name: getattr(record, name) for name in _COPIED} | {
        "order_issued_on": order.issued_on if order else None,
        "order_setting": order.setting if order else None,
        "school_postcode": school.postcode if school else None,
        "keep_school": school.keep if school else False,
        "sibling_group_id": groups[siblings.group] if siblings else None,
        "sibling_wish": siblings.wish if siblings else None,
        "allergies": list(record.allergies),
        "languages": list(record.languages),
        "network_refused_reason": record.network_refused.reason if record.network_refused else None,
        "prevention": record.prevention.model_dump(mode="json", by_alias=True)
        if record.prevention
        else None,
        "split_reason": siblings.split_reason if siblings else None,
        "reunite_by": siblings.reunite_by if siblings else None,
        "big5": record.big5.model_dump(mode="json", by_alias=True),
        "content_hash": entry.content_hash,
        "field_digests": field_digests(record, settings),
    }


def _child(entry: Entry) -> dict[str, Any]:
    record = entry.record
    return {
        "first_name": record.first_name,
        "name_digest": digest_name(record.first_name, current_ring()),
        "born_on": record.born_on,
        "gender": record.gender,
    }


def _update_children(session: Session, entries: list[Entry]) -> None:
    if entries:
        session.execute(update(Child), [_child(e) | {"id": e.child_id} for e in entries])


def _write_bsns(session: Session, entries: list[Entry], settings: Settings) -> None:
    # First removed, then put away again: a BSN that is taken back must be gone, and an upsert
    # would need the right to read the old one, which the worker does not have.
    known = [entry.child_id for entry in entries if not entry.child_is_new]
    session.execute(delete(ChildBsn).where(among(ChildBsn.child_id, known)))
    rows = {
        entry.child_id: {
            "child_id": entry.child_id,
            "ciphertext": encrypt_bsn(entry.record.bsn, settings, child=entry.child_id),
            "digest": digest_bsn(entry.record.bsn, settings),
        }
        for entry in entries
        if entry.record.bsn is not None
    }
    insert_rows(session, ChildBsn, list(rows.values()))


def _write_details(session: Session, entries: list[Entry]) -> None:
    insert_rows(
        session,
        RegistrationProblem,
        [
            {"registration_id": entry.registration_id, "problem": problem, "severity": severity}
            for entry in entries
            for problem, severity in entry.record.problems.by_problem().items()
        ],
    )
    insert_rows(
        session,
        ExcludedArea,
        [
            {
                "id": new_id(),
                "registration_id": entry.registration_id,
                "postcode": area.postcode,
                "radius_km": area.radius_km,
            }
            for entry in entries
            for area in entry.record.excluded_areas
        ],
    )
    insert_rows(
        session,
        SiblingPairWish,
        [
            {
                "registration_id": entry.registration_id,
                "other_number": told.number,
                "wish": told.wish,
                "whose": told.whose,
                "why": told.why,
                "contra_indication": told.contra_indication,
            }
            for entry in entries
            if entry.record.siblings
            for told in entry.record.siblings.pair_wishes
        ],
    )
