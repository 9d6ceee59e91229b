"""What is told of a follow-up: only what differs from the registration that it goes on from."""

from pydantic import Field, StrictBool

from app.http.schema import Schema
from app.intake.field_types import Day, Months, Number, ShortText
from app.kernel.words import CareForm, Rhythm, Urgency


class FollowUpIn(Schema):
    """A new search for the same child; everything else is taken over."""

    number: Number = Field(alias="aanmeldnummer", examples=["AM-2026-1000-2"])
    care_form: CareForm = Field(alias="vorm", examples=["opvoeding"])
    rhythm: Rhythm = Field(Rhythm.FULL_TIME, alias="ritme", examples=["voltijd"])
    urgency: Urgency = Field(alias="urgentie", examples=["spoed"])
    staying_now: ShortText = Field(alias="verblijftNu", examples=["crisispleeggezin"])
    leave_by: Day | None = Field(None, alias="moetWegOp", examples=["2026-12-26"])
    end_unknown: ShortText | None = Field(None, alias="eindeOnbekendOmdat")
    needed_from: Day = Field(alias="nodigVanaf", examples=["2026-12-20"])
    expected_months: Months = Field(alias="verwachteDuurMaanden", examples=[24])
    present_family_first: StrictBool | None = Field(
        None,
        alias="huidigGezinEerst",
        description="Vraag eerst het gezin waar het kind woont. Dat kost geen nieuwe plaats; het "
        "kind ligt twee weken vast op dat gezin, tot er een antwoord is. Zonder dit veld gebeurt "
        "dat als de vorm anders wordt en het kind in een gezin woont; false vraagt dan een reden.",
    )
    why_not_first: ShortText | None = Field(
        None,
        alias="redenNietEerst",
        description="Waarom het gezin waar het kind woont niet eerst wordt gevraagd; staat bij de "
        "geschiedenis van de nieuwe aanmelding.",
        examples=["Het gezin zei gisteren dat het kind niet kan blijven."],
    )
