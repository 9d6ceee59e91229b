"""The door of the postcode areas: centroids to draw a map with, and to take a distance from."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.http.deps import DbSession
from app.http.secured import SecuredRoute
from app.models import PostcodeArea
from app.reference.area_schemas import AreaList, AreaOut
from app.reference.queries import areas_around, find_areas

router = APIRouter(prefix="/postcodegebieden", tags=["postcodegebieden"], route_class=SecuredRoute)

MOST = 30
_CODES = rf"^[1-9][0-9]{{3}}(,[1-9][0-9]{{3}}){{0,{MOST - 1}}}$"


@router.get("", operation_id="lijstPostcodegebieden", summary="Bekijk waar postcodes liggen")
def list_areas(
    *,
    session: DbSession,
    codes: Annotated[
        str | None,
        Query(
            alias="gebieden",
            pattern=_CODES,
            description=f"Vier cijfers per gebied, met komma's ertussen; hoogstens {MOST}.",
            examples=["1011,1382"],
        ),
    ] = None,
    with_around: Annotated[
        bool, Query(alias="omgeving", description="Ook wat er op een kaart omheen ligt.")
    ] = False,
) -> AreaList:
    """Middelpunten van viercijferige postcodes; over wie er woont staat hier niets."""
    found = find_areas(session, sorted(set(codes.split(","))) if codes else [])
    around = areas_around(session, found) if with_around and found else []
    return AreaList(areas=[_shown(a) for a in found], around=[_shown(a) for a in around])


def _shown(area: PostcodeArea) -> AreaOut:
    return AreaOut(
        pc4=area.pc4, place=area.place, municipality=area.municipality, lat=area.lat,
        lon=area.lon, quality=area.quality,
    )  # fmt: skip
