"""The door of the yearly report."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.db.session import as_system
from app.http.deps import DbSession
from app.http.secured import SecuredRoute
from app.insight.kept import Anew, kept_board
from app.insight.yearly import period_of, yearly_report
from app.insight.yearly_schemas import YearlyReport
from app.kernel.clock import today_in_amsterdam
from app.models import KeptBoardName

router = APIRouter(prefix="/jaarverslagen", tags=["regio"], route_class=SecuredRoute)


@router.get("/{jaar}", operation_id="leesJaarverslag", summary="Lees het jaarverslag van de regio")
def read_year(
    *,
    year: Annotated[int, Path(alias="jaar", ge=2000, le=2100, description="Het jaar.")],
    session: DbSession,
    anew: Anew = False,
) -> YearlyReport:
    """Alle cijfers van een jaar, met wat ze betekenen; van dit jaar tot en met vandaag."""
    today = today_in_amsterdam()
    period = period_of(year, today)
    with as_system(session):
        kept = (
            None
            if anew
            else kept_board(session, KeptBoardName.YEAR, YearlyReport, period=period, today=today)
        )
    return kept or yearly_report(session, year=year, today=today)
