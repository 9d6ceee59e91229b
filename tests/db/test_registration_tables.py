"""What hangs around a registration does not come out for who may not see it."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.session import act_as
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.legal_frame import AuthorityKind, Consent
from app.kernel.stages import Stage
from app.models import (
    AuthorityHolder,
    ConsentWithdrawal,
    DisputedBy,
    Draft,
    FactCorrection,
    FieldChange,
    LegalFrame,
    Provider,
    ProviderContract,
    Registration,
    RegistrationState,
    StageChange,
)
from tests.rows import make_registration

TABLES: tuple[type[Base], ...] = (
    StageChange, Draft, LegalFrame, AuthorityHolder, FieldChange, FactCorrection,
    ConsentWithdrawal,
)  # fmt: skip


@pytest.fixture
def filled(session: Session) -> Session:
    """One row in each table, of a child and a draft of the organisation gi-a."""
    child = make_registration(
        session, number="AM-1", owner_organisation="gi-a", field_digests={"talen": "a"}
    )
    child.field_digests = {"talen": "b"}
    session.add(LegalFrame(registration_id=child.id))
    session.flush()
    session.add_all([
        AuthorityHolder(
            registration_id=child.id, ordinal=1, kind=AuthorityKind.PARENT, consent=Consent.YES
        ),
        FactCorrection(
            registration_id=child.id, field="talen", sealed=b"x", reason="x", actor="x",
            disputed_by=DisputedBy.CHILD, role="aanmeldpunt",
        ),
        ConsentWithdrawal(
            registration_id=child.id, kind=AuthorityKind.PARENT, withdrawn_on=date(2026, 11, 1),
            reason="x", actor="x", role="aanmeldpunt",
        ),
        Draft(
            state=Stage.DRAFT, sealed=b"x", started_on=date(2026, 11, 1), missing=3,
            owner_organisation="gi-a",
        ),
    ])  # fmt: skip
    session.commit()
    return session


def seen(session: Session, actor: Actor) -> list[int]:
    """Count what an actor sees of each table, by a question without any filter."""
    act_as(session, actor)
    session.commit()
    return [len(session.scalars(select(table)).all()) for table in TABLES]


def test_the_staff_sees_all(filled: Session) -> None:
    """Two histories: of the registration and of the draft."""
    for role in (ActorRole.INTAKE, ActorRole.COORDINATOR, ActorRole.CRISIS):
        assert seen(filled, Actor(name="x", role=role)) == [2, 1, 1, 1, 1, 1, 1]


def test_a_provider_a_manager_and_an_administrator_see_nothing(filled: Session) -> None:
    """Nothing of a child; which provider works where is open to all, and written by one."""
    provider = filled.scalars(select(Provider)).first()
    assert provider is not None
    filled.add(ProviderContract(provider_id=provider.id, municipalities=["Almere"]))
    filled.commit()
    for role in (ActorRole.MATCHER, ActorRole.PROVIDER_SYSTEM, ActorRole.MANAGER):
        assert seen(filled, Actor(name="x", role=role, provider_id=provider.id)) == [0] * 7
        assert len(filled.scalars(select(ProviderContract)).all()) == 1
        changed = update(ProviderContract).values(municipalities=[])
        assert filled.execute(changed).rowcount == 0
    assert seen(filled, Actor(name="x", role=ActorRole.ADMINISTRATOR)) == [0] * 7
    assert filled.execute(update(ProviderContract).values(municipalities=[])).rowcount == 1


def test_a_referrer_sees_what_is_its_own(filled: Session) -> None:
    """Of its own child and draft everything; of another organisation's nothing."""
    own = Actor(name="v", role=ActorRole.REFERRER, organisation="gi-a")
    assert seen(filled, own) == [2, 1, 1, 1, 1, 1, 1]
    other = Actor(name="v", role=ActorRole.REFERRER, organisation="gi-b")
    assert seen(filled, other) == [0] * 7
    assert filled.execute(update(Draft).values(missing=0)).rowcount == 0
    taken = Draft(state=Stage.DRAFT, sealed=b"x", started_on=date(2026, 11, 1), missing=0,
                  owner_organisation="gi-a")  # fmt: skip
    with pytest.raises(DBAPIError), filled.begin_nested():
        filled.add(taken)


def test_who_did_the_work_for_another_is_told_by_its_own_role(session: Session) -> None:
    """The history names the role that asked, not the one that did it."""
    child = make_registration(session, number="AM-1")
    session.commit()
    act_as(session, Actor(name="nachtdienst", role=ActorRole.CRISIS))
    session.commit()
    row = session.scalars(select(Registration).where(Registration.id == child.id)).one()
    row.state = RegistrationState.CLOSED
    session.commit()
    act_as(session, SYSTEM)
    last = session.scalars(select(StageChange).order_by(StageChange.id.desc())).first()
    assert last is not None
    assert (last.actor, last.role, last.to_stage) == ("nachtdienst", "crisisdienst", Stage.CLOSED)
