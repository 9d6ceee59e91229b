"""The door for a provider of which a family keeps a bed tonight."""

from fastapi import APIRouter

from app.crisis.held_views import show_held
from app.crisis.schemas_held import HeldBedList
from app.http.deps import DbSession
from app.http.secured import SecuredRoute

router = APIRouter(tags=["crisis"], route_class=SecuredRoute)


@router.get(
    "/crisisbedden", operation_id="lijstCrisisbedden",
    summary="Bekijk voor wie een bed van uw gezinnen vaststaat",
)  # fmt: skip
def list_held(session: DbSession) -> HeldBedList:
    """Wat de crisisdienst weet, zonder naam; na de koppeling staat het kind bij plaatsingen."""
    return show_held(session)
