"""Whether a placement is secret: by its child, not by the one registration it came of."""

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from app.models import Registration

_OTHER = aliased(Registration)


def of_secret_child() -> ColumnElement[bool]:
    """Return the condition that any registration of a registration's child is secret.

    Read as the system: a later one may be another's. The earlier home of a child that has become
    secret leads to it as well.
    """
    return exists().where(_OTHER.child_id == Registration.child_id, _OTHER.secret_placement)
