"""Finding a registration or a draft again, by its number or by the BSN of its child."""

from sqlalchemy.orm import Session

from app.db.encryption import digests_bsn
from app.intake.draft_doubles import drafts_of
from app.intake.draft_queries import written_drafts
from app.intake.file_queries import Person
from app.intake.queries import known_registrations, registrations_with_bsn
from app.intake.schemas_out import SearchIn, SearchOut
from app.kernel.errors import InputRefused
from app.models import Draft
from app.settings import Settings


def search_children(session: Session, *, wish: SearchIn, settings: Settings) -> SearchOut:
    """Return the registrations with a number or of the children with a BSN, and such drafts.

    Of what the asker may see: a draft that somebody writes is told of as it is among doubles.
    Raises InputRefused unless exactly one of the two is asked.
    """
    if (wish.bsn is None) == (wish.number is None):
        raise InputRefused("bsn, aanmeldnummer: vul precies één van deze twee velden in.")
    if wish.number is not None:
        known = known_registrations(session, [wish.number]).values()
        drafts = written_drafts(session, Draft.number == wish.number)
        return SearchOut(ids=[one.id for one in known], drafts=[one.id for one in drafts])
    found = registrations_with_bsn(session, digests_bsn(wish.bsn or "", settings))
    person = Person(first_name=None, born_on=None, postcode=None, bsn=wish.bsn)
    alike = drafts_of(session, person, besides=None, settings=settings)
    return SearchOut(ids=[row.id for row in found], drafts=[one.id for one in alike])
