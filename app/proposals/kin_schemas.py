"""What goes out about a child's brothers and sisters: wishes, and where each is proposed or lives.

The Dutch names are aliases, only here.
"""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from app.http.schema import Schema
from app.kernel.words import SiblingWish, WishOf
from app.proposals.schemas_compare import Proposed


class Whereabouts(StrEnum):
    """How it is known with which family a brother or sister is (*hoe*)."""

    PROPOSED = "voorgesteld"
    UNDERWAY = "al in gang"
    LIVES = "woont er"


class KinWish(Schema):
    """What one of the two registrations wishes for both children."""

    by: str = Field(alias="van", description="Het aanmeldnummer waarbij de wens staat.")
    wish: SiblingWish = Field(alias="wens")
    whose: WishOf | None = Field(alias="wiens")
    why: str | None = Field(alias="waarom")
    contra_indication: str | None = Field(alias="contraindicatie")


class Kin(Schema):
    """A brother or sister, by the number of its registration."""

    id: UUID = Field(description="Te lezen op /v1/kinderen/{id}.")
    number: str = Field(alias="aanmeldnummer")
    wish: SiblingWish | None = Field(
        alias="wens", description="Wat de eigen aanmelding voor de groep wenst."
    )
    between: list[KinWish] = Field(
        alias="wensenOnderling", description="Over deze twee kinderen; gaat voor die van de groep."
    )
    is_question: bool = Field(
        alias="navragen",
        description="Over deze twee staan verschillende wensen: vraag na wat geldt; tot dan worden "
        "zij niet voorgesteld.",
    )
    how: Whereabouts | None = Field(
        alias="hoe",
        description="null: er is geen gezin voorgesteld, en het kind is niet geplaatst.",
    )
    family: Proposed | None = Field(alias="bij", description="Het gezin waar het om gaat.")


class KinList(Schema):
    """The brothers and sisters of a child; none for a child alone."""

    number: str = Field(alias="aanmeldnummer")
    wish: SiblingWish | None = Field(alias="wens", description="Wat voor de hele groep telt.")
    on_hold: bool = Field(
        alias="navragen", description="Er staat iets open: niemand van de groep wordt voorgesteld."
    )
    run_id: UUID | None = Field(alias="matchrun", description="De run van de voorstellen.")
    kin: list[Kin] = Field(alias="broersZussen", description="Op volgorde van aanmeldnummer.")
