"""The doors of purges: what may go by its term, and who approves that it goes."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path

from app.http.deps import CurrentActor, DbSession
from app.http.secured import SecuredRoute
from app.rights.purge import approve
from app.rights.queries import list_purges
from app.rights.schemas import PurgeList, PurgeOut
from app.rights.views import show_purge

router = APIRouter(prefix="/opschoningen", tags=["rechten"], route_class=SecuredRoute)

PurgeId = Annotated[UUID, Path(alias="opschoning", description="De opschoning.")]
_APPROVED: dict[int | str, dict[str, Any]] = {409: {"description": "Hij is al goedgekeurd."}}
_SHOWN = 50


@router.get("", operation_id="lijstOpschoningen", summary="Bekijk wat wordt of is opgeschoond")
def list_all(session: DbSession) -> PurgeList:
    """Aantallen per klasse en tabel, nooit wie; de laatste vijftig, de nieuwste eerst."""
    return PurgeList(purges=[show_purge(row) for row in list_purges(session, size=_SHOWN)])


@router.post(
    "/{opschoning}/_goedkeuren",
    operation_id="keurOpschoningGoed",
    summary="Keur een opschoning goed",
    responses=_APPROVED,
)
def approve_one(purge: PurgeId, session: DbSession, actor: CurrentActor) -> PurgeOut:
    """De worker voert hem daarna uit; dat kan niet terug."""
    return show_purge(approve(session, actor, purge))
