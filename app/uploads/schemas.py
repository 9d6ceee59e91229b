"""What the imports' door answers; Dutch names are aliases, here and nowhere else."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from app.http.schema import Schema
from app.models import ChangeKind, FindingKind, ImportKind, ImportState


class ProgressOut(Schema):
    """How many records have been worked off, of how many."""

    done: Annotated[int, Field(alias="verwerkt")]
    total: Annotated[int, Field(alias="totaal")]


class CountsOut(Schema):
    """What an import did, in records."""

    read: Annotated[int, Field(alias="gelezen")]
    added: Annotated[int, Field(alias="nieuw")]
    changed: Annotated[
        int, Field(alias="gewijzigd", description="Anders dan ze waren, ook wie terug is.")
    ]
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


class ChangeCountsOut(Schema):
    """How many records are not as they were, by kind, and where they are listed."""

    added: Annotated[int, Field(alias="nieuw")]
    changed: Annotated[int, Field(alias="gewijzigd")]
    asked_about: Annotated[
        int,
        Field(alias="navragen", description="Ontbraken in de export: beschikbaarheid navragen."),
    ]
    back: Annotated[
        int, Field(alias="terug", description="Stonden op navragen en staan weer in de export.")
    ]
    listed_at: Annotated[
        str, Field(alias="lijst", description="Het adres van de lijst met alle wijzigingen.")
    ]


class ChangeOut(Schema):
    """A record that an import added, changed, asks about or put back."""

    ordinal: Annotated[int, Field(alias="volgnummer", description="In de import, vanaf 1.")]
    kind: Annotated[ChangeKind, Field(alias="soort")]
    provider: Annotated[
        str | None, Field(alias="aanbieder", description="Van het gezin; null bij een aanmelding.")
    ]
    number: Annotated[
        str,
        Field(alias="nummer", description="Nummer van de aanmelding, of van het gezin."),
    ]
    fields: Annotated[
        list[str] | None,
        Field(
            alias="velden",
            description="De namen van de gewijzigde velden, nooit wat erin staat; leeg bij nieuw "
            "en navragen, null als niet bekend is wat er eerder per veld stond.",
            examples=[["bereidheid.lvb", "plaatsenVrij"]],
        ),
    ]


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

    changes: Annotated[ChangeCountsOut, Field(alias="wijzigingen")]
    refused: Annotated[list[FindingOut], Field(alias="geweigerd")]
    warnings: Annotated[list[FindingOut], Field(alias="waarschuwingen")]


class ImportList(Schema):
    """A page of imports, the newest first."""

    imports: list[ImportSummary]


class FindingList(Schema):
    """A page of findings."""

    findings: Annotated[list[KindOfFindingOut], Field(alias="bevindingen")]


class ChangeList(Schema):
    """A page of changes, in the order in which they were made."""

    changes: Annotated[list[ChangeOut], Field(alias="wijzigingen")]
