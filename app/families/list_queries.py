"""The SELECTs behind the list of families: filtered, in pages, and what it offers as a whole."""

from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, Text, and_, any_, cast, exists, func, select, tuple_
from sqlalchemy.orm import Session

from app.families.queries import ListedFamily, listed_of
from app.freshness import must_confirm_first
from app.kernel.words import CareForm, FamilyStatus, Rhythm
from app.models import Family, FamilyForm, Occupation, Place, Provider

Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True)
class FamilyFilter:
    """Which families a list shows; None means all.

    number: part of the provider's own number. has_place: whether a place is free. is_stale:
    whether somebody should first call, `days` after the last word.
    """

    provider: str | None = None
    status: FamilyStatus | None = None
    form: CareForm | None = None
    number: str | None = None
    has_place: bool | None = None
    is_stale: bool | None = None
    days: int = 30


@dataclass(frozen=True, slots=True)
class Beds:
    """How many places families that take part in the search offer in a form and a rhythm."""

    form: CareForm
    rhythm: Rhythm
    free: int
    taken: int


# Asked once for a whole list, not for every place of it.
_TAKEN = select(Occupation.place_id).where(Occupation.released_at.is_(None))
_IS_TAKEN = Place.id.in_(_TAKEN)
_HAS_PLACE = Family.id.in_(select(Place.family_id).where(Place.is_offered, ~_IS_TAKEN))
_SEARCHED = and_(Family.status == FamilyStatus.ACTIVE, ~Family.needs_confirmation)


def list_families(
    session: Session, wanted: FamilyFilter, *, after: tuple[str, str] | None, size: int
) -> list[ListedFamily]:
    """Return at most size families by provider and number, those that follow `after`."""
    place = (Provider.code, Family.reference)
    statement = _joined(select(Family, Provider.code), wanted).limit(size)
    # Of one provider by number alone: an index has its families in that order, so that a page reads
    # no more of them than it shows.
    statement = statement.order_by(*(place[1:] if wanted.provider is not None else place))
    if after is not None:
        statement = statement.where(tuple_(*place) > after)
    found = session.execute(statement).all()
    return listed_of(session, [(family, code) for family, code in found])


def beds_of(session: Session, wanted: FamilyFilter) -> list[Beds]:
    """Return what families offer; a place of a family with two forms counts in both."""
    statement = (
        _joined(
            select(
                FamilyForm.form,
                Place.rhythm,
                func.count().filter(~_IS_TAKEN),
                func.count().filter(_IS_TAKEN),
            ).select_from(Family),
            wanted,
        )
        .join(FamilyForm, FamilyForm.family_id == Family.id)
        .join(
            Place,
            and_(
                Place.family_id == Family.id,
                Place.is_offered,
                Place.forms.is_(None) | (cast(FamilyForm.form, Text) == any_(Place.forms)),
            ),
        )
        .where(_SEARCHED)
        .group_by(FamilyForm.form, Place.rhythm)
    )
    return [Beds(*row) for row in session.execute(statement)]


def count_families(session: Session, wanted: FamilyFilter) -> dict[str, int]:
    """Return how many families there are, take part, pause, are to be asked about, are stale."""
    counts = {
        "families": func.count(),
        "searched": func.count().filter(_SEARCHED),
        "with_place": func.count().filter(_SEARCHED, _HAS_PLACE),
        "paused": func.count().filter(Family.status == FamilyStatus.PAUSED),
        "to_ask": func.count().filter(Family.needs_confirmation),
        "stale": func.count().filter(must_confirm_first(days=wanted.days)),
    }
    statement = _joined(select(*counts.values()).select_from(Family), wanted)
    row = session.execute(statement.where(Family.status != FamilyStatus.STOPPED)).one()
    return dict(zip(counts, row, strict=True))


def _joined(statement: Select[*Ts], wanted: FamilyFilter) -> Select[*Ts]:
    joined = statement.join(Provider, Provider.id == Family.provider_id)
    return joined.where(*_which(wanted))


def _which(wanted: FamilyFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.provider is not None:
        own = select(Provider.id).where(Provider.code == wanted.provider).scalar_subquery()
        found.append(Family.provider_id == own)
    if wanted.status is not None:
        found.append(Family.status == wanted.status)
    if wanted.form is not None:
        offers = (FamilyForm.family_id == Family.id) & (FamilyForm.form == wanted.form)
        found.append(exists().where(offers))
    if wanted.number is not None:
        found.append(Family.reference.icontains(wanted.number, autoescape=True))
    if wanted.has_place is not None:
        found.append(_HAS_PLACE if wanted.has_place else ~_HAS_PLACE)
    if wanted.is_stale is not None:
        stale = must_confirm_first(days=wanted.days)
        found.append(stale if wanted.is_stale else ~stale)
    return found
