"""The SELECTs on the legal frame of a registration and on the contracts of providers."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.kernel.legal_frame import Frame
from app.models import (
    AuthorityHolder,
    ConsentWithdrawal,
    LegalFrame,
    Placement,
    Provider,
    ProviderContract,
    Registration,
)


def legal_frame_of(session: Session, registration_id: UUID) -> LegalFrame | None:
    """Return what is recorded of a legal frame besides the registration, or None."""
    return session.get(LegalFrame, registration_id, populate_existing=True)


def holders_of(session: Session, registration_id: UUID) -> Sequence[AuthorityHolder]:
    """Return who has authority over the child of a registration, in the order they were told."""
    return session.scalars(
        select(AuthorityHolder)
        .where(AuthorityHolder.registration_id == registration_id)
        .order_by(AuthorityHolder.ordinal)
        .execution_options(populate_existing=True)
    ).all()


def withdrawals_of(session: Session, registration_id: UUID) -> Sequence[ConsentWithdrawal]:
    """Return the consents that were taken back, the oldest first."""
    return session.scalars(
        select(ConsentWithdrawal)
        .where(ConsentWithdrawal.registration_id == registration_id)
        .order_by(ConsentWithdrawal.id)
    ).all()


def homes_of_child(session: Session, child_id: UUID, today: date) -> Sequence[UUID]:
    """Return the families where a child lives on a day, by whatever registration of it."""
    runs = or_(Placement.until.is_(None), Placement.until >= today)
    return session.scalars(
        select(Placement.family_id)
        .join(Registration, Registration.id == Placement.registration_id)
        .where(Registration.child_id == child_id, Placement.since <= today, runs)
        .distinct()
    ).all()


def frame_of(
    session: Session, registration: Registration, provider_id: UUID | None = None
) -> Frame:
    """Return the legal frame of a registration as plain values, to be judged by the kernel.

    provider_id: whose contract counts; None while no provider is meant.
    """
    stored = legal_frame_of(session, registration.id)
    municipality = stored.responsible_municipality if stored else None
    contract = contract_of(session, provider_id) if provider_id else None
    return Frame(
        kind=registration.legal_frame,
        holders=tuple((h.kind, h.consent) for h in holders_of(session, registration.id)),
        order_issued_on=registration.order_issued_on,
        order_setting=registration.order_setting,
        order_executed_on=stored.order_executed_on if stored else None,
        order_ends_on=stored.order_ends_on if stored else None,
        supervision_ends_on=stored.supervision_ends_on if stored else None,
        responsible_municipality=municipality,
        has_contract=_has_contract(contract, municipality),
        is_contract_unknown=provider_id is not None and contract is None,
    )


def _has_contract(contract: ProviderContract | None, municipality: str | None) -> bool | None:
    """Return whether a provider works for a municipality, None where that is not known."""
    if contract is None or municipality is None:
        return None
    return municipality.casefold() in {name.casefold() for name in contract.municipalities}


def contracts(session: Session) -> list[tuple[Provider, ProviderContract | None]]:
    """Return every provider with its contracts, by code."""
    rows = session.execute(
        select(Provider, ProviderContract)
        .outerjoin(ProviderContract, ProviderContract.provider_id == Provider.id)
        .order_by(Provider.code)
    )
    return [(provider, contract) for provider, contract in rows]


def provider_by_code(session: Session, code: str) -> Provider | None:
    """Return a provider by its word in paths, or None."""
    return session.scalar(select(Provider).where(Provider.code == code))


def contract_of(session: Session, provider_id: UUID) -> ProviderContract | None:
    """Return the contracts of a provider as they stand, or None."""
    return session.get(ProviderContract, provider_id, populate_existing=True)


def contract_for_change(session: Session, provider_id: UUID) -> ProviderContract | None:
    """Return the contracts of a provider that nobody else can change meanwhile, or None."""
    return session.get(ProviderContract, provider_id, with_for_update=True, populate_existing=True)
