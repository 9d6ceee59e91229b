"""What is noted of an operation: its name, about what it was, and how it ended. Nothing typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.kernel.actor import Actor
from app.kernel.addresses import number_of_path
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
}
_LONGEST = 200
_KEY = "audit.made"


@dataclass(frozen=True, slots=True)
class Noted:
    """An operation on something; None for a list or a search."""

    operation: str
    subject: str | None
    reference: str | None
    request_id: str | None


def noted_of(
    operation: str, path: str, parameters: Mapping[str, Any], request_id: str | None
) -> Noted:
    """Return what to note; path: the route's template, such as `/kinderen/{id}/stappen`."""
    word = path.lstrip("/").split("/", 1)[0]
    subject, names = _SUBJECTS.get(word, ("", ()))
    told = [number_of_path(str(parameters[name])) for name in names if name in parameters]
    if not told:
        return Noted(operation, None, None, request_id)
    return Noted(operation, subject, "/".join(told)[:_LONGEST], request_id)


def note(
    session: Session, noted: Noted, actor: Actor, outcome: AuditOutcome = AuditOutcome.DONE
) -> None:
    """Add the line in the session's transaction: it stands if and only if the work does."""
    made = session.info.get(_KEY, ())
    lines = [(noted.subject, noted.reference)] if noted.reference or not made else []
    lines += [pair for pair in made if pair not in lines]
    for subject, reference in lines:
        session.execute(
            # Inline: nothing is given back, for who adds a line may not read it.
            insert(AuditEvent)
            .inline()
            .values(
                operation=noted.operation,
                actor=actor.name,
                role=actor.role.value,
                provider_id=actor.provider_id,
                organisation=actor.organisation,
                subject=subject,
                reference=reference,
                outcome=outcome,
                request_id=noted.request_id,
            )
        )


def remember_made(session: Session, subject: str, made: UUID) -> None:
    """Let the line of this transaction tell what came into being in it."""
    session.info[_KEY] = (*session.info.get(_KEY, ()), (subject, str(made)))
