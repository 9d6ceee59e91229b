"""What is asked of the database about a registration that the asker may see, whatever its role.

Who may see neither steps nor numbers still knows whether there are any (ADR 0036).
"""

from datetime import date
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, false, func

from app.kernel.stages import DRAFTS, Stage
from app.models import Registration, RegistrationState

HAS_BSN: ColumnElement[bool] = func.pleegzorg_has_bsn(Registration.child_id, type_=Boolean)


def is_proposed(today: date | ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether a step runs for a registration on a day; true only of one that searches."""
    begun = func.pleegzorg_is_proposed(Registration.id, today, type_=Boolean)
    return and_(Registration.state == RegistrationState.SEARCHING, begun)


def has_stage(stage: Stage, today: date) -> ColumnElement[bool]:
    """Return whether a registration stands at a stage on a day; a draft is no registration yet."""
    if stage is Stage.PROPOSED:
        return is_proposed(today)
    if stage in DRAFTS:
        return false()
    same = Registration.state == RegistrationState(stage.value)
    return and_(same, ~is_proposed(today)) if stage is Stage.SEARCHING else same
