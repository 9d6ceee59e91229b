"""The doors of a file: a copy of it, statements in it, its term, and its destruction."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from app.http.deps import CurrentActor, DbSession, Queue
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, id_after, link_next
from app.http.secured import SecuredRoute
from app.models import ErasureState
from app.rights.printed import print_copy
from app.rights.queries import list_requests, requests_of, statements_of
from app.rights.schemas import (
    DecisionIn,
    FileCopy,
    HoldIn,
    HoldMade,
    HoldOut,
    RequestIn,
    RequestList,
    RequestOut,
    StatementIn,
    StatementList,
    StatementMade,
    TermOut,
)
from app.rights.service import add_statement, ask_for_destruction, decide, file_of, hold, lift
from app.rights.views import show_copy, show_hold, show_request, show_statement, show_term
from app.settings import Settings, load_settings

router = APIRouter(tags=["rechten"], route_class=SecuredRoute)

ChildId = Annotated[UUID, Path(alias="id", description="Het kind.")]
RequestId = Annotated[UUID, Path(alias="verzoek", description="Het verzoek om vernietiging.")]
HoldId = Annotated[UUID, Path(alias="plicht", description="De bewaarplicht.")]
OwnSettings = Annotated[Settings, Depends(load_settings)]
State = Annotated[ErasureState | None, Query(alias="stand")]
_OPEN: dict[int | str, dict[str, Any]] = {
    409: {"description": "Er loopt al een verzoek; of de Idempotency-Key is al gebruikt."}
}
_DECIDED: dict[int | str, dict[str, Any]] = {
    409: {"description": "Er is al beslist, of er loopt nog iets voor dit kind."}
}
_PAGE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/html": {"schema": {"type": "string"}}}, "description": "De pagina."}
}


@router.get(
    "/kinderen/{id}/inzage",
    operation_id="leesInzage",
    summary="Maak een afschrift van een dossier, zonder gegevens van derden",
)
def copy(child: ChildId, session: DbSession, settings: OwnSettings) -> FileCopy:
    """Lees het na voordat u het geeft: in vrije tekst kan nog iets van een ander staan."""
    return show_copy(session, file_of(session, child), settings)


@router.get(
    "/kinderen/{id}/inzage/afdruk",
    operation_id="drukInzageAf",
    summary="Maak een afschrift van een dossier om af te drukken",
    response_class=HTMLResponse,
    responses=_PAGE,
)
def printed(child: ChildId, session: DbSession, settings: OwnSettings) -> HTMLResponse:
    """Hetzelfde afschrift als één pagina."""
    return HTMLResponse(print_copy(show_copy(session, file_of(session, child), settings)))


@router.get(
    "/kinderen/{id}/verklaringen",
    operation_id="lijstVerklaringen",
    summary="Bekijk wat iemand zelf over het dossier verklaart",
)
def list_statements(child: ChildId, session: DbSession) -> StatementList:
    """Ook bij een correctie die niet is gedaan; de nieuwste eerst."""
    whose = file_of(session, child)
    rows = statements_of(session, whose.registrations)
    return StatementList(statements=[show_statement(row) for row in rows])


@router.post(
    "/kinderen/{id}/verklaringen",
    status_code=201,
    operation_id="voegVerklaringToe",
    summary="Voeg een eigen verklaring toe aan het dossier",
    response_model=StatementMade,
)
def state(
    *,
    child: ChildId,
    wish: Annotated[StatementIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Met `redenWeigering` legt u ook vast dat een correctie niet is gedaan, en waarom."""

    def work() -> Answer:
        made = add_statement(session, actor=actor, registration_id=child, wish=wish)
        body = StatementMade(id=made.id).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/kinderen/{child}/verklaringen"})

    return once.perform(session, work)


@router.get(
    "/kinderen/{id}/bewaartermijn",
    operation_id="leesBewaartermijn",
    summary="Lees tot wanneer een dossier bewaard blijft",
)
def term(child: ChildId, session: DbSession) -> TermOut:
    """Volgt uit de laatste wijziging; een bewaarplicht gaat voor."""
    return show_term(session, file_of(session, child))


@router.post(
    "/kinderen/{id}/bewaarplichten",
    status_code=201,
    operation_id="legBewaarplichtVast",
    summary="Laat een dossier bewaard blijven zolang dat moet",
    response_model=HoldMade,
)
def keep(
    *,
    child: ChildId,
    wish: Annotated[HoldIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Bij een klacht, rechtszaak of onderzoek: niets wordt vernietigd tot die voorbij is."""

    def work() -> Answer:
        made = hold(session, actor=actor, registration_id=child, wish=wish)
        body = HoldMade(id=made.id).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/kinderen/{child}/bewaartermijn"})

    return once.perform(session, work)


@router.post(
    "/kinderen/{id}/bewaarplichten/{plicht}/_opheffen",
    operation_id="hefBewaarplichtOp",
    summary="Hef een bewaarplicht op",
    responses={409: {"description": "Hij is al opgeheven."}},
)
def end_keeping(child: ChildId, duty: HoldId, session: DbSession, actor: CurrentActor) -> HoldOut:
    """Daarna geldt de termijn weer."""
    return show_hold(lift(session, actor=actor, registration_id=child, hold_id=duty))


@router.get(
    "/kinderen/{id}/vernietigingsverzoeken",
    operation_id="lijstVernietigingsverzoekenVanKind",
    summary="Bekijk de verzoeken om een dossier te vernietigen",
)
def list_of_child(child: ChildId, session: DbSession) -> RequestList:
    """Ook na de vernietiging, onder het id dat het dossier had: dan is dit het bewijs."""
    rows = requests_of(session, [child])
    if not rows:
        file_of(session, child)
    return RequestList(requests=[show_request(row) for row in rows])


@router.post(
    "/kinderen/{id}/vernietigingsverzoeken",
    status_code=201,
    operation_id="vraagVernietigingAan",
    summary="Leg vast dat iemand om vernietiging vraagt",
    response_model=RequestOut,
    responses=_OPEN,
)
def ask(
    *,
    child: ChildId,
    wish: Annotated[RequestIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Binnen drie maanden moet het dossier vernietigd of het verzoek geweigerd zijn."""

    def work() -> Answer:
        made = ask_for_destruction(session, actor=actor, registration_id=child, wish=wish)
        body = show_request(made).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/kinderen/{child}/vernietigingsverzoeken"})

    return once.perform(session, work)


@router.get(
    "/vernietigingsverzoeken",
    operation_id="lijstVernietigingsverzoeken",
    summary="Bekijk alle verzoeken om vernietiging en hun termijn",
)
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    state: State = None,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> RequestList:
    """De nieuwste eerst."""
    rows = list_requests(session, state, after=id_after(cursor), size=size + 1)
    link_next(request, response, [str(row.id) for row in rows], size=size)
    return RequestList(requests=[show_request(row) for row in rows[:size]])


@router.post(
    "/vernietigingsverzoeken/{verzoek}/_beslis",
    operation_id="beslisOverVernietiging",
    summary="Wijs een verzoek om vernietiging toe of weiger het",
    responses=_DECIDED,
)
def decide_on(
    *,
    wanted: RequestId,
    decision: Annotated[DecisionIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    queue: Queue,
) -> RequestOut:
    """Na toewijzing vernietigt de worker het dossier; dat kan niet terug."""
    row = decide(session, actor=actor, request_id=wanted, decision=decision, queue=queue)
    return show_request(row)
