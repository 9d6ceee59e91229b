"""From stored subscriptions to what the door shows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.db.sealing import unseal
from app.events.catalogue import PREFIX
from app.models import Subscription
from app.notify.schemas import SubscriptionOut
from app.notify.signing import USE, show_secret
from app.settings import Settings

_COPIED = (
    "id", "channel", "address", "state", "outcome", "last_status", "failures", "not_before",
    "tried_at", "delivered_at", "parked_at", "previous_until", "created_at",
)  # fmt: skip


def show_subscription(found: Subscription, codes: Mapping[UUID, str]) -> SubscriptionOut:
    """Return a subscription with its provider's code; codes: of all providers by id."""
    return SubscriptionOut(
        **{name: getattr(found, name) for name in _COPIED},
        kinds=[PREFIX + kind for kind in found.kinds],
        provider=codes[found.provider_id] if found.provider_id else None,
    )


def show_with_secret(
    body: Mapping[str, Any], found: Subscription | None, settings: Settings
) -> dict[str, Any]:
    """Return a body with the secret of its subscription, if it is still there."""
    return {**body, "geheim": newest_secret(found, settings) if found else None}


def newest_secret(found: Subscription, settings: Settings) -> str | None:
    """Return the secret of a subscription as libraries take it; None for mail."""
    sealed = found.secret
    return (
        None if sealed is None else show_secret(unseal(sealed, settings, use=USE, owner=found.id))
    )
