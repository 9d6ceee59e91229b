"""The door of emergency access: open, read, close; and for who oversees, list and judge."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from app.http.deps import CurrentActor, DbSession
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, id_after, link_next
from app.http.secured import SecuredRoute
from app.oversight.emergency import (
    close_access,
    judge_access,
    open_access,
    read_file,
    show_access,
    told_of,
)
from app.oversight.emergency_queries import list_accesses
from app.oversight.emergency_schemas import (
    EmergencyFile,
    EmergencyIn,
    EmergencyJudgementIn,
    EmergencyList,
    EmergencyOut,
)

router = APIRouter(prefix="/noodtoegangen", tags=["noodtoegang"], route_class=SecuredRoute)
AccessId = Annotated[UUID, Path(alias="id", description="De noodtoegang.")]


@router.post(
    "",
    status_code=201,
    operation_id="openNooddossier",
    summary="Open in nood een dossier dat uw rol niet toont",
    response_model=EmergencyOut,
)
def open_file(
    *,
    told: Annotated[EmergencyIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Met een reden en voor hooguit vier uur; het staat in het logboek en wordt nagelezen.

    De crisisdienst elk kind; een matcher alleen als het kind bij een eigen gezin woont, er in de
    laatste maand woonde, er logeert of er een stap mee loopt; een verwijzer wat hij aanmeldde.
    """

    def work() -> Answer:
        made = open_access(session, actor=actor, told=told)
        body = show_access(session, made.id).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/noodtoegangen/{made.id}"})

    return once.perform(session, work)


@router.get("", operation_id="lijstNoodtoegangen", summary="Bekijk wie in nood een dossier zag")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    unjudged: Annotated[
        bool, Query(alias="teBeoordelen", description="Alleen die nog niet zijn beoordeeld.")
    ] = False,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> EmergencyList:
    """De nieuwste eerst; wie er zelf opende ziet alleen zijn eigen."""
    rows = list_accesses(session, unjudged=unjudged, before=id_after(cursor), size=size + 1)
    link_next(request, response, [str(access.id) for access, _ in rows], size=size)
    return EmergencyList(accesses=[told_of(access, code) for access, code in rows[:size]])


@router.get("/{id}", operation_id="leesNoodtoegang", summary="Lees een noodtoegang")
def read(*, access_id: AccessId, session: DbSession) -> EmergencyOut:
    """Wie, waarom, tot wanneer, en wat ervan is gezegd."""
    return show_access(session, access_id)


@router.get(
    "/{id}/dossier", operation_id="leesNooddossier", summary="Lees het dossier dat u in nood opende"
)
def read_opened(*, access_id: AccessId, session: DbSession, actor: CurrentActor) -> EmergencyFile:
    """Alleen wie het opende, en zolang het duurt; elke keer staat in het logboek."""
    return read_file(session, actor=actor, access_id=access_id)


@router.post(
    "/{id}/_sluiten",
    operation_id="sluitNooddossier",
    summary="Sluit een dossier dat u in nood opende",
)
def close(*, access_id: AccessId, session: DbSession, actor: CurrentActor) -> EmergencyOut:
    """Voor het vanzelf sluit."""
    close_access(session, actor=actor, access_id=access_id)
    return show_access(session, access_id)


@router.post(
    "/{id}/_beoordelen",
    operation_id="beoordeelNoodtoegang",
    summary="Zeg of een noodtoegang terecht was",
    responses={409: {"description": "Zij is al beoordeeld."}},
)
def judge(
    *,
    access_id: AccessId,
    told: Annotated[EmergencyJudgementIn, Body()],
    session: DbSession,
    actor: CurrentActor,
) -> EmergencyOut:
    """Een oordeel wordt een keer gegeven; bij onterecht met een toelichting."""
    judge_access(session, actor=actor, access_id=access_id, told=told)
    return show_access(session, access_id)
