"""The door for the provider of the family where a child lives: who it is, as long as it does."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path
from fastapi.responses import JSONResponse

from app.http.deps import DbSession
from app.http.secured import SecuredRoute
from app.settings import Settings, load_settings
from app.steps.living_views import show_living
from app.steps.schemas_living import LivingChild

router = APIRouter(prefix="/plaatsingen", tags=["plaatsingen"], route_class=SecuredRoute)

PlacementId = Annotated[UUID, Path(alias="plaatsing", description="De plaatsing.")]
OwnSettings = Annotated[Settings, Depends(load_settings)]


@router.get(
    "/{plaatsing}/kind", operation_id="leesKindVanPlaatsing",
    summary="Lees wie er in een gezin van u woont", response_model=LivingChild,
)  # fmt: skip
def read(placement: PlacementId, session: DbSession, settings: OwnSettings) -> JSONResponse:
    """Naam, school, medisch en BSN: wat een plaatsing opent, langs welke weg het kind ook kwam.

    Zolang het kind er woont; na het einde is het er niet meer (404).
    """
    return JSONResponse(show_living(session, placement, settings).model_dump(mode="json"))
