"""The door of the figures: the region in numbers, and board by board."""

from fastapi import APIRouter

from app.db.session import as_system
from app.http.deps import CurrentActor, DbSession
from app.http.figure_period import HAVE_THE_LIST
from app.http.secured import SecuredRoute
from app.insight.asked_period import AskedMonths, AskedPeriod
from app.insight.board_schemas import (
    CountryBoard,
    PlacementBoard,
    PlacesBoard,
    PreventionBoard,
    WaitingBoard,
)
from app.insight.kept import Anew, ready_or_made
from app.insight.placed_board import placement_board
from app.insight.places_board import places_board
from app.insight.prevention_board import prevention_board
from app.insight.schemas import RegionFigures
from app.insight.service import figures_of
from app.insight.waiting_board import waiting_board
from app.insight.yearly import beside_country
from app.kernel.clock import today_in_amsterdam
from app.models import KeptBoardName

router = APIRouter(prefix="/regiocijfers", tags=["regio"], route_class=SecuredRoute)


@router.get("", operation_id="leesRegiocijfers", summary="Bekijk de regio in cijfers")
def read_figures(session: DbSession, actor: CurrentActor, period: AskedPeriod) -> RegionFigures:
    """Wachttijden, plaatsingen, tekorten en wat er van voorstellen werd; kleine aantallen niet."""
    is_whole = actor.role in HAVE_THE_LIST
    return figures_of(session, period=period, today=today_in_amsterdam(), is_whole=is_whole)


@router.get(
    "/wachttijden", operation_id="leesWachttijdenPerMaand", summary="Bekijk het wachten per maand"
)
def read_waiting(session: DbSession, period: AskedMonths) -> WaitingBoard:
    """Wie er aan het eind van elke maand wachtte en hoe lang, en wie er kwam en ging."""
    with as_system(session):
        return waiting_board(session, period=period)


@router.get(
    "/plaatsingen",
    operation_id="leesPlaatsingscijfers",
    summary="Bekijk hoe kinderen zijn geplaatst en of het standhoudt",
)
def read_placements(session: DbSession, period: AskedPeriod) -> PlacementBoard:
    """Per trede, broers en zussen, afstand, school, en afbraak per halfjaar van begin."""
    with as_system(session):
        return placement_board(session, period=period, today=today_in_amsterdam())


@router.get(
    "/plekken", operation_id="leesPlekcijfers", summary="Bekijk plekken, tekorten en pleegouders"
)
def read_places(session: DbSession, period: AskedMonths, *, anew: Anew = False) -> PlacesBoard:
    """Plekken van vandaag, tekorten van de laatste run, en welke gezinnen kwamen en gingen."""
    today = today_in_amsterdam()

    def make() -> PlacesBoard:
        with as_system(session):
            return places_board(session, period=period, today=today)

    return ready_or_made(
        session, KeptBoardName.PLACES, make, kind=PlacesBoard, period=period, today=today, anew=anew
    )


@router.get(
    "/preventie",
    operation_id="leesPreventiecijfers",
    summary="Bekijk wat vooraf is gedaan en wat een plaatsing helpt",
)
def read_prevention(session: DbSession, period: AskedPeriod) -> PreventionBoard:
    """Netwerkonderzoek, mentor en leefgebieden bij de aanmelding; respijt en ondersteuning."""
    with as_system(session):
        return prevention_board(session, period=period)


@router.get(
    "/vergelijkingen", operation_id="leesVergelijking", summary="Bekijk de regio naast het land"
)
def read_country(session: DbSession, period: AskedMonths) -> CountryBoard:
    """Met bron en jaar, en wat vergelijkbaar is; ook waar geen landelijk cijfer bekend is."""
    return beside_country(session, period=period, today=today_in_amsterdam())
