"""Asking the job that looks for ambulatory support, and offering what it found."""

from uuid import UUID

from procrastinate import App
from sqlalchemy.orm import Session

from app.jobs import AMBULATORY, queue_job
from app.kernel.actor import Actor
from app.kernel.errors import InputRefused
from app.kernel.strain import SupportKind
from app.models import AmbulatoryLine, SupportOffer
from app.strain.ambulatory_queries import line_for_offer


def queue_search(
    session: Session, queue: App, *, actor: Actor, placement_id: UUID | None = None
) -> None:
    """Queue the job: for one placement, or for all on the watch list."""
    told = str(placement_id) if placement_id else None
    queue_job(queue, session, AMBULATORY, lock=AMBULATORY, placement_id=told, actor=actor.name)


def take_line(
    session: Session, placement_id: UUID, line_id: UUID, kind: SupportKind
) -> AmbulatoryLine:
    """Return a line of a placement that is about to be offered; raises InputRefused."""
    if kind is not SupportKind.AMBULATORY:
        raise InputRefused("soort: een hulpvoorstel is ambulante hulp; kies 'ambulante hulp'.")
    line = line_for_offer(session, placement_id, line_id)
    if line is None or line.offer_id is not None:
        raise InputRefused(
            "hulpvoorstel: dit staat er niet (meer) bij deze plaatsing; lees de volglijst opnieuw."
        )
    return line


def mark_offered(line: AmbulatoryLine, offer: SupportOffer) -> None:
    """Let the offer know its support, and the line what came of it."""
    offer.ambulatory_id, line.offer_id = line.support_id, offer.id
