"""The doors of ambulatory support: its provider keeps it, the watch list names what fits."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import AfterValidator

from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, IfNoneMatch, etag_of
from app.http.in_path import ProviderInPath
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, link_next
from app.http.secured import SecuredRoute
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.errors import NotFound
from app.kernel.reading import reference_number
from app.providers import current_code
from app.strain.ambulatory import UNKNOWN, put_support
from app.strain.ambulatory_queries import Kept, find_support, list_support
from app.strain.ambulatory_schemas import AmbulatoryIn, AmbulatoryList, AmbulatoryOut

router = APIRouter(
    prefix="/ambulante-hulpvormen", tags=["ambulante hulp"], route_class=SecuredRoute
)

SupportNumber = Annotated[
    str,
    Path(
        alias="nummer",
        pattern="^[A-Za-z0-9._-]{1,40}$",
        description="Het eigen nummer van de aanbieder.",
        examples=["AH-3"],
    ),
    AfterValidator(reference_number),
]
_MADE: dict[int | str, dict[str, Any]] = {
    201: {"model": AmbulatoryOut, "description": "De hulp is nieuw."}
}


@router.get("", operation_id="lijstAmbulanteHulp", summary="Bekijk welke ambulante hulp er is")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    provider: Annotated[str | None, Query(alias="aanbieder", pattern=PROVIDER_CODE)] = None,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> AmbulatoryList:
    """Met plaatsen en wachttijd zoals het nu is; een aanbieder ziet de eigen hulpvormen."""
    after = decode_cursor(cursor) or ""
    rows = [row for row in list_support(session, provider) if _key(row) > after][: size + 1]
    link_next(request, response, [_key(row) for row in rows], size=size)
    return AmbulatoryList(found=[_show(row) for row in rows[:size]])


@router.get(
    "/{aanbieder}/{nummer}", operation_id="leesAmbulanteHulp", summary="Lees een ambulante hulpvorm"
)
def read(
    provider: ProviderInPath, number: SupportNumber, session: DbSession, response: Response
) -> AmbulatoryOut:
    """De ETag is de versie om op te wijzigen."""
    found = find_support(session, current_code(session, provider), number)
    if found is None:
        raise NotFound(UNKNOWN)
    response.headers["ETag"] = etag_of(found.support.version)
    return _show(found)


@router.put(
    "/{aanbieder}/{nummer}",
    operation_id="bewaarAmbulanteHulp",
    summary="Maak of wijzig een ambulante hulpvorm",
    responses=_MADE,
)
def put(
    *,
    provider: ProviderInPath,
    number: SupportNumber,
    told: Annotated[AmbulatoryIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    response: Response,
    if_match: IfMatch = None,
    if_none_match: IfNoneMatch = None,
) -> AmbulatoryOut:
    """Waarvoor, waar, hoeveel plaatsen nu vrij zijn en hoe lang het wachten is."""
    kept, was_made = put_support(
        session,
        actor=actor,
        key=(provider, number),
        told=told,
        versions=(if_match, if_none_match is not None),
    )
    response.status_code = 201 if was_made else 200
    response.headers["ETag"] = etag_of(kept.support.version)
    return _show(kept)


def _key(row: Kept) -> str:
    return f"{row.provider}/{row.support.number}"


def _show(row: Kept) -> AmbulatoryOut:
    support = row.support
    return AmbulatoryOut(
        provider=row.provider, number=support.number, name=support.name, signs=support.signs,
        municipalities=support.municipalities, places=support.places,
        waiting_weeks=support.waiting_weeks, confirmed_on=support.confirmed_on,
    )  # fmt: skip
