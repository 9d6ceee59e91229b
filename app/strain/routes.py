"""The doors of strain: signals, the watch list, and support that was offered."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession, Queue
from app.http.etag import IfMatch, etag_of, require_match
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, link_next
from app.http.secured import SecuredRoute
from app.http.told_figures import StrainFigures
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused
from app.strain.ambulatory_asking import queue_search
from app.strain.schemas import (
    SettleIn,
    SignalIn,
    SignalList,
    SignalOut,
    SupportIn,
    SupportList,
    SupportOut,
    SupportResultIn,
    WatchListOut,
)
from app.strain.signals import (
    find_offer,
    known_placement,
    offer_support,
    record_result,
    record_signal,
    require_running,
    settle_signal,
)
from app.strain.views import (
    show_offer,
    show_offers,
    show_signal,
    show_signals,
    show_today,
    show_watch_list,
    strain_figures,
)

router = APIRouter(route_class=SecuredRoute)

PlacementId = Annotated[UUID, Path(alias="plaatsing", description="De plaatsing.")]
SignalId = Annotated[UUID, Path(alias="signaal", description="Het signaal.")]
OfferId = Annotated[UUID, Path(alias="aanbod", description="Het steunaanbod.")]
_SIGNALS: list[Any] = ["signalen en steun"]
_ENDED: dict[int | str, dict[str, Any]] = {
    409: {"description": "De plaatsing is beëindigd; of de Idempotency-Key is al gebruikt."}
}
_USED: dict[int | str, dict[str, Any]] = {
    409: {"description": "De Idempotency-Key is al gebruikt voor een ander verzoek."}
}
_SETTLED: dict[int | str, dict[str, Any]] = {409: {"description": "Dit signaal is afgehandeld."}}


@router.post(
    "/plaatsingen/{plaatsing}/signalen",
    status_code=201,
    operation_id="meldSignaal",
    summary="Meld een signaal bij een plaatsing",
    tags=_SIGNALS,
    response_model=SignalOut,
    responses=_ENDED,
)
def tell_signal(
    *,
    placement: PlacementId,
    told: Annotated[SignalIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    queue: Queue,
    once: IdempotentRequest,
) -> JSONResponse:
    """De plaatsing komt op de volglijst, en de dienst zoekt er ambulante hulp bij."""

    def work() -> Answer:
        made = record_signal(session, actor=actor, placement_id=placement, told=told)
        queue_search(session, queue, actor=actor, placement_id=placement)
        body = show_signal(made).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/plaatsingen/{placement}/signalen"})

    return once.perform(session, work)


@router.get(
    "/plaatsingen/{plaatsing}/signalen",
    operation_id="lijstSignalen",
    summary="Bekijk de signalen bij een plaatsing",
    tags=_SIGNALS,
)
def list_signals(placement: PlacementId, session: DbSession) -> SignalList:
    """De nieuwste eerst, ook wat is afgehandeld."""
    known_placement(session, placement)
    return show_signals(session, placement)


@router.post(
    "/plaatsingen/{plaatsing}/signalen/{signaal}/_afhandelen",
    operation_id="handelSignaalAf",
    summary="Handel een signaal af",
    tags=_SIGNALS,
    responses=_SETTLED,
)
def settle(
    *,
    placement: PlacementId,
    signal: SignalId,
    told: Annotated[SettleIn, Body()],
    session: DbSession,
    actor: CurrentActor,
) -> SignalList:
    """Met een reden; het blijft in de geschiedenis van de plaatsing staan."""
    settle_signal(session, actor=actor, ids=(placement, signal), told=told)
    return show_signals(session, placement)


@router.post(
    "/plaatsingen/{plaatsing}/hulpvoorstellen/_zoek",
    status_code=202,
    operation_id="vraagHulpvoorstellenAan",
    summary="Laat nu ambulante hulp zoeken voor een plaatsing",
    tags=_SIGNALS,
    response_model=SignalList,
    responses=_ENDED,
)
def look_now(
    *,
    placement: PlacementId,
    session: DbSession,
    actor: CurrentActor,
    queue: Queue,
    once: IdempotentRequest,
) -> JSONResponse:
    """Een worker zoekt; lees daarna `laatstGezocht` en `hulpvoorstellen` bij de signalen."""

    def work() -> Answer:
        require_running(session, placement)
        queue_search(session, queue, actor=actor, placement_id=placement)
        body = show_signals(session, placement).model_dump(mode="json")
        return Answer(202, body, {"Location": f"/v1/plaatsingen/{placement}/signalen"})

    return once.perform(session, work)


@router.get(
    "/volglijst",
    operation_id="leesVolglijst",
    summary="Bekijk welke plaatsingen onder spanning staan, en waarom",
    tags=_SIGNALS,
)
def read_watch_list(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    asks_respite: Annotated[
        bool,
        Query(alias="vraagtRespijt", description="Alleen wie respijt vraagt en het niet heeft."),
    ] = False,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> WatchListOut:
    """Het zwaarste teken eerst, dan de som; een aanbieder ziet de eigen plaatsingen."""
    found = [
        strained
        for strained in show_today(session)
        if not asks_respite or (strained.need is not None and not strained.has_respite)
    ]
    first = _place_of(cursor)
    page = found[first : first + size + 1]
    link_next(request, response, [str(first + at + 1) for at in range(len(page))], size=size)
    return show_watch_list(session, page[:size], total=len(found))


def _place_of(cursor: str | None) -> int:
    told = decode_cursor(cursor) or "0"
    if not told.isdecimal() or len(told) > 9:
        raise InputRefused("cursor: deze is niet door ons gegeven; begin zonder cursor opnieuw.")
    return int(told)


@router.get(
    "/volglijstcijfers",
    operation_id="leesVolglijstcijfers",
    summary="Bekijk de volglijst in cijfers",
    tags=_SIGNALS,
)
def read_figures(session: DbSession) -> StrainFigures:
    """Hoeveel plaatsingen, en waarom; minder dan vijf wordt niet verteld."""
    return strain_figures(session, today_in_amsterdam())


@router.post(
    "/plaatsingen/{plaatsing}/steunaanbod",
    status_code=201,
    operation_id="biedSteunAan",
    summary="Leg vast welke steun is aangeboden",
    tags=_SIGNALS,
    response_model=SupportOut,
    responses=_USED,
)
def offer(
    *,
    placement: PlacementId,
    told: Annotated[SupportIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Respijt uit een respijtronde komt er vanzelf bij als iemand het voorstel aanneemt."""

    def work() -> Answer:
        made = offer_support(session, actor=actor, placement_id=placement, told=told)
        body = show_offer(session, made).model_dump(mode="json")
        path = f"/v1/plaatsingen/{placement}/steunaanbod/{made.id}"
        return Answer(201, body, {"Location": path, "ETag": etag_of(made.version)})

    return once.perform(session, work)


@router.get(
    "/plaatsingen/{plaatsing}/steunaanbod",
    operation_id="lijstSteunaanbod",
    summary="Bekijk welke steun is aangeboden, en of die hielp",
    tags=_SIGNALS,
)
def list_offers(placement: PlacementId, session: DbSession) -> SupportList:
    """De nieuwste eerst."""
    known_placement(session, placement)
    return show_offers(session, placement)


@router.get(
    "/plaatsingen/{plaatsing}/steunaanbod/{aanbod}",
    operation_id="leesSteunaanbod",
    summary="Lees een steunaanbod",
    tags=_SIGNALS,
)
def read_offer(
    placement: PlacementId, offer_id: OfferId, session: DbSession, response: Response
) -> SupportOut:
    """De ETag is de versie om op te wijzigen."""
    found = find_offer(session, (placement, offer_id))
    response.headers["ETag"] = etag_of(found.version)
    return show_offer(session, found)


@router.patch(
    "/plaatsingen/{plaatsing}/steunaanbod/{aanbod}",
    operation_id="werkSteunaanbodBij",
    summary="Leg vast of steun is opgepakt, tot wanneer, en of die hielp",
    tags=_SIGNALS,
)
def change_offer(
    *,
    placement: PlacementId,
    offer_id: OfferId,
    told: Annotated[SupportResultIn, Body()],
    session: DbSession,
    response: Response,
    if_match: IfMatch = None,
) -> SupportOut:
    """Een laatste dag bij respijt maakt de plaats bij het respijtgezin meteen vrij."""
    found = find_offer(session, (placement, offer_id))
    require_match(if_match, found.version)
    record_result(session, found, told)
    response.headers["ETag"] = etag_of(found.version)
    return show_offer(session, found)
