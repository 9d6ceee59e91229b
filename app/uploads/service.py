"""Accepting an upload, and confirming one that was held."""

from uuid import UUID

from procrastinate import App
from sqlalchemy.orm import Session

from app.imports.content import store_content
from app.imports.jobs import StepJob, family_step, registration_step
from app.jobs import queue_job
from app.kernel.actor import Actor
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.log.events import Event
from app.log.write import log
from app.models import ImportBatch, ImportState
from app.settings import Settings
from app.uploads.queries import code_of, find_import, has_content, has_newer, provider_codes
from app.uploads.receive import Received

UNKNOWN = "Deze import bestaat niet: controleer het adres."


def accept_upload(
    session: Session, *, actor: Actor, queue: App, received: Received, settings: Settings
) -> ImportBatch:
    """Store an upload as it came and queue its first step, in one transaction.

    Raises InputRefused for a provider that is not known here.
    """
    wish = received.wish
    batch = ImportBatch(
        kind=wish.kind,
        provider_id=_provider_id(session, wish.provider),
        state=ImportState.RECEIVED,
        file=wish.file_name(),
        sha256=received.sha256,
        actor=actor.name,
        is_confirmed=wish.is_confirmed,
        asked_day=wish.asked_day(),
        read=0, added=0, changed=0, unchanged=0, refused=0, to_confirm=0, total=0, done=0,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    store_content(session, batch.id, received.stream, settings=settings)
    _queue(queue, session, _step_of(wish.provider))
    log(
        Event.IMPORT_RECEIVED,
        import_id=str(batch.id),
        kind=wish.kind.value,
        provider=wish.provider,
        bytes=received.bytes,
    )
    return batch


def confirm_import(session: Session, *, queue: App, import_id: UUID) -> ImportBatch:
    """Let a held import be worked off after all; it is read again from the start.

    Raises NotFound, or Conflict when it is not held or a later export has come in since.
    """
    batch = find_import(session, import_id, lock=True)
    if batch is None:
        raise NotFound(UNKNOWN)
    if batch.state is not ImportState.HELD:
        raise Conflict(
            f"Deze import is {batch.state.value}: alleen een aangehouden import is te bevestigen."
        )
    if not has_content(session, batch.id) or has_newer(session, batch):
        raise Conflict(
            "Deze import is niet meer te bevestigen, er is een nieuwere of hij kwam niet via de "
            "API: bied een nieuwe export aan."
        )
    batch.state, batch.is_confirmed = ImportState.RECEIVED, True
    session.flush()
    _queue(queue, session, _step_of(code_of(session, batch)))
    return batch


def _provider_id(session: Session, code: str | None) -> UUID | None:
    if code is None:
        return None
    known = provider_codes(session)
    if code not in known:
        raise InputRefused(f"aanbieder: is hier niet bekend; kies uit {', '.join(known)}.")
    return known[code]


def _step_of(provider: str | None) -> StepJob:
    return registration_step() if provider is None else family_step(provider)


def _queue(queue: App, session: Session, job: StepJob) -> None:
    queue_job(queue, session, job.task, lock=job.lock, **job.arguments)
