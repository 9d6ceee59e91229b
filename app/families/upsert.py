"""One family at a time, by its provider's own number: made, changed, confirmed.

The rules are those of an import; what an import reports as a refused row is an error here.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.families.canonical import FamilyRecord, ListedPlace
from app.families.queries import family_for_change, find_provider, lock_imports
from app.families.readers.checks import check_family
from app.families.readers.dialect import Dialect
from app.families.readers.fields import Column, FieldWrong
from app.families.schemas import FamilyFields, FamilyIn
from app.families.sorting import content_hash
from app.families.write import add_families, change_families, refresh_families
from app.http.etag import require_match
from app.kernel.actor import Actor
from app.kernel.clock import AMSTERDAM, now, today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound, VersionConflict
from app.kernel.words import CARE_FORMS, PROBLEMS, FamilyKind
from app.models import Family, Provider

UNKNOWN_PROVIDER = "Deze aanbieder is hier niet bekend: controleer de naam in het adres."
UNKNOWN_FAMILY = "Dit gezin is hier niet bekend: controleer aanbieder en nummer in het adres."


def _as_it_is(value: object) -> Any:
    return value


# The names that the checks of the exports give to the fields here. Nothing is read through it.
_NAMES: dict[str, Any] = {
    name: Column(field.alias or name, _as_it_is)
    for name, field in FamilyFields.model_fields.items()
}
_DIALECT = Dialect(reference=Column("nummer", _as_it_is), **_NAMES)
_TIDY: dict[str, Callable[[Any], Any]] = {
    "carers_born": lambda years: tuple(sorted(years)),
    "own_children_born": lambda years: tuple(sorted(years)),
    "foster_children_born": lambda years: tuple(sorted(years)),
    "forms": lambda forms: tuple(form for form in CARE_FORMS if form in forms),
    "willingness": lambda given: {p: given[p] for p in PROBLEMS if p in given},
    "trainings": lambda words: tuple(sorted(set(words))),
    "pets": lambda words: tuple(sorted(set(words))),
    "languages": lambda words: tuple(sorted(set(words))),
}


def read_record(reference: str, told: FamilyIn) -> FamilyRecord:
    """Return the canonical family, its lists in the fixed order of the exports.

    Raises InputRefused, with the name of the field, where its fields contradict each other.
    """
    values = {name: getattr(told, name) for name in _NAMES}
    tidied = {name: tidy(values[name]) for name, tidy in _TIDY.items()}
    places = tuple(ListedPlace(told.rhythm, told.is_free) for told in told.places or ())
    record = FamilyRecord(reference=reference, **values | tidied, places=places)
    today = today_in_amsterdam()
    try:
        check_family(record, _DIALECT, last_year=today.year)
    except FieldWrong as error:
        raise InputRefused(f"{error.field}: {error.clause}.") from error
    if record.kind is FamilyKind.RECRUITED and record.network_for:
        raise InputRefused("netwerkVoor: hoort alleen bij een netwerkgezin; maak het null.")
    free = sum(place.is_free for place in places)
    if told.places is not None and (len(places), free) != (told.places_total, told.places_free):
        raise InputRefused(
            "plaatsen: het aantal bedden is niet plaatsenTotaal, of het aantal dat vrij is niet "
            "plaatsenVrij; maak ze gelijk."
        )
    if record.updated_at.astimezone(AMSTERDAM).date() > today:
        raise InputRefused("gewijzigdOp: ligt in de toekomst; verbeter het tijdstip.")
    return record


def put_family(
    session: Session,
    *,
    actor: Actor,
    provider_code: str,
    record: FamilyRecord,
    if_match: str | None,
    must_be_new: bool = False,
) -> bool:
    """Make or overwrite a family; return whether it is new.

    Raises NotFound for an unknown provider, PreconditionMissing or VersionConflict when the family
    exists and another version is named, Conflict for news that is older than what is stored.
    """
    provider = _open_provider(session, actor, provider_code)
    stored = family_for_change(session, provider.id, record.reference)
    if stored is not None:
        if must_be_new:
            raise VersionConflict(
                "If-None-Match: dit gezin bestaat al; lees het, en wijzig het met If-Match."
            )
        require_match(if_match, stored.version)
        if _change(session, stored, record):
            _tell(session, Occurrence.FAMILY_CHANGED, provider, record.reference)
        return False
    if if_match is not None:
        raise VersionConflict(
            "If-Match: dit gezin bestaat nog niet; laat deze header weg om het te maken."
        )
    add_families(session, provider.id, [(record, content_hash(record))])
    _tell(session, Occurrence.FAMILY_ADDED, provider, record.reference)
    return True


def confirm_family(session: Session, *, actor: Actor, provider_code: str, reference: str) -> None:
    """Note that a family is still available: it takes part in the search again.

    Raises NotFound for an unknown provider or family.
    """
    provider = _open_provider(session, actor, provider_code)
    stored = family_for_change(session, provider.id, reference)
    if stored is None:
        raise NotFound(UNKNOWN_FAMILY)
    stored.needs_confirmation, stored.confirmed_at = False, now()
    session.flush()
    _tell(session, Occurrence.FAMILY_CONFIRMED, provider, reference)


def _tell(session: Session, occurrence: Occurrence, provider: Provider, reference: str) -> None:
    emit(session, occurrence, provider_id=provider.id, provider=provider.code, family=reference)


def _open_provider(session: Session, actor: Actor, code: str) -> Provider:
    provider = find_provider(session, code)
    # To a provider the others' families do not exist; row-level security says the same, later.
    if provider is None or actor.provider_id not in (None, provider.id):
        raise NotFound(UNKNOWN_PROVIDER)
    lock_imports(session, provider.id)
    return provider


def _change(session: Session, stored: Family, record: FamilyRecord) -> bool:
    """Return whether the family says something else than before."""
    if record.updated_at < stored.source_updated_at:
        raise Conflict(
            "gewijzigdOp: dit is ouder dan wat al bekend is; er is niets veranderd. Lees het gezin "
            "en stuur de nieuwste gegevens."
        )
    content = content_hash(record)
    if content == stored.content_hash and not stored.needs_confirmation:
        refresh_families(session, [(stored.id, record.updated_at)])
        return False
    change_families(session, [(stored.id, record, content)])
    return True
