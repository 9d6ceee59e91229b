"""Every SELECT of the crisis desk."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import numpy as np
from sqlalchemy import Select, any_, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from app.crisis.beds import Home
from app.db.bulk import among
from app.kernel.clock import AMSTERDAM
from app.kernel.postcode import distance_km, pc4_of
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    HousemateRole,
    Problem,
    Rhythm,
    Willingness,
)
from app.models import (
    BegunPair,
    BegunState,
    CrisisCall,
    CrisisReport,
    CrisisState,
    DutyNumber,
    Family,
    FamilyForm,
    FamilyPhone,
    FamilyWillingness,
    Housemate,
    Occupation,
    Place,
    Placement,
    PostcodeArea,
    Provider,
    Registration,
)

# Of today by the clock in Amsterdam, as the rest of the night.
_TODAY = func.date(func.timezone("Europe/Amsterdam", func.now()))
_IS_FREE = (
    Place.is_offered,
    or_(Place.forms.is_(None), literal(CareForm.CRISIS.value) == any_(Place.forms)),
    or_(Place.available_from.is_(None), Place.available_from <= _TODAY),
    or_(Place.available_until.is_(None), Place.available_until >= _TODAY),
    Place.rhythm == Rhythm.FULL_TIME,
    ~exists().where(Occupation.place_id == Place.id, Occupation.released_at.is_(None)),
    ~exists().where(BegunPair.place_id == Place.id, BegunPair.state == BegunState.RUNNING),
)


class Listed(NamedTuple):
    """A family of the night with its provider and numbers."""

    family: Family
    provider: str
    phone: str | None
    duty_phone: str | None
    free: int
    youngest_carer_born: int | None


class Called(NamedTuple):
    """A call with the family that was called."""

    call: CrisisCall
    provider: str
    family: str


def find_homes(session: Session, *, today: date, postcode: str | None) -> list[Home]:
    """Return every family with a free crisis bed tonight; postcode: where the child is."""
    rows = [Listed._make(row) for row in session.execute(_homes(today))]
    ids = [row.family.id for row in rows]
    willing = _willingness(session, ids)
    km = _kilometres(session, [row.family.postcode for row in rows], postcode)
    return [_home(row, willing[row.family.id], km[n]) for n, row in enumerate(rows)]


def _homes(today: date) -> Select[tuple[Family, str, str | None, str | None, int, int | None]]:
    free = select(func.count(Place.id)).where(Place.family_id == Family.id, *_IS_FREE)
    born = select(func.max(Housemate.birth_year)).where(
        Housemate.family_id == Family.id, Housemate.role == HousemateRole.CARER
    )
    return (
        select(
            Family,
            Provider.code,
            FamilyPhone.phone,
            DutyNumber.phone,
            free.scalar_subquery(),
            born.scalar_subquery(),
        )
        .join(Provider, Provider.id == Family.provider_id)
        .join(FamilyForm, FamilyForm.family_id == Family.id)
        .outerjoin(FamilyPhone, FamilyPhone.family_id == Family.id)
        .outerjoin(DutyNumber, DutyNumber.provider_id == Family.provider_id)
        .where(
            FamilyForm.form == CareForm.CRISIS,
            Family.kind == FamilyKind.RECRUITED,
            Family.status == FamilyStatus.ACTIVE,
            or_(Family.available_from.is_(None), Family.available_from <= today),
            or_(Family.available_until.is_(None), Family.available_until >= today),
            free.scalar_subquery() > 0,
        )
        .order_by(Provider.code, Family.reference)
    )


def _home(row: Listed, willing: dict[Problem, Willingness], km: float | None) -> Home:
    family = row.family
    told = max(filter(None, (family.confirmed_at, family.source_updated_at)))
    return Home(
        family_id=family.id, provider=row.provider, number=family.reference, name=family.name,
        place=family.place_name, phone=row.phone, duty_phone=row.duty_phone, free=row.free,
        max_siblings=family.max_siblings, min_age=family.min_age, max_age=family.max_age,
        gender_preference=family.gender_preference, willingness=willing,
        pets=frozenset(family.pets), smokes=family.smokes, wheelchair=family.wheelchair,
        youngest_carer_born=row.youngest_carer_born, prepared=family.prepared,
        clearance_until=family.clearance_until, needs_confirmation=family.needs_confirmation,
        told_on=told.astimezone(AMSTERDAM).date(), km=km,
    )  # fmt: skip


def _willingness(
    session: Session, family_ids: list[UUID]
) -> dict[UUID, dict[Problem, Willingness]]:
    found: dict[UUID, dict[Problem, Willingness]] = defaultdict(dict)
    rows = session.execute(
        select(
            FamilyWillingness.family_id, FamilyWillingness.problem, FamilyWillingness.answer
        ).where(among(FamilyWillingness.family_id, family_ids))
    )
    for family_id, problem, answer in rows:
        found[family_id][problem] = answer
    return found


def _kilometres(session: Session, postcodes: Sequence[str], here: str | None) -> list[float | None]:
    """Return how far each postcode is from here; None where either is not on the map."""
    areas = [pc4_of(code) for code in postcodes]
    wanted = {*areas, *([pc4_of(here)] if here else [])}
    rows = session.execute(
        select(PostcodeArea.pc4, PostcodeArea.lat, PostcodeArea.lon).where(
            among(PostcodeArea.pc4, wanted)
        )
    )
    at = {pc4: (lat, lon) for pc4, lat, lon in rows}
    if here is None or pc4_of(here) not in at or not areas:
        return [None] * len(areas)
    nowhere = (np.nan, np.nan)
    lat, lon = np.array([at.get(area, nowhere) for area in areas]).T
    from_lat, from_lon = (np.array(value) for value in at[pc4_of(here)])
    found = distance_km(from_lat, from_lon, lat, lon)
    return [None if np.isnan(km) else round(float(km), 1) for km in found]


def find_report(session: Session, report_id: UUID, *, lock: bool = False) -> CrisisReport | None:
    """Return a report, for this transaction alone where asked, or None."""
    statement = select(CrisisReport).where(CrisisReport.id == report_id)
    return session.scalar(statement.with_for_update() if lock else statement)


def list_reports(
    session: Session, *, state: CrisisState | None, before: UUID | None, size: int
) -> list[CrisisReport]:
    """Return reports, the newest first."""
    statement = select(CrisisReport).order_by(CrisisReport.id.desc()).limit(size)
    if state is not None:
        statement = statement.where(CrisisReport.state == state)
    if before is not None:
        statement = statement.where(CrisisReport.id < before)
    return list(session.scalars(statement))


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
    """Return a family that nobody else locks a bed of until the transaction ends, or None."""
    return session.scalar(
        select(Family)
        .join(Provider, Provider.id == Family.provider_id)
        .where(Provider.code == provider, Family.reference == number)
        .with_for_update(of=Family)
    )


def free_places(session: Session, family_id: UUID) -> list[UUID]:
    """Return the free full-time beds of a family, in their order."""
    return list(
        session.scalars(
            select(Place.id)
            .where(Place.family_id == family_id, *_IS_FREE)
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


def families_locked(session: Session, report_id: UUID) -> list[UUID]:
    """Return the families of which a report holds a bed."""
    return list(
        session.scalars(
            select(Place.family_id)
            .join(Occupation, Occupation.place_id == Place.id)
            .where(Occupation.crisis_report_id == report_id, Occupation.released_at.is_(None))
            .distinct()
        )
    )


def registration_of(session: Session, child_id: UUID) -> Registration | None:
    """Return a registration that nobody else can change until the transaction ends, or None."""
    return session.scalar(
        select(Registration)
        .where(Registration.id == child_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
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
    """Return every provider that the asker may see a number of, with that number."""
    rows = session.execute(
        select(Provider, DutyNumber)
        .outerjoin(DutyNumber, DutyNumber.provider_id == Provider.id)
        .order_by(Provider.code)
    )
    return [(provider, number) for provider, number in rows]


def provider_with(session: Session, code: str) -> Provider | None:
    """Return the provider with a code, or None."""
    return session.scalar(select(Provider).where(Provider.code == code))
