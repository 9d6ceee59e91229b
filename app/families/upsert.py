"""One family at a time, by its provider's own number: made, changed, confirmed.

The rules are those of an import; what an import reports as a refused row is an error here.
"""

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.families.canonical import FamilyRecord
from app.families.move_queries import handed_over
from app.families.queries import family_for_change
from app.families.sorting import content_hash
from app.families.write import Owner, add_families, change_families, refresh_families
from app.http.etag import require_match
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import Conflict, NotFound, VersionConflict
from app.kernel.undo import may_undo
from app.models import Family, Provider
from app.providers import NamedProvider, find_provider, lock_provider

UNKNOWN_PROVIDER = "Deze aanbieder is hier niet bekend: controleer de naam in het adres."
UNKNOWN_FAMILY = "Dit gezin is hier niet bekend: controleer aanbieder en nummer in het adres."
_NOT_TAKEN_BACK = (
    "laatstBevestigdOp: deze bevestiging kan niet meer terug; dat kan alleen wie bevestigde, tot "
    "vijf minuten erna en als er sindsdien niets is gewijzigd. Pas zo nodig de beschikbaarheid aan."
)


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
    named = open_provider(session, actor, provider_code)
    owner = Owner(named.provider.id, named.source.id)
    stored = family_for_change(session, owner.provider_id, record.reference)
    if stored is not None:
        if must_be_new:
            raise VersionConflict(
                "If-None-Match: dit gezin bestaat al; lees het, en wijzig het met If-Match."
            )
        require_match(if_match, stored.version)
        if _change(session, stored, record):
            _tell(session, Occurrence.FAMILY_CHANGED, named.provider, record.reference)
        return False
    if if_match is not None:
        raise VersionConflict(
            "If-Match: dit gezin bestaat nog niet; laat deze header weg om het te maken."
        )
    if handed_over(session, {owner.provider_id, owner.source_id}, [record.reference]):
        raise Conflict(
            "nummer: dit gezin is overgedragen aan een andere aanbieder; die houdt het nu bij."
        )
    add_families(session, owner, [(record, content_hash(record))])
    _tell(session, Occurrence.FAMILY_ADDED, named.provider, record.reference)
    return True


def confirm_family(session: Session, *, actor: Actor, provider_code: str, reference: str) -> None:
    """Note that a family is still available: it takes part in the search again.

    Raises NotFound for an unknown provider or family.
    """
    named = open_provider(session, actor, provider_code)
    stored = family_for_change(session, named.provider.id, reference)
    if stored is None:
        raise NotFound(UNKNOWN_FAMILY)
    stored.confirmed_before, stored.asked_before = stored.confirmed_at, stored.needs_confirmation
    stored.needs_confirmation, stored.confirmed_at = False, now()
    stored.confirmed_by = actor.name
    session.flush()
    # Told by the database when the row was written, and no change of its own: one version on.
    session.execute(
        update(Family)
        .where(Family.id == stored.id)
        .values(confirmed_in=Family.changed_in)
        .execution_options(synchronize_session=False)
    )
    session.refresh(stored)
    _tell(session, Occurrence.FAMILY_CONFIRMED, named.provider, reference)


def take_back_confirmation(
    session: Session, *, actor: Actor, provider_code: str, reference: str
) -> None:
    """Make of a confirmation of a moment ago what it was; who follows the family reads it again.

    Raises NotFound; Conflict where somebody else confirmed it, it is too long ago, or anything
    happened to the family or one of its places since.
    """
    named = open_provider(session, actor, provider_code)
    stored = family_for_change(session, named.provider.id, reference)
    if stored is None:
        raise NotFound(UNKNOWN_FAMILY)
    is_last = stored.confirmed_in == stored.changed_in
    if not is_last or not may_undo(actor, by=stored.confirmed_by, at=stored.confirmed_at):
        raise Conflict(_NOT_TAKEN_BACK)
    stored.confirmed_at = stored.confirmed_before
    stored.needs_confirmation = bool(stored.asked_before)
    stored.confirmed_by, stored.confirmed_in, stored.confirmed_before = None, None, None
    stored.asked_before = None
    session.flush()
    _tell(session, Occurrence.FAMILY_CHANGED, named.provider, reference)


def _tell(session: Session, occurrence: Occurrence, provider: Provider, reference: str) -> None:
    emit(session, occurrence, provider_id=provider.id, provider=provider.code, family=reference)


def open_provider(session: Session, actor: Actor, code: str) -> NamedProvider:
    """Return a provider whose families nobody else changes as a whole until the commit.

    Raises NotFound for one that is unknown, or another than that of who asks.
    """
    named = find_provider(session, code)
    # To a provider the others' families do not exist; row-level security says the same, later.
    if named is None or actor.provider_id not in (None, named.provider.id):
        raise NotFound(UNKNOWN_PROVIDER)
    lock_provider(session, named.provider.id)
    session.refresh(named.provider)
    if named.provider.merged_into_id is not None:
        raise Conflict("Deze aanbieder is zojuist in een andere opgegaan: herhaal het verzoek.")
    return named


def _change(session: Session, stored: Family, record: FamilyRecord) -> bool:
    """Return whether the family says something else than before."""
    if stored.content_hash and record.updated_at < stored.source_updated_at:
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
