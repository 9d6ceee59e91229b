"""The secrets of a subscription: the one that is good, and the one before it while both are."""

import os
from datetime import timedelta
from uuid import UUID

from app.db.sealing import seal, unseal
from app.kernel.clock import now
from app.kernel.errors import Conflict
from app.models import Channel, Subscription
from app.notify.signing import SECRET_BYTES, USE
from app.settings import Settings

# For how long both are good: time to bring the new one to where messages come in.
BOTH = timedelta(days=7)


def make_secret(subscription: UUID, settings: Settings) -> bytes:
    """Return a new secret, sealed."""
    return seal(os.urandom(SECRET_BYTES), settings, use=USE, owner=subscription)


def open_secrets(found: Subscription, settings: Settings) -> list[bytes]:
    """Return the secrets with which messages are signed now, the newest first."""
    sealed = [found.secret, found.previous_secret if _has_previous(found) else None]
    return [unseal(each, settings, use=USE, owner=found.id) for each in sealed if each is not None]


def renew_secret(found: Subscription, settings: Settings) -> None:
    """Give a subscription a new secret, beside the one that is in use; raises Conflict for mail.

    Asked again while both are good, it replaces the new one: whoever lost the answer asks again,
    and the secret that its receiver knows stays good.
    """
    if found.channel is not Channel.WEBHOOK:
        raise Conflict("Mail wordt niet ondertekend: dit abonnement heeft geen geheim.")
    if not _has_previous(found):
        found.previous_secret = found.secret
    found.secret, found.previous_until = make_secret(found.id, settings), now() + BOTH


def end_previous(found: Subscription) -> None:
    """Sign with the newest secret alone from now on; again is fine."""
    found.previous_secret = found.previous_until = None


def _has_previous(found: Subscription) -> bool:
    return found.previous_until is not None and found.previous_until > now()
