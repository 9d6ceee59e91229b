"""The door for what of a family changes from day to day, in one small call."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from app.families.availability import Availability, Pause, set_availability
from app.families.availability_schemas import AvailabilityIn
from app.families.routes import Asked, FamilyNumber, show
from app.families.schemas import FamilyOut
from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch
from app.http.in_path import ProviderInPath
from app.http.secured import SecuredRoute

router = APIRouter(prefix="/pleeggezinnen", tags=["pleeggezinnen"], route_class=SecuredRoute)


@router.put(
    "/{aanbieder}/{nummer}/beschikbaarheid",
    operation_id="bewaarBeschikbaarheid",
    summary="Leg vast wat een pleeggezin nu te bieden heeft",
    responses={409: {"description": "Het gezin is gestopt."}},
)
def put(
    *,
    provider: ProviderInPath,
    number: FamilyNumber,
    told: Annotated[AvailabilityIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    request: Request,
    response: Response,
    if_match: IfMatch = None,
) -> FamilyOut:
    """Een pauze met reden, de bedden, van wanneer tot wanneer; het bevestigt het gezin ook."""
    pause = Pause(told.pause.reason, told.pause.until) if told.pause else None
    set_availability(
        session,
        actor=actor,
        provider_code=provider,
        reference=number,
        told=Availability(
            pause,
            told.available_from,
            told.available_until,
            tuple(told.places),
        ),
        if_match=if_match,
    )
    return show(session, Asked(provider, number), request, response)
