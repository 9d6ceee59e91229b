"""The two yeses that a placement needs: of the family's provider and of the referrer."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.actor import Actor, ActorRole
from app.kernel.clock import AMSTERDAM, today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.phases import DECIDED_IN, ConsentBy
from app.models import BegunPair, Registration, StepConsent
from app.steps.queries import is_registered
from app.steps.record_queries import consents_of, has_consent, moves_of
from app.steps.running import UNKNOWN_CHILD, known_registration, refuse_stale, running_pair, who
from app.steps.schemas_moves import ConsentIn


def record_referrers_yes(
    session: Session, *, actor: Actor, registration_id: UUID, step_id: UUID, told: ConsentIn
) -> None:
    """Record the referrer's yes: by itself, or by the intake that registered the child for it.

    Raises NotFound for a child that the referrer did not register; Conflict where it is not asked
    now, is there already, or is not the intake's to record; InputRefused.
    """
    if not is_registered(session, registration_id):  # as the asker sees it
        raise NotFound(UNKNOWN_CHILD)
    with as_system(session):
        registration = known_registration(session, registration_id)
        pair = running_pair(session, registration_id, step_id)
        refuse_stale(registration, pair)
        organisation = _organisation(actor, registration, told)
        day = told.given_on or today_in_amsterdam()
        add_consent(session, actor, pair, ConsentBy.REFERRER, organisation=organisation, day=day)


def add_consent(
    session: Session, actor: Actor, pair: BegunPair, by: ConsentBy, *, organisation: str, day: date
) -> None:
    """Record one of the two yeses; raises Conflict where it is not asked or is there already.

    Conflict too for one person who gave both. InputRefused for a day to come, or from before it was
    asked: a yes to something else.
    """
    if pair.phase is not DECIDED_IN:
        raise Conflict(
            f"Deze stap is in de fase '{pair.phase.value}': akkoord voor de plaatsing wordt "
            f"gevraagd in de fase '{DECIDED_IN.value}'."
        )
    if day > today_in_amsterdam():
        raise InputRefused("gegevenOp: ligt in de toekomst; leg het akkoord vast als het er is.")
    asked_on = _asked_on(session, pair)
    if day < asked_on:
        raise InputRefused(
            f"gegevenOp: ligt voor de dag waarop de kennismaking hier begon ({asked_on:%d-%m-%Y}); "
            "eerder is geen akkoord voor deze plaatsing: vraag het nu en leg die dag vast."
        )
    if has_consent(session, pair.id, by):
        raise Conflict(f"Het akkoord van de {by.value} staat er al.")
    _refuse_both(session, actor, pair)
    session.add(
        StepConsent(pair_id=pair.id, by=by, organisation=organisation, given_on=day, **who(actor))
    )
    session.flush()


def _refuse_both(session: Session, actor: Actor, pair: BegunPair) -> None:
    """Raise Conflict for whoever gave the other yes: each side has to have said its own."""
    if any(given.actor == actor.name for given in consents_of(session, pair.id)):
        raise Conflict(
            "U legde het andere akkoord zelf vast: de twee akkoorden komen van twee mensen. Laat "
            "een collega dit akkoord vastleggen."
        )


def _asked_on(session: Session, pair: BegunPair) -> date:
    """Return the day on which a pair came into the phase in which the yeses are asked."""
    asked = [row.created_at for row in moves_of(session, pair.id) if row.to_phase is DECIDED_IN]
    return max(asked).astimezone(AMSTERDAM).date() if asked else pair.begun_on


def _organisation(actor: Actor, registration: Registration, told: ConsentIn) -> str:
    if actor.role is ActorRole.REFERRER:
        if told.organisation is not None:
            raise InputRefused("organisatie: laat dit weg; uw eigen organisatie geeft akkoord.")
        return actor.organisation or ""
    if registration.owner_organisation is not None:
        raise Conflict(
            "Een verwijzer meldde dit kind zelf aan: die legt het akkoord ook zelf vast."
        )
    if told.organisation is None or told.given_on is None:
        raise InputRefused(
            "organisatie, gegevenOp: ontbreken; noem welke verwijzer akkoord gaf, en wanneer."
        )
    if _plain(told.organisation) != _plain(registration.referrer):
        raise Conflict(
            f"organisatie: de verwijzer van deze aanmelding is '{registration.referrer}'. Is dat "
            "nu een ander, verbeter dan eerst `verwijzer` in de aanmelding."
        )
    return told.organisation


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
