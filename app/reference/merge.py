"""A provider that becomes part of another one (Spirit became part of Levvel).

Its families go along and keep their history. Whether their clearances lapse is not for this service
to guess: they do when another legal entity supports the family from then on, and they do not when
the entity itself went on under general title. The administrator says which it is (ADR 0038).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from app.db.bulk import insert_rows
from app.db.session import as_system
from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.kernel.actor import Actor
from app.kernel.errors import Conflict, InputRefused
from app.kernel.ids import new_id
from app.models import (
    DutyNumber,
    Family,
    FamilyMove,
    Provider,
    ProviderChangeKind,
    Subscription,
)
from app.providers import find_provider, lock_provider
from app.reference.providers import note_change, require_active, require_day
from app.reference.queries import (
    count_cleared,
    count_families,
    families_of,
    has_unfinished_imports,
    lock_providers,
    shared_numbers,
)

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Merger:
    """What an administrator says of a merger.

    clearance_lapses: the families' clearances end with it. system_stops: the old system no longer
    tells of its families; the successor's own one does. Else both go on, each for its own.
    """

    source: str
    into: str
    on_day: date
    clearance_lapses: bool
    system_stops: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merger did: how many families went along, and how many clearances lapsed."""

    source: Provider
    into: Provider
    families: int
    lapsed: int


def merge_providers(session: Session, *, actor: Actor, merger: Merger) -> Merged:
    """Let a provider become part of another, with all its families; as a whole or not at all.

    Raises NotFound, InputRefused, or Conflict: an upload is still being worked off, or both gave
    the same number to a family.
    """
    source = require_active(session, merger.source).provider
    into = require_active(session, merger.into).provider
    require_day(merger.on_day)
    if source is into:
        raise InputRefused("in: is dezelfde aanbieder; kies de aanbieder waarin deze opgaat.")
    lock_providers(session, source.id, into.id)
    for id_ in sorted((source.id, into.id)):
        lock_provider(session, id_)
    # Who configures may see no family; what happens here is judged by its role at the door.
    with as_system(session):
        _require_mergeable(session, source, into)
        merged = Merged(
            source,
            into,
            families=count_families(session, source.id),
            lapsed=count_cleared(session, source.id) if merger.clearance_lapses else 0,
        )
        _move_families(session, source.id, into.id, merger=merger, actor=actor)
        _move_doors(session, source.id, into.id)
    source.merged_into_id, source.merged_on = into.id, merger.on_day
    with as_system(session):
        # The successor's own cursor may lie past what the other had not read yet.
        told = {"provider": into.code, "joined": source.code}
        emit(session, Occurrence.PROVIDER_JOINED, provider_id=into.id, **told)
    note_change(
        session, source, kind=ProviderChangeKind.MERGED, on_day=merger.on_day, actor=actor,
        into=into, clearance_lapses=merger.clearance_lapses, families=merged.families,
    )  # fmt: skip
    return merged


def stop_system(session: Session, *, code: str) -> int:
    """Let the successor's own system tell of the families of a provider that has merged.

    Return of how many. Raises Conflict for a provider that has not.
    """
    named = find_provider(session, code)
    if named is None or named.source is named.provider:
        raise Conflict(f"'{code}' is niet in een andere aanbieder opgegaan: er valt niets te doen.")
    lock_provider(session, named.provider.id)
    with as_system(session):
        if has_unfinished_imports(session, named.provider.id):
            raise Conflict(_UNFINISHED)
        moved = session.scalars(
            update(Family)
            .where(Family.source_id == named.source.id)
            .values(source_id=named.provider.id, version=Family.version + 1)
            .returning(Family.id)
            .execution_options(synchronize_session=False)
        )
        return len(moved.all())


_UNFINISHED = (
    "Er wordt nog een import van deze aanbieders verwerkt: wacht tot die klaar is en herhaal dit."
)


def _require_mergeable(session: Session, source: Provider, into: Provider) -> None:
    if has_unfinished_imports(session, source.id, into.id):
        raise Conflict(_UNFINISHED)
    shared = shared_numbers(session, source.id, into.id)
    if shared:
        named = ", ".join(shared[:_MOST_NAMED]) + (", ..." if len(shared) > _MOST_NAMED else "")
        raise Conflict(
            f"Beide aanbieders gebruiken {len(shared)} dezelfde gezinsnummers ({named}): draag die "
            "gezinnen eerst één voor één over, onder een eigen nummer (_overdragen)."
        )


def _move_doors(session: Session, source_id: UUID, into_id: UUID) -> None:
    """Let subscriptions go along, and the duty number where the other has none.

    Contracts with municipalities do not: which of them go on is for the administrator to say.
    """
    session.execute(
        update(Subscription)
        .where(Subscription.provider_id == source_id)
        .values(provider_id=into_id)
        .execution_options(synchronize_session=False)
    )
    number = session.get(DutyNumber, source_id)
    if number is None or session.get(DutyNumber, into_id) is not None:
        return
    # Written anew: a number is sealed for the provider whose it is.
    phone, remark = number.phone, number.remark
    for provider_id, values in (
        (source_id, {"provider_id": into_id}),
        (into_id, {"phone": phone, "remark": remark}),
    ):
        session.execute(
            update(DutyNumber)
            .where(DutyNumber.provider_id == provider_id)
            .values(values)
            .execution_options(synchronize_session=False)
        )
    session.expunge(number)


def _move_families(
    session: Session, source_id: UUID, into_id: UUID, *, merger: Merger, actor: Actor
) -> None:
    moves = [
        {
            "id": new_id(), "family_id": id_, "from_provider_id": source_id,
            "from_number": number, "to_provider_id": into_id, "to_number": number,
            "is_merger": True, "on_day": merger.on_day, "reason": "", "actor": actor.name,
            "clearance_until": clearance if merger.clearance_lapses else None,
        }
        for id_, number, clearance in families_of(session, source_id)
    ]  # fmt: skip
    insert_rows(session, FamilyMove, moves)
    changes: dict[str, object] = {"provider_id": into_id, "version": Family.version + 1}
    if merger.system_stops:
        changes["source_id"] = into_id
    if merger.clearance_lapses:
        lapsed = func.coalesce(Family.clearance_until, Family.clearance_lapsed)
        changes |= {"clearance_lapsed": lapsed, "clearance_until": None}
    session.execute(
        update(Family)
        .where(Family.provider_id == source_id)
        .values(changes)
        .execution_options(synchronize_session=False)
    )
