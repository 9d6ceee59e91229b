"""What was recorded of a step stays as it was, and is for staff and the auditor only."""

from datetime import date

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.clock import now
from app.kernel.phases import (
    Agreement,
    ConsentBy,
    LegalWeight,
    MessageKind,
    NoBy,
    ObjectionOutcome,
    Phase,
)
from app.kernel.words import Rhythm
from app.models import (
    BegunPair,
    BegunState,
    Family,
    Registration,
    StepConsent,
    StepMessage,
    StepMove,
    StepObjection,
)
from tests.rows import make_family, make_placement, make_registration

TABLES = (StepMove, StepMessage, StepConsent, StepObjection)
DAY = date(2026, 11, 1)


@pytest.fixture
def recorded(session: Session) -> Session:
    """A step with one record of each kind."""
    family = make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")
    pair = BegunPair(
        registration_id=child.id, family_id=family.id, rhythm=Rhythm.FULL_TIME, is_request=True,
        begun_on=DAY, held_until=DAY, actor="x",
    )  # fmt: skip
    session.add(pair)
    session.flush()
    who = {"pair_id": pair.id, "actor": "x", "role": "coordinator"}
    session.add_all([
        StepMove(
            from_phase=Phase.PROPOSED, to_phase=Phase.WITH_CARERS, agreement=Agreement.YES,
            pros=[], cons=[], doubts=[], **who,
        ),
        StepMessage(phase=Phase.PROPOSED, kind=MessageKind.YES, **who),
        StepConsent(by=ConsentBy.PROVIDER, organisation="spirit", given_on=DAY, **who),
        StepObjection(
            by=NoBy.PARENTS, text="Te ver.", legal_frame="vrijwillig", weight=LegalWeight.VETO,
            **who,
        ),
    ])  # fmt: skip
    session.commit()
    return session


def act(session: Session, role: ActorRole) -> None:
    own = session.scalar(select(Family.provider_id))
    session.commit()
    provider = own if role is ActorRole.MATCHER else None
    act_as(session, Actor(name="x", role=role, provider_id=provider, organisation="gi-a"))


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (ActorRole.COORDINATOR, 1),
        (ActorRole.AUDITOR, 1),
        (ActorRole.MATCHER, 0),
        (ActorRole.REFERRER, 0),
        (ActorRole.MANAGER, 0),
    ],
)
def test_records_are_for_staff_and_the_auditor(
    recorded: Session, role: ActorRole, seen: int
) -> None:
    """A provider or a referrer gets what the service shows it, never the rows themselves."""
    act(recorded, role)
    assert [len(recorded.scalars(select(table)).all()) for table in TABLES] == [seen] * 4


@pytest.mark.parametrize("table", TABLES)
def test_what_was_recorded_stays(recorded: Session, table: type) -> None:
    """Nobody changes who said something, or takes it away."""
    for statement in (update(table).values(actor="y"), delete(table)):
        with pytest.raises(ProgrammingError, match="permission denied"):
            recorded.execute(statement)
        recorded.rollback()


def test_the_database_lets_nobody_past_a_veto(recorded: Session) -> None:
    """An objection is filled in once it is decided, all of it; a veto never with going on."""
    id_ = recorded.scalars(select(StepObjection.id)).one()
    told = {"outcome_reason": "x", "decided_by": "x", "decided_at": now()}
    for wrong in (
        {"outcome": ObjectionOutcome.GO_ON, **told},
        {"outcome": ObjectionOutcome.TAKEN_BACK},
    ):
        with pytest.raises(IntegrityError):
            recorded.execute(update(StepObjection).where(StepObjection.id == id_).values(**wrong))
        recorded.rollback()
    recorded.execute(
        update(StepObjection)
        .where(StepObjection.id == id_)
        .values(outcome=ObjectionOutcome.TAKEN_BACK, **told)
    )


def test_each_yes_is_there_once(recorded: Session) -> None:
    """Two people who record the same yes at once cannot both."""
    first = recorded.scalars(select(StepConsent)).one()
    recorded.add(
        StepConsent(
            pair_id=first.pair_id,
            by=first.by,
            organisation="youke",
            given_on=DAY,
            actor="y",
            role="x",
        )
    )
    with pytest.raises(IntegrityError, match="uq_step_consent_pair_id_by"):
        recorded.flush()


def test_a_provider_sees_a_child_while_it_lives_there(recorded: Session) -> None:
    """After the step became a placement, until that ends."""
    pair = recorded.scalars(select(BegunPair)).one()
    pair.state, pair.phase = BegunState.PLACED, Phase.PLACED
    pair.reason, pair.ended_at = "Geplaatst.", now()
    recorded.commit()

    def seen() -> list[str]:
        act(recorded, ActorRole.MATCHER)
        found = list(recorded.scalars(select(Registration.number)))
        recorded.commit()
        act_as(recorded, SYSTEM)
        return found

    assert seen() == []
    place = make_placement(
        recorded, registration_id=pair.registration_id, family_id=pair.family_id, since=DAY
    )
    recorded.commit()
    assert seen() == ["AM-1"]
    place.until = DAY
    recorded.commit()
    assert seen() == []
