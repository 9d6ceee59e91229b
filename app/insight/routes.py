"""The door of the figures: the region in numbers, and board by board."""

from fastapi import APIRouter

from app.http.deps import CurrentActor, DbSession
from app.http.figure_period import HAVE_THE_LIST
from app.http.ready_answers import Anew
from app.http.secured import SecuredRoute
from app.insight import every_board as boards
from app.insight.asked_period import AskedMonths, AskedPeriod
from app.insight.board_schemas import (
    CountryBoard,
    PlacementBoard,
    PlacesBoard,
    PreventionBoard,
    WaitingBoard,
)
from app.insight.kept import ready_or_made
from app.insight.schemas import RegionFigures

router = APIRouter(prefix="/regiocijfers", tags=["regio"], route_class=SecuredRoute)


@router.get("", operation_id="leesRegiocijfers", summary="Bekijk de regio in cijfers")
def read_figures(
    session: DbSession, actor: CurrentActor, period: AskedPeriod, *, anew: Anew = False
) -> RegionFigures:
    """Wachttijden, plaatsingen, tekorten en wat er van voorstellen werd; kleine aantallen niet."""
    is_whole = actor.role in HAVE_THE_LIST
    board = boards.REGION if is_whole else boards.REGION_WITHOUT_LIST
    return ready_or_made(session, board, period, anew=anew)


@router.get(
    "/wachttijden", operation_id="leesWachttijdenPerMaand", summary="Bekijk het wachten per maand"
)
def read_waiting(session: DbSession, period: AskedMonths, *, anew: Anew = False) -> WaitingBoard:
    """Wie er aan het eind van elke maand wachtte en hoe lang, en wie er kwam en ging."""
    return ready_or_made(session, boards.WAITING, period, anew=anew)


@router.get(
    "/plaatsingen",
    operation_id="leesPlaatsingscijfers",
    summary="Bekijk hoe kinderen zijn geplaatst en of het standhoudt",
)
def read_placements(
    session: DbSession, period: AskedPeriod, *, anew: Anew = False
) -> PlacementBoard:
    """Per trede, broers en zussen, afstand, school, en afbraak per halfjaar van begin."""
    return ready_or_made(session, boards.PLACEMENTS, period, anew=anew)


@router.get(
    "/plekken", operation_id="leesPlekcijfers", summary="Bekijk plekken, tekorten en pleegouders"
)
def read_places(session: DbSession, period: AskedMonths, *, anew: Anew = False) -> PlacesBoard:
    """Plekken van vandaag, tekorten van de laatste run, en welke gezinnen kwamen en gingen."""
    return ready_or_made(session, boards.PLACES, period, anew=anew)


@router.get(
    "/preventie",
    operation_id="leesPreventiecijfers",
    summary="Bekijk wat vooraf is gedaan en wat een plaatsing helpt",
)
def read_prevention(
    session: DbSession, period: AskedPeriod, *, anew: Anew = False
) -> PreventionBoard:
    """Netwerkonderzoek, mentor en leefgebieden bij de aanmelding; respijt en ondersteuning."""
    return ready_or_made(session, boards.PREVENTION, period, anew=anew)


@router.get(
    "/vergelijkingen", operation_id="leesVergelijking", summary="Bekijk de regio naast het land"
)
def read_country(session: DbSession, period: AskedMonths, *, anew: Anew = False) -> CountryBoard:
    """Met bron en jaar, en wat vergelijkbaar is; ook waar geen landelijk cijfer bekend is."""
    return ready_or_made(session, boards.COUNTRY, period, anew=anew)
