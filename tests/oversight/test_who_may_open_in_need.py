"""Who could need a file in need: the database says it, to the service and to its own table."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.strain import Helped, SupportKind, TakenUp
from app.models import (
    BegunPair,
    BegunState,
    EmergencyAccess,
    EmergencyOccasion,
    Family,
    Provider,
    Registration,
    RegistrationState,
    SupportOffer,
)
from app.oversight.emergency_queries import may_open
from tests.rows import make_family, make_placement, make_registration

TODAY = today_in_amsterdam()
LONG = timedelta(days=100)
Do = Callable[[Session, Registration, Family], Any]


def matcher(session: Session, code: str = "spirit") -> Actor:
    provider = session.scalar(select(Provider.id).where(Provider.code == code))
    return Actor("matcher", ActorRole.MATCHER, provider_id=provider)


def sees(session: Session, actor: Actor, id_: UUID) -> bool:
    session.commit()
    act_as(session, actor)
    found = may_open(session, id_)
    session.commit()
    act_as(session, SYSTEM)
    return found


def lives(days: int | None, before: int = 0) -> Do:
    """Placed long ago; days: how many ago it left, None while it is there."""

    def do(session: Session, child: Registration, family: Family) -> Any:
        until = None if days is None else TODAY - timedelta(days=days)
        return make_placement(
            session, registration_id=child.id, family_id=family.id, since=TODAY - LONG, until=until
        )

    return do


def respite(until: int, taken_up: TakenUp) -> Do:
    """It lives with another provider, and goes to the family for weekends."""

    def do(session: Session, child: Registration, family: Family) -> Any:
        other = make_family(session, provider="youke", reference="YOU-1")
        placement = make_placement(
            session, registration_id=child.id, family_id=other.id, since=TODAY - LONG
        )
        session.add(
            SupportOffer(
                placement_id=placement.id, kind=SupportKind.RESPITE, offered_on=TODAY - LONG,
                taken_up=taken_up, taken_reason="Liever niet.", since=TODAY - LONG,
                until=TODAY + timedelta(days=until), helped=next(iter(Helped)),
                family_id=family.id, actor="toets", role="coordinator",
            )
        )  # fmt: skip

    return do


def asked(held: int, state: BegunState = BegunState.RUNNING) -> Do:
    """A step with the family."""

    def do(session: Session, child: Registration, family: Family) -> Any:
        is_over = state is not BegunState.RUNNING
        session.add(
            BegunPair(
                registration_id=child.id, family_id=family.id, rhythm=child.rhythm,
                is_request=True, begun_on=TODAY - LONG, held_until=TODAY + timedelta(days=held),
                state=state, ended_at=now() if is_over else None,
                reason="Over." if is_over else None, actor="toets",
            )
        )  # fmt: skip

    return do


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (lives(None), True), (lives(0), True), (lives(30), True), (lives(31), False),
        (respite(5, TakenUp.YES), True), (respite(-1, TakenUp.YES), False),
        (respite(5, TakenUp.NO), False), (asked(3), True), (asked(-1), False),
        (asked(3, BegunState.EXPIRED), False), (lambda *_: None, False),
    ],
)  # fmt: skip
def test_a_matcher_of_whom_the_child_is_or_was_lately(
    session: Session, what: Do, *, expected: bool
) -> None:
    """Lives there or did, comes for respite, is put to it; of another provider never."""
    family = make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")
    what(session, child, family)
    session.flush()
    assert sees(session, matcher(session), child.id) is expected
    assert not sees(session, matcher(session, "vitree"), child.id)


def test_any_registration_of_the_child_counts(session: Session) -> None:
    """It lives there by an earlier one, and the number of the newest is called."""
    family = make_family(session, reference="SPI-1")
    before = make_registration(
        session, number="AM-1", state=RegistrationState.PLACED, owner_organisation="gi-a"
    )
    make_placement(session, registration_id=before.id, family_id=family.id, since=TODAY - LONG)
    newest = make_registration(session, number="AM-2")
    newest.child_id = before.child_id
    session.flush()
    assert sees(session, matcher(session), newest.id)
    assert sees(session, Actor("v", ActorRole.REFERRER, organisation="gi-a"), newest.id)


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (Actor("c", ActorRole.CRISIS), True),
        (Actor("v", ActorRole.REFERRER, organisation="gi-a"), True),
        (Actor("v", ActorRole.REFERRER, organisation="gi-b"), False),
        (Actor("v", ActorRole.REFERRER), False),
        (Actor("m", ActorRole.MATCHER), False),
        (Actor("s", ActorRole.PROVIDER_SYSTEM), False),
        (Actor("r", ActorRole.MANAGER), False),
    ],
)
def test_the_desk_any_child_and_a_referrer_its_own(
    session: Session, actor: Actor, *, expected: bool
) -> None:
    """Nobody by being nobody: without an organisation there is nothing of one's own."""
    child = make_registration(session, number="AM-1", owner_organisation="gi-a")
    assert sees(session, actor, child.id) is expected


def test_the_table_refuses_what_the_service_forgot_to_ask(session: Session) -> None:
    """An access to a child that is none of the asker's business is never stored."""
    child = make_registration(session, number="AM-1")
    own = make_registration(session, number="AM-2")
    family = make_family(session, reference="SPI-1")
    make_placement(session, registration_id=own.id, family_id=family.id, since=TODAY)
    me = matcher(session)
    session.commit()
    act_as(session, me)

    def access(id_: UUID) -> EmergencyAccess:
        return EmergencyAccess(
            registration_id=id_, actor=me.name, role=me.role.value, provider_id=me.provider_id,
            occasion=EmergencyOccasion.MISSING, reason="Het kind is sinds vanavond weg.",
            created_at=now(), until=now() + timedelta(hours=1),
        )  # fmt: skip

    with session.begin_nested():
        session.add(access(own.id))
    with pytest.raises(ProgrammingError, match="row-level security"), session.begin_nested():
        session.add(access(child.id))
