"""The legal frame of a registration, and where providers have a contract."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, HasId, closed_list
from app.db.sealed import SealedText
from app.kernel.legal_frame import AuthorityKind, Consent


class LegalFrame(Base):
    """What is known of the legal frame (*juridisch kader*) besides the registration itself.

    order_executed_on, order_ends_on: of the order for placement out of the home.
    supervision_ends_on: of OTS or VOTS.
    """

    __tablename__ = "legal_frame"

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    order_executed_on: Mapped[date | None]
    order_ends_on: Mapped[date | None]
    supervision_ends_on: Mapped[date | None]
    responsible_municipality: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AuthorityHolder(Base):
    """Who has authority over the child (*gezag*), by kind and not by name, and its consent."""

    __tablename__ = "authority_holder"

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("legal_frame.registration_id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AuthorityKind] = mapped_column(closed_list(AuthorityKind, "kind"))
    consent: Mapped[Consent] = mapped_column(closed_list(Consent, "consent"))
    told_on: Mapped[date | None]


class ConsentWithdrawal(HasId, Base):
    """A consent that was taken back (*intrekking*); never changed afterwards.

    given_on: the day of the consent, where it was told. actor, role: who recorded it.
    """

    __tablename__ = "consent_withdrawal"
    __table_args__ = (CheckConstraint("given_on <= withdrawn_on", name="in_order"),)

    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[AuthorityKind] = mapped_column(closed_list(AuthorityKind, "kind"))
    given_on: Mapped[date | None]
    withdrawn_on: Mapped[date]
    reason: Mapped[str] = mapped_column(SealedText("consent_withdrawal.reason"))
    actor: Mapped[str]
    role: Mapped[str]


class ProviderContract(Base):
    """The municipalities with which a provider has a contract: configuration of the region."""

    __tablename__ = "provider_contract"

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    municipalities: Mapped[list[str]] = mapped_column(ARRAY(Text))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
