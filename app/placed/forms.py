"""Which form of care a placement had: when it began, and on a day since.

Figures of a period tell what was then. `Placement.form` is that of now: a crisis placement that
held and goes on for long would be one that began so, and last year's report would change with it.
"""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, func, literal, select
from sqlalchemy.orm import Session, aliased

from app.db.bulk import among
from app.kernel.holding import PlacementAct
from app.kernel.words import CareForm
from app.models import Placement, PlacementBasis, PlacementChange

_BASIS = aliased(PlacementBasis)  # a question may ask other facts of the start too
_KEPT = (
    select(_BASIS.facts["vorm"].astext)
    .where(_BASIS.placement_id == Placement.id)
    .correlate(Placement)
    .scalar_subquery()
)
_NOW = cast(Placement.form, Text)
_FIRST: ColumnElement[str] = func.coalesce(func.nullif(_KEPT, ""), _NOW, type_=Text)


def form_at_start() -> ColumnElement[str]:
    """Return the expression of the form in which a placement began.

    That of now where nothing was kept of its first day.
    """
    return _FIRST


def form_on(session: Session, day: date) -> ColumnElement[str]:
    """Return the expression of the form that a placement had at the end of a day.

    Changes are sealed, so the few of after that day are read one by one.
    """
    by_form = defaultdict(list)
    for id_, form in _changed_since(session, day).items():
        by_form[form].append(id_)
    if not by_form:
        return _NOW
    return case(
        *((among(Placement.id, ids), literal(form, Text)) for form, ids in by_form.items()),
        else_=_NOW,
    )


def _changed_since(session: Session, day: date) -> dict[UUID, str]:
    """Return what each placement was on a day of which the form was changed after it."""
    change = PlacementChange
    later = select(change.placement_id).where(change.act == PlacementAct.FORM, change.on_day > day)
    found: dict[UUID, str] = {}
    # As they were recorded: of two the later one says what holds from its day on.
    for id_, on_day, told in session.execute(
        select(change.placement_id, change.on_day, change.told)
        .where(change.act == PlacementAct.FORM, change.placement_id.in_(later))
        .order_by(change.id)
    ):
        if "vorm" not in told:  # only the rhythm was changed
            continue
        was, became = told["vorm"]
        found.setdefault(id_, CareForm(was).value)
        if on_day <= day:
            found[id_] = CareForm(became).value
    return found
