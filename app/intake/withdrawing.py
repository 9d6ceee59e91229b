"""Taking back a consent: from then on no placement starts on it; one that runs goes on.

It is kept with its day, who recorded it and why. Whoever houses the child is told.
"""

from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.events.of_family import tell_of_family
from app.http.etag import require_match
from app.intake.beyond import past_own
from app.intake.legal_queries import frame_of, holders_of, homes_of_child, legal_frame_of
from app.intake.queries import registration_for_change
from app.intake.register import UNKNOWN
from app.intake.schemas_legal import ConsentWithdrawalIn, ConsentWithdrawalMade
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.legal_frame import Consent, GapCode, find_gaps
from app.models import AuthorityHolder, ConsentWithdrawal, Registration

STILL_THERE = (
    "Het kind woont in een pleeggezin; die plaatsing eindigt hierdoor niet. Overleg vandaag met "
    "verwijzer en aanbieder op welke grond het kind daar kan blijven."
)


def withdraw_consent(
    session: Session,
    *,
    actor: Actor,
    registration_id: UUID,
    wish: ConsentWithdrawalIn,
    if_match: str | None,
) -> tuple[ConsentWithdrawalMade, int]:
    """Take a recorded yes back; return what was made, and the version of the frame.

    Raises NotFound, Conflict where there is no yes, InputRefused for a day or a number that cannot
    be, and those of `require_match`.
    """
    registration = registration_for_change(session, registration_id)
    if registration is None:
        raise NotFound(UNKNOWN)
    stored = legal_frame_of(session, registration_id)
    require_match(if_match, stored.version if stored else 0)
    holder = _holder(session, registration_id, wish.holder)
    _refuse_day(holder, wish)
    made = ConsentWithdrawal(
        registration_id=registration_id,
        kind=holder.kind,
        given_on=holder.told_on,
        withdrawn_on=wish.withdrawn_on,
        reason=wish.reason,
        actor=actor.name,
        role=actor.role.value,
    )
    session.add(made)
    holder.consent, holder.told_on = Consent.NO, wish.withdrawn_on
    if stored is not None:
        flag_modified(stored, "order_ends_on")  # a new version of the frame
    session.flush()
    with past_own(session):
        told = _tell(session, registration, made)
    return told, stored.version if stored else 0


def _holder(session: Session, registration_id: UUID, number: int) -> AuthorityHolder:
    holders = holders_of(session, registration_id)
    if number > len(holders):
        raise InputRefused(
            f"gezag: er zijn er hier {len(holders)} vastgelegd; lees het juridisch kader opnieuw."
        )
    holder = holders[number - 1]
    if holder.consent is not Consent.YES:
        raise Conflict(
            f"De toestemming van deze {holder.kind.value} is '{holder.consent.value}': er is er "
            "geen om in te trekken."
        )
    return holder


def _refuse_day(holder: AuthorityHolder, wish: ConsentWithdrawalIn) -> None:
    if wish.withdrawn_on > today_in_amsterdam():
        raise InputRefused("op: ligt in de toekomst; leg het vast als het zover is.")
    if holder.told_on is not None and wish.withdrawn_on < holder.told_on:
        raise InputRefused("op: ligt voor de dag van de toestemming; verbeter de datum.")


def _tell(
    session: Session, registration: Registration, made: ConsentWithdrawal
) -> ConsentWithdrawalMade:
    today = today_in_amsterdam()
    emit(session, Occurrence.CONSENT_WITHDRAWN, child=registration.id)
    homes = homes_of_child(session, registration.child_id, today)
    for family_id in homes:
        tell_of_family(session, Occurrence.PLACEMENT_LOST_CONSENT, family_id, child=registration.id)
    gaps = find_gaps(frame_of(session, registration), today)
    return ConsentWithdrawalMade(
        id=made.id,
        stops_placement=any(gap.code is GapCode.CONSENT for gap in gaps),
        notice=STILL_THERE if homes else None,
    )
