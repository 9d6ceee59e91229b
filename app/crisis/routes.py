"""The crisis desk's door: six fields, tonight's beds, calls, the file that follows."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from app.crisis.home_queries import Part
from app.crisis.linking import link_registration
from app.crisis.number_routes import router as numbers
from app.crisis.queries import list_reports
from app.crisis.releasing import release_beds
from app.crisis.schemas import (
    CallIn,
    CloseIn,
    CrisisReportIn,
    CrisisReportList,
    CrisisReportOut,
    LinkIn,
    ReleaseIn,
)
from app.crisis.schemas_list import CrisisList
from app.crisis.service import (
    close_report,
    record_call,
    report_crisis,
)
from app.crisis.views import show_list, show_page, show_part, show_report
from app.http.deps import CurrentActor, DbSession
from app.http.going_on import FollowUpsHere
from app.http.once import Answer, IdempotentRequest
from app.http.paging import (
    DEFAULT_SIZE,
    MAX_SIZE,
    Cursor,
    Size,
    family_after,
    id_after,
    link_next,
)
from app.http.secured import SecuredRoute
from app.models import CrisisState

router = APIRouter(tags=["crisis"], route_class=SecuredRoute)
router.include_router(numbers)

ReportId = Annotated[UUID, Path(alias="id", description="De crisismelding.")]
_NOT_SEARCHING: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Er wordt geen bed (meer) gezocht, het bed is intussen vergeven, of het "
        "gezin mag nu geen kind opnemen (geen geldige VGB, pauze, gestopt, geen crisis): de "
        "melding zegt wat te doen."
    }
}
_NO_BED: dict[int | str, dict[str, Any]] = {409: {"description": "Deze melding houdt geen bed."}}

_NOT_LINKED: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Deze melding houdt geen bed meer waaraan niemand is gekoppeld, voor dit "
        "kind wordt niet gezocht of het woont al in een gezin, geslacht of leeftijd is anders dan "
        "gemeld, of het gezin had op de dag van het ja geen geldige VGB."
    }
}


@router.post(
    "/crisismeldingen",
    status_code=201,
    operation_id="meldCrisis",
    summary="Meld een crisis: zes velden, en meteen de bedden van vannacht",
    response_model=CrisisReportOut,
)
def report(
    *,
    told: Annotated[CrisisReportIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Wacht op geen matchrun en op geen volledig dossier; er komt geen naam en geen BSN in."""

    def work() -> Answer:
        made = report_crisis(session, actor=actor, told=told)
        body = show_report(session, made.id).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/crisismeldingen/{made.id}"})

    return once.perform(session, work)


@router.get("/crisismeldingen", operation_id="lijstCrisismeldingen", summary="Bekijk de meldingen")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    state: Annotated[CrisisState | None, Query(alias="stand")] = None,
    must_reunite: Annotated[
        bool | None,
        Query(alias="herenigenNu", description="Of broers en zussen nu weer samen moeten."),
    ] = None,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> CrisisReportList:
    """De nieuwste eerst; met wie zijn dossier te laat is, en wie weer samen moet."""
    rows = list_reports(
        session, state=state, must_reunite=must_reunite, before=id_after(cursor), size=size + 1
    )
    link_next(request, response, [str(row.id) for row in rows], size=size)
    return CrisisReportList(reports=show_page(session, rows[:size]))


@router.get("/crisismeldingen/{id}", operation_id="leesCrisismelding", summary="Lees een melding")
def read(report_id: ReportId, session: DbSession) -> CrisisReportOut:
    """Met de bedden zoals zij er nu zijn, wie is gebeld, en wat nu te doen."""
    return show_report(session, report_id)


@router.post(
    "/crisismeldingen/{id}/belpogingen",
    status_code=201,
    operation_id="legBelpogingVast",
    summary="Leg een belpoging vast; een ja zet het bed vast",
    response_model=CrisisReportOut,
    responses=_NOT_SEARCHING,
)
def call(
    *,
    report_id: ReportId,
    told: Annotated[CallIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Ja, nee of geen gehoor; na een nee staat het gezin niet meer op de lijst van deze melding."""

    def work() -> Answer:
        record_call(session, actor=actor, report_id=report_id, told=told)
        body = show_report(session, report_id).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/crisismeldingen/{report_id}"})

    return once.perform(session, work)


@router.post(
    "/crisismeldingen/{id}/_vrijgeven",
    operation_id="geefCrisisbedVrij",
    summary="Geef een vastgezet bed vrij en zoek verder",
    responses=_NO_BED,
)
def release(
    *, report_id: ReportId, told: Annotated[ReleaseIn, Body()], session: DbSession
) -> CrisisReportOut:
    """Als het niet doorgaat, er minder kinderen kwamen, of een gekoppeld kind er weggaat."""
    release_beds(session, report_id=report_id, told=told)
    return show_report(session, report_id)


@router.post(
    "/crisismeldingen/{id}/_koppel",
    operation_id="koppelAanmelding",
    summary="Koppel de aanmelding die intussen is gedaan",
    responses=_NOT_LINKED,
)
def link(
    *,
    report_id: ReportId,
    told: Annotated[LinkIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    follow_ups: FollowUpsHere,
) -> CrisisReportOut:
    """Het kind woont dan bij dit gezin, en het zoeken naar een vervolgplek begint of loopt door."""
    link_registration(session, actor=actor, report_id=report_id, told=told, follow_ups=follow_ups)
    return show_report(session, report_id)


@router.post(
    "/crisismeldingen/{id}/_sluiten",
    operation_id="sluitCrisismelding",
    summary="Sluit een melding zonder bed van hier",
    responses=_NOT_SEARCHING,
)
def close(
    *, report_id: ReportId, told: Annotated[CloseIn, Body()], session: DbSession
) -> CrisisReportOut:
    """Met de reden: naar het netwerk, een andere regio, of het kind blijft thuis."""
    close_report(session, report_id=report_id, reason=told.reason)
    return show_report(session, report_id)


@router.get(
    "/crisislijst", operation_id="leesCrisislijst", summary="Alle crisisbedden, om af te drukken"
)
def read_list(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    cursor: Cursor = None,
    size: Annotated[
        int | None,
        Query(alias="aantal", ge=1, le=MAX_SIZE, description="Hoeveel gezinnen; anders alle."),
    ] = None,
) -> CrisisList:
    """Voor als het netwerk er niet is: druk hem elke avond af (`pleegzorg crisislijst`)."""
    if size is None and cursor is None:
        return show_list(session)
    part = Part(size or DEFAULT_SIZE, family_after(cursor))
    shown, keys = show_part(session, part)
    link_next(request, response, keys, size=part.size)
    return shown
