"""What the door of the log tells."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from app.http.schema import Schema
from app.models import AuditOutcome

Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]


class LogLine(Schema):
    """Who did what, when, about what."""

    at: Instant = Field(alias="op")
    operation: str = Field(alias="handeling", description="De naam uit dit contract.")
    description: str = Field(alias="omschrijving", description="Wat die handeling doet.")
    actor: str = Field(alias="wie", description="Hoe de uitgever van de tokens iemand noemt.")
    role: str = Field(alias="rol")
    provider: str | None = Field(alias="aanbieder")
    organisation: str | None = Field(alias="organisatie")
    subject: str | None = Field(alias="onderwerp")
    reference: str | None = Field(alias="kenmerk")
    outcome: AuditOutcome = Field(alias="uitkomst")
    request_id: str | None = Field(
        alias="verzoek", description="Zo heet het verzoek ook in het technische logboek."
    )


class LogPage(Schema):
    """One page, the newest first; the header Link leads to the next one."""

    lines: list[LogLine] = Field(alias="regels")
