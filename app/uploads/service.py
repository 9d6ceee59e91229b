"""Accepting an upload, and confirming one that was held."""

from uuid import UUID

from procrastinate import App
from sqlalchemy.orm import Session

from app.imports.content import store_content
from app.imports.jobs import StepJob, family_step, history_step, registration_step
from app.jobs import queue_job
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import Conflict, InputRefused, NotAllowed, NotFound
from app.log.events import Event
from app.log.write import log
from app.models import ImportBatch, ImportKind, ImportState
from app.providers import NamedProvider, active_codes, find_provider
from app.settings import Settings
from app.uploads.queries import code_of, find_import, has_content, has_newer, is_merged
from app.uploads.receive import Received

BY_PEOPLE = (
    "bevestigd: dat er veel gezinnen ontbreken bevestigt een mens, niet het systeem zelf; laat "
    "dit weg, en laat een matcher de aangehouden import nakijken en bevestigen."
)
UNKNOWN = "Deze import bestaat niet: controleer het adres."


def accept_upload(
    session: Session, *, actor: Actor, queue: App, received: Received, settings: Settings
) -> ImportBatch:
    """Store an upload as it came and queue its first step, in one transaction.

    Raises InputRefused for a provider that is not known here, NotFound for another one than that
    of who asks, NotAllowed for what who asks has no part in.
    """
    wish = received.wish
    if wish.is_confirmed and actor.role is ActorRole.PROVIDER_SYSTEM:
        raise NotAllowed(BY_PEOPLE)
    named = name_provider(session, actor=actor, kind=wish.kind, code=wish.provider)
    batch = ImportBatch(
        kind=wish.kind,
        provider_id=named.provider.id if named else None,
        source_id=named.source.id if named else None,
        state=ImportState.RECEIVED,
        file=wish.file_name(),
        sha256=received.sha256,
        actor=actor.name,
        is_confirmed=wish.is_confirmed,
        asked_day=wish.asked_day(),
        mode=wish.mode,
        format=wish.format,
        read=0, added=0, changed=0, unchanged=0, refused=0, to_confirm=0, total=0, done=0,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    store_content(session, batch.id, received.stream, settings=settings)
    _queue(queue, session, _step_of(wish.kind, named.provider.code if named else None))
    log(
        Event.IMPORT_RECEIVED,
        import_id=str(batch.id),
        kind=wish.kind.value,
        provider=named.provider.code if named else None,
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
    if is_merged(session, batch):
        raise Conflict(
            "Deze import is van een aanbieder die intussen in een andere is opgegaan: bied een "
            "nieuwe export aan."
        )
    batch.state, batch.is_confirmed = ImportState.RECEIVED, True
    session.flush()
    _queue(queue, session, _step_of(batch.kind, code_of(session, batch)))
    return batch


def name_provider(
    session: Session, *, actor: Actor, kind: ImportKind, code: str | None
) -> NamedProvider | None:
    """Return whose families an upload brings; None for one of registrations.

    Row-level security would refuse the same, but only when the file has been stored.
    """
    if actor.is_of_provider and kind is not ImportKind.FAMILIES:
        raise NotAllowed("soort: een aanbieder stuurt alleen pleeggezinnen, geen aanmeldingen.")
    if code is None:
        return None
    named = find_provider(session, code)
    if actor.is_of_provider and (named is None or named.provider.id != actor.provider_id):
        raise NotFound("aanbieder: is hier niet bekend; stuur alleen de gezinnen van uw aanbieder.")
    if named is None:
        known = ", ".join(active_codes(session))
        raise InputRefused(f"aanbieder: is hier niet bekend; kies uit {known}.")
    return named


def _step_of(kind: ImportKind, provider: str | None) -> StepJob:
    if kind is ImportKind.HISTORY:
        return history_step()
    return registration_step() if provider is None else family_step(provider)


def _queue(queue: App, session: Session, job: StepJob) -> None:
    queue_job(queue, session, job.task, lock=job.lock, **job.arguments)
