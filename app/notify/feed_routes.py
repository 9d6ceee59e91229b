"""The door of events: a feed that is read on from a cursor, and loses none."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from app.events.cloud import BATCH, as_cloud_event
from app.http.deps import CurrentActor, DbSession
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, link_after
from app.http.secured import SecuredRoute
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.errors import InputRefused
from app.notify.queries import Place
from app.notify.schemas import EventOut, KindIn
from app.notify.service import read_feed
from app.settings import Settings, load_settings

router = APIRouter(prefix="/gebeurtenissen", tags=["gebeurtenissen"], route_class=SecuredRoute)

OwnSettings = Annotated[Settings, Depends(load_settings)]
_LIMIT = 2**63


class EventsResponse(JSONResponse):
    """A batch of CloudEvents in JSON."""

    media_type = BATCH


@router.get(
    "",
    operation_id="lijstGebeurtenissen",
    summary="Lees wat er is gebeurd",
    response_class=EventsResponse,
    responses={410: {"description": "De cursor is ouder dan wat bewaard wordt: begin opnieuw."}},
)
def read(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    actor: CurrentActor,
    settings: OwnSettings,
    kinds: Annotated[
        list[KindIn] | None,
        Query(alias="soort", max_length=50, description="Alleen deze soorten; mag vaker."),
    ] = None,
    provider: Annotated[
        str | None,
        Query(
            alias="aanbieder",
            pattern=PROVIDER_CODE,
            description="Alleen van deze, of van wie daarin opging; een aanbieder vraagt de eigen.",
        ),
    ] = None,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> list[EventOut]:
    """De oudste eerst. De Link naar de volgende pagina is er altijd: is de lijst leeg, vraag die
    dan later weer. Wat nog niet vaststaat komt in een latere pagina, nooit in een eerdere.
    """
    found, place = read_feed(
        session, actor=actor, kinds=kinds or [], provider=provider, after=_place(cursor), size=size
    )
    link_after(request, response, f"{place.era}-{place.transaction_id}-{place.sequence}")
    return [EventOut(**as_cloud_event(event, settings)) for event in found]


def _place(cursor: str | None) -> Place:
    key = decode_cursor(cursor) or "0-0-0"
    found = re.fullmatch("([0-9]{1,19})-([0-9]{1,19})-([0-9]{1,19})", key)
    numbers = [int(part) for part in found.groups()] if found else [_LIMIT]
    if max(numbers) >= _LIMIT:
        raise InputRefused("cursor: deze is niet door ons gegeven; begin zonder cursor opnieuw.")
    return Place(*numbers)
