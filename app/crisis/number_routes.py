"""The door of the numbers to call at night: read one, and change what was read."""

from typing import Annotated

from fastapi import APIRouter, Body, Response

from app.crisis.numbers import (
    duty_number,
    family_number,
    put_duty_number,
    put_family_phone,
    version_of,
)
from app.crisis.schemas import FamilyPhoneIn, PhoneIn
from app.crisis.schemas_list import FamilyNumberOut, NumberList, NumberOut
from app.crisis.views import show_number, show_numbers
from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, IfNoneMatch, Told, etag_of
from app.http.in_path import FamilyInPath, ProviderInPath
from app.http.secured import SecuredRoute
from app.models import DutyNumber, FamilyPhone

router = APIRouter(prefix="/crisisnummers", route_class=SecuredRoute)


@router.get("", operation_id="lijstCrisisnummers", summary="Wie 's nachts te bellen is")
def read_numbers(session: DbSession) -> NumberList:
    """Per aanbieder de bereikbaarheidsdienst; een aanbieder ziet ieders naam en de eigen dienst."""
    return show_numbers(session)


@router.get(
    "/{aanbieder}",
    operation_id="leesDienstnummer",
    summary="Lees het nummer van de bereikbaarheidsdienst",
)
def read_duty(
    *, provider: ProviderInPath, session: DbSession, actor: CurrentActor, response: Response
) -> NumberOut:
    """De ETag is de versie om op te wijzigen, ook als er nog geen nummer staat."""
    found = duty_number(session, actor=actor, code=provider)
    _say_version(response, found[1])
    return show_number(*found)


@router.put(
    "/{aanbieder}",
    operation_id="bewaarDienstnummer",
    summary="Zet het nummer van de bereikbaarheidsdienst",
)
def put_duty(
    *,
    provider: ProviderInPath,
    told: Annotated[PhoneIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    response: Response,
    if_match: IfMatch = None,
    if_none_match: IfNoneMatch = None,
) -> NumberList:
    """Overschrijft wat u las; staat er nog geen, dan hoeft er geen If-Match bij."""
    version = Told(if_match, is_new=if_none_match is not None)
    made = put_duty_number(session, actor=actor, code=provider, phone=told, told=version)
    _say_version(response, made)
    return show_numbers(session)


@router.get(
    "/{aanbieder}/{nummer}",
    operation_id="leesGezinsnummer",
    summary="Lees of er een telefoonnummer van een gezin staat",
)
def read_phone(
    *, provider: ProviderInPath, number: FamilyInPath, session: DbSession, response: Response
) -> FamilyNumberOut:
    """Sinds wanneer, niet welk: dat ziet alleen wie dienst heeft. De ETag is de versie."""
    found = family_number(session, code=provider, number=number)
    _say_version(response, found)
    return FamilyNumberOut(updated_at=found.updated_at if found else None)


@router.put(
    "/{aanbieder}/{nummer}",
    status_code=204,
    operation_id="bewaarGezinsnummer",
    summary="Zet het telefoonnummer van een gezin",
)
def put_phone(
    *,
    provider: ProviderInPath,
    number: FamilyInPath,
    told: Annotated[FamilyPhoneIn, Body()],
    session: DbSession,
    response: Response,
    if_match: IfMatch = None,
    if_none_match: IfNoneMatch = None,
) -> None:
    """Alleen de crisisdienst ziet het terug, bij een bed van vannacht; verder als bij de dienst."""
    version = Told(if_match, is_new=if_none_match is not None)
    made = put_family_phone(session, code=provider, number=number, phone=told.phone, told=version)
    _say_version(response, made)


def _say_version(response: Response, number: DutyNumber | FamilyPhone | None) -> None:
    response.headers["ETag"] = etag_of(version_of(number))
