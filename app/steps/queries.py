"""Every SELECT of the steps slice."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Text, any_, cast, collate, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.kernel.rhythms import slots_left
from app.kernel.words import FamilyKind, Rhythm
from app.models import (
    BegunPair,
    BegunState,
    Family,
    MatchRun,
    Occupation,
    Place,
    Placement,
    Proposal,
    ProposalRole,
    Provider,
    RecordedNo,
    Registration,
    RegistrationState,
    RunState,
)
from app.models.match_run import REGION
from app.placed.secret import step_is_secret
from app.providers import current_code

# As the engine has it (app/matching/days.py), from the day of need on: a plan of last week holds.
_STEP = aliased(BegunPair)
_LAST_DAY = Registration.needed_from + cast(
    func.ceil(Registration.expected_months * (365.25 / 12)), Integer
)
_IS_FOR_CHILD = (
    or_(Place.forms.is_(None), cast(Registration.care_form, Text) == any_(Place.forms)),
    or_(
        Family.kind == FamilyKind.NETWORK,
        Place.available_until.is_(None),
        Place.available_until >= func.greatest(_LAST_DAY, func.current_date()),
    ),
)
RUNNING = BegunPair.state == BegunState.RUNNING


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A begun pair with its family's number and place of living, and its provider's code.

    is_secret: the parents may not know where the child will live.
    """

    pair: BegunPair
    reference: str
    place_name: str
    provider: str
    is_secret: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family that a run has for a child, as proposal or as alternative."""

    proposal: Proposal
    reference: str
    provider: str


def registration_for_step(session: Session, id_: UUID) -> Registration | None:
    """Return a registration that nobody else can change until the transaction ends, or None."""
    return session.scalar(
        select(Registration)
        .where(Registration.id == id_)
        # Not FOR UPDATE: who writes a row that only points here need not wait, so nobody waits
        # for each other in a circle.
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def family_for_step(session: Session, provider: str, reference: str) -> Family | None:
    """Return a family whose places nobody else can hold until the transaction ends, or None."""
    return session.scalar(
        select(Family)
        .join(Provider, Provider.id == Family.provider_id)
        .where(Provider.code == current_code(session, provider), Family.reference == reference)
        .with_for_update(of=Family, key_share=True)
    )


def lock_family(session: Session, family_id: UUID) -> None:
    """Let nobody else hold or give a place of a family until the transaction ends."""
    session.execute(select(Family.id).where(Family.id == family_id).with_for_update(key_share=True))


def is_registered(session: Session, id_: UUID) -> bool:
    """Return whether a registration exists."""
    return bool(session.scalar(select(exists().where(Registration.id == id_))))


def steps_of(
    session: Session, registration_id: UUID, step_id: UUID | None = None
) -> list[ShownStep]:
    """Return the steps of a child, or the one that is asked, the newest first."""
    statement = (
        select(
            BegunPair,
            Family.reference,
            Family.place_name,
            Provider.code,
            step_is_secret(registration_id),
        )
        .join(Family, Family.id == BegunPair.family_id)
        .join(Provider, Provider.id == Family.provider_id)
        .where(BegunPair.registration_id == registration_id)
        .order_by(BegunPair.id.desc())
    )
    if step_id is not None:
        statement = statement.where(BegunPair.id == step_id)
    return [ShownStep(*row) for row in session.execute(statement)]


def step_for_change(session: Session, registration_id: UUID, step_id: UUID) -> BegunPair | None:
    """Return a step of a child that nobody else can change until the transaction ends, or None."""
    return session.scalar(
        select(BegunPair)
        .where(BegunPair.id == step_id, BegunPair.registration_id == registration_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def stale_steps(session: Session, *which: ColumnElement[bool], today: date) -> list[BegunPair]:
    """Return running steps whose term has passed, or whose child left the search."""
    searching = Registration.state == RegistrationState.SEARCHING
    return list(
        session.scalars(
            select(BegunPair)
            .join(Registration, Registration.id == BegunPair.registration_id)
            .where(RUNNING, or_(BegunPair.held_until < today, ~searching), *which)
            .with_for_update(of=BegunPair)
        )
    )


def running_step(session: Session, registration_id: UUID) -> BegunPair | None:
    """Return what is begun for a child, or None."""
    return session.scalar(
        select(BegunPair).where(RUNNING, BegunPair.registration_id == registration_id)
    )


def has_said_no(session: Session, registration_id: UUID, family_id: UUID) -> bool:
    """Return whether a no is recorded between a child and a family."""
    told = (RecordedNo.registration_id == registration_id, RecordedNo.family_id == family_id)
    return bool(session.scalar(select(exists().where(*told))))


def free_slots(
    session: Session, family_id: UUID, *, child: UUID, besides: UUID | None = None
) -> dict[UUID, frozenset[Rhythm]]:
    """Return what is free of each bed that a family offers this child, in the order of its beds.

    child: the registration; a bed for other forms, or that ends before its stay, is none for it.
    besides: a step whose own hold does not count.
    """
    places = session.execute(
        select(Place.id, Place.rhythm)
        .join(Family, Family.id == Place.family_id)
        .join(Registration, Registration.id == child)
        .where(Place.family_id == family_id, Place.is_offered, *_IS_FOR_CHILD)
        .order_by(Place.ordinal)
    ).all()
    ids = [id_ for id_, _ in places]
    occupied = select(Occupation.place_id, Occupation.rhythm).where(
        Occupation.place_id.in_(ids), Occupation.released_at.is_(None)
    )
    held = select(BegunPair.place_id, BegunPair.rhythm).where(BegunPair.place_id.in_(ids), RUNNING)
    if besides is not None:
        held = held.where(BegunPair.id != besides)
    taken: dict[UUID, list[Rhythm]] = defaultdict(list)
    for place_id, rhythm in (*session.execute(occupied), *session.execute(held)):
        taken[place_id].append(rhythm)
    return {id_: slots_left(rhythm, taken[id_]) for id_, rhythm in places}


def has_sibling_at(
    session: Session, registration: Registration, family_id: UUID, day: date
) -> bool:
    """Return whether a child of the same sibling group is placed with a family on a day.

    One that sleeps there in a crisis bed is still searched for, and holds nobody there.
    """
    if registration.sibling_group_id is None:
        return False
    runs = or_(Placement.until.is_(None), Placement.until >= day)
    other = (
        select(Placement.id)
        .join(Registration, Registration.id == Placement.registration_id)
        .where(
            Placement.family_id == family_id,
            runs,
            ~Placement.is_bridging,
            Registration.sibling_group_id == registration.sibling_group_id,
            Registration.id != registration.id,
        )
    )
    return bool(session.scalar(select(other.exists())))


def newest_run(session: Session) -> UUID | None:
    """Return the newest run that succeeded, or None."""
    return session.scalar(
        select(MatchRun.id)
        .where(MatchRun.region == REGION, MatchRun.state == RunState.DONE)
        .order_by(MatchRun.id.desc())
        .limit(1)
    )


def candidates(session: Session, run_id: UUID, registration_id: UUID) -> list[Candidate]:
    """Return what a run has for a child and nobody said no to: the proposal, then the others."""
    roles = (ProposalRole.PROPOSED, ProposalRole.ALTERNATIVE)
    refused = exists().where(
        RecordedNo.registration_id == registration_id, RecordedNo.family_id == Proposal.family_id
    )
    rows = session.execute(
        select(Proposal, Family.reference, Provider.code)
        .join(Family, Family.id == Proposal.family_id)
        .join(Provider, Provider.id == Family.provider_id)
        .where(
            Proposal.run_id == run_id,
            Proposal.registration_id == registration_id,
            Proposal.role.in_(roles),
            ~refused,
        )
        .order_by(Proposal.role == ProposalRole.ALTERNATIVE, Proposal.rank)
    )
    return [Candidate(*row) for row in rows]


def first_choice_of(session: Session, run_id: UUID, family_id: UUID, *, besides: UUID) -> list[str]:
    """Return the other children, by number, for whom this family is what a run comes to first.

    Also those for whom people have begun there.
    """
    begun = exists().where(
        _STEP.registration_id == Registration.id,
        _STEP.family_id == family_id,
        _STEP.state == BegunState.RUNNING,
    )
    proposed = exists().where(
        Proposal.run_id == run_id,
        Proposal.registration_id == Registration.id,
        Proposal.family_id == family_id,
        Proposal.role.in_((ProposalRole.PROPOSED, ProposalRole.UNDERWAY)),
    )
    refused = exists().where(
        RecordedNo.registration_id == Registration.id, RecordedNo.family_id == family_id
    )
    rows = session.scalars(
        select(Registration.number)
        .where(
            Registration.id != besides,
            Registration.state == RegistrationState.SEARCHING,
            or_(begun, proposed),
            ~refused,
        )
        .order_by(collate(Registration.number, "C"))
    )
    return list(rows)
