"""The door of the families: a provider tells of one family, everybody else reads."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Query, Request, Response
from pydantic import AfterValidator
from sqlalchemy.orm import Session

from app.families.list_queries import FamilyFilter, list_families
from app.families.queries import find_family
from app.families.schemas import FamilyIn, FamilyList, FamilyOut
from app.families.told import read_record
from app.families.upsert import (
    UNKNOWN_FAMILY,
    confirm_family,
    put_family,
    take_back_confirmation,
)
from app.families.views import show_family, show_summary, words_of
from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, etag_of
from app.http.in_path import FamilyInPath, ProviderInPath
from app.http.paging import DEFAULT_SIZE, Cursor, Size, family_after, link_next
from app.http.retired import note_retired
from app.http.secured import SecuredRoute
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.errors import NotFound
from app.kernel.reading import reference_number
from app.kernel.words import CareForm, FamilyStatus
from app.providers import find_provider
from app.settings import load_settings

router = APIRouter(prefix="/pleeggezinnen", tags=["pleeggezinnen"], route_class=SecuredRoute)

FamilyNumber = Annotated[FamilyInPath, AfterValidator(reference_number)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A family as its address names it."""

    provider: str
    number: str


IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        pattern=r"^\*$",
        description="* om alleen een nieuw gezin te maken.",
    ),
]
_ETAG: dict[str, Any] = {"headers": {"ETag": {"$ref": "#/components/headers/Etag"}}}
_OLDER = {"description": "Ouder dan wat al bekend is."}
_NOT_BACK = {
    "description": "Er is niet bevestigd, te lang geleden, door een ander, of er is sindsdien iets "
    "gewijzigd."
}
_FOUND = {"model": FamilyOut, "description": "Het gezin zoals het nu bekend is."}
_MADE = {"model": FamilyOut, "description": "Het gezin is nieuw."}


def _asked(
    *,
    provider: Annotated[str | None, Query(alias="aanbieder", pattern=PROVIDER_CODE)] = None,
    status: FamilyStatus | None = None,
    form: Annotated[CareForm | None, Query(alias="vorm")] = None,
    number: Annotated[
        str | None,
        Query(alias="nummer", min_length=1, max_length=40, description="Deel van het nummer."),
    ] = None,
    has_place: Annotated[
        bool | None, Query(alias="vrij", description="Of er een plaats vrij is.")
    ] = None,
    is_stale: Annotated[
        bool | None, Query(alias="eerstBevestigen", description="Of er eerst gebeld moet worden.")
    ] = None,
) -> FamilyFilter:
    return FamilyFilter(
        provider=provider, status=status, form=form, number=number, has_place=has_place,
        is_stale=is_stale, days=load_settings().confirm_after_days,
    )  # fmt: skip


@router.get("", operation_id="lijstPleeggezinnen", summary="Bekijk de pleeggezinnen")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    actor: CurrentActor,
    asked: Annotated[FamilyFilter, Depends(_asked)],
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> FamilyList:
    """Op volgorde van aanbieder en nummer; zonder naam en adres."""
    named = find_provider(session, asked.provider) if asked.provider else None
    wanted = replace(asked, own=actor.provider_id)
    if named:
        wanted = replace(wanted, provider=named.provider.code)
    rows = list_families(session, wanted, after=family_after(cursor), size=size + 1)
    keys = [f"{row.provider}/{row.family.reference}" for row in rows]
    link_next(request, response, keys, size=size)
    note_retired(response.headers, request, named)
    words = words_of(session, [row.family.id for row in rows[:size]])
    return FamilyList(families=[show_summary(row, words[row.family.id]) for row in rows[:size]])


@router.get("/{aanbieder}/{nummer}", operation_id="leesPleeggezin", summary="Lees een pleeggezin")
def read(
    *,
    provider: ProviderInPath,
    number: FamilyNumber,
    session: DbSession,
    request: Request,
    response: Response,
) -> FamilyOut:
    """Plaatsen, bereidheid en huisgenoten; de ETag is de versie om op te wijzigen."""
    return show(session, Asked(provider, number), request, response)


@router.put(
    "/{aanbieder}/{nummer}",
    operation_id="bewaarPleeggezin",
    summary="Maak of wijzig een pleeggezin",
    responses={200: _FOUND, 201: _MADE, 409: _OLDER},
)
def put(
    *,
    provider: ProviderInPath,
    number: FamilyNumber,
    told: Annotated[FamilyIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    request: Request,
    response: Response,
    if_match: IfMatch = None,
    if_none_match: IfNoneMatch = None,
) -> FamilyOut:
    """Stuur het hele gezin; een gezin dat al bestaat vraagt If-Match met de gelezen ETag."""
    is_new = put_family(
        session,
        actor=actor,
        provider_code=provider,
        record=read_record(number, told),
        if_match=if_match,
        must_be_new=if_none_match is not None,
    )
    response.status_code = 201 if is_new else 200
    return show(session, Asked(provider, number), request, response)


@router.post(
    "/{aanbieder}/{nummer}/_bevestig",
    operation_id="bevestigPleeggezin",
    summary="Bevestig dat een pleeggezin beschikbaar is",
    responses={200: _ETAG},
)
def confirm(
    *,
    provider: ProviderInPath,
    number: FamilyNumber,
    session: DbSession,
    actor: CurrentActor,
    request: Request,
    response: Response,
) -> FamilyOut:
    """Navragen vervalt en het moment wordt bewaard; herhalen mag."""
    confirm_family(session, actor=actor, provider_code=provider, reference=number)
    return show(session, Asked(provider, number), request, response)


@router.post(
    "/{aanbieder}/{nummer}/bevestiging/_terugdraaien",
    operation_id="draaiBevestigingTerug",
    summary="Draai een bevestiging terug",
    responses={200: _ETAG, 409: _NOT_BACK},
)
def take_back(
    *,
    provider: ProviderInPath,
    number: FamilyNumber,
    session: DbSession,
    actor: CurrentActor,
    request: Request,
    response: Response,
) -> FamilyOut:
    """Tot vijf minuten erna, door wie bevestigde: het moment van daarvoor geldt weer."""
    take_back_confirmation(session, actor=actor, provider_code=provider, reference=number)
    return show(session, Asked(provider, number), request, response)


def show(session: Session, asked: Asked, request: Request, response: Response) -> FamilyOut:
    """Return a family as it stands, with its version; NotFound where who asks sees none."""
    named = find_provider(session, asked.provider)
    found = find_family(session, named.provider, asked.number) if named else None
    if found is None:
        raise NotFound(UNKNOWN_FAMILY)
    response.headers["ETag"] = etag_of(found.family.version)
    note_retired(response.headers, request, named)
    return show_family(found, words_of(session, [found.family.id])[found.family.id])
