"""Who looked at a file or changed it, by day: a file of years has thousands of such moments.

Whose data it is hears by which function, of which organisation, with which purpose and how often
(AVG 15.1; the Court of Justice in C-579/21). The moments one by one tell of those who worked.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.models import AuditEvent
from app.rights.whose import ANYBODY, Whose, rows_of

LOG = "audit_event"
LAST, TIMES = "laatstOp", "aantal"  # beside the first moment of the day, under its own name


def looked_at(session: Session, whose: Whose) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield what was done on a day, in the order in which it began, and what is told beside it."""
    for row in session.execute(_by_day(), whose.sent()):
        yield row, {LAST: row.last, TIMES: row.times}


@cache
def _by_day() -> Select[*tuple[Any, ...]]:
    log = AuditEvent
    same = (log.operation, log.purpose, log.role, log.organisation, log.outcome)
    day = func.date(func.timezone("Europe/Amsterdam", log.at))
    first = func.min(log.at).label("at")
    return (
        select(first, *same, func.max(log.at).label("last"), func.count().label("times"))
        .where(rows_of(ANYBODY, LOG, "logboek"))
        .group_by(day, *same)
        .order_by(first, *same)
    )
