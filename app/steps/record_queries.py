"""The SELECTs on what is recorded of a begun pair, and on what runs said of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.kernel.phases import ConsentBy, MessageKind, ObjectionOutcome, Phase
from app.models import (
    MatchRun,
    Proposal,
    Provider,
    Registration,
    RunState,
    StepConsent,
    StepMessage,
    StepMove,
    StepObjection,
)
from app.models.match_run import REGION

_DONE = (MatchRun.region == REGION, MatchRun.state == RunState.DONE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the newest finished run said of a child with a family, and that run's policy file."""

    proposal: Proposal
    policy_text: str


def registration_of(session: Session, id_: UUID) -> Registration:
    """Return a registration that is there."""
    return session.get_one(Registration, id_)


def last_weighed(session: Session, registration_id: UUID, family_id: UUID) -> Weighed | None:
    """Return what the newest finished run that weighed a pair says of it, or None."""
    row = session.execute(
        select(Proposal, MatchRun.policy_text)
        .join(MatchRun, MatchRun.id == Proposal.run_id)
        .where(
            *_DONE,
            Proposal.registration_id == registration_id,
            Proposal.family_id == family_id,
        )
        .order_by(MatchRun.id.desc())
        .limit(1)
    ).first()
    return Weighed(*row) if row else None


def consents_of(session: Session, pair_id: UUID) -> list[StepConsent]:
    """Return the yeses to a placement, in the order in which they came."""
    which = StepConsent.pair_id == pair_id
    return list(session.scalars(select(StepConsent).where(which).order_by(StepConsent.id)))


def messages_of(session: Session, pair_id: UUID) -> list[StepMessage]:
    """Return what a provider and a coordinator said to each other, the oldest first."""
    which = StepMessage.pair_id == pair_id
    return list(session.scalars(select(StepMessage).where(which).order_by(StepMessage.id)))


def moves_of(session: Session, pair_id: UUID) -> list[StepMove]:
    """Return how a pair went from phase to phase, the oldest first."""
    which = StepMove.pair_id == pair_id
    return list(session.scalars(select(StepMove).where(which).order_by(StepMove.id)))


def objections_of(session: Session, pair_id: UUID) -> list[StepObjection]:
    """Return the objections of parents and child, the oldest first."""
    which = StepObjection.pair_id == pair_id
    return list(session.scalars(select(StepObjection).where(which).order_by(StepObjection.id)))


def find_objection(session: Session, pair_id: UUID, id_: UUID) -> StepObjection | None:
    """Return an objection to a step, or None."""
    return session.scalar(
        select(StepObjection)
        .where(StepObjection.id == id_, StepObjection.pair_id == pair_id)
        .execution_options(populate_existing=True)
    )


def has_said_yes(session: Session, pair_id: UUID, phase: Phase) -> bool:
    """Return whether the provider said yes in a phase."""
    told = (
        StepMessage.pair_id == pair_id,
        StepMessage.phase == phase,
        StepMessage.kind == MessageKind.YES,
    )
    return bool(session.scalar(select(exists().where(*told))))


def has_consent(session: Session, pair_id: UUID, by: ConsentBy) -> bool:
    """Return whether one of the two yeses to a placement is recorded."""
    told = (StepConsent.pair_id == pair_id, StepConsent.by == by)
    return bool(session.scalar(select(exists().where(*told))))


def outcomes_of(session: Session, pair_id: UUID) -> list[ObjectionOutcome | None]:
    """Return what came of each objection to a step, None where that is open."""
    return list(
        session.scalars(select(StepObjection.outcome).where(StepObjection.pair_id == pair_id))
    )


def code_of_provider(session: Session, id_: UUID | None) -> str | None:
    """Return the code of a provider, or None."""
    return session.scalar(select(Provider.code).where(Provider.id == id_))
