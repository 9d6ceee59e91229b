"""The door of the weights: what was learnt, what it would change, and what people decide."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.convertors import Convertor, register_url_convertor

from app.http.deps import CurrentActor, DbSession, Queue
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, decode_cursor, link_next
from app.http.secured import SecuredRoute
from app.jobs import LEARN, is_queued, queue_job
from app.outcomes.deciding import accept, reject, roll_back
from app.outcomes.queries import find_version, versions_before
from app.outcomes.schemas import LearningAsked, ReasonIn, WeightsList, WeightsOut
from app.outcomes.views import show_list, show_version
from app.weights_in_force import standing_of_weights


class _VersionInPath(Convertor[str]):
    """What a version looks like, so that `_leer` is never taken for one."""

    regex = "[a-z0-9-]{1,80}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("versie", _VersionInPath())
router = APIRouter(prefix="/weegfactoren", tags=["weegfactoren"], route_class=SecuredRoute)
Version = Annotated[
    str,
    Path(
        alias="versie",
        pattern="^[a-z0-9-]{1,80}$",
        description="De versie.",
        examples=["uitkomsten-2026-11-28-1f4c09ab"],
    ),
]
_CLOSED: dict[int | str, dict[str, Any]] = {
    409: {"description": "Over deze versie valt niet (meer) te besluiten; de melding zegt waarom."}
}
_ASKED = "Een worker leert van de uitkomsten; daarna staat er een nieuw voorstel in de lijst."
_ALREADY = "Er is al gevraagd om te leren; dat wacht nog op een worker."


@router.get("", operation_id="lijstWeegfactoren", summary="Bekijk de versies van de weegfactoren")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    in_force: Annotated[
        bool, Query(alias="inWerking", description="Alleen de versie die nu geldt.")
    ] = False,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> WeightsList:
    """De nieuwste eerst, met wat nu geldt en wat daarover is besloten."""
    if in_force:
        version = standing_of_weights(session).in_force
        found = find_version(session, version) if version else None
        return show_list(session, [found] if found else [])
    rows = versions_before(session, before=decode_cursor(cursor), limit=size + 1)
    link_next(request, response, [row.version for row in rows], size=size)
    return show_list(session, rows[:size])


@router.post(
    "/_leer",
    status_code=202,
    operation_id="leerVanUitkomsten",
    summary="Leer nu van de uitkomsten",
    response_model=LearningAsked,
)
def learn(*, session: DbSession, queue: Queue, once: IdempotentRequest) -> JSONResponse:
    """Anders gebeurt dat elke week. Er komt een voorstel; niets verandert vanzelf."""

    def work() -> Answer:
        waits = is_queued(session, LEARN)
        if not waits:
            queue_job(queue, session, LEARN, lock=LEARN)
        told = LearningAsked(message=_ALREADY if waits else _ASKED)
        return Answer(202, told.model_dump(mode="json"), {"Location": "/v1/weegfactoren"})

    return once.perform(session, work)


@router.post(
    "/_terugdraaien",
    operation_id="draaiWeegfactorenTerug",
    summary="Zet de vorige weegfactoren terug",
    responses={409: {"description": "Er is niets terug te draaien."}},
)
def undo(
    *, told: Annotated[ReasonIn, Body()], session: DbSession, actor: CurrentActor
) -> WeightsList:
    """In één stap, met een reden; geldt vanaf de volgende run."""
    roll_back(session, actor=actor, reason=told.reason)
    return show_list(session, versions_before(session, before=None, limit=DEFAULT_SIZE))


@router.get("/{versie:versie}", operation_id="leesWeegfactoren", summary="Lees een versie")
def read(version: Version, session: DbSession) -> WeightsOut:
    """Waarvan zij leerde, naast de geldende versie, en wat er anders gerangschikt zou zijn."""
    return show_version(session, version)


@router.post(
    "/{versie:versie}/_aanvaarden",
    operation_id="aanvaardWeegfactoren",
    summary="Aanvaard een versie",
    responses=_CLOSED,
)
def put_into_force(
    *,
    version: Version,
    told: Annotated[ReasonIn, Body()],
    session: DbSession,
    actor: CurrentActor,
) -> WeightsOut:
    """Geldt vanaf de volgende run; runs van eerder blijven na te spelen met hun eigen versie."""
    accept(session, actor=actor, version=version, reason=told.reason)
    return show_version(session, version)


@router.post(
    "/{versie:versie}/_afwijzen",
    operation_id="wijsWeegfactorenAf",
    summary="Wijs een versie af",
    responses=_CLOSED,
)
def put_aside(
    *,
    version: Version,
    told: Annotated[ReasonIn, Body()],
    session: DbSession,
    actor: CurrentActor,
) -> WeightsOut:
    """Met een reden; zij blijft te lezen."""
    reject(session, actor=actor, version=version, reason=told.reason)
    return show_version(session, version)
