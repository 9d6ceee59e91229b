"""The way back from withdrawing a draft: for a few minutes, by who withdrew it."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.audit.noted import WORKER_CLIENT, note_work
from app.db.because import because
from app.db.sealing import unseal
from app.db.session import SessionMaker, session_for
from app.http.etag import require_match
from app.intake.drafts import USE, draft_to_change, write_draft
from app.intake.schemas_draft import DraftIn
from app.kernel.actor import SYSTEM, Actor
from app.kernel.clock import now
from app.kernel.errors import Conflict
from app.kernel.stages import Stage
from app.kernel.undo import UNDO_WITHIN, may_undo
from app.models import Draft
from app.settings import Settings

TOO_LATE = (
    "Het intrekken van dit concept kan niet meer terug: dat kan alleen wie het introk, tot vijf "
    "minuten erna. Begin een nieuw concept."
)
_TAKEN_BACK = "Het intrekken is teruggedraaid."


def restore_draft(
    session: Session, *, actor: Actor, draft_id: UUID, if_match: str | None, settings: Settings
) -> None:
    """Make a draft that was withdrawn a moment ago what it was; its history tells both.

    Raises NotFound, Conflict where it cannot be taken back (any more), those of require_match.
    """
    draft = draft_to_change(session, draft_id)
    is_kept = draft.state is Stage.WITHDRAWN and draft.kept is not None
    if not is_kept or not may_undo(actor, by=draft.kept_by, at=draft.kept_at):
        raise Conflict(TOO_LATE)
    require_match(if_match, draft.version)
    told = DraftIn.model_validate_json(unseal(draft.kept or b"", settings, use=USE, owner=draft.id))
    with because(session, _TAKEN_BACK, of=draft.id):
        draft.kept, draft.kept_by, draft.kept_at = None, None, None
        write_draft(draft, told, settings)


def forget_withdrawn(sessions: SessionMaker) -> None:
    """Let go of what withdrawn drafts told, once nobody can take that back any more."""
    with session_for(sessions, SYSTEM) as session:
        forgotten = session.scalars(
            update(Draft)
            .where(Draft.kept_at < now() - UNDO_WITHIN)
            .values(kept=None, kept_by=None, kept_at=None)
            .returning(Draft.id)
            .execution_options(synchronize_session=False)
        ).all()
        for draft in forgotten:
            about = ("kind", str(draft))
            note_work(session, "vergeetIngetrokkenConcepten", client=WORKER_CLIENT, about=about)
