"""Reading the feed; subscribing, and beginning again where a subscription was parked."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.events.emit import queue_delivery
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import Conflict, InputRefused, NoLongerKept, NotAllowed, NotFound, NotReady
from app.kernel.ids import new_id
from app.models import Channel, Event, Subscription, SubscriptionState
from app.notify.address import check_mail_address, check_url
from app.notify.queries import (
    Place,
    Wanted,
    count_subscriptions,
    events_between,
    find_horizon,
    find_subscription,
    is_of_other_server,
    merged_with,
    provider_codes,
    settled_until,
)
from app.notify.schemas import SubscriptionIn
from app.notify.secrets import make_secret
from app.providers import find_provider
from app.settings import Settings

MOST = 20
TOO_OLD = (
    "cursor: een deel van wat hierna gebeurde wordt niet meer bewaard; lees eerst de volledige "
    "stand opnieuw (docs/gebeurtenissen.md) en begin dan zonder cursor."
)
PARKED_TOO_LONG = (
    "Een deel van wat dit abonnement miste wordt niet meer bewaard: zeg het op, neem een nieuw, en "
    "lees daarna de volledige stand."
)
UNKNOWN = "Dit abonnement bestaat niet: controleer het adres."
OTHER_SERVER = (
    "De gegevens zijn teruggezet op een andere databaseserver: laat beheer een nieuw tijdperk van "
    "gebeurtenissen beginnen (docs/operations.md)."
)


def read_feed(
    session: Session,
    *,
    actor: Actor,
    kinds: list[str],
    after: Place,
    size: int,
    provider: str | None = None,
) -> tuple[list[Event], Place]:
    """Return what happened after a place, in order, and after which place to go on.

    A provider's roles get what is for it. after: the first place of all for a new reader. provider:
    only of this one, or of those that merged into it. Raises NotReady on a database that was
    restored on another server, NoLongerKept where some of what came after the place has been let
    go, and InputRefused for a provider that the actor may not read.
    """
    if is_of_other_server(session):
        raise NotReady(OTHER_SERVER)
    until = settled_until(session)
    wanted = Wanted(_read_of(session, actor, provider), kinds)
    found = events_between(session, wanted, after=after, until=until, size=size)
    # Looked at afterwards: what is let go between the two is missed by nobody.
    if after != Place() and after < find_horizon(session):
        raise NoLongerKept(TOO_OLD)
    # Past what it did not ask for: otherwise a reader of a rare kind begins far back each time.
    return found, Place.of(found[-1]) if len(found) == size else max(after, until)


def _read_of(session: Session, actor: Actor, code: str | None) -> UUID | None:
    """Return whose events an actor reads: of a provider its own, or one that merged into it."""
    own = actor.provider_id if actor.is_of_provider else None
    if code is None:
        return own
    named = find_provider(session, code)
    if named is None or (own is not None and named.source.id not in merged_with(session, own)):
        raise InputRefused(
            "aanbieder: is hier niet bekend, of niet de uwe of een die daarin opging; laat dit weg "
            "of controleer de code."
        )
    return named.source.id


def subscribe(
    session: Session, *, actor: Actor, wish: SubscriptionIn, settings: Settings
) -> Subscription:
    """Store a subscription on what happens from now on.

    Raises InputRefused for an address or a provider that cannot be, NotAllowed for mail that is not
    asked for by the administrator, Conflict when there are too many or there is no mail server.
    """
    provider_id = _provider_of(session, actor, wish.provider)
    _check_address(actor, wish, settings)
    if count_subscriptions(session, provider_id) >= MOST:
        raise Conflict(f"Er zijn al {MOST} abonnementen: verwijder er eerst een.")
    is_webhook = wish.channel is Channel.WEBHOOK
    start = settled_until(session)
    id_ = new_id()
    made = Subscription(
        id=id_,
        channel=wish.channel,
        provider_id=provider_id,
        address=wish.address,
        kinds=sorted(set(wish.kinds)),
        secret=make_secret(id_, settings) if is_webhook else None,
        actor=actor.name,
        era=start.era,
        transaction_id=start.transaction_id,
    )
    session.add(made)
    session.flush()
    session.refresh(made)
    return made


def unsubscribe(session: Session, *, actor: Actor, subscription_id: UUID) -> None:
    """Remove a subscription; raises NotFound."""
    session.delete(own_subscription(session, actor, subscription_id))
    session.flush()


def resume(session: Session, *, actor: Actor, subscription_id: UUID) -> Subscription:
    """Try again at once, from where it stopped; raises NotFound.

    Conflict where it was parked for so long that some of what it missed has been let go.
    """
    found = own_subscription(session, actor, subscription_id)
    is_parked = found.state is SubscriptionState.PARKED
    if is_parked and Place.of(found) < find_horizon(session):
        raise Conflict(PARKED_TOO_LONG)
    found.state, found.parked_at = SubscriptionState.RUNNING, None
    found.failures, found.not_before = 0, None
    session.flush()
    queue_delivery(session, found.id)
    return found


def own_provider(actor: Actor) -> UUID | None:
    """Return whose subscriptions an actor may see; None: everybody's, for the administrator.

    Raises NotAllowed for anybody else.
    """
    if actor.role is ActorRole.ADMINISTRATOR:
        return None
    if actor.provider_id is None:
        raise NotAllowed("Abonnementen zijn van een aanbieder of van beheer.")
    return actor.provider_id


def own_subscription(session: Session, actor: Actor, subscription_id: UUID) -> Subscription:
    """Return a subscription that nobody else can change meanwhile; raises NotFound."""
    found = find_subscription(session, subscription_id, provider_id=own_provider(actor), lock=True)
    if found is None:
        raise NotFound(UNKNOWN)
    return found


def _provider_of(session: Session, actor: Actor, code: str | None) -> UUID | None:
    own = own_provider(actor)
    known = {code: id_ for id_, code in provider_codes(session).items()}
    if code is None:
        return own
    if code not in known or own not in (None, known[code]):
        raise InputRefused("aanbieder: is hier niet bekend; laat het veld weg, of controleer het.")
    return known[code]


def _check_address(actor: Actor, wish: SubscriptionIn, settings: Settings) -> None:
    if wish.channel is Channel.WEBHOOK:
        check_url(wish.address, settings)
        return
    if actor.role is not ActorRole.ADMINISTRATOR:
        raise NotAllowed("Mail stelt beheer in: vraag het daar, of neem een webhook.")
    check_mail_address(wish.address)
    if not wish.kinds:
        raise InputRefused("soorten: kies waarover deze ontvanger mail krijgt.")
    if settings.smtp_url is None and settings.environment != "ontwikkeling":
        raise Conflict("Er is geen mailserver ingesteld (PLEEGZORG_SMTP_URL): vraag het beheer.")
