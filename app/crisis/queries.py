"""Every SELECT of the crisis desk."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, any_, exists, false, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.holding import REUNION_NEAR
from app.kernel.words import (
    CareForm,
    Rhythm,
)
from app.models import (
    BegunPair,
    CrisisCall,
    CrisisReport,
    CrisisState,
    DutyNumber,
    Family,
    FamilyMove,
    Occupation,
    Place,
    Placement,
    Provider,
    Registration,
    RegistrationState,
    holds_on,
)
from app.providers import current_code, find_provider

# Of today by the clock in Amsterdam, as the rest of the night.
_TODAY = func.date(func.timezone("Europe/Amsterdam", func.now()))
IS_FREE = (
    Place.is_offered,
    or_(Place.forms.is_(None), literal(CareForm.CRISIS.value) == any_(Place.forms)),
    or_(Place.available_from.is_(None), Place.available_from <= _TODAY),
    or_(Place.available_until.is_(None), Place.available_until >= _TODAY),
    Place.rhythm == Rhythm.FULL_TIME,
    ~exists().where(Occupation.place_id == Place.id, Occupation.released_at.is_(None)),
    # As a run has it: what was forgotten holds no bed back, nor does a child that is no longer
    # searched for.
    ~select(BegunPair.id)
    .join(Registration, Registration.id == BegunPair.registration_id)
    .where(
        BegunPair.place_id == Place.id,
        holds_on(_TODAY),
        Registration.state == RegistrationState.SEARCHING,
    )
    .exists(),
)

_MUST_REUNITE = and_(
    CrisisReport.reunite_by.is_not(None),
    func.coalesce(CrisisReport.reunite_by <= _TODAY + REUNION_NEAR.days, false()),
    exists().where(
        Occupation.crisis_report_id == CrisisReport.id, Occupation.released_at.is_(None)
    ),
)


class Called(NamedTuple):
    """A call with the family that was called."""

    call: CrisisCall
    provider: str
    family: str


def find_report(session: Session, report_id: UUID, *, lock: bool = False) -> CrisisReport | None:
    """Return a report, for this transaction alone where asked, or None."""
    statement = select(CrisisReport).where(CrisisReport.id == report_id)
    return session.scalar(statement.with_for_update() if lock else statement)


def list_reports(
    session: Session,
    *,
    state: CrisisState | None,
    must_reunite: bool | None = None,
    before: UUID | None,
    size: int,
) -> list[CrisisReport]:
    """Return reports, the newest first; must_reunite: as `to_reunite`."""
    statement = select(CrisisReport).order_by(CrisisReport.id.desc()).limit(size)
    if state is not None:
        statement = statement.where(CrisisReport.state == state)
    if must_reunite is not None:
        statement = statement.where(_MUST_REUNITE if must_reunite else not_(_MUST_REUNITE))
    if before is not None:
        statement = statement.where(CrisisReport.id < before)
    return list(session.scalars(statement))


def to_reunite(session: Session, ids: list[UUID]) -> set[UUID]:
    """Return those of reports whose beds part brothers and sisters longer than was said, or nearly.

    Who left the bed is not in it any more, so nothing is asked about that.
    """
    found = select(CrisisReport.id).where(among(CrisisReport.id, ids), _MUST_REUNITE)
    return set(session.scalars(found))


def calls_of(session: Session, report_id: UUID) -> list[Called]:
    """Return the calls for a report in the order in which they were made."""
    rows = session.execute(
        select(CrisisCall, Provider.code, Family.reference)
        .join(Family, Family.id == CrisisCall.family_id)
        .join(Provider, Provider.id == Family.provider_id)
        .where(CrisisCall.report_id == report_id)
        .order_by(CrisisCall.id)
    )
    return [Called._make(row) for row in rows]


def family_for_call(session: Session, provider: str, number: str) -> Family | None:
    """Return a family that nobody else locks a bed of until the transaction ends, or None.

    The code may be that of a list printed before its provider merged or was renamed.
    """
    return session.scalar(
        select(Family)
        .join(Provider, Provider.id == Family.provider_id)
        .where(Provider.code == current_code(session, provider), Family.reference == number)
        .with_for_update(of=Family)
    )


def family_called_so(session: Session, provider: str, number: str) -> Family | None:
    """Return as `family_for_call` a family that had this number before, also at another provider.

    A list printed before a transfer names it so; of several the one that had the number last.
    """
    named = find_provider(session, provider)
    if named is None:
        return None
    return session.scalar(
        select(Family)
        .join(FamilyMove, FamilyMove.family_id == Family.id)
        .where(FamilyMove.from_provider_id == named.source.id, FamilyMove.from_number == number)
        .order_by(FamilyMove.id.desc())
        .limit(1)
        .with_for_update(of=Family)
    )


def free_places(session: Session, family_id: UUID) -> list[UUID]:
    """Return the free full-time beds of a family, in their order."""
    return list(
        session.scalars(
            select(Place.id)
            .where(Place.family_id == family_id, *IS_FREE)
            .order_by(Place.ordinal)
            .with_for_update(of=Place)
        )
    )


def locked_beds(session: Session, report_id: UUID) -> list[Occupation]:
    """Return the beds that a report holds."""
    return list(
        session.scalars(
            select(Occupation).where(
                Occupation.crisis_report_id == report_id, Occupation.released_at.is_(None)
            )
        )
    )


def beds_awaited(session: Session, report_id: UUID) -> int:
    """Return how many beds of a report wait for their child to be linked."""
    return sum(bed.registration_id is None for bed in locked_beds(session, report_id))


def registration_of(session: Session, child_id: UUID) -> Registration | None:
    """Return a registration that nobody else can change until the transaction ends, or None."""
    return session.scalar(
        select(Registration)
        .where(Registration.id == child_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def crisis_home_of(session: Session, child_id: UUID) -> Placement | None:
    """Return the crisis placement in which a child lives by any registration of it, or None."""
    return session.scalar(
        select(Placement)
        .join(Registration, Registration.id == Placement.registration_id)
        .where(
            Registration.child_id == child_id,
            Placement.until.is_(None),
            Placement.form == CareForm.CRISIS,
        )
        .limit(1)
    )


def family_of_bed(session: Session, place_id: UUID) -> Family:
    """Return whose bed it is."""
    return session.get_one(Family, session.get_one(Place, place_id).family_id)


def stay_of(session: Session, registration_id: UUID) -> Placement | None:
    """Return where the child of a registration lives now, or None."""
    return session.scalar(
        select(Placement).where(
            Placement.registration_id == registration_id, Placement.until.is_(None)
        )
    )


def duty_numbers(session: Session) -> list[tuple[Provider, DutyNumber | None]]:
    """Return every provider that the asker may see a number of, with that number.

    Without those that merged into another: that one is called for their families.
    """
    rows = session.execute(
        select(Provider, DutyNumber)
        .outerjoin(DutyNumber, DutyNumber.provider_id == Provider.id)
        .where(Provider.merged_into_id.is_(None))
        .order_by(Provider.code)
    )
    return [(provider, number) for provider, number in rows]


def provider_with(session: Session, code: str) -> Provider | None:
    """Return the provider that a code stands for now, or None."""
    named = find_provider(session, code)
    return named.provider if named else None
