"""Every SELECT of the families slice."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, tuple_
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.families.places import KnownPlace
from app.kernel.words import CareForm, FamilyStatus, HousemateRole, Problem, Willingness
from app.models import (
    BegunPair,
    BegunState,
    Family,
    FamilyForm,
    FamilyWillingness,
    Housemate,
    Occupation,
    Place,
    Provider,
)


@dataclass(frozen=True, slots=True)
class KnownFamily:
    """What an import must know of a stored family; source_id: whose system tells of it."""

    id: UUID
    content_hash: str
    source_updated_at: datetime
    needs_confirmation: bool
    is_stopped: bool
    source_id: UUID


@dataclass(frozen=True, slots=True)
class StoredFamily:
    """A family with its provider's code and all that hangs on it.

    places: only those that are offered, in their order, each with whether it is free.
    from_outside: where a child from outside the region lives, also of families read beside it.
    """

    family: Family
    provider: str
    forms: list[CareForm]
    willingness: dict[Problem, Willingness]
    born: dict[HousemateRole, list[int]]
    places: list[tuple[Place, bool]]
    from_outside: set[UUID]


@dataclass(frozen=True, slots=True)
class ListedFamily:
    """A family as a list shows it; places: those that are offered, each with whether it is free.

    from_outside: of all listed, the places where a child from outside the region lives.
    """

    family: Family
    provider: str
    forms: list[CareForm]
    places: list[tuple[Place, bool]]
    from_outside: set[UUID]


# Two children may use one bed in different rhythms: asked by EXISTS, a bed stays one row.
_IS_OCCUPIED = (Occupation.place_id == Place.id, Occupation.released_at.is_(None))
# Registered, or in crisis with the file still to come: no export gives such a bed away.
_BY_A_CHILD_OF_OURS = Occupation.registration_id.is_not(None) | Occupation.crisis_report_id.is_not(
    None
)


def known_families(session: Session, provider_id: UUID) -> dict[str, KnownFamily]:
    """Return the stored families of a provider by the provider's own number."""
    return _known(session, Family.provider_id == provider_id)


def each_known_family(
    session: Session, provider_id: UUID, *, source_id: UUID, until: datetime
) -> Iterator[tuple[str, KnownFamily]]:
    """Yield the families of a provider that one system tells of, with their numbers.

    Only some at a time are in memory. until: not those of whom was heard after this instant.
    """
    own = (Family.provider_id == provider_id, Family.source_id == source_id)
    yield from _each_known(session, *own, heard_until(until))


def heard_until(instant: datetime) -> ColumnElement[bool]:
    """Return whether the last word on a family came at an instant or before it.

    Of later news an export that was received then says nothing: it may have waited for days.
    """
    words = (Family.created_at, Family.confirmed_at, Family.source_updated_at)
    return func.greatest(*words) <= instant


def known_among(
    session: Session, provider_id: UUID, references: Collection[str]
) -> dict[str, KnownFamily]:
    """Return those of a provider's families that have one of the numbers."""
    return _known(session, Family.provider_id == provider_id, among(Family.reference, references))


def _known(session: Session, *which: ColumnElement[bool]) -> dict[str, KnownFamily]:
    return dict(_each_known(session, *which))


def _each_known(session: Session, *which: ColumnElement[bool]) -> Iterator[tuple[str, KnownFamily]]:
    rows = session.execute(
        select(
            Family.reference,
            Family.id,
            Family.content_hash,
            Family.source_updated_at,
            Family.needs_confirmation,
            Family.status,
            Family.source_id,
        )
        .where(*which)
        .execution_options(yield_per=1000)
    )
    for reference, id_, content, updated, confirm, status, source in rows:
        is_stopped = status is FamilyStatus.STOPPED
        yield reference, KnownFamily(id_, content, updated, confirm, is_stopped, source)


def digests_of(session: Session, ids: list[UUID]) -> dict[UUID, dict[str, str] | None]:
    """Return the digest of each field of families as their provider last told it, by family."""
    rows = session.execute(select(Family.id, Family.field_digests).where(among(Family.id, ids)))
    return dict(rows.all())


def known_places(session: Session, family_ids: list[UUID]) -> dict[UUID, list[KnownPlace]]:
    """Return the place rows of families, with whether and by whom each is in use."""
    is_running = BegunPair.state == BegunState.RUNNING
    rows = session.execute(
        select(
            Place.family_id,
            Place.id,
            Place.ordinal,
            Place.rhythm,
            Place.is_offered,
            exists().where(*_IS_OCCUPIED),
            exists().where(*_IS_OCCUPIED, _BY_A_CHILD_OF_OURS),
            exists().where(BegunPair.place_id == Place.id, is_running),
            Place.forms,
            Place.available_from,
            Place.available_until,
        ).where(among(Place.family_id, family_ids))
    )
    places: dict[UUID, list[KnownPlace]] = defaultdict(list)
    for family_id, place_id, ordinal, rhythm, offered, occupied, by_child, held, *offer in rows:
        places[family_id].append(
            KnownPlace(
                id=place_id,
                ordinal=ordinal,
                rhythm=rhythm,
                is_offered=offered,
                is_occupied=occupied,
                by_child=by_child,
                is_held=held,
                offer=(tuple(offer[0] or ()), offer[1], offer[2]),
            )
        )
    return places


def family_for_change(session: Session, provider_id: UUID, reference: str) -> Family | None:
    """Return a family that nobody else can change until the transaction ends, or None."""
    return session.scalar(
        select(Family)
        .where(Family.provider_id == provider_id, Family.reference == reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def forms_of(session: Session, family_id: UUID) -> list[CareForm]:
    """Return the forms of care that a family offers, in no order."""
    return list(session.scalars(select(FamilyForm.form).where(FamilyForm.family_id == family_id)))


def find_family(session: Session, provider: Provider, reference: str) -> StoredFamily | None:
    """Return a family by its provider and number, as it stands now, or None."""
    found = find_families(session, [(provider.id, reference)])
    return found[0] if found else None


def find_families(session: Session, keys: Collection[tuple[UUID, str]]) -> list[StoredFamily]:
    """Return families by the id of their provider and their number, as they stand now.

    All that hangs on them in one question for each kind, however many families.
    """
    named = session.execute(
        select(Family, Provider.code)
        .join(Provider, Provider.id == Family.provider_id)
        .where(tuple_(Family.provider_id, Family.reference).in_(keys))
        .execution_options(populate_existing=True)
    ).all()
    ids = [family.id for family, _ in named]
    if not ids:
        return []
    forms, places = _forms(session, ids), _offered(session, ids)
    willingness, born = _willingness(session, ids), _born(session, ids)
    outside = places_from_outside(session, ids)
    return [
        StoredFamily(
            family=family,
            provider=code,
            forms=forms[family.id],
            willingness=willingness[family.id],
            born=born[family.id],
            places=places[family.id],
            from_outside=outside,
        )
        for family, code in named
    ]


def listed_of(session: Session, found: Sequence[tuple[Family, str]]) -> list[ListedFamily]:
    """Return families, each with its provider's code, as a list shows them."""
    ids = [family.id for family, _ in found]
    forms, places, outside = (
        _forms(session, ids),
        _offered(session, ids),
        places_from_outside(session, ids),
    )
    return [
        ListedFamily(family, code, forms[family.id], places[family.id], outside)
        for family, code in found
    ]


def _forms(session: Session, ids: list[UUID]) -> dict[UUID, list[CareForm]]:
    rows = session.execute(
        select(FamilyForm.family_id, FamilyForm.form).where(among(FamilyForm.family_id, ids))
    )
    found: dict[UUID, list[CareForm]] = defaultdict(list)
    for family_id, form in rows:
        found[family_id].append(form)
    return found


def _willingness(session: Session, ids: list[UUID]) -> dict[UUID, dict[Problem, Willingness]]:
    rows = session.execute(
        select(
            FamilyWillingness.family_id, FamilyWillingness.problem, FamilyWillingness.answer
        ).where(among(FamilyWillingness.family_id, ids))
    )
    found: dict[UUID, dict[Problem, Willingness]] = defaultdict(dict)
    for family_id, problem, answer in rows:
        found[family_id][problem] = answer
    return found


def _born(session: Session, ids: list[UUID]) -> dict[UUID, dict[HousemateRole, list[int]]]:
    rows = session.execute(
        select(Housemate.family_id, Housemate.role, Housemate.birth_year)
        .where(among(Housemate.family_id, ids))
        .order_by(Housemate.birth_year)
    )
    found: dict[UUID, dict[HousemateRole, list[int]]] = defaultdict(lambda: defaultdict(list))
    for family_id, role, year in rows:
        found[family_id][role].append(year)
    return found


def places_from_outside(session: Session, family_ids: Collection[UUID]) -> set[UUID]:
    """Return the places of families where a child from outside the region lives."""
    return set(
        session.scalars(
            select(Occupation.place_id)
            .join(Place, Place.id == Occupation.place_id)
            .where(
                among(Place.family_id, family_ids),
                Occupation.released_at.is_(None),
                Occupation.from_outside,
            )
        )
    )


def _offered(session: Session, ids: list[UUID]) -> dict[UUID, list[tuple[Place, bool]]]:
    rows = session.execute(
        select(Place, ~exists().where(*_IS_OCCUPIED))
        .where(among(Place.family_id, ids), Place.is_offered)
        .order_by(Place.ordinal)
        .execution_options(populate_existing=True)
    )
    found: dict[UUID, list[tuple[Place, bool]]] = defaultdict(list)
    for place, is_free in rows:
        found[place.family_id].append((place, is_free))
    return found
