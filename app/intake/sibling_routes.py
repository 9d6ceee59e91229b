"""The door to the brothers and sisters of a registration."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import Field

from app.http.deps import DbSession
from app.http.schema import Schema
from app.http.secured import SecuredRoute
from app.intake.checks import age_on
from app.intake.file_queries import registration_row
from app.intake.register import UNKNOWN
from app.intake.sibling_queries import siblings_of
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import NotFound
from app.kernel.stages import Stage
from app.kernel.words import CareForm, SiblingWish

router = APIRouter(prefix="/kinderen/{id:uuid}", tags=["kinderen"], route_class=SecuredRoute)


class SiblingLine(Schema):
    """A brother or sister: no name, no birth date."""

    id: UUID = Field(description="Te lezen op /v1/kinderen/{id}, of als concept.")
    number: str | None = Field(alias="aanmeldnummer")
    stage: Stage = Field(alias="stand")
    age: int | None = Field(alias="leeftijd")
    care_form: CareForm | None = Field(alias="vorm")
    wish: SiblingWish | None = Field(
        alias="wens", description="Wat deze aanmelding voor de groep wenst; van een concept null."
    )


class SiblingList(Schema):
    """The others of a group of brothers and sisters."""

    siblings: list[SiblingLine] = Field(alias="broersZussen")


@router.get(
    "/broers-zussen", operation_id="lijstBroersZussen", summary="Bekijk de broers en zussen"
)
def list_siblings(
    child: Annotated[UUID, Path(alias="id", description="Het kind.")], session: DbSession
) -> SiblingList:
    """Wie in dezelfde groep is aangemeld, geplaatst of niet, en wie nog een concept heeft."""
    found = registration_row(session, child)
    if found is None:
        raise NotFound(UNKNOWN)
    today = today_in_amsterdam()
    return SiblingList(
        siblings=[
            SiblingLine(
                id=one.id,
                number=one.number,
                stage=one.stage,
                age=age_on(one.born_on, today) if one.born_on else None,
                care_form=one.care_form,
                wish=one.wish,
            )
            for one in siblings_of(session, found, today)
        ]
    )
