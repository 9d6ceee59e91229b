"""The door of drafts: begin, go on, hand in, stop."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, etag_of
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, id_after, link_next
from app.http.secured import SecuredRoute
from app.intake.doubles import show_registered
from app.intake.draft_queries import find_draft, list_drafts
from app.intake.draft_undo import restore_draft
from app.intake.draft_views import show_begun, show_draft, show_draft_line
from app.intake.drafts import (
    UNKNOWN_DRAFT,
    hand_in_draft,
    save_draft,
    start_draft,
    withdraw_draft,
)
from app.intake.history import tell_history
from app.intake.own import keep_hidden_in_draft
from app.intake.schemas_draft import DraftBegun, DraftIn, DraftList, DraftOut
from app.intake.schemas_file import ClosingIn, HistoryOut
from app.intake.schemas_out import RegisteredOut
from app.kernel.errors import NotFound
from app.settings import Settings, load_settings

router = APIRouter(prefix="/concepten", tags=["concepten"], route_class=SecuredRoute)

DraftId = Annotated[UUID, Path(alias="id", description="Het concept.")]
Told = Annotated[DraftIn, Body()]  # type: ignore[valid-type]
OwnSettings = Annotated[Settings, Depends(load_settings)]
_ETAG: dict[str, Any] = {"headers": {"ETag": {"$ref": "#/components/headers/Etag"}}}
_NOT_OPEN: dict[int | str, dict[str, Any]] = {
    409: {"description": "Deze stap kan van hier niet; de melding zegt welke wel."}
}
_TOO_LATE: dict[int | str, dict[str, Any]] = {
    409: {"description": "Het is niet ingetrokken, te lang geleden, of door een ander."}
}
_NOT_SAVED: dict[int | str, dict[str, Any]] = {
    409: {"description": "Deze stap kan van hier niet, of dit zou een geheime plaatsing opheffen."}
}
_NOT_COMPLETE: dict[int | str, dict[str, Any]] = {
    201: _ETAG,
    409: {
        "description": "Het concept is niet compleet, het nummer of het BSN is al in gebruik, of "
        "de Idempotency-Key is al gebruikt."
    },
}


@router.post(
    "",
    status_code=201,
    operation_id="beginConcept",
    summary="Begin een aanmelding met wat bekend is",
    response_model=DraftBegun,
    responses={201: _ETAG},
)
def begin(
    *,
    told: Told,
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    settings: OwnSettings,
) -> JSONResponse:
    """Elk veld mag nog ontbreken; het wachten telt vanaf vandaag."""

    def work() -> Answer:
        made = start_draft(session, told=told, settings=settings, owner=actor.organisation)
        body = show_begun(session, made, settings).model_dump(mode="json")
        headers = {"Location": f"/v1/concepten/{made}", "ETag": etag_of(1)}
        return Answer(201, body, headers)

    return once.perform(session, work)


@router.get("", operation_id="lijstConcepten", summary="Bekijk de concepten")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> DraftList:
    """De oudste eerst, zonder naam en geboortedatum."""
    rows = list_drafts(session, after=id_after(cursor), size=size + 1)
    link_next(request, response, [str(row.id) for row in rows], size=size)
    return DraftList(drafts=[show_draft_line(row) for row in rows[:size]])


@router.get("/{id:uuid}", operation_id="leesConcept", summary="Lees een concept")
def read(
    *, draft: DraftId, session: DbSession, response: Response, settings: OwnSettings
) -> DraftOut:
    """Wat is verteld, wat ontbreekt en waarom dat ertoe doet, en wie hetzelfde kind kan zijn."""
    return _shown(session, draft, response, settings)


@router.put(
    "/{id:uuid}",
    operation_id="bewaarConcept",
    summary="Bewaar een concept",
    responses=_NOT_SAVED,
)
def save(
    *,
    draft: DraftId,
    told: Told,
    session: DbSession,
    actor: CurrentActor,
    response: Response,
    settings: OwnSettings,
    if_match: IfMatch = None,
) -> DraftOut:
    """Stuur alles wat bekend is; zonder het veld bsn blijft het BSN staan, met null vervalt het."""
    told = keep_hidden_in_draft(
        session=session, actor=actor, draft_id=draft, told=told, settings=settings
    )
    save_draft(session, draft_id=draft, told=told, if_match=if_match, settings=settings)
    return _shown(session, draft, response, settings)


@router.post(
    "/{id:uuid}/_indienen",
    status_code=201,
    operation_id="dienConceptIn",
    summary="Dien een concept in",
    response_model=RegisteredOut,
    responses=_NOT_COMPLETE,
)
def hand_in(
    *,
    draft: DraftId,
    session: DbSession,
    once: IdempotentRequest,
    settings: OwnSettings,
    if_match: IfMatch = None,
) -> JSONResponse:
    """Het wordt een aanmelding met hetzelfde id; het wachten telt door."""

    def work() -> Answer:
        hand_in_draft(session, draft_id=draft, if_match=if_match, settings=settings)
        body = show_registered(session, draft, settings).model_dump(mode="json")
        headers = {"Location": f"/v1/kinderen/{draft}", "ETag": etag_of(1)}
        return Answer(201, body, headers)

    return once.perform(session, work)


@router.post(
    "/{id:uuid}/_intrekken",
    operation_id="trekConceptIn",
    summary="Stop met een concept",
    responses=_NOT_OPEN,
)
def withdraw(
    *,
    draft: DraftId,
    wish: Annotated[ClosingIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    response: Response,
    settings: OwnSettings,
    if_match: IfMatch = None,
) -> DraftOut:
    """Wat was verteld is weg, na vijf minuten voorgoed; de geschiedenis zegt dat het er was."""
    withdraw_draft(session, actor=actor, draft_id=draft, reason=wish.reason, if_match=if_match)
    return _shown(session, draft, response, settings)


@router.post(
    "/{id:uuid}/intrekking/_terugdraaien",
    operation_id="draaiIntrekkenTerug",
    summary="Draai het intrekken van een concept terug",
    responses=_TOO_LATE,
)
def take_back(
    *,
    draft: DraftId,
    session: DbSession,
    actor: CurrentActor,
    response: Response,
    settings: OwnSettings,
    if_match: IfMatch = None,
) -> DraftOut:
    """Tot vijf minuten erna, door wie het introk: alles staat er weer zoals het stond."""
    restore_draft(session, actor=actor, draft_id=draft, if_match=if_match, settings=settings)
    return _shown(session, draft, response, settings)


@router.get(
    "/{id:uuid}/geschiedenis",
    operation_id="leesGeschiedenisVanConcept",
    summary="Lees hoe een concept zo kwam",
)
def read_history(draft: DraftId, session: DbSession) -> HistoryOut:
    """Elke stap met wie, wanneer en waarom, en welke stappen nu kunnen."""
    found = find_draft(session, draft)
    if found is None:
        raise NotFound(UNKNOWN_DRAFT)
    return tell_history(session, draft, found.state)


def _shown(session: Session, draft_id: UUID, response: Response, settings: Settings) -> DraftOut:
    draft = find_draft(session, draft_id)
    if draft is None:
        raise NotFound(UNKNOWN_DRAFT)
    response.headers["ETag"] = etag_of(draft.version)
    return show_draft(session, draft, settings)
