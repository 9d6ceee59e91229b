"""The door of match runs: start one, follow it, read what it proposes, compare two."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic_core import to_json

from app.http.deps import CurrentActor, DbSession, Queue
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, id_after, link_next
from app.http.secured import SecuredRoute
from app.proposals.ask import ask_for_run
from app.proposals.compare import compare_runs
from app.proposals.kin import show_kin
from app.proposals.kin_schemas import KinList
from app.proposals.queries import find_run, list_runs, registrations_in_run
from app.proposals.question_queries import child_of_run, run_before
from app.proposals.report import build_report, describe_children
from app.proposals.schemas import (
    ChildOfRun,
    ChildProposals,
    ChildrenInRun,
    MatchRunIn,
    MatchRunList,
    MatchRunOut,
    RunReport,
)
from app.proposals.schemas_compare import Comparison
from app.proposals.schemas_tradeoffs import Tradeoffs
from app.proposals.views import show_proposals, show_run, show_summary, show_tradeoffs

router = APIRouter(route_class=SecuredRoute)

_RUNS = ["matchruns"]
_ETAG: dict[str, Any] = {"headers": {"ETag": {"$ref": "#/components/headers/Etag"}}}
_EMPTY = {
    "description": "Er is niets te matchen: er wacht geen kind of er is geen gezin bekend; of de "
    "Idempotency-Key is al gebruikt."
}
_NOT_DONE = {"description": "Eén van de twee runs is niet klaar."}
_NO_TRADEOFFS = {"description": "De run is niet klaar, of van voor er afwegingen bij stonden."}
_NO_CHILD = {"description": "Dit kind is hier niet aangemeld."}


@router.post(
    "/matchruns",
    status_code=202,
    operation_id="vraagMatchrunAan",
    summary="Vraag een matchrun aan",
    tags=[*_RUNS],
    response_model=MatchRunOut,
    responses={409: _EMPTY},
)
def start(
    *,
    wish: Annotated[MatchRunIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    queue: Queue,
    once: IdempotentRequest,
) -> JSONResponse:
    """Een worker voert hem uit, één per regio tegelijk. Een run die nog wacht wordt vervangen."""

    def work() -> Answer:
        run = ask_for_run(session, queue, actor=actor, wish=wish)
        body = show_run(session, run).model_dump(mode="json")
        return Answer(202, body, {"Location": f"/v1/matchruns/{run.id}"})

    return once.perform(session, work)


@router.get("/matchruns", operation_id="lijstMatchruns", summary="Bekijk de runs", tags=[*_RUNS])
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> MatchRunList:
    """De nieuwste eerst."""
    runs = list_runs(session, before=id_after(cursor), limit=size + 1)
    link_next(request, response, [str(run.id) for run in runs], size=size)
    return MatchRunList(runs=[show_summary(run) for run in runs[:size]])


@router.get("/matchruns/{id}", operation_id="leesMatchrun", summary="Volg een run", tags=[*_RUNS])
def read(id: UUID, session: DbSession) -> MatchRunOut:  # noqa: A002  (the name in the path)
    """Hoe de run ervoor staat, met de voortgang zolang hij loopt."""
    return show_run(session, find_run(session, id))


@router.get(
    "/matchruns/{id}/voorstellen",
    operation_id="lijstVoorstellen",
    summary="Bekijk de voorstellen van een run",
    tags=[*_RUNS],
    response_model=ChildrenInRun,
)
def read_proposals(
    *,
    id: UUID,  # noqa: A002
    request: Request,
    session: DbSession,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
    only_unplaced: Annotated[
        bool, Query(alias="zonderVoorstel", description="Alleen kinderen zonder voorstel.")
    ] = False,
) -> JSONResponse:
    """Op volgorde van aanmeldnummer, met redenen en alternatieven."""
    run = find_run(session, id)
    after = decode_cursor(cursor)
    rows = registrations_in_run(
        session, run.id, after=after, limit=size + 1, only_unplaced=only_unplaced
    )
    # Made by hand: the rows are already JSON, and judging thousands of reasons again takes time.
    answer = JSONResponse({"voorstellen": describe_children(session, run, rows[:size])})
    link_next(request, answer, [row.number for row in rows], size=size)
    return answer


@router.get(
    "/matchruns/{id}/kinderen/{aanmeldnummer}",
    operation_id="zoekKindInMatchrun",
    summary="Vind het kind bij een aanmeldnummer in een run",
    tags=[*_RUNS],
)
def find_child(
    *,
    id: UUID,  # noqa: A002
    number: Annotated[
        str,
        Path(
            alias="aanmeldnummer",
            max_length=40,
            description="Zoals de run het noemt.",
            examples=["AM-2026-1000"],
        ),
    ],
    session: DbSession,
) -> ChildOfRun:
    """Een run noemt kinderen bij hun nummer; hier vandaan gaat het verder op `/kinderen/{kind}`."""
    run = find_run(session, id)
    return ChildOfRun(number=number, child_id=child_of_run(session, run.id, number))


@router.get(
    "/matchruns/{id}/verslag",
    operation_id="leesVerslag",
    summary="Lees het hele verslag van een run",
    tags=[*_RUNS],
    response_model=RunReport,
)
def read_report(id: UUID, session: DbSession) -> JSONResponse:  # noqa: A002
    """Wat `pleegzorg match` schrijft: de run, alle voorstellen, en wat de imports weigerden."""
    return JSONResponse(build_report(session, find_run(session, id)))


@router.get(
    "/matchruns/{id}/afwegingen",
    operation_id="leesAfwegingen",
    summary="Lees wat de keuzes van een run kosten",
    tags=[*_RUNS],
    responses={409: _NO_TRADEOFFS},
)
def read_tradeoffs(id: UUID, session: DbSession) -> Tradeoffs:  # noqa: A002
    """Wat één kind meer plaatsen kost, en wat twee andere volgordes van doelen veranderen."""
    return show_tradeoffs(find_run(session, id))


@router.get(
    "/matchruns/{id}/_vergelijk",
    operation_id="vergelijkMatchruns",
    summary="Vergelijk een run met een andere",
    tags=[*_RUNS],
    responses={409: _NOT_DONE},
)
def compare(
    *,
    id: UUID,  # noqa: A002
    session: DbSession,
    other: Annotated[
        UUID | None,
        Query(
            alias="met",
            description="De run om mee te vergelijken; anders de vorige die klaar is.",
        ),
    ] = None,
) -> Comparison:
    """Wat elk doel in beide runs waard is, en welke kinderen van `met` naar deze run veranderen."""
    here = find_run(session, id)
    there = find_run(session, other) if other else run_before(session, here)
    return compare_runs(session, here, there)


@router.get(
    "/kinderen/{id}/matchvoorstellen",
    operation_id="leesMatchvoorstellen",
    summary="Bekijk de voorstellen voor een kind",
    tags=["matchvoorstellen"],
    response_model=ChildProposals,
    responses={200: _ETAG, 404: _NO_CHILD},
)
def read_child(id: UUID, session: DbSession) -> Response:  # noqa: A002
    """In volgorde, uit de nieuwste run die klaar is. Een voorstel is advies: mensen besluiten."""
    shown, etag = show_proposals(session, id)
    return Response(to_json(shown), media_type="application/json", headers={"ETag": etag})


@router.get(
    "/kinderen/{id}/matchvoorstellen/broers-zussen",
    operation_id="lijstVoorstellenBroersZussen",
    summary="Bekijk bij wie de broers en zussen van een kind zijn voorgesteld",
    tags=["matchvoorstellen"],
    responses={404: _NO_CHILD},
)
def read_kin(id: UUID, session: DbSession) -> KinList:  # noqa: A002
    """Wat voor hen is gewenst, en bij welk gezin elk is voorgesteld of woont."""
    return show_kin(session, id)
