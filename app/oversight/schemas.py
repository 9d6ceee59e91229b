"""What the door of the log tells."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from app.http.schema import Schema
from app.kernel.purposes import Purpose
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
    client: str | None = Field(alias="toepassing", description="Welke het vroeg (client_id).")
    purpose: Purpose = Field(alias="doel", description="Waarvoor; noodtoegang is een noodgeval.")
    responsible: str = Field(
        alias="verantwoordelijke", description="Voor wie werd gewerkt: aanbieder of organisatie."
    )
    trace_id: str | None = Field(alias="spoor", description="Het spoor door alle systemen heen.")


class LogPage(Schema):
    """One page, the newest first; the header Link leads to the next one."""

    lines: list[LogLine] = Field(alias="regels")


class SealOut(Schema):
    """A seal on a batch of lines; it holds all seals before it."""

    number: int = Field(alias="nummer")
    first: int = Field(alias="eersteRegel")
    last: int = Field(alias="laatsteRegel")
    count: int = Field(alias="aantal")
    sealed_at: Instant = Field(alias="gezetOp")
    newest_at: Instant = Field(alias="nieuwsteRegelOp")
    key: str = Field(alias="sleutel", description="Vingerafdruk van de openbare sleutel.")
    digest: str = Field(alias="zegel", description="SHA-256; bewaar hem buiten deze dienst.")


class CheckOut(Schema):
    """How verifying the chain went the last time."""

    at: Instant = Field(alias="op")
    seals: int = Field(alias="zegels")
    lines: int = Field(alias="aantalRegels")
    is_whole: bool = Field(alias="isHeel")
    broken_seal: int | None = Field(alias="gebrokenZegel")
    broken_line: int | None = Field(alias="gebrokenRegel")
    why: str | None = Field(alias="reden")


class SealState(Schema):
    """How far the log is sealed."""

    seals: list[SealOut] = Field(alias="zegels", description="De laatste eerst.")
    unsealed: int = Field(alias="nietVerzegeld", description="Hoeveel regels nog wachten.")
    oldest: Instant | None = Field(alias="oudsteOnverzegeld")
    check: CheckOut | None = Field(alias="controle")
    public_key: str = Field(alias="openbareSleutel", description="Ed25519, in hexadecimaal.")
