"""The registrations of before, for a policy that looks ahead: how often what kind came in."""

from collections import defaultdict
from datetime import date

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.words import CARE_FORMS, URGENCIES
from app.matching.past import PastArrivals, past_arrivals
from app.models import Registration, RegistrationState

Row = tuple[np.datetime64, int, int]


def read_past(session: Session, snapshot_day: date) -> PastArrivals:
    """Return the households that were registered and no longer wait: placed, closed, withdrawn.

    Since the day on which the first registration was stored here: who came and went before it was
    never seen. A household of which somebody still waits counts as one that waits.
    """
    first = session.scalar(select(func.min(Registration.created_at)))
    if first is None:
        return past_arrivals([], None)
    households: dict[object, list[Row]] = defaultdict(list)
    waits = set()
    for registration in session.execute(_ALL):
        household = registration.sibling_group_id or registration.id
        if registration.state == RegistrationState.SEARCHING:
            waits.add(household)
        households[household].append(
            (
                np.datetime64(registration.registered_on, "D"),
                URGENCIES.index(registration.urgency),
                CARE_FORMS.index(registration.care_form),
            )
        )
    rows = [
        (min(row[0] for row in members), min(row[1] for row in members), members[0][2])
        for household, members in households.items()
        if household not in waits
    ]
    since, day = np.datetime64(first.date(), "D"), np.datetime64(snapshot_day, "D")
    return past_arrivals([row for row in sorted(rows) if since <= row[0] <= day], since)


_ALL = select(
    Registration.id,
    Registration.sibling_group_id,
    Registration.state,
    Registration.registered_on,
    Registration.urgency,
    Registration.care_form,
).order_by(Registration.number)
