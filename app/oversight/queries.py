"""Every SELECT of the log; row-level security shows it to an auditor alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, select
from sqlalchemy.orm import Session

from app.kernel.purposes import Purpose
from app.models import AuditEvent, AuditOutcome, Provider, Registration


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which lines; None means all. since, until: from an instant until, not with, another.

    number: of the registration that a line is about.
    """

    subject: str | None = None
    reference: str | None = None
    actor: str | None = None
    operation: str | None = None
    outcome: AuditOutcome | None = None
    since: datetime | None = None
    until: datetime | None = None
    client: str | None = None
    purpose: Purpose | None = None
    number: str | None = None


def clauses_of(wanted: LogFilter) -> list[ColumnElement[bool]]:
    """Return the conditions under which a line is wanted."""
    pairs = (
        (AuditEvent.subject, wanted.subject),
        (AuditEvent.reference, wanted.reference),
        (AuditEvent.actor, wanted.actor),
        (AuditEvent.operation, wanted.operation),
        (AuditEvent.outcome, wanted.outcome),
        (AuditEvent.client, wanted.client),
        (AuditEvent.purpose, wanted.purpose),
    )
    found = [column == value for column, value in pairs if value is not None]
    if wanted.number is not None:
        child = select(cast(Registration.id, Text)).where(Registration.number == wanted.number)
        found += [AuditEvent.subject == "kind", AuditEvent.reference == child.scalar_subquery()]
    if wanted.since is not None:
        found.append(AuditEvent.at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditEvent.at < wanted.until)
    return found


def log_lines(
    session: Session, wanted: LogFilter, *, before: int | None, size: int
) -> Sequence[Any]:
    """Return at most size lines, the newest first, older than `before`: line and provider's code.

    The database shows them to the session's actor only where that is an auditor.
    """
    statement = (
        select(AuditEvent, Provider.code)
        .outerjoin(Provider, Provider.id == AuditEvent.provider_id)
        .where(*clauses_of(wanted))
        .order_by(AuditEvent.id.desc())
        .limit(size)
    )
    if before is not None:
        statement = statement.where(AuditEvent.id < before)
    return session.execute(statement).all()
