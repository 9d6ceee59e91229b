"""Which run, and which child of it, a question is about."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.errors import Conflict
from app.models.match_run import REGION
from app.proposals.queries import find_run
from app.proposals.question_queries import newest_done_run, number_of
from app.proposals.standing import Standing, standing_of

_NO_RUN = "Er is nog geen matchrun klaar: vraag er een aan."


def asked_run(session: Session, run_id: UUID | None) -> Standing:
    """Return the run asked about, the newest that is done for None; NotFound or Conflict."""
    if run_id is not None:
        return standing_of(session, find_run(session, run_id))
    run = newest_done_run(session, REGION)
    if run is None:
        raise Conflict(_NO_RUN)
    return standing_of(session, run)


def asked_child(
    session: Session, registration_id: UUID, run_id: UUID | None
) -> tuple[Standing, int]:
    """Return the run asked about and the position of a child in it; NotFound or Conflict."""
    number = number_of(session, registration_id)
    standing = asked_run(session, run_id)
    return standing, standing.child(number)
