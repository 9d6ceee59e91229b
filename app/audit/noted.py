"""What is noted of an operation: its name, about what it was, and how it ended. Nothing typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from app.audit.purposes import load_purposes, purpose_of
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.addresses import number_of_path
from app.kernel.purposes import Purpose
from app.log.write import bound
from app.models import AuditEvent, AuditOutcome

# By the first word of a path: what its id is of, and which of its parameters tell it.
_SUBJECTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "kinderen": ("kind", ("id",)),
    "concepten": ("kind", ("id",)),
    "pleeggezinnen": ("pleeggezin", ("aanbieder", "nummer")),
    "crisismeldingen": ("crisismelding", ("id",)),
    "crisisnummers": ("nummer", ("aanbieder", "nummer")),
    "gezinsvragen": ("gezinsvraag", ("id",)),
    "matchruns": ("matchrun", ("id",)),
    "plaatsingen": ("plaatsing", ("id", "plaatsing")),
    "zorgsettingen": ("zorgsetting", ("aanbieder", "nummer")),
    "ambulante-hulpvormen": ("ambulante hulp", ("aanbieder", "nummer")),
    "respijtrondes": ("respijtronde", ("id",)),
    "imports": ("import", ("id",)),
    "abonnementen": ("abonnement", ("id",)),
    "aanbieders": ("aanbieder", ("code",)),
    "contracten": ("aanbieder", ("aanbieder",)),
    "weegfactoren": ("weegfactoren", ("versie",)),
    "vernietigingsverzoeken": ("vernietigingsverzoek", ("verzoek",)),
    "opschoningen": ("opschoning", ("opschoning",)),
    "jaarverslagen": ("jaarverslag", ("jaar",)),
    "zelfevaluaties": ("zelfevaluatie", ("gemeente", "jaar")),
    "noodtoegangen": ("noodtoegang", ("id",)),
}
# Inline: nothing is given back, for who adds a line may not read it. Made once and past the ORM,
# for every request adds a line.
_LINE = insert(cast("Table", AuditEvent.__table__)).inline()
_LONGEST = 200
_KEY = "audit.told"
WORKER_CLIENT, COMMAND_CLIENT = "pleegzorg-worker", "pleegzorg-opdracht"


@dataclass(frozen=True, slots=True)
class Noted:
    """An operation on something; None for a list or a search.

    client: the application that asked, by its name at the issuer of tokens.
    """

    operation: str
    subject: str | None
    reference: str | None
    request_id: str | None
    client: str | None = None
    purpose: Purpose = Purpose.UNKNOWN


def noted_of(
    operation: str,
    path: str,
    parameters: Mapping[str, Any],
    request_id: str | None,
    *,
    client: str | None = None,
) -> Noted:
    """Return what to note; path: the route's template, such as `/kinderen/{id}/stappen`."""
    word = path.lstrip("/").split("/", 1)[0]
    subject, names = _SUBJECTS.get(word, ("", ()))
    told = [number_of_path(str(parameters[name])) for name in names if name in parameters]
    about = "/".join(told)[:_LONGEST] or None
    purpose = purpose_of(operation)
    return Noted(operation, subject if about else None, about, request_id, client, purpose)


def note(
    session: Session, noted: Noted, actor: Actor, outcome: AuditOutcome = AuditOutcome.DONE
) -> None:
    """Add the line in the session's transaction: it stands if and only if the work does."""
    told = session.info.get(_KEY, ())
    own = [(noted.subject, noted.reference, outcome)] if noted.reference or not told else []
    more = ((subject, about, other or outcome) for subject, about, other in told)
    lines = [
        {
            "operation": noted.operation,
            "actor": actor.name,
            "role": actor.role.value,
            "provider_id": actor.provider_id,
            "organisation": actor.organisation,
            "subject": subject,
            "reference": reference,
            "outcome": ended,
            "request_id": noted.request_id,
            "client": noted.client,
            "purpose": noted.purpose,
            "trace_id": bound("trace_id"),
        }
        for subject, reference, ended in dict.fromkeys((*own, *more))
    ]
    session.connection().execute(_LINE, lines if len(lines) > 1 else lines[0])


def remember_made(session: Session, subject: str, made: UUID) -> None:
    """Let the line of this transaction tell what came into being in it."""
    remember(session, subject, str(made))


def remember(
    session: Session, subject: str, reference: str, outcome: AuditOutcome | None = None
) -> None:
    """Let this transaction leave a line about something that its address does not name.

    outcome: how it ended for that alone; None for as the operation itself ends.
    """
    session.info[_KEY] = (*session.info.get(_KEY, ()), (subject, reference[:_LONGEST], outcome))


def note_work(
    session: Session,
    work: str,
    *,
    client: str,
    actor: Actor = SYSTEM,
    about: tuple[str, str] | None = None,
) -> None:
    """Note work on personal data that no route did: of a command, a job or a screen.

    work: its name in `doelen.toml`; KeyError for another. actor: who asked, where that is known.
    about: what it was about, as a closed word and our own id.
    """
    subject, reference = about or (None, None)
    purpose = load_purposes("werk")[work]
    note(session, Noted(work, subject, reference, bound("request_id"), client, purpose), actor)


def asked_by(name: str) -> Actor:
    """Return the actor of a job: the system, under the name of who asked for it."""
    return Actor(name, ActorRole.SYSTEM)
