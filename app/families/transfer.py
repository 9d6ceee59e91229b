"""A family that goes to another provider: it keeps its history and loses its clearance.

The clearance (*verklaring van geen bezwaar*) was given on the request of the provider that
supported the family; another provider has to ask for its own before a placement may begin.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.events.catalogue import Occurrence
from app.events.of_family import tell_of_family
from app.families.move_queries import questions_at
from app.families.queries import family_for_change
from app.families.upsert import UNKNOWN_FAMILY, UNKNOWN_PROVIDER
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.models import Family, FamilyMove, Provider
from app.placed.steps import tell_step
from app.providers import NamedProvider, find_provider, lock_provider


@dataclass(frozen=True, slots=True)
class Transfer:
    """Which family goes to whom, under which number, from which day, and why."""

    provider: str
    number: str
    to_provider: str
    to_number: str
    on_day: date
    reason: str


def transfer_family(session: Session, *, actor: Actor, transfer: Transfer) -> Family:
    """Let a family go to another provider, and return it; what is told of it next comes from there.

    Raises NotFound, InputRefused, or Conflict where the new provider uses the number already.
    """
    if transfer.on_day > today_in_amsterdam():
        raise InputRefused("per: ligt in de toekomst; draag over op de dag zelf of daarna.")
    old, new = _both(session, transfer)
    # Who configures sees no families; that it may do this has been judged at the door.
    with as_system(session):
        family = family_for_change(session, old.id, transfer.number)
        if family is None:
            raise NotFound(UNKNOWN_FAMILY)
        if family_for_change(session, new.id, transfer.to_number) is not None:
            raise Conflict(
                "nummer: is bij de nieuwe aanbieder al van een gezin; geef het nummer dat dit "
                "gezin daar heeft."
            )
        tell_of_family(session, Occurrence.FAMILY_CHANGED, family.id)  # the old one, of its number
        _note_move(session, family, new, transfer=transfer, actor=actor)
        _hand_over(family, new, transfer.to_number)
        session.flush()
        _tell_new(session, family)
        return family


def _both(session: Session, transfer: Transfer) -> tuple[Provider, Provider]:
    old = find_provider(session, transfer.provider)
    new = find_provider(session, transfer.to_provider)
    if old is None:
        raise NotFound(UNKNOWN_PROVIDER)
    if new is None:
        raise InputRefused("aanbieder: is hier niet bekend; controleer de code.")
    if old.provider is new.provider:
        raise InputRefused("aanbieder: heeft dit gezin al; kies de nieuwe aanbieder.")
    _lock(session, old, new)
    return old.provider, new.provider


def _lock(session: Session, *named: NamedProvider) -> None:
    for provider in sorted((one.provider for one in named), key=lambda one: one.id):
        lock_provider(session, provider.id)
        session.refresh(provider)
        if provider.merged_into_id is not None:
            raise Conflict("Een aanbieder is zojuist in een andere opgegaan: herhaal het verzoek.")


def _note_move(
    session: Session, family: Family, new: Provider, *, transfer: Transfer, actor: Actor
) -> None:
    session.add(
        FamilyMove(
            family_id=family.id, from_provider_id=family.provider_id,
            from_number=family.reference, to_provider_id=new.id, to_number=transfer.to_number,
            is_merger=False, on_day=transfer.on_day, clearance_until=family.clearance_until,
            reason=transfer.reason, actor=actor.name,
        )
    )  # fmt: skip


def _tell_new(session: Session, family: Family) -> None:
    """Tell the new provider of the family, and of each question to it that waits for an answer."""
    tell_of_family(session, Occurrence.FAMILY_ADDED, family.id)
    for pair in questions_at(session, family.id, today=today_in_amsterdam()):
        tell_step(session, Occurrence.STEP_BEGUN, pair)


def _hand_over(family: Family, new: Provider, number: str) -> None:
    family.provider_id = family.source_id = new.id
    family.reference = number
    family.clearance_lapsed = family.clearance_until or family.clearance_lapsed
    family.clearance_until = None
    # The new provider's system has told nothing yet, and its moments are its own.
    family.content_hash, family.field_digests = "", None
