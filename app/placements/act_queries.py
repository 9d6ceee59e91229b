"""The SELECTs behind an act on a placement: what is locked, and which beds there are."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Text, any_, cast, exists, literal, or_, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.clock import today_in_amsterdam
from app.kernel.rhythms import slots_left
from app.kernel.words import CareForm, Rhythm
from app.models import (
    BegunPair,
    Family,
    FamilyForm,
    Occupation,
    Place,
    Placement,
    PlacementOrigin,
    Provider,
    RecordedNo,
    Registration,
    holds_on,
)
from app.providers import current_code


def registration_for_act(session: Session, id_: UUID) -> Registration | None:
    """Return a registration that nobody else can change until the transaction ends, or None."""
    return session.scalar(
        select(Registration)
        .where(Registration.id == id_)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def registrations_numbered(session: Session, numbers: Collection[str]) -> Sequence[Registration]:
    """Return registrations by their numbers, of those that the asker may see."""
    return session.scalars(select(Registration).where(among(Registration.number, numbers))).all()


def told_before(
    session: Session, registration: UUID, home: tuple[str, str], since: date
) -> UUID | None:
    """Return the placement of a child in a family from a day, told from outside; or None.

    home: the provider's code, and its own number of the family.
    """
    family = family_named(session, *home)
    return session.scalar(
        select(Placement.id).where(
            Placement.registration_id == registration,
            Placement.family_id == family,
            Placement.since == since,
            Placement.origin == PlacementOrigin.TOLD,
        )
    )


def placement_for_act(session: Session, id_: UUID) -> Placement | None:
    """Return a placement that nobody else can change until the transaction ends, or None."""
    return session.scalar(
        select(Placement)
        .where(Placement.id == id_)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def family_named(session: Session, provider: str, reference: str) -> UUID | None:
    """Return the id of a family by its provider and number, or None."""
    return session.scalar(
        select(Family.id)
        .join(Provider, Provider.id == Family.provider_id)
        .where(Provider.code == current_code(session, provider), Family.reference == reference)
    )


def lock_families(session: Session, ids: set[UUID]) -> dict[UUID, Family]:
    """Let nobody else give a place of families until the end; always in one order."""
    rows = session.scalars(
        select(Family)
        .where(Family.id.in_(ids))
        .order_by(Family.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {family.id: family for family in rows}


def has_running_step(session: Session, registration_id: UUID) -> bool:
    """Return whether people are busy with a family for a child."""
    told = (BegunPair.registration_id == registration_id, holds_on(today_in_amsterdam()))
    return bool(session.scalar(select(exists().where(*told))))


def has_said_no(session: Session, registration_id: UUID, family_id: UUID) -> bool:
    """Return whether a no is recorded between a child and a family."""
    told = (RecordedNo.registration_id == registration_id, RecordedNo.family_id == family_id)
    return bool(session.scalar(select(exists().where(*told))))


def offers(session: Session, family_id: UUID, form: CareForm) -> bool:
    """Return whether a family offers a form of care."""
    told = (FamilyForm.family_id == family_id, FamilyForm.form == form)
    return bool(session.scalar(select(exists().where(*told))))


def stays_over(
    session: Session, registration: Registration, since: date, *, besides: UUID | None = None
) -> list[Placement]:
    """Return where a child lives after a day, by any registration of it."""
    statement = (
        select(Placement)
        .join(Registration, Registration.id == Placement.registration_id)
        .where(
            Registration.child_id == registration.child_id,
            or_(Placement.until.is_(None), Placement.until > since),
        )
    )
    if besides is not None:
        statement = statement.where(Placement.id != besides)
    return list(session.scalars(statement))


def bed_in_use(session: Session, placement: Placement) -> tuple[Occupation, Place] | None:
    """Return the bed of its family that a placement uses, or None."""
    row = session.execute(
        select(Occupation, Place)
        .join(Place, Place.id == Occupation.place_id)
        .where(
            Occupation.registration_id == placement.registration_id,
            Occupation.released_at.is_(None),
            Place.family_id == placement.family_id,
        )
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def free_beds(
    session: Session, family_id: UUID, form: CareForm, *, day: date, besides: UUID | None = None
) -> dict[UUID, frozenset[Rhythm]]:
    """Return what is free of each bed that a family offers for a form, in the order of its beds.

    besides: an occupation that does not count, for the child that uses it now.
    """
    places = session.execute(
        select(Place.id, Place.rhythm)
        .where(
            Place.family_id == family_id,
            Place.is_offered,
            or_(Place.forms.is_(None), cast(literal(form.value), Text) == any_(Place.forms)),
            or_(Place.available_until.is_(None), Place.available_until >= day),
        )
        .order_by(Place.ordinal)
    ).all()
    ids = [id_ for id_, _ in places]
    occupied = select(Occupation.place_id, Occupation.rhythm).where(
        Occupation.place_id.in_(ids), Occupation.released_at.is_(None)
    )
    if besides is not None:
        occupied = occupied.where(Occupation.id != besides)
    held = select(BegunPair.place_id, BegunPair.rhythm).where(
        BegunPair.place_id.in_(ids), holds_on(today_in_amsterdam())
    )
    taken: dict[UUID, list[Rhythm]] = defaultdict(list)
    for place_id, rhythm in (*session.execute(occupied), *session.execute(held)):
        taken[place_id].append(rhythm)
    return {id_: slots_left(rhythm, taken[id_]) for id_, rhythm in places}
