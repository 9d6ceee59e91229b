"""A registration that is still being written: the same fields, none of them asked yet."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, create_model

from app.http.schema import Schema
from app.intake.schemas import Big5, Incoming, RegistrationIn, Severities
from app.intake.schemas_file import DoubleOut, MissingOut
from app.kernel.stages import Stage
from app.kernel.words import CareForm, Urgency


def partial(
    whole: type[BaseModel],
    name: str,
    text: str,
    *,
    leave_out: frozenset[str] = frozenset(),
    **parts: Any,
) -> type[Incoming]:
    """Return a schema with the fields of another one, each of which may be left out or be null.

    What is told is judged as in the whole. parts: types that take the place of a field's own.
    """
    fields: dict[str, Any] = {}
    for key, field in whole.model_fields.items():
        if key in leave_out:
            continue
        own: Any = field.annotation
        for rule in field.metadata:
            own = Annotated[own, rule]
        kind = parts.get(key, own)
        fields[key] = (kind | None, Field(default=None, alias=field.alias, repr=False))
    return create_model(name, __base__=Incoming, __doc__=text, **fields)


_SeveritiesSoFar = partial(Severities, "SeveritiesSoFar", "Wat over de problematiek is verteld.")
_Big5SoFar = partial(Big5, "Big5SoFar", "Wat over de BIG5 is verteld.")
DraftIn = partial(
    RegistrationIn,
    "DraftIn",
    "Wat tot nu toe is verteld; de velden van een aanmelding, elk mag nog ontbreken.",
    problems=_SeveritiesSoFar,
    big5=_Big5SoFar,
)


DraftTold = partial(
    RegistrationIn,
    "DraftTold",
    "Wat tot nu toe is verteld; het BSN komt niet terug.",
    leave_out=frozenset({"bsn"}),
    problems=_SeveritiesSoFar,
    big5=_Big5SoFar,
)


class DraftBegun(Schema):
    """What was made; short, because the answer is kept a while for a repeated request."""

    id: UUID
    stage: Stage = Field(alias="stand")
    missing: int = Field(alias="ontbreekt")
    doubles: list[DoubleOut] = Field(alias="mogelijkDubbel")


class DraftOut(Schema):
    """A draft as it stands."""

    id: UUID
    stage: Stage = Field(alias="stand")
    started_on: date = Field(alias="begonnenOp", description="Vanaf hier telt het wachten al.")
    bsn_known: bool = Field(alias="bsnBekend")
    told: DraftTold = Field(alias="gegevens")  # type: ignore[valid-type]
    missing: list[MissingOut] = Field(alias="ontbreekt")
    doubles: list[DoubleOut] = Field(alias="mogelijkDubbel")


class DraftSummary(Schema):
    """One line of the list of drafts: no name, no birth date."""

    id: UUID
    stage: Stage = Field(alias="stand")
    started_on: date = Field(alias="begonnenOp")
    number: str | None = Field(alias="aanmeldnummer")
    care_form: CareForm | None = Field(alias="vorm")
    urgency: Urgency | None = Field(alias="urgentie")
    missing: int = Field(alias="ontbreekt")


class DraftList(Schema):
    """One page, the oldest first; the header Link leads to the next one."""

    drafts: list[DraftSummary] = Field(alias="concepten")
