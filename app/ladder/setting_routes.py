"""The doors of care settings: their provider keeps them, staff looks for a place."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from pydantic import AfterValidator

from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, IfNoneMatch, etag_of
from app.http.in_path import ProviderInPath
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, link_next
from app.http.secured import SecuredRoute
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.errors import NotFound
from app.kernel.ladder import SettingKind
from app.kernel.reading import reference_number
from app.ladder.queries import SettingFilter, find_setting, list_settings
from app.ladder.schemas import SettingIn, SettingList, SettingOut
from app.ladder.settings import UNKNOWN, put_setting
from app.ladder.views import show_setting
from app.providers import current_code

router = APIRouter(prefix="/zorgsettingen", tags=["zorgsettingen"], route_class=SecuredRoute)

SettingNumber = Annotated[
    str,
    Path(
        alias="nummer",
        pattern="^[A-Za-z0-9._-]{1,40}$",
        description="Het eigen nummer van de aanbieder.",
        examples=["GH-12"],
    ),
    AfterValidator(reference_number),
]
_MADE: dict[int | str, dict[str, Any]] = {
    201: {"model": SettingOut, "description": "De zorgsetting is nieuw."}
}


def _asked(
    *,
    provider: Annotated[str | None, Query(alias="aanbieder", pattern=PROVIDER_CODE)] = None,
    kind: Annotated[SettingKind | None, Query(alias="soort")] = None,
    age: Annotated[int | None, Query(alias="leeftijd", ge=0, le=23)] = None,
    has_place: Annotated[
        bool | None, Query(alias="vrij", description="Of er een plaats vrij is.")
    ] = None,
) -> SettingFilter:
    return SettingFilter(provider=provider, kind=kind, age=age, has_place=has_place)


@router.get("", operation_id="lijstZorgsettingen", summary="Bekijk gezinshuizen en leefhuizen")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    asked: Annotated[SettingFilter, Depends(_asked)],
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> SettingList:
    """Op volgorde van aanbieder en nummer; een aanbieder ziet de eigen."""
    after = decode_cursor(cursor) or ""
    rows = [row for row in list_settings(session, asked) if _key(row) > after][: size + 1]
    link_next(request, response, [_key(row) for row in rows], size=size)
    return SettingList(settings=[show_setting(row) for row in rows[:size]])


def _key(row: Any) -> str:
    return f"{row.provider}/{row.setting.number}"


@router.get("/{aanbieder}/{nummer}", operation_id="leesZorgsetting", summary="Lees een zorgsetting")
def read(
    provider: ProviderInPath, number: SettingNumber, session: DbSession, response: Response
) -> SettingOut:
    """De ETag is de versie om op te wijzigen."""
    found = find_setting(session, current_code(session, provider), number)
    if found is None:
        raise NotFound(UNKNOWN)
    response.headers["ETag"] = etag_of(found.setting.version)
    return show_setting(found)


@router.put(
    "/{aanbieder}/{nummer}",
    operation_id="bewaarZorgsetting",
    summary="Maak of wijzig een zorgsetting",
    responses=_MADE,
)
def put(
    *,
    provider: ProviderInPath,
    number: SettingNumber,
    told: Annotated[SettingIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    response: Response,
    if_match: IfMatch = None,
    if_none_match: IfNoneMatch = None,
) -> SettingOut:
    """Met de plaatsen zoals die nu zijn: daarmee is zij ook bevestigd."""
    shown, was_made = put_setting(
        session,
        actor=actor,
        key=(provider, number),
        told=told,
        if_match=if_match,
        is_new=if_none_match is not None,
    )
    response.status_code = 201 if was_made else 200
    response.headers["ETag"] = etag_of(shown.setting.version)
    return show_setting(shown)
