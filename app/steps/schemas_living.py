"""What the provider of the family where a child lives is told of it."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
from app.kernel.words import CareForm, Gender, OtherChildrenWish, Rhythm
from app.steps.schemas_provider import AskedSchool, ChildStory, MedicalFile


class LivingChild(Schema):
    """A child that lives with a family: what a step opens with the placement, however it came."""

    id: UUID = Field(description="De plaatsing.")
    family: str = Field(alias="gezin", description="Uw eigen nummer van het gezin.")
    since: date = Field(alias="sinds")
    until: date | None = Field(alias="totEnMet", description="null zolang er geen einde is.")
    is_secret: bool = Field(
        alias="geheimePlaatsing",
        description="De ouders mogen niet weten waar het kind woont: houd adres en school geheim.",
    )
    age: int = Field(alias="leeftijd", ge=0)
    gender: Gender = Field(alias="geslacht")
    area: str = Field(alias="gebied", description="Gemeente en eerste twee cijfers.")
    care_form: CareForm = Field(alias="vorm")
    rhythm: Rhythm = Field(alias="ritme")
    expected_months: int = Field(alias="verwachteDuurMaanden")
    severity: dict[str, int] = Field(alias="problematiek", description="Ernst van 0 tot 3.")
    siblings: int = Field(alias="broersZussen", ge=0)
    other_children: OtherChildrenWish = Field(alias="andereKinderen")
    needs_smoke_free: bool = Field(alias="rookvrijNodig")
    needs_no_pets: bool = Field(alias="zonderHuisdieren")
    needs_wheelchair: bool = Field(alias="rolstoel")
    languages: list[str] = Field(alias="talen")
    visits_per_month: float = Field(alias="bezoekPerMaand")
    story: ChildStory = Field(alias="verhaal")
    first_name: str = Field(alias="voornaam", repr=False)
    school: AskedSchool | None
    medical: MedicalFile = Field(alias="medisch")
    bsn: str | None = Field(repr=False, description="null zolang het niet bekend is.")
