"""What the door of running placements answers: every row, and what became of it."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema


class RowResult(StrEnum):
    """What became of a row (*uitkomst*)."""

    TOLD = "nieuw"
    KNOWN = "gelijk"
    REFUSED = "geweigerd"


class RunningRow(Schema):
    """One row of the file; message: one sentence, of a refusal or of what is to be settled."""

    row: int = Field(alias="rij", description="De regel in het bestand; de kop is regel 1.")
    number: str = Field(alias="aanmeldnummer", description="Leeg als het niet te lezen is.")
    result: RowResult = Field(alias="uitkomst")
    field: str = Field(alias="veld", description="Bij een weigering; anders leeg.")
    message: str = Field(alias="melding", description="Een zin; leeg als er niets te zeggen is.")
    placement: UUID | None = Field(alias="plaatsing")


class RunningOut(Schema):
    """A file of running placements that was worked off."""

    import_id: UUID = Field(alias="import", description="Blijft te lezen op /v1/imports/{id}.")
    told: int = Field(alias="nieuw")
    known: int = Field(alias="gelijk")
    refused: int = Field(alias="geweigerd")
    rows: list[RunningRow] = Field(alias="regels")
