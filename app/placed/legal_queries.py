"""The legal frame of a registration as plain values, for who lets a placement begin."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.legal_frame import Frame
from app.kernel.words import FamilyKind
from app.models import AuthorityHolder, Family, LegalFrame, ProviderContract, Registration


def frame_for_placement(session: Session, registration: Registration, family_id: UUID) -> Frame:
    """Return the frame of a registration, with a family's kind and its provider's contracts."""
    stored = session.get(LegalFrame, registration.id, populate_existing=True)
    holders = session.execute(
        select(AuthorityHolder.kind, AuthorityHolder.consent)
        .where(AuthorityHolder.registration_id == registration.id)
        .order_by(AuthorityHolder.ordinal)
    )
    municipality = stored.responsible_municipality if stored else None
    family = session.get_one(Family, family_id)
    contract = session.get(ProviderContract, family.provider_id, populate_existing=True)
    return Frame(
        kind=registration.legal_frame,
        holders=tuple((kind, consent) for kind, consent in holders),
        order_issued_on=registration.order_issued_on,
        order_setting=registration.order_setting,
        order_executed_on=stored.order_executed_on if stored else None,
        order_ends_on=stored.order_ends_on if stored else None,
        supervision_ends_on=stored.supervision_ends_on if stored else None,
        responsible_municipality=municipality,
        has_contract=_has_contract(contract, municipality),
        is_contract_unknown=contract is None,
        in_network=family.kind is FamilyKind.NETWORK,
    )


def _has_contract(contract: ProviderContract | None, municipality: str | None) -> bool | None:
    if contract is None or municipality is None:
        return None
    return municipality.casefold() in {name.casefold() for name in contract.municipalities}
