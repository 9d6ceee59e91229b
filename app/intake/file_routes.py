"""The door to what hangs around one registration: history, gaps, doubles, legal frame, closing."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, etag_of
from app.http.once import Answer, IdempotentRequest
from app.http.secured import SecuredRoute
from app.intake.beyond import past_own
from app.intake.doubles import doubles_of_registration, show_registered
from app.intake.file_queries import registration_row, stage_now
from app.intake.follow_up import follow_up
from app.intake.history import tell_history
from app.intake.legal import legal_sentences, record_legal_frame, show_legal_frame
from app.intake.network_queries import network_of
from app.intake.queries import StoredRegistration, find_registration
from app.intake.register import UNKNOWN, close_child
from app.intake.schemas_file import ClosingIn, CompletenessOut, DoubleList, HistoryOut
from app.intake.schemas_follow import FollowUpIn
from app.intake.schemas_legal import LegalFrameIn, LegalFrameOut
from app.intake.schemas_out import RegisteredOut, RegistrationOut
from app.intake.told import missing_of
from app.intake.views import show_completeness, show_registration
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import NotFound
from app.settings import Settings, load_settings

router = APIRouter(prefix="/kinderen/{id:uuid}", tags=["kinderen"], route_class=SecuredRoute)

ChildId = Annotated[UUID, Path(alias="id", description="Het kind.")]
OwnSettings = Annotated[Settings, Depends(load_settings)]
ProviderCode = Annotated[
    str | None,
    Query(
        alias="aanbieder",
        pattern=PROVIDER_CODE,
        description="Toets ook of deze aanbieder een contract met de gemeente heeft.",
    ),
]
_FOLLOWED: dict[int | str, dict[str, Any]] = {
    201: {"headers": {"ETag": {"$ref": "#/components/headers/Etag"}}},
    409: {
        "description": "Er wordt al gezocht, het kind woont niet in een gezin dat gevraagd kan "
        "worden, het nummer bestaat al, of de Idempotency-Key is al gebruikt."
    },
}
_CLOSED: dict[int | str, dict[str, Any]] = {
    409: {"description": "Deze stap kan van hier niet, of de plaatsing loopt nog."}
}
_CONSENT_GONE: dict[int | str, dict[str, Any]] = {
    409: {"description": "Een toestemming die er was wordt apart ingetrokken, met dag en reden."}
}


@router.get(
    "/geschiedenis", operation_id="leesGeschiedenis", summary="Lees hoe een aanmelding zo kwam"
)
def read_history(child: ChildId, session: DbSession) -> HistoryOut:
    """Elke stap met wie, wanneer en waarom, en welke stappen nu kunnen."""
    stage = stage_now(session, child, today_in_amsterdam())
    if stage is None:
        raise NotFound(UNKNOWN)
    with past_own(session):  # the steps with families, of which no family is told
        return tell_history(session, child, stage)


@router.get(
    "/volledigheid", operation_id="leesVolledigheid", summary="Lees wat een aanmelding nog mist"
)
def read_completeness(child: ChildId, session: DbSession) -> CompletenessOut:
    """Wat ontbreekt, wat daarvan het zoeken tegenhoudt of de volgorde kan veranderen, en waarom."""
    stored, today = _found(session, child), today_in_amsterdam()
    missing = missing_of(
        stored.registration, network_of(session, [child])[child],
        born_on=stored.child.born_on, has_bsn=stored.has_bsn, today=today,
    )  # fmt: skip
    return show_completeness(missing, legal_sentences(session, stored.registration))


@router.get(
    "/mogelijk-dubbel",
    operation_id="lijstMogelijkDubbel",
    summary="Bekijk aanmeldingen die van hetzelfde kind kunnen zijn",
)
def list_doubles(child: ChildId, session: DbSession, settings: OwnSettings) -> DoubleList:
    """Op BSN, of op naam, geboortedatum en postcode; een mens vergelijkt en oordeelt."""
    found = doubles_of_registration(session, _found(session, child), settings)
    return DoubleList(doubles=found)


@router.get(
    "/juridisch-kader",
    operation_id="leesJuridischKader",
    summary="Lees het juridisch kader en wat een plaatsing nog tegenhoudt",
)
def read_legal_frame(
    *, child: ChildId, session: DbSession, response: Response, provider: ProviderCode = None
) -> LegalFrameOut:
    """Een hiaat houdt het begin van een plaatsing tegen, niet de zoektocht."""
    return _legal(session, child, response, provider)


@router.put(
    "/juridisch-kader",
    operation_id="bewaarJuridischKader",
    summary="Leg het juridisch kader vast",
    responses=_CONSENT_GONE,
)
def put_legal_frame(
    *,
    child: ChildId,
    told: Annotated[LegalFrameIn, Body()],
    session: DbSession,
    response: Response,
    if_match: IfMatch = None,
) -> LegalFrameOut:
    """Stuur het hele kader; de eerste keer met ETag "0". Wat weg is, trekt u apart in."""
    record_legal_frame(session, registration_id=child, told=told, if_match=if_match)
    return _legal(session, child, response, None)


@router.post(
    "/_sluiten", operation_id="sluitKind", summary="Sluit een aanmelding", responses=_CLOSED
)
def close(
    *,
    child: ChildId,
    wish: Annotated[ClosingIn, Body()],
    session: DbSession,
    response: Response,
    if_match: IfMatch = None,
) -> RegistrationOut:
    """Na een plaatsing die voorbij is, of als zoeken niet meer hoeft; terug kan niet."""
    close_child(session, registration_id=child, reason=wish.reason, if_match=if_match)
    stored = _found(session, child)
    response.headers["ETag"] = etag_of(stored.registration.version)
    return show_registration(stored)


@router.post(
    "/_vervolg",
    status_code=201,
    operation_id="beginVervolg",
    summary="Zoek verder voor een kind dat hier al bekend is",
    response_model=RegisteredOut,
    responses=_FOLLOWED,
)
def follow(
    *,
    child: ChildId,
    wish: Annotated[FollowUpIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    settings: OwnSettings,
) -> JSONResponse:
    """Na een crisisplaatsing vanaf de eerste dag; de rest van de aanmelding gaat mee."""

    def work() -> Answer:
        made = follow_up(session, actor=actor, registration_id=child, wish=wish, settings=settings)
        body = show_registered(session, made, settings).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/kinderen/{made}", "ETag": etag_of(1)})

    return once.perform(session, work)


def _legal(
    session: Session, child: UUID, response: Response, provider: str | None
) -> LegalFrameOut:
    registration = registration_row(session, child)
    if registration is None:
        raise NotFound(UNKNOWN)
    shown, version = show_legal_frame(session, registration, provider)
    response.headers["ETag"] = etag_of(version)
    return shown


def _found(session: Session, child: UUID) -> StoredRegistration:
    found = find_registration(session, child)
    if found is None:
        raise NotFound(UNKNOWN)
    return found
