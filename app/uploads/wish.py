"""What a sender says of an upload in the query, and how the day in it is read."""

from datetime import date
from typing import Annotated, Protocol

from pydantic import Field

from app.http.schema import Schema
from app.kernel.errors import InputRefused
from app.models import ImportFormat, ImportKind, ImportMode

# A file name that is only that: no path, nothing hidden, and at most 240 bytes long.
FILE_NAME = r"^[0-9A-Za-zÀ-ÿ_][0-9A-Za-zÀ-ÿ_ .()+\-]{0,119}$"


class Wish(Protocol):
    """What is known of an upload before anybody has looked into it.

    mode: whether what it does not name is missing. provider: a code, None for registrations.
    """

    @property
    def kind(self) -> ImportKind: ...  # noqa: D102
    @property
    def provider(self) -> str | None: ...  # noqa: D102
    @property
    def mode(self) -> ImportMode: ...  # noqa: D102
    @property
    def format(self) -> ImportFormat: ...  # noqa: D102
    @property
    def is_confirmed(self) -> bool: ...  # noqa: D102

    def file_name(self) -> str:
        """Return the name by which its report calls it."""

    def asked_day(self) -> date | None:
        """Return the day on which it is judged; None is today."""

    def check(self) -> None:
        """Raise InputRefused when its parts do not go together."""


class BulkWish(Schema):
    """The query of many families in one call; an unknown key is refused."""

    provider: Annotated[
        str,
        Field(
            alias="aanbieder",
            pattern="^[a-z][a-z0-9-]{1,39}$",
            description="Van welke aanbieder de gezinnen zijn.",
            examples=["spirit"],
        ),
    ]
    mode: Annotated[
        ImportMode,
        Field(
            alias="modus",
            description="aanvullend: wie ontbreekt blijft zoals hij is. volledig: wie ontbreekt "
            "wordt navragen; ontbreekt meer dan 20%, dan wordt alles aangehouden.",
        ),
    ] = ImportMode.PARTIAL
    is_confirmed: Annotated[
        bool,
        Field(
            alias="bevestigd",
            description="Bij volledig: verwerk ook als meer dan 20% ontbreekt. Alleen van mensen.",
        ),
    ] = False

    @property
    def kind(self) -> ImportKind:
        """Families, and nothing else."""
        return ImportKind.FAMILIES

    @property
    def format(self) -> ImportFormat:
        """As the contract writes a family."""
        return ImportFormat.API

    def file_name(self) -> str:
        """Return what stands for the name of a file in the report."""
        return f"pleeggezinnen-{self.provider}"

    def asked_day(self) -> date | None:
        """Return None: what is told now is judged today."""
        return None

    def check(self) -> None:
        """Every combination is possible."""


class HistoryWish(Schema):
    """The query of a file with past placements; an unknown key is refused."""

    file: Annotated[
        str | None,
        Field(
            alias="bestandsnaam",
            pattern=FILE_NAME,
            description="Naam van het bestand, zoals het verslag hem noemt.",
            examples=["plaatsingen-historie.csv"],
        ),
    ] = None

    @property
    def kind(self) -> ImportKind:
        """Past placements, and nothing else."""
        return ImportKind.HISTORY

    @property
    def provider(self) -> str | None:
        """Of nobody: the file names no family."""
        return None

    @property
    def mode(self) -> ImportMode:
        """What a file does not name stays."""
        return ImportMode.PARTIAL

    @property
    def format(self) -> ImportFormat:
        """As `plaatsingen-historie.csv` is written."""
        return ImportFormat.EXPORT

    @property
    def is_confirmed(self) -> bool:
        """Nothing of it is ever held."""
        return False

    def file_name(self) -> str:
        """Return the name of the file, or its usual one."""
        return self.file or "plaatsingen-historie.csv"

    def asked_day(self) -> date | None:
        """Return None: it is judged today."""
        return None

    def check(self) -> None:
        """Every combination is possible."""


class UploadWish(Schema):
    """The query of an upload; an unknown key is refused."""

    kind: Annotated[ImportKind, Field(alias="soort", description="Wat het bestand bevat.")]
    provider: Annotated[
        str | None,
        Field(
            alias="aanbieder",
            pattern="^[a-z][a-z0-9-]{1,39}$",
            description="Van welke aanbieder de export is; alleen bij pleeggezinnen.",
            examples=["spirit"],
        ),
    ] = None
    file: Annotated[
        str | None,
        Field(
            alias="bestandsnaam",
            pattern=FILE_NAME,
            description="Naam van het bestand, zoals het verslag hem noemt.",
            examples=["pleeggezinnen-spirit.csv"],
        ),
    ] = None
    is_confirmed: Annotated[
        bool,
        Field(
            alias="bevestigd",
            description="Verwerk ook als meer dan 20% van de bekende gezinnen ontbreekt. Alleen "
            "van mensen.",
        ),
    ] = False
    day: Annotated[
        str | None,
        Field(
            alias="peildatum",
            pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            json_schema_extra={"format": "date"},
            description="Dag waarop het bestand wordt beoordeeld; anders vandaag.",
            examples=["2026-11-01"],
        ),
    ] = None

    @property
    def mode(self) -> ImportMode:
        """An export is whole."""
        return ImportMode.WHOLE

    @property
    def format(self) -> ImportFormat:
        """As its sender writes it."""
        return ImportFormat.EXPORT

    def file_name(self) -> str:
        """Return the name of the file, or one made from what it holds."""
        parts = [self.kind.value, *([self.provider] if self.provider else [])]
        return self.file or "-".join(parts)

    def asked_day(self) -> date | None:
        """Return the peildatum; raises InputRefused for a day that does not exist."""
        try:
            return date.fromisoformat(self.day) if self.day else None
        except ValueError as error:
            raise InputRefused(
                "peildatum: deze dag bestaat niet; schrijf jaar-maand-dag, zoals 2026-11-01."
            ) from error

    def check(self) -> None:
        """Raise InputRefused when kind and provider do not go together, or the day is no day."""
        if self.kind is ImportKind.FAMILIES and self.provider is None:
            raise InputRefused("aanbieder: ontbreekt; noem de aanbieder van deze export.")
        if self.kind is ImportKind.HISTORY:
            raise InputRefused("soort: stuur plaatsingen van eerder naar /v1/plaatsingshistorie.")
        if self.kind is ImportKind.RUNNING:
            raise InputRefused("soort: stuur lopende plaatsingen naar /v1/lopende-plaatsingen.")
        if self.kind is ImportKind.REGISTRATIONS and self.provider is not None:
            raise InputRefused("aanbieder: hoort niet bij aanmeldingen; laat hem weg.")
        self.asked_day()
