"""Subscriptions: where events are sent to, and how far that is."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedUse
from app.db.xid8 import Xid8


class Channel(StrEnum):
    """How a subscriber is told (*kanaal*)."""

    WEBHOOK = "webhook"
    MAIL = "e-mail"


class SubscriptionState(StrEnum):
    """Whether events are sent (*stand*); a parked one keeps its place until it is resumed."""

    RUNNING = "loopt"
    PARKED = "geparkeerd"


class Outcome(StrEnum):
    """How the last attempt went (*uitkomst*)."""

    DELIVERED = "afgeleverd"
    REFUSED = "geweigerd"
    NO_ANSWER = "geen antwoord"
    NOT_ALLOWED = "adres niet toegestaan"
    NO_MAIL_SERVER = "geen mailserver ingesteld"


class Subscription(HasId, Base):
    """Somebody who is told of events, in their order, each at least once.

    provider_id: whose events it gets; None for all of them. address: a URL, or an e-mail address.
    kinds: which events, empty for every kind. secret: what messages are signed with, sealed; None
    for mail. previous_secret: the one before it, with which messages are signed too until
    previous_until. era, transaction_id and sequence: the place of the last event that it has.
    failures: how many attempts in a row failed; not_before: when the next may be made. last_status:
    of HTTP or SMTP; what an endpoint answers beside it is never kept.
    """

    __tablename__ = "subscription"
    __table_args__ = (
        CheckConstraint("(channel = 'webhook') = (secret IS NOT NULL)", name="secret_of_webhook"),
        CheckConstraint(
            "(previous_secret IS NULL) = (previous_until IS NULL)", name="previous_secret_ends"
        ),
        CheckConstraint("failures >= 0", name="failures"),
        CheckConstraint("(state = 'geparkeerd') = (parked_at IS NOT NULL)", name="parked"),
    )

    channel: Mapped[Channel] = mapped_column(closed_list(Channel, "channel"))
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"), index=True)
    address: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    secret: Mapped[bytes | None] = mapped_column(info=SealedUse("webhook", "id").info())
    previous_secret: Mapped[bytes | None] = mapped_column(info=SealedUse("webhook", "id").info())
    previous_until: Mapped[datetime | None]
    actor: Mapped[str]
    era: Mapped[int] = mapped_column(BigInteger)
    transaction_id: Mapped[int] = mapped_column(Xid8)
    sequence: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    state: Mapped[SubscriptionState] = mapped_column(
        closed_list(SubscriptionState, "state"), default=SubscriptionState.RUNNING
    )
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    not_before: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(closed_list(Outcome, "outcome"))
    last_status: Mapped[int | None]
    tried_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
