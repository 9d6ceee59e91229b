"""Rows for tests: complete and valid, so that a test names only what it is about."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.encryption import digest_bsn, encrypt_bsn
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    Gender,
    GenderPreference,
    OtherChildrenWish,
    Problem,
    Urgency,
    VisitPlace,
)
from app.models import (
    Child,
    ChildBsn,
    Family,
    FamilyForm,
    Place,
    Placement,
    PlacementOrigin,
    Provider,
    Registration,
    RegistrationProblem,
    RegistrationState,
)
from app.settings import Settings


def make_family(
    session: Session,
    *,
    reference: str,
    provider: str = "spirit",
    provider_id: UUID | None = None,
    places: int = 1,
    forms: tuple[CareForm, ...] = (CareForm.LONG_TERM,),
    **changes: Any,
) -> Family:
    """Insert a willing family with free places in Amsterdam."""
    owner = provider_id or session.scalar(select(Provider.id).where(Provider.code == provider))
    values: dict[str, Any] = {
        "provider_id": owner, "reference": reference, "name": "Jansen",
        "kind": FamilyKind.RECRUITED, "status": FamilyStatus.ACTIVE, "postcode": "1011AB",
        "place_name": "Amsterdam", "available_from": date(2026, 1, 1), "available_until": None,
        "min_age": 0, "max_age": 18, "gender_preference": GenderPreference.NONE,
        "max_siblings": 2, "experience_years": 3.0, "trainings": [], "cooperation": 4,
        "pets": [], "smokes": False, "wheelchair": False, "languages": ["Nederlands"],
        "faith": None, "clearance_until": date(2030, 1, 1), "prepared": True, "respite": True,
        "network_for": None, "needs_confirmation": False,
        "source_updated_at": datetime(2026, 10, 1, tzinfo=UTC), "content_hash": reference,
    } | changes  # fmt: skip
    family = Family(**values)
    session.add(family)
    session.flush()
    session.add_all([FamilyForm(family_id=family.id, form=form) for form in forms])
    session.add_all([Place(family_id=family.id, ordinal=n + 1) for n in range(places)])
    session.flush()
    return family


@cache
def _settings() -> Settings:
    # Frozen, and read from the environment for four milliseconds.
    return Settings(database_url=None)


def make_registration(
    session: Session, *, number: str, bsn: str | None = None, **changes: Any
) -> Registration:
    """Insert a child of six that needs a long-term place in Amsterdam."""
    child = Child(first_name="Noor", born_on=date(2020, 5, 1), gender=Gender.GIRL)
    session.add(child)
    session.flush()
    if bsn is not None:
        settings = _settings()
        session.add(
            ChildBsn(
                child_id=child.id,
                ciphertext=encrypt_bsn(bsn, settings, child=child.id),
                digest=digest_bsn(bsn, settings),
            )
        )
    values: dict[str, Any] = {
        "child_id": child.id, "number": number, "state": RegistrationState.SEARCHING,
        "care_form": CareForm.LONG_TERM, "urgency": Urgency.REGULAR, "referrer": "lokaal team",
        "legal_frame": "vrijwillig", "order_issued_on": None, "order_setting": None,
        "postcode": "1012AB", "municipality": "Amsterdam", "staying_now": "thuis",
        "leave_by": None, "registered_on": date(2026, 9, 1), "needed_from": date(2026, 10, 1),
        "expected_months": 18, "school_postcode": None, "keep_school": False,
        "sibling_group_id": None, "sibling_wish": None, "sdq_total": 10,
        "earlier_placements": 0, "earlier_breakdowns": 0, "residential_past": False,
        "allergies": [], "needs_smoke_free": False, "needs_wheelchair": False,
        "languages": ["Nederlands"], "faith_wish": None, "visits_per_month": 2,
        "visit_place": VisitPlace.NEUTRAL, "secret_placement": False,
        "network_researched": True, "network_family": None, "network_refused_reason": None,
        "mentor": None, "other_children": OtherChildrenWish.NONE, "child_voice": "",
        "big5": {}, "content_hash": number,
    } | changes  # fmt: skip
    registration = Registration(**values)
    session.add(registration)
    session.flush()
    session.add_all(
        [
            RegistrationProblem(registration_id=registration.id, problem=problem, severity=0)
            for problem in Problem
        ]
    )
    session.flush()
    return registration


def make_placement(
    session: Session, *, registration_id: UUID, family_id: UUID, since: date, **more: Any
) -> Placement:
    """Insert a child that lives with a family."""
    registration = session.get_one(Registration, registration_id)
    values: dict[str, Any] = {
        "registration_id": registration_id,
        "family_id": family_id,
        "provider_id": session.get_one(Family, family_id).provider_id,
        "since": since,
        "form": registration.care_form,
        "rhythm": registration.rhythm,
        "origin": PlacementOrigin.DECISION,
    }
    placement = Placement(**values | more)
    session.add(placement)
    session.flush()
    return placement
