"""The door of placements: look, tell of one that began outside the service, correct, change."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from app.http.deps import CurrentActor, DbSession
from app.http.etag import IfMatch, etag_of
from app.http.going_on import FollowUpsHere
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, id_after, link_next
from app.http.secured import SecuredRoute
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.errors import InputRefused
from app.kernel.words import CareForm
from app.placements.acting import allowed_on, own_placement
from app.placements.changing import change_form, move_child
from app.placements.ending import end_placement
from app.placements.ending_again import correct_ending
from app.placements.judging import judge_ending
from app.placements.queries import PlacementFilter, page_of, to_judge
from app.placements.refusals import CLEAR, NO_ENDING, NOT_POSSIBLE, TAKEN
from app.placements.schemas import (
    EndingAgainIn,
    EndingIn,
    FormIn,
    JudgementIn,
    PlacementIn,
    PlacementMoveIn,
    PlacementPatch,
)
from app.placements.schemas_out import (
    ActOut,
    PlacementList,
    PlacementOut,
    PlacementState,
    ToJudgeList,
)
from app.placements.service import correct_placement, tell_of_placement
from app.placements.views import show_act, show_lines, show_placement, show_to_judge
from app.providers import find_provider

router = APIRouter(tags=["plaatsingen"], route_class=SecuredRoute)

PlacementId = Annotated[UUID, Path(alias="plaatsing", description="De plaatsing.")]


def _asked(
    *,
    session: DbSession,
    state: Annotated[PlacementState | None, Query(alias="stand")] = None,
    provider: Annotated[str | None, Query(alias="aanbieder", pattern=PROVIDER_CODE)] = None,
    form: Annotated[CareForm | None, Query(alias="vorm")] = None,
    child: Annotated[UUID | None, Query(alias="kind", description="De aanmelding.")] = None,
    attention: Annotated[
        bool | None, Query(alias="aandacht", description="Of er iets op iemand wacht.")
    ] = None,
) -> PlacementFilter:
    named = find_provider(session, provider) if provider else None
    if provider and named is None:
        raise InputRefused("aanbieder: deze is hier niet bekend; zie /v1/aanbieders.")
    return PlacementFilter(
        state=state, provider_id=named.provider.id if named else None, form=form,
        registration_id=child, attention=attention,
    )  # fmt: skip


@router.get("/plaatsingen", operation_id="lijstPlaatsingen", summary="Bekijk de plaatsingen")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    asked: Annotated[PlacementFilter, Depends(_asked)],
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> PlacementList:
    """De nieuwste eerst; `aandacht` zegt wat er op iemand wacht."""
    found = page_of(session, asked, before=id_after(cursor), size=size + 1)
    link_next(request, response, [str(row.id) for row in found], size=size)
    return PlacementList(placements=show_lines(session, found[:size]))


@router.get("/plaatsingen/{plaatsing}", operation_id="leesPlaatsing", summary="Lees een plaatsing")
def read(placement: PlacementId, session: DbSession, response: Response) -> PlacementOut:
    """Met haar keten, wat bij de start bekend was, wat ermee gebeurde en hoe zij eindigde."""
    return _shown(session, placement, response)


@router.post(
    "/plaatsingen", status_code=201, operation_id="meldPlaatsing",
    summary="Meld een plaatsing die buiten de dienst om begon", response_model=ActOut,
    responses=TAKEN,
)  # fmt: skip
def tell(
    *,
    told: Annotated[PlacementIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    follow_ups: FollowUpsHere,
) -> JSONResponse:
    """Een aangemeld kind woont in een gezin zonder dat een stap daartoe leidde.

    Wat is afgesproken vraagt wat een stap ook vraagt; wat er al was of niet kon wachten niet. Wat
    de wet dan nog vraagt staat bij `meldingen`.
    """

    def work() -> Answer:
        made, notices = tell_of_placement(session, actor=actor, told=told, follow_ups=follow_ups)
        shown = show_act(session, own_placement(session, made), notices=notices)
        where = {"Location": f"/v1/plaatsingen/{made}", "ETag": etag_of(1)}
        return Answer(201, shown.model_dump(mode="json"), where)

    return once.perform(session, work)


@router.patch(
    "/plaatsingen/{plaatsing}", operation_id="verbeterPlaatsing",
    summary="Verbeter wat van een plaatsing bekend is",
)  # fmt: skip
def correct(
    *,
    placement: PlacementId,
    told: Annotated[PlacementPatch, Body()],
    session: DbSession,
    actor: CurrentActor,
    response: Response,
    if_match: IfMatch = None,
) -> PlacementOut:
    """Toewijzingsnummer, steunplan, samen of niet, de akkoorden die volgen; vraagt If-Match."""
    correct_placement(session, actor=actor, placement_id=placement, told=told, if_match=if_match)
    return _shown(session, placement, response)


@router.post(
    "/plaatsingen/{plaatsing}/vorm/_wijzig", operation_id="wijzigVorm",
    summary="Wijzig vorm of ritme in hetzelfde gezin", response_model=ActOut,
    responses=NOT_POSSIBLE,
)  # fmt: skip
def change(
    *,
    placement: PlacementId,
    told: Annotated[FormIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """De plaats blijft als zij ervoor kan dienen; anders zegt de melding wat nodig is."""

    def work() -> Answer:
        with allowed_on(session, placement):
            change_form(session, actor=actor, placement_id=placement, told=told)
        return _answer(session, placement)

    return once.perform(session, work)


@router.post(
    "/plaatsingen/{plaatsing}/_verplaats", status_code=201, operation_id="verplaatsKind",
    summary="Laat een kind in een ander gezin verder wonen", response_model=ActOut,
    responses=NOT_POSSIBLE,
)  # fmt: skip
def move(
    *,
    placement: PlacementId,
    told: Annotated[PlacementMoveIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    follow_ups: FollowUpsHere,
) -> JSONResponse:
    """Deze plaatsing eindigt en de volgende begint; het antwoord is de nieuwe, met haar keten."""

    def work() -> Answer:
        with allowed_on(session, placement):
            made, notices = move_child(
                session, actor=actor, placement_id=placement, told=told, follow_ups=follow_ups
            )
        shown = show_act(session, own_placement(session, made), notices=notices)
        where = {"Location": f"/v1/plaatsingen/{made}"}
        return Answer(201, shown.model_dump(mode="json"), where)

    return once.perform(session, work)


@router.post(
    "/plaatsingen/{plaatsing}/_beeindig", operation_id="beeindigPlaatsing",
    summary="Leg vast hoe een plaatsing eindigde", response_model=ActOut, responses=NOT_POSSIBLE,
)  # fmt: skip
def end(
    *,
    placement: PlacementId,
    told: Annotated[EndingIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """De plaats komt vrij. `aanmelding` zegt wat er met de aanmelding gebeurt."""

    def work() -> Answer:
        with allowed_on(session, placement):
            following = end_placement(session, actor=actor, placement_id=placement, told=told)
        shown = show_act(session, own_placement(session, placement), following=following)
        return Answer(200, shown.model_dump(mode="json"))

    return once.perform(session, work)


@router.post(
    "/plaatsingen/{plaatsing}/einde/_verbeter", operation_id="verbeterEinde",
    summary="Verbeter een verkeerd vastgelegd einde", response_model=ActOut,
    responses=NO_ENDING,
)  # fmt: skip
def correct_end(
    *,
    placement: PlacementId,
    told: Annotated[EndingAgainIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """De uitkomst volgt de nieuwe code, en de cijfers de uitkomst; wat er stond blijft te lezen."""

    def work() -> Answer:
        with allowed_on(session, placement):
            following = correct_ending(session, actor=actor, placement_id=placement, told=told)
        shown = show_act(session, own_placement(session, placement), following=following)
        return Answer(200, shown.model_dump(mode="json"))

    return once.perform(session, work)


@router.post(
    "/plaatsingen/{plaatsing}/_beoordeel", operation_id="beoordeelUitkomst",
    summary="Zeg waarvoor een einde telt", responses=CLEAR,
)  # fmt: skip
def judge(
    *,
    placement: PlacementId,
    told: Annotated[JudgementIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    response: Response,
) -> PlacementOut:
    """Alleen waar de code het niet zegt. Wat eerder is geoordeeld blijft te lezen."""
    with allowed_on(session, placement):
        judge_ending(session, actor=actor, placement_id=placement, told=told)
    return _shown(session, placement, response)


@router.get(
    "/uitkomsten-te-beoordelen", operation_id="lijstTeBeoordelen",
    summary="Bekijk de eindes die iemand moet beoordelen",
)  # fmt: skip
def list_to_judge(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> ToJudgeList:
    """De oudste eerst, met wat er te beoordelen is en wat ervan bekend is."""
    found = to_judge(session, after=id_after(cursor), size=size + 1)
    link_next(request, response, [str(row.id) for row in found], size=size)
    return ToJudgeList(endings=show_to_judge(session, found[:size]))


def _answer(session: Session, placement: UUID) -> Answer:
    shown = show_act(session, own_placement(session, placement))
    return Answer(200, shown.model_dump(mode="json"))


def _shown(session: Session, id_: UUID, response: Response) -> PlacementOut:
    with allowed_on(session, id_):
        pass
    placement = own_placement(session, id_)
    response.headers["ETag"] = etag_of(placement.version)
    return show_placement(session, placement)
