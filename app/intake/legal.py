"""Recording the legal frame of a registration, and telling what still stops a placement."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.db.bulk import insert_rows
from app.http.etag import require_match
from app.intake.legal_queries import (
    contract_for_change,
    contract_of,
    contracts,
    frame_of,
    holders_of,
    legal_frame_of,
    provider_by_code,
    withdrawals_of,
)
from app.intake.queries import registration_for_change
from app.intake.register import UNKNOWN
from app.intake.schemas_legal import (
    Authority,
    ConsentWithdrawalOut,
    ContractIn,
    ContractList,
    ContractOut,
    GapOut,
    LegalFrameIn,
    LegalFrameOut,
)
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.legal_frame import AuthorityKind, Consent, find_gaps, find_notices
from app.models import (
    AuthorityHolder,
    ConsentWithdrawal,
    LegalFrame,
    ProviderContract,
    Registration,
)

_FIELDS = (
    "order_executed_on",
    "order_ends_on",
    "supervision_ends_on",
    "responsible_municipality",
)


def show_legal_frame(
    session: Session, registration: Registration, provider: str | None = None
) -> tuple[LegalFrameOut, int]:
    """Return a legal frame and its version, 0 before anything was recorded.

    provider: whose contract counts, by code. Raises NotFound for a provider that is not there.
    """
    stored = legal_frame_of(session, registration.id)
    owner = _provider_id(session, provider) if provider else None
    frame = frame_of(session, registration, owner)
    shown = LegalFrameOut(
        kind=frame.kind,
        order_issued_on=frame.order_issued_on,
        order_setting=frame.order_setting,
        execute_by=None if frame.order_executed_on else frame.execute_by,
        **{name: getattr(frame, name) for name in _FIELDS},
        withdrawals=[_withdrawn(row) for row in withdrawals_of(session, registration.id)],
        holders=[
            Authority(kind=h.kind, consent=h.consent, told_on=h.told_on)
            for h in holders_of(session, registration.id)
        ],
        gaps=[
            GapOut(code=gap.code, sentence=gap.sentence)
            for gap in find_gaps(frame, today_in_amsterdam())
        ],
        notices=[GapOut(code=one.code, sentence=one.sentence) for one in find_notices(frame)],
    )
    return shown, stored.version if stored else 0


def legal_sentences(session: Session, registration: Registration) -> list[str]:
    """Return what in the legal frame stops a placement today, as sentences."""
    gaps = find_gaps(frame_of(session, registration), today_in_amsterdam())
    return [gap.sentence for gap in gaps]


def record_legal_frame(
    session: Session, *, registration_id: UUID, told: LegalFrameIn, if_match: str | None
) -> None:
    """Overwrite what is recorded, but never a yes by something else.

    Raises NotFound, Conflict for a consent that is gone without being withdrawn, InputRefused and
    those of `require_match`.
    """
    registration = registration_for_change(session, registration_id)
    if registration is None:
        raise NotFound(UNKNOWN)
    stored = legal_frame_of(session, registration_id)
    require_match(if_match, stored.version if stored else 0)
    _refuse_contradiction(told, registration.order_issued_on)
    _refuse_silent_withdrawal(holders_of(session, registration_id), told.holders)
    values = {name: getattr(told, name) for name in _FIELDS}
    if stored is None:
        session.add(LegalFrame(registration_id=registration_id, **values))
    else:
        for name, value in values.items():
            setattr(stored, name, value)
        flag_modified(stored, "order_ends_on")  # a new version, also when only consent changed
    session.flush()
    _write_holders(session, registration_id, told)


def _write_holders(session: Session, registration_id: UUID, told: LegalFrameIn) -> None:
    mine = AuthorityHolder.registration_id == registration_id
    session.execute(delete(AuthorityHolder).where(mine))
    rows = [
        {
            "registration_id": registration_id,
            "ordinal": ordinal,
            "kind": holder.kind,
            "consent": holder.consent,
            "told_on": holder.told_on,
        }
        for ordinal, holder in enumerate(told.holders, start=1)
    ]
    insert_rows(session, AuthorityHolder, rows)


def _refuse_silent_withdrawal(
    before: Sequence[AuthorityHolder], after: Sequence[Authority]
) -> None:
    """Raise Conflict where of a kind more yeses are gone than people with authority."""
    for kind in AuthorityKind:
        was = [holder.consent for holder in before if holder.kind is kind]
        now = [holder.consent for holder in after if holder.kind is kind]
        gone = max(0, len(was) - len(now))
        if now.count(Consent.YES) < was.count(Consent.YES) - gone:
            raise Conflict(
                f"gezag: een toestemming die een {kind.value} gaf verdwijnt niet zonder dag en "
                "reden; trek haar in met POST …/juridisch-kader/intrekkingen."
            )


def _withdrawn(row: ConsentWithdrawal) -> ConsentWithdrawalOut:
    names = ("kind", "given_on", "withdrawn_on", "reason", "actor", "role")
    return ConsentWithdrawalOut(**{name: getattr(row, name) for name in names}, at=row.created_at)


def _refuse_contradiction(told: LegalFrameIn, order_issued_on: date | None) -> None:
    kinds = [holder.kind for holder in told.holders]
    if AuthorityKind.NOBODY in kinds and len(kinds) > 1:
        raise InputRefused("gezag: 'niemand' gaat niet samen met een ander; laat één van de twee.")
    today = today_in_amsterdam()
    days = [told.order_executed_on, *(holder.told_on for holder in told.holders)]
    if any(day is not None and day > today for day in days):
        raise InputRefused(
            "machtigingUitgevoerdOp, gezag: een dag die nog komt kan hier niet; verbeter de datum."
        )
    executed_on = told.order_executed_on
    if executed_on is not None and order_issued_on is not None and executed_on < order_issued_on:
        raise InputRefused(
            f"machtigingUitgevoerdOp: ligt voor de machtiging ({order_issued_on.isoformat()}); "
            "noem de dag sinds wanneer het kind met déze machtiging uit huis is: bij een nieuwe "
            "machtiging op zijn vroegst de dag waarop zij is afgegeven."
        )


def list_contracts(session: Session) -> ContractList:
    """Return every provider with the municipalities it works for."""
    return ContractList(
        contracts=[_shown(provider.code, row) for provider, row in contracts(session)]
    )


def show_contract(session: Session, code: str) -> tuple[ContractOut, int]:
    """Return what is configured for a provider and its version, 0 before; raises NotFound."""
    row = contract_of(session, _provider_id(session, code))
    return _shown(code, row), row.version if row else 0


def configure_contract(
    session: Session, *, code: str, wish: ContractIn, if_match: str | None
) -> None:
    """Overwrite the municipalities of a provider; raises NotFound and as `require_match`."""
    owner = _provider_id(session, code)
    row = contract_for_change(session, owner)
    require_match(if_match, row.version if row else 0)
    names = sorted(set(wish.municipalities), key=str.casefold)
    if row is None:
        session.add(ProviderContract(provider_id=owner, municipalities=names))
    else:
        row.municipalities = names
    session.flush()


def _shown(code: str, row: ProviderContract | None) -> ContractOut:
    return ContractOut(provider=code, municipalities=list(row.municipalities) if row else None)


def _provider_id(session: Session, code: str) -> UUID:
    provider = provider_by_code(session, code)
    if provider is None:
        raise NotFound("aanbieder: deze is hier niet bekend; controleer de code.")
    return provider.id
