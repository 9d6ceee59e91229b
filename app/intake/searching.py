"""Finding a registration again, by its number or by the BSN of its child."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.db.encryption import digests_bsn
from app.intake.queries import known_registrations, registrations_with_bsn
from app.intake.schemas_out import SearchIn
from app.kernel.errors import InputRefused
from app.settings import Settings


def search_children(session: Session, *, wish: SearchIn, settings: Settings) -> list[UUID]:
    """Return the ids of the registrations with a number, or of the children with a BSN.

    Raises InputRefused unless exactly one of the two is asked.
    """
    if (wish.bsn is None) == (wish.number is None):
        raise InputRefused("bsn, aanmeldnummer: vul precies één van deze twee velden in.")
    if wish.number is not None:
        return [known.id for known in known_registrations(session, [wish.number]).values()]
    digests = digests_bsn(wish.bsn or "", settings)
    return [row.id for row in registrations_with_bsn(session, digests)]
