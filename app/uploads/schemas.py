"""What the imports' door answers; Dutch names are aliases, here and nowhere else."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from app.http.schema import Schema
from app.models import FindingKind, ImportKind, ImportState


class ProgressOut(Schema):
    """How many records have been worked off, of how many."""

    done: Annotated[int, Field(alias="verwerkt")]
    total: Annotated[int, Field(alias="totaal")]


class CountsOut(Schema):
    """What an import did, in records."""

    read: Annotated[int, Field(alias="gelezen")]
    added: Annotated[int, Field(alias="nieuw")]
    changed: Annotated[int, Field(alias="gewijzigd")]
    unchanged: Annotated[int, Field(alias="gelijk")]
    refused: Annotated[int, Field(alias="geweigerd")]
    to_confirm: Annotated[int, Field(alias="navragen")]


class FindingOut(Schema):
    """A refused row, or a remark: where it stands in the file, and one sentence."""

    file: Annotated[str, Field(alias="bestand")]
    row: Annotated[int, Field(alias="rij")]
    field: Annotated[str, Field(alias="veld")]
    message: Annotated[str, Field(alias="melding")]
    record: Annotated[
        str, Field(alias="nummer", description="Nummer van het gezin of de aanmelding; of leeg.")
    ]


class KindOfFindingOut(FindingOut):
    """A finding with whether the row was refused or kept."""

    kind: Annotated[FindingKind, Field(alias="soort")]


class ImportSummary(Schema):
    """An import as a list shows it."""

    id: UUID
    kind: Annotated[ImportKind, Field(alias="soort")]
    provider: Annotated[str | None, Field(alias="aanbieder")]
    file: Annotated[str, Field(alias="bestand")]
    sha256: str
    state: Annotated[ImportState, Field(alias="stand")]
    failure: Annotated[
        str | None,
        Field(alias="reden", description="Waarom het hele bestand is geweigerd of mislukt."),
    ]
    received_at: Annotated[AwareDatetime, Field(alias="ontvangenOp")]
    finished_at: Annotated[AwareDatetime | None, Field(alias="afgerondOp")]
    snapshot_day: Annotated[
        date | None, Field(alias="peildatum", description="De dag die in het bestand staat.")
    ]
    progress: Annotated[ProgressOut, Field(alias="voortgang")]
    counts: Annotated[CountsOut, Field(alias="aantallen")]


class ImportOut(ImportSummary):
    """An import with its report: at most the first 500 refused rows and remarks."""

    refused: Annotated[list[FindingOut], Field(alias="geweigerd")]
    warnings: Annotated[list[FindingOut], Field(alias="waarschuwingen")]


class ImportList(Schema):
    """A page of imports, the newest first."""

    imports: list[ImportSummary]


class FindingList(Schema):
    """A page of findings."""

    findings: Annotated[list[KindOfFindingOut], Field(alias="bevindingen")]
