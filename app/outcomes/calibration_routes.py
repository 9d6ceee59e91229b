"""The door of the calibration board, and the switch of the chances."""

from typing import Annotated, Any

from fastapi import APIRouter, Body

from app.http.deps import CurrentActor, DbSession
from app.http.secured import SecuredRoute
from app.kernel.clock import today_in_amsterdam
from app.outcomes.calibration import show_calibration
from app.outcomes.calibration_schemas import CalibrationOut
from app.outcomes.deciding import switch_chances
from app.outcomes.schemas import ReasonIn

router = APIRouter(prefix="/kalibratie", tags=["weegfactoren"], route_class=SecuredRoute)
_ALREADY: dict[int | str, dict[str, Any]] = {409: {"description": "Dat is al zo."}}


@router.get("", operation_id="leesKalibratie", summary="Bekijk of de kansen kloppen")
def read(session: DbSession) -> CalibrationOut:
    """Genoemde kansen tegen wat er gebeurde; of dat verandert; en wanneer de kansen uit moeten."""
    return show_calibration(session, today=today_in_amsterdam())


@router.post(
    "/_uitzetten", operation_id="zetKansenUit", summary="Zet de kansen uit", responses=_ALREADY
)
def switch_off(
    *, told: Annotated[ReasonIn, Body()], session: DbSession, actor: CurrentActor
) -> CalibrationOut:
    """Voorstellen noemen geen kans meer, en nieuwe runs rangschikken zonder; met een reden."""
    switch_chances(session, actor=actor, off=True, reason=told.reason)
    return show_calibration(session, today=today_in_amsterdam())


@router.post(
    "/_aanzetten", operation_id="zetKansenAan", summary="Zet de kansen weer aan", responses=_ALREADY
)
def switch_on(
    *, told: Annotated[ReasonIn, Body()], session: DbSession, actor: CurrentActor
) -> CalibrationOut:
    """Met een reden; geldt vanaf de volgende run."""
    switch_chances(session, actor=actor, off=False, reason=told.reason)
    return show_calibration(session, today=today_in_amsterdam())
