"""The door of the yearly report."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.http.deps import DbSession
from app.http.ready_answers import Anew
from app.http.secured import SecuredRoute
from app.insight.every_board import YEAR
from app.insight.kept import ready_or_made
from app.insight.yearly import period_of
from app.insight.yearly_schemas import YearlyReport
from app.kernel.clock import today_in_amsterdam

router = APIRouter(prefix="/jaarverslagen", tags=["regio"], route_class=SecuredRoute)


@router.get("/{jaar}", operation_id="leesJaarverslag", summary="Lees het jaarverslag van de regio")
def read_year(
    *,
    year: Annotated[int, Path(alias="jaar", ge=2000, le=2100, description="Het jaar.")],
    session: DbSession,
    anew: Anew = False,
) -> YearlyReport:
    """Alle cijfers van een jaar, met wat ze betekenen; van dit jaar tot en met vandaag."""
    return ready_or_made(session, YEAR, period_of(year, today_in_amsterdam()), anew=anew)
