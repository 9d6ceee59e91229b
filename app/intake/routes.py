"""The intake's door: register a child, read, correct, list, withdraw, find again."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, etag_of
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, id_after, link_next
from app.http.secured import SecuredRoute
from app.intake.doubles import show_registered
from app.intake.list_queries import (
    ListedRegistration,
    RegistrationFilter,
    list_registrations,
)
from app.intake.network_queries import network_of
from app.intake.own import keep_hidden
from app.intake.queries import find_registration
from app.intake.register import (
    UNKNOWN,
    correct_child,
    register_child,
    withdraw_child,
)
from app.intake.schemas import RegistrationChange, RegistrationIn
from app.intake.schemas_out import (
    NumberIn,
    RegisteredOut,
    RegistrationList,
    RegistrationOut,
    SearchIn,
    SearchOut,
    WithdrawalIn,
)
from app.intake.searching import search_children
from app.intake.views import show_registration, show_summary
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import NotFound
from app.kernel.stages import Stage
from app.kernel.words import CareForm, Urgency
from app.settings import Settings, load_settings

router = APIRouter(prefix="/kinderen", tags=["kinderen"], route_class=SecuredRoute)

_FOUND = 20
OwnSettings = Annotated[Settings, Depends(load_settings)]
_ETAG: dict[str, Any] = {"headers": {"ETag": {"$ref": "#/components/headers/Etag"}}}
_DOUBLE = {
    "description": "Het aanmeldnummer bestaat al, voor dit BSN loopt al een aanmelding, de "
    "plaatsing van dit kind is geheim, of de Idempotency-Key is al gebruikt."
}
_OTHER_CHILD = {
    "description": "Dit BSN hoort bij een ander kind, of dit zou een geheime plaatsing opheffen."
}
_NOT_SEARCHING = {"description": "Er wordt voor dit kind niet (meer) gezocht."}


@router.post(
    "",
    status_code=201,
    operation_id="meldKindAan",
    summary="Meld een kind aan",
    response_model=RegisteredOut,
    responses={201: _ETAG, 409: _DOUBLE},
)
def register(
    *,
    record: Annotated[RegistrationIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    settings: OwnSettings,
) -> JSONResponse:
    """Eén lopende aanmelding per kind; wie hetzelfde kind kan zijn, staat in het antwoord."""

    def work() -> Answer:
        made = register_child(session, record=record, settings=settings, owner=actor.organisation)
        body = show_registered(session, made, settings)
        headers = {"Location": f"/v1/kinderen/{made}", "ETag": etag_of(1)}
        return Answer(201, body.model_dump(mode="json"), headers)

    return once.perform(session, work)


@router.get("", operation_id="lijstKinderen", summary="Bekijk de aanmeldingen")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    stage: Annotated[Stage | None, Query(alias="stand")] = None,
    urgency: Annotated[Urgency | None, Query(alias="urgentie")] = None,
    care_form: Annotated[CareForm | None, Query(alias="vorm")] = None,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> RegistrationList:
    """Op volgorde van aanmeldnummer; zonder naam, geboortedatum en BSN."""
    wanted = RegistrationFilter(stage=stage, urgency=urgency, care_form=care_form)
    today = today_in_amsterdam()
    rows = list_registrations(session, wanted, today=today, after=id_after(cursor), size=size + 1)
    link_next(request, response, [str(row.registration.id) for row in rows], size=size)
    return _listed(session, rows[:size], today)


@router.post("/_zoek", operation_id="zoekKinderen", summary="Zoek op BSN of aanmeldnummer")
def search(
    *, wish: Annotated[SearchIn, Body()], session: DbSession, settings: OwnSettings
) -> SearchOut:
    """Het BSN staat in de inhoud van het verzoek, nooit in het adres."""
    return search_children(session, wish=wish, settings=settings)


@router.post(
    "/nummers/_zoek", operation_id="zoekAanmeldnummer", summary="Zoek op het begin van een nummer"
)
def search_number(
    *, wish: Annotated[NumberIn, Body()], session: DbSession, size: Size = _FOUND
) -> RegistrationList:
    """Op volgorde van aanmeldnummer; het nummer staat in de inhoud, nooit in het adres."""
    today = today_in_amsterdam()
    wanted = RegistrationFilter(number=wish.number)
    rows = list_registrations(session, wanted, today=today, after=None, size=size)
    return _listed(session, rows, today)


# The convertor keeps /_zoek apart from an id, so that a wrong method there is a 405.
@router.get("/{id:uuid}", operation_id="leesKind", summary="Lees een aanmelding")
def read(
    *,
    id: UUID,  # noqa: A002  (the name in the path)
    session: DbSession,
    response: Response,
) -> RegistrationOut:
    """Alles wat is verteld behalve het BSN; de ETag is de versie om op te wijzigen."""
    return _shown(session, id, response)


@router.put(
    "/{id:uuid}",
    operation_id="verbeterKind",
    summary="Verbeter een aanmelding",
    responses={409: _OTHER_CHILD},
)
def correct(
    *,
    id: UUID,  # noqa: A002
    record: Annotated[RegistrationChange, Body()],
    session: DbSession,
    actor: CurrentActor,
    response: Response,
    settings: OwnSettings,
    if_match: IfMatch = None,
) -> RegistrationOut:
    """Stuur de hele aanmelding; zonder het veld bsn blijft het BSN staan, met null vervalt het."""
    whole = keep_hidden(session, actor, id, record)
    correct_child(session, registration_id=id, record=whole, if_match=if_match, settings=settings)
    return _shown(session, id, response)


@router.post(
    "/{id:uuid}/_intrekken",
    operation_id="trekKindIn",
    summary="Trek een aanmelding in",
    responses={409: _NOT_SEARCHING},
)
def withdraw(
    *,
    id: UUID,  # noqa: A002
    wish: Annotated[WithdrawalIn, Body()],
    session: DbSession,
    response: Response,
    if_match: IfMatch = None,
) -> RegistrationOut:
    """Het kind doet niet meer mee in de zoektocht; later opnieuw aanmelden kan."""
    withdraw_child(session, registration_id=id, reason=wish.reason, if_match=if_match)
    return _shown(session, id, response)


def _listed(session: Session, rows: Sequence[ListedRegistration], today: date) -> RegistrationList:
    in_files = network_of(session, [row.registration.id for row in rows])
    lines = [show_summary(row, in_files[row.registration.id], today) for row in rows]
    return RegistrationList(children=lines)


def _shown(session: Session, registration_id: UUID, response: Response) -> RegistrationOut:
    found = find_registration(session, registration_id)
    if found is None:
        raise NotFound(UNKNOWN)
    response.headers["ETag"] = etag_of(found.registration.version)
    return show_registration(found)
