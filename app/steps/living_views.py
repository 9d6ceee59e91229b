"""A child that lives with a family, as the provider of that family sees it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import NotFound
from app.kernel.phases import Phase
from app.security.access import load_access
from app.settings import Settings
from app.steps.child_views import CHILD_FIELDS, AboutChild
from app.steps.provider_queries import Living, asked_child, find_living
from app.steps.schemas_living import LivingChild

UNKNOWN_CHILD = (
    "Bij deze plaatsing woont nu geen kind in een gezin van u: zij is geëindigd, of is van een "
    "ander."
)


def show_living(session: Session, placement_id: UUID, settings: Settings) -> LivingChild:
    """Return what a placement opens of a child; raises NotFound for who does not live there now.

    The same as after a step, for a child that came by the crisis desk, a move or from outside.
    """
    living = find_living(session, placement_id, today=today_in_amsterdam())
    if living is None:
        raise NotFound(UNKNOWN_CHILD)
    opened = load_access().opened_in(Phase.PLACED)
    with as_system(session):
        about = asked_child(session, living.registration)
        child = AboutChild(session, living.registration, about, settings, is_named=True)
        values = {
            name: make(child)
            for name, make in CHILD_FIELDS.items()
            if name in opened and name in _NAMES
        }
    values |= {name: make(living) for name, make in _OF_PLACEMENT.items()}
    return LivingChild.model_construct(**{_NAMES[name]: v for name, v in values.items()})


# As it runs, which may differ from what was asked for.
_OF_PLACEMENT: Mapping[str, Callable[[Living], Any]] = {
    "id": lambda living: living.placement.id,
    "gezin": lambda living: living.reference,
    "sinds": lambda living: living.placement.since,
    "totEnMet": lambda living: living.placement.until,
    "vorm": lambda living: living.placement.form,
    "ritme": lambda living: living.placement.rhythm,
}
_NAMES = {field.alias or name: name for name, field in LivingChild.model_fields.items()}
