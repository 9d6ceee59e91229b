"""The door of questions to a run: why not, what else, what if, whom to call, whom to recruit."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query
from pydantic import AfterValidator

from app.http.deps import CurrentActor, DbSession, Queue
from app.http.secured import SecuredRoute
from app.kernel.actor import ActorRole
from app.kernel.addresses import number_of_path
from app.matching.questions.nearly import find_nearly
from app.matching.questions.pair import ask_about
from app.proposals.call_list import KEPT, calls_of
from app.proposals.chances_off import told_of
from app.proposals.list_views import (
    tell_calls,
    tell_recruitment,
    tell_run_calls,
    without_small,
)
from app.proposals.queries import find_run
from app.proposals.question_schemas import Alternatives, CallList, PairAnswer, Recruitment, RunCalls
from app.proposals.question_views import tell_alternatives, tell_pair
from app.proposals.questions import asked_child, asked_run
from app.proposals.replay import Replay, replay
from app.proposals.secret_now import with_secrecy
from app.proposals.whatif import answer_what_if
from app.proposals.whatif_schemas import WhatIfIn, WhatIfOut

router = APIRouter(tags=["vragen"], route_class=SecuredRoute)

ChildId = Annotated[UUID, Path(alias="id", description="Het kind.")]
RunId = Annotated[
    UUID | None,
    Query(
        alias="matchrun", description="De run waarover het gaat; anders de nieuwste die klaar is."
    ),
]
_NOT_DONE: dict[int | str, dict[str, Any]] = {
    409: {"description": "Er is geen run die klaar is, of hij is niet meer na te rekenen."}
}


@router.get(
    "/kinderen/{id}/waarom-niet/{aanbieder}/{kenmerk}",
    operation_id="vraagWaaromNiet",
    summary="Vraag waarom een gezin niet is voorgesteld",
    responses=_NOT_DONE,
)
def why_not(
    *,
    child: ChildId,
    provider: Annotated[str, Path(alias="aanbieder", max_length=60, examples=["spirit"])],
    reference: Annotated[
        str,
        Path(
            alias="kenmerk",
            max_length=60,
            description="Het eigen nummer van de aanbieder; een / erin schrijft u als ~.",
            examples=["SPI-10013"],
        ),
        AfterValidator(number_of_path),
    ],
    session: DbSession,
    run_id: RunId = None,
) -> PairAnswer:
    """De regel die het weigert en wat er moet veranderen; of de exacte prijs voor het hele plan."""
    standing, at = asked_child(session, child, run_id)
    answer = ask_about(standing.pricer, at, standing.family(provider, reference))
    return told_of(session, standing, tell_pair(standing, answer))


@router.get(
    "/kinderen/{id}/alternatieven",
    operation_id="lijstAlternatieven",
    summary="Bekijk alle echte alternatieven voor een kind",
    responses=_NOT_DONE,
)
def alternatives(*, child: ChildId, session: DbSession, run_id: RunId = None) -> Alternatives:
    """Elk gezin dat kan, met wat die keus het hele plan kost; de minste spijt eerst."""
    standing, at = asked_child(session, child, run_id)
    return told_of(session, standing, tell_alternatives(standing, at))


@router.get(
    "/matchruns/{id}/naspeling",
    operation_id="speelMatchrunNa",
    summary="Speel een run na: dezelfde invoer, hetzelfde plan?",
    responses=_NOT_DONE,
)
def replayed(
    *,
    run_id: Annotated[UUID, Path(alias="id", description="De run.")],
    session: DbSession,
) -> Replay:
    """De bewaarde invoer, het beleid, de gewichten en het zaad, opnieuw opgelost en vergeleken."""
    return replay(session, find_run(session, run_id))


@router.post(
    "/matchruns/{id}/wat-als",
    operation_id="vraagWatAls",
    summary="Vraag wat een wijziging zou doen",
    responses={409: {"description": "De run is niet klaar, of geen plan kan dit bevatten."}},
)
def what_if(
    *,
    run_id: Annotated[UUID, Path(alias="id", description="De run.")],
    wish: Annotated[WhatIfIn, Body()],
    session: DbSession,
) -> WhatIfOut:
    """Zet vast, sluit uit, houd een plaats achter, voeg er een toe of verander een feit.

    Het antwoord is het beste plan van dan; de run verandert niet en er wordt niets bewaard.
    """
    return with_secrecy(session, answer_what_if(asked_run(session, run_id), wish.changes))


@router.get(
    "/kinderen/{id}/bijna-passend",
    operation_id="lijstBijnaPassend",
    summary="Bekijk de gezinnen die bijna passen bij een kind",
    responses=_NOT_DONE,
)
def nearly(*, child: ChildId, session: DbSession, run_id: RunId = None) -> CallList:
    """Eén regel houdt elk ervan tegen, en daarover valt te bellen; de kleinste kans eerst."""
    standing, at = asked_child(session, child, run_id)
    return told_of(session, standing, tell_calls(standing, find_nearly(standing.case, at)))


@router.get(
    "/matchruns/{id}/bijna-passend",
    operation_id="lijstBelregels",
    summary="Bekijk wie er gebeld kan worden",
    responses=_NOT_DONE,
)
def calls(
    *,
    run_id: Annotated[UUID, Path(alias="id", description="De run.")],
    session: DbSession,
    queue: Queue,
    number: Annotated[
        int, Query(alias="aantal", ge=1, le=KEPT, description="Hoeveel regels.")
    ] = 10,
) -> RunCalls:
    """Voor kinderen zonder voorstel het eerst, op volgorde van wat een ja het hele plan brengt.

    De worker rekent de opbrengst uit zodra iemand de lijst opvraagt, regel voor regel; tot alles
    er is, is stand "wordt uitgerekend": vraag de lijst dan later nog eens op.
    """
    standing = asked_run(session, run_id)
    found = calls_of(session, queue, standing, number)
    return told_of(session, standing, tell_run_calls(standing, found))


@router.get(
    "/matchruns/{id}/wervingsopdracht",
    operation_id="leesWervingsopdracht",
    summary="Lees welke gezinnen ontbreken",
    responses=_NOT_DONE,
)
def recruitment(
    *,
    run_id: Annotated[UUID, Path(alias="id", description="De run.")],
    session: DbSession,
    actor: CurrentActor,
) -> Recruitment:
    """Kinderen met minder dan drie echte keuzes, en de gezinnen die dat zouden veranderen.

    Een regiomanager ziet alleen profielen voor ten minste 5 kinderen.
    """
    standing = asked_run(session, run_id)
    brief = tell_recruitment(standing, standing.find_shortage())
    return without_small(brief) if actor.role is ActorRole.MANAGER else brief
