"""What goes in and out of the doors of the rights of a person; Dutch names only as aliases."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StrictStr, model_validator

from app.http.schema import Schema
from app.kernel.errors import InputRefused
from app.kernel.reading import text
from app.kernel.reading_days import DayStyle, day
from app.models import Asker, DisputedBy, ErasureState, LegalHoldKind, PurgeState, RefusalGround

Day = Annotated[date, BeforeValidator(day(DayStyle.ISO))]
Note = Annotated[StrictStr, AfterValidator(text), Field(max_length=2000)]
Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]
FieldName = Annotated[
    StrictStr, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,59}(\.[A-Za-z][A-Za-z0-9_]{0,59})?$")
]


class FilePart(Schema):
    """One part of a file: its lines, each by plain Dutch names."""

    title: str = Field(alias="naam", examples=["plaatsingen"])
    lines: list[dict[str, Any]] = Field(alias="regels")


class FileCopy(Schema):
    """All that is kept of a child, without what is of others."""

    child: UUID = Field(alias="kind")
    made_at: Instant = Field(alias="gemaaktOp")
    is_secret: bool = Field(
        alias="geheimePlaatsing",
        description="Dan ontbreekt ook wat zou vertellen waar het kind is.",
    )
    keep_until: date | None = Field(alias="bewaarTot")
    left_out: list[str] = Field(alias="weggelaten", description="Wat er niet in staat, en waarom.")
    parts: list[FilePart] = Field(alias="onderdelen")


class StatementIn(Schema):
    """What somebody states about a file, perhaps because a correction was refused."""

    field: FieldName | None = Field(
        None, alias="veld", description="Zoals in de aanmelding; zonder: het hele dossier."
    )
    stated_by: DisputedBy = Field(alias="verklaardDoor", examples=["kind"])
    text: Note = Field(alias="verklaring", examples=["Ik ben het hier niet mee eens."])
    refusal: Note | None = Field(
        None,
        alias="redenWeigering",
        description="Waarom de gevraagde correctie niet is gedaan; zonder: er is geen gevraagd.",
    )

    @model_validator(mode="after")
    def _refused_of_a_field(self) -> "StatementIn":
        if self.refusal is not None and self.field is None:
            raise InputRefused("veld: ontbreekt; noem het veld waarvan de correctie is geweigerd.")
        return self


class StatementMade(Schema):
    """What was made; short, because the answer is kept a while for a repeated request."""

    id: UUID


class StatementOut(Schema):
    """A statement in a file."""

    id: UUID
    field: str | None = Field(alias="veld")
    stated_by: DisputedBy = Field(alias="verklaardDoor")
    text: str = Field(alias="verklaring")
    refusal: str | None = Field(alias="redenWeigering")
    role: str = Field(alias="rol")
    at: Instant = Field(alias="op")


class StatementList(Schema):
    """All statements in a file, the newest first."""

    statements: list[StatementOut] = Field(alias="verklaringen")


class RequestIn(Schema):
    """Somebody asks that a file be destroyed."""

    asked_by: Asker = Field(alias="gevraagdDoor")
    asked_on: Day = Field(alias="gevraagdOp", examples=["2026-11-20"])
    note: Note | None = Field(None, alias="toelichting")


class DecisionIn(Schema):
    """What is decided about it."""

    grants: StrictBool = Field(alias="toegewezen")
    ground: RefusalGround | None = Field(
        None,
        alias="weigeringsgrond",
        description="Bij een weigering. Aanmerkelijk belang van een ander en wettelijke plicht: "
        "Jeugdwet 7.3.9 lid 2; vrager niet bevoegd: Jeugdwet 7.3.15.",
    )
    reason: Note = Field(alias="reden")


class RequestOut(Schema):
    """A request for destruction; after it was performed also the proof of that."""

    id: UUID
    child: UUID = Field(alias="kind")
    asked_by: Asker = Field(alias="gevraagdDoor")
    asked_on: date = Field(alias="gevraagdOp")
    due: date = Field(alias="uiterlijk", description="Dan moet het gedaan zijn: drie maanden.")
    state: ErasureState = Field(alias="stand")
    ground: RefusalGround | None = Field(alias="weigeringsgrond")
    decided_at: Instant | None = Field(alias="beslistOp")
    executed_at: Instant | None = Field(alias="uitgevoerdOp")
    counts: dict[str, int] = Field(
        alias="aantallen", description="Na de uitvoering: hoeveel rijen er weg zijn, per tabel."
    )


class RequestList(Schema):
    """Requests, the newest first."""

    requests: list[RequestOut] = Field(alias="verzoeken")


class HoldIn(Schema):
    """Why a file must stay, whatever its term says."""

    kind: LegalHoldKind = Field(alias="soort")
    note: Note = Field(alias="toelichting")


class HoldMade(Schema):
    """What was made."""

    id: UUID


class HoldOut(Schema):
    """A duty to keep a file."""

    id: UUID
    kind: LegalHoldKind = Field(alias="soort")
    note: str = Field(alias="toelichting")
    since: Instant = Field(alias="vanaf")
    lifted_at: Instant | None = Field(alias="opgehevenOp")


class TermOut(Schema):
    """Until when a file is kept, and why."""

    keep_until: date | None = Field(
        alias="bewaarTot", description="null zolang een bewaarplicht geldt."
    )
    last_change: Instant = Field(alias="laatsteWijziging")
    ground: str = Field(alias="grond")
    holds: list[HoldOut] = Field(alias="bewaarplichten")


class PurgeOut(Schema):
    """A purge: counts by class and table, nothing about anybody."""

    id: UUID
    state: PurgeState = Field(alias="stand")
    as_of: date = Field(alias="peildatum")
    due: dict[str, Any] = Field(alias="weg", description="Wat er weg mag: aantallen, oudste dag.")
    removed: dict[str, Any] = Field(alias="verwijderd")
    made_at: Instant = Field(alias="gemaaktOp")
    approved_at: Instant | None = Field(alias="goedgekeurdOp")
    finished_at: Instant | None = Field(alias="klaarOp")


class PurgeList(Schema):
    """The last purges, the newest first."""

    purges: list[PurgeOut] = Field(alias="opschoningen")
