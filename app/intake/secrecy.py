"""A secret placement is told by whoever registers a child, and lifted by few (ADR 0045).

Lifting shows a referrer where the child is, and what a referrer reads can reach a parent.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.schemas import Incoming
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import Conflict, NotAllowed
from app.models import Draft, Registration
from app.placed.secret import secret_homes

FIELD = "geheimePlaatsing"
LIFTERS = frozenset({ActorRole.INTAKE, ActorRole.COORDINATOR})
ONLY_BY_CORRECTION = (
    "opheffen kan alleen het aanmeldpunt of de coördinator, met een correctie van de aanmelding en "
    "de reden; laat het hier op true staan"
)


def refuse_lifting(*, was: bool, told: bool) -> None:
    """Raise Conflict where what was secret is told as open, past a correction."""
    if was and not told:
        raise Conflict(f"{FIELD}: {ONLY_BY_CORRECTION}.")


def require_lifter(actor: Actor, *, field: str, was: bool, told: object) -> None:
    """Raise NotAllowed for a correction by whom may not lift a secret placement."""
    lifts = field == FIELD and was and told is not True
    if lifts and actor.role not in LIFTERS:
        raise NotAllowed(
            f"{FIELD}: een geheime plaatsing opheffen kan alleen het aanmeldpunt of de "
            "coördinator; vraag het hen, met de reden."
        )


def refuse_leaving(session: Session, stored: Registration, group: UUID | None) -> None:
    """Raise Conflict where a referrer takes a child of a secret home out of its sibling group.

    Who else is in it decides of whom that home is hidden: a referrer would open it for itself.
    """
    actor: Actor | None = session.info.get("actor")
    left = stored.sibling_group_id
    if actor is None or actor.role is not ActorRole.REFERRER or left is None or group == left:
        return
    if secret_homes(session, [stored.id]):
        raise Conflict(
            "broersZussen.groep: waar dit kind woont is geheim, ook van broers en zussen in dat "
            "gezin; laat de groep staan, of vraag het aanmeldpunt haar te wijzigen."
        )


def keep_secret_draft(draft: Draft, told: Incoming) -> Incoming:
    """Return what was told, still secret where it does not say so; raises Conflict for a lift.

    Only of a draft with an owner: no referrer reads another one.
    """
    if draft.owner_organisation is None or not draft.secret_placement:
        return told
    if "secret_placement" in told.model_fields_set:
        refuse_lifting(was=True, told=bool(getattr(told, "secret_placement", None)))
    return told.model_copy(update={"secret_placement": True})
