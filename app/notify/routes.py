"""The door of subscriptions: who is told of what, how far that is, and going on after a park."""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from app.http.deps import CurrentActor, DbSession
from app.http.once import Answer, IdempotentRequest
from app.http.paging import DEFAULT_SIZE, Cursor, Size, id_after, link_next
from app.http.secured import SecuredRoute
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.models import Subscription
from app.notify.queries import find_subscription, list_subscriptions, provider_codes
from app.notify.schemas import (
    SubscriptionIn,
    SubscriptionList,
    SubscriptionMade,
    SubscriptionOut,
)
from app.notify.secrets import end_previous, renew_secret
from app.notify.service import (
    UNKNOWN,
    own_provider,
    own_subscription,
    resume,
    subscribe,
    unsubscribe,
)
from app.notify.views import newest_secret, show_subscription, show_with_secret
from app.settings import Settings, load_settings

router = APIRouter(prefix="/abonnementen", tags=["abonnementen"], route_class=SecuredRoute)

OwnSettings = Annotated[Settings, Depends(load_settings)]
_NO_MORE: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Er zijn al te veel abonnementen, er is geen mailserver, of de "
        "Idempotency-Key is al gebruikt."
    }
}


@router.post(
    "",
    status_code=201,
    operation_id="neemAbonnement",
    summary="Neem een abonnement op gebeurtenissen",
    response_model=SubscriptionMade,
    responses=_NO_MORE,
)
def make(
    *,
    wish: Annotated[SubscriptionIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
    settings: OwnSettings,
) -> JSONResponse:
    """Van wat er vanaf nu gebeurt. Het geheim staat alleen in dit antwoord: bewaar het."""

    def work() -> Answer:
        made = subscribe(session, actor=actor, wish=wish, settings=settings)
        body = show_subscription(made, provider_codes(session)).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/abonnementen/{made.id}"})

    answer = once.perform(session, work)
    # Added here: what is kept for a repetition of the request must not hold the secret.
    body = json.loads(bytes(answer.body))
    found = find_subscription(session, UUID(body["id"]), provider_id=own_provider(actor))
    headers = {k: v for k, v in answer.headers.items() if not k.startswith("content-")}
    return JSONResponse(show_with_secret(body, found, settings), 201, headers)


@router.get("", operation_id="lijstAbonnementen", summary="Bekijk de abonnementen")
def list_all(
    *,
    request: Request,
    response: Response,
    session: DbSession,
    actor: CurrentActor,
    cursor: Cursor = None,
    size: Size = DEFAULT_SIZE,
) -> SubscriptionList:
    """De oudste eerst, met hoe de laatste poging ging."""
    after = id_after(cursor)
    own = own_provider(actor)
    rows = list_subscriptions(session, provider_id=own, after=after, size=size + 1)
    link_next(request, response, [str(row.id) for row in rows], size=size)
    codes = provider_codes(session)
    return SubscriptionList(subscriptions=[show_subscription(r, codes) for r in rows[:size]])


@router.get("/{id}", operation_id="leesAbonnement", summary="Lees een abonnement")
def read(
    id: UUID,  # noqa: A002  (the name in the path)
    session: DbSession,
    actor: CurrentActor,
) -> SubscriptionOut:
    """Of het loopt, hoe ver het is, en hoe de laatste poging ging."""
    return show_subscription(_found(session, actor, id), provider_codes(session))


@router.delete(
    "/{id}", status_code=204, operation_id="zegAbonnementOp", summary="Zeg een abonnement op"
)
def remove(
    id: UUID,  # noqa: A002
    session: DbSession,
    actor: CurrentActor,
) -> None:
    """Er wordt niets meer gestuurd; de gebeurtenissen blijven te lezen."""
    unsubscribe(session, actor=actor, subscription_id=id)


@router.post(
    "/{id}/_hervatten",
    operation_id="hervatAbonnement",
    summary="Ga door met een abonnement",
    responses={409: {"description": "Het stond te lang geparkeerd: neem een nieuw abonnement."}},
)
def go_on(
    id: UUID,  # noqa: A002
    session: DbSession,
    actor: CurrentActor,
) -> SubscriptionOut:
    """Meteen, en vanaf waar het stopte: er gaat niets verloren, zolang dat nog bewaard wordt."""
    found = resume(session, actor=actor, subscription_id=id)
    return show_subscription(found, provider_codes(session))


@router.post(
    "/{id}/_vernieuwen",
    operation_id="vernieuwGeheim",
    summary="Vraag een nieuw geheim voor een abonnement",
    responses={409: {"description": "Mail wordt niet ondertekend."}},
)
def renew(
    *,
    id: UUID,  # noqa: A002
    session: DbSession,
    actor: CurrentActor,
    settings: OwnSettings,
) -> SubscriptionMade:
    """Het staat alleen in dit antwoord; zeven dagen lang geldt ook het vorige."""
    found = own_subscription(session, actor, id)
    renew_secret(found, settings)
    session.flush()
    body = show_subscription(found, provider_codes(session)).model_dump()
    return SubscriptionMade(**body, secret=newest_secret(found, settings))


@router.delete(
    "/{id}/vorig-geheim",
    status_code=204,
    operation_id="beeindigVorigGeheim",
    summary="Laat het vorige geheim van een abonnement vervallen",
)
def end_old_secret(
    id: UUID,  # noqa: A002
    session: DbSession,
    actor: CurrentActor,
) -> None:
    """Zodra uw ontvanger het nieuwe kent; herhalen mag."""
    end_previous(own_subscription(session, actor, id))
    session.flush()


def _found(session: Session, actor: Actor, subscription_id: UUID) -> Subscription:
    found = find_subscription(session, subscription_id, provider_id=own_provider(actor))
    if found is None:
        raise NotFound(UNKNOWN)
    return found
