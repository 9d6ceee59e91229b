"""From a stored draft to what its door shows."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.doubles import find_doubles
from app.intake.drafts import find_gaps_in, told_by
from app.intake.file_queries import Person
from app.intake.schemas import Incoming
from app.intake.schemas_draft import DraftBegun, DraftOut, DraftSummary, DraftTold
from app.intake.schemas_file import DoubleOut
from app.intake.views import show_missing
from app.kernel.stages import DRAFTS
from app.models import Draft
from app.settings import Settings

_SUMMARISED = ("id", "started_on", "number", "care_form", "urgency", "missing")


def show_draft(session: Session, draft: Draft, settings: Settings) -> DraftOut:
    """Return a draft with what it misses, and who may be the same child."""
    told = told_by(draft, settings)
    facts = told.model_dump(by_alias=True, exclude_unset=True)
    bsn = facts.pop("bsn", None)
    return DraftOut(
        id=draft.id,
        stage=draft.state,
        started_on=draft.started_on,
        bsn_known=bsn is not None,
        told=DraftTold.model_validate(facts),
        missing=show_missing(find_gaps_in(told) if draft.state in DRAFTS else []),
        doubles=_doubles(session, draft, told, settings),
    )


def show_begun(session: Session, draft_id: UUID, settings: Settings) -> DraftBegun:
    """Return a draft that was made a moment ago, in short, with who may be the same child."""
    draft = session.get_one(Draft, draft_id)
    return DraftBegun(
        id=draft.id,
        stage=draft.state,
        missing=draft.missing,
        doubles=_doubles(session, draft, told_by(draft, settings), settings),
    )


def _doubles(session: Session, draft: Draft, told: Incoming, settings: Settings) -> list[DoubleOut]:
    facts = told.model_dump(by_alias=True)
    person = Person(
        first_name=facts["voornaam"],
        born_on=facts["geboortedatum"],
        postcode=facts["postcode"],
        bsn=facts["bsn"],
    )
    return find_doubles(session, person, settings=settings, besides=draft.id)


def show_draft_line(draft: Draft) -> DraftSummary:
    """Return the line of a list for a draft."""
    return DraftSummary(**{name: getattr(draft, name) for name in _SUMMARISED}, stage=draft.state)
