"""The own network of a child: who was asked, and JIM cases."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.ladder import MentorResult
from app.ladder.network_queries import case_for_change, inquiries_of, mentor_cases_of
from app.ladder.network_schemas import (
    InquiryIn,
    InquiryOut,
    MentorEndIn,
    MentorIn,
    MentorOut,
    NetworkOut,
)
from app.ladder.taking import known_child
from app.models import MentorCase, NetworkInquiry
from app.placed.secret import secret_homes


def record_inquiry(session: Session, *, actor: Actor, child_id: UUID, told: InquiryIn) -> None:
    """Store that somebody was asked; raises NotFound, InputRefused for a day to come."""
    known_child(session, child_id)
    session.add(
        NetworkInquiry(
            registration_id=child_id, purpose=told.purpose, relation=told.relation,
            asked_on=_day("gevraagdOp", told.asked_on), answer=told.answer, note=told.note,
            **_who(actor),
        )
    )  # fmt: skip
    session.flush()


def begin_mentor(session: Session, *, actor: Actor, child_id: UUID, told: MentorIn) -> None:
    """Store that a JIM began; raises NotFound, InputRefused, Conflict where one runs."""
    known_child(session, child_id)
    with as_system(session):  # a referrer may not lock what it may not change
        known_child(session, child_id, lock=True)
    if any(case.until is None for case in mentor_cases_of(session, child_id)):
        raise Conflict("Er loopt al een JIM-traject voor dit kind: rond dat eerst af.")
    session.add(
        MentorCase(
            registration_id=child_id, relation=told.relation, since=_day("vanaf", told.since),
            result=MentorResult.RUNNING, note=told.note, **_who(actor),
        )
    )  # fmt: skip
    session.flush()


def end_mentor(session: Session, *, ids: tuple[UUID, UUID], told: MentorEndIn) -> None:
    """Store how a JIM case of a child ended; raises NotFound, Conflict, InputRefused."""
    case = case_for_change(session, *ids)
    if case is None:
        raise NotFound("Dit JIM-traject is er niet bij dit kind: controleer de ids in het adres.")
    if case.until is not None:
        raise Conflict("Dit JIM-traject is al afgerond.")
    until = _day("totEnMet", told.until)
    if until < case.since:
        raise InputRefused("totEnMet: ligt voor de eerste dag van dit traject.")
    case.until, case.result = until, told.result
    case.note = told.note or case.note
    session.flush()


def show_network(session: Session, child_id: UUID) -> NetworkOut:
    """Return who was asked and the JIM cases of a child; raises NotFound."""
    is_secret = bool(secret_homes(session, [known_child(session, child_id).id]))
    return NetworkOut(
        inquiries=[
            InquiryOut(
                id=row.id, purpose=row.purpose, relation=row.relation, asked_on=row.asked_on,
                answer=row.answer, note=row.note, actor=row.actor, is_secret=is_secret,
            )
            for row in inquiries_of(session, child_id)
        ],
        cases=[
            MentorOut(
                id=row.id, relation=row.relation, since=row.since, until=row.until,
                result=row.result, note=row.note, is_secret=is_secret,
            )
            for row in mentor_cases_of(session, child_id)
        ],
    )  # fmt: skip


def _day(name: str, told: date | None) -> date:
    today = today_in_amsterdam()
    if told is not None and not date(2000, 1, 1) <= told <= today:
        raise InputRefused(f"{name}: ligt in de toekomst of te ver terug; leg vast wat er is.")
    return told or today


def _who(actor: Actor) -> dict[str, str]:
    return {"actor": actor.name, "role": actor.role.value}
