"""The door of the yearly report."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.http.deps import DbSession
from app.http.secured import SecuredRoute
from app.insight.yearly import yearly_report
from app.insight.yearly_schemas import YearlyReport
from app.kernel.clock import today_in_amsterdam

router = APIRouter(prefix="/jaarverslagen", tags=["regio"], route_class=SecuredRoute)


@router.get("/{jaar}", operation_id="leesJaarverslag", summary="Lees het jaarverslag van de regio")
def read_year(
    *,
    year: Annotated[int, Path(alias="jaar", ge=2000, le=2100, description="Het jaar.")],
    session: DbSession,
) -> YearlyReport:
    """Alle cijfers van een jaar, met wat ze betekenen; van dit jaar tot en met vandaag."""
    return yearly_report(session, year=year, today=today_in_amsterdam())
