"""Over which days who has no list of children may ask for figures: whole months.

Over a single day the figures would be of a single child; and what two periods differ by is then
never less than what came in a month, which is told as such or not at all.
"""

from calendar import monthrange
from datetime import date, timedelta

from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused

YEAR = timedelta(days=365)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)

# These see each child that the figures are made of, so to them a count tells nothing new.
HAVE_THE_LIST = frozenset({ActorRole.INTAKE, ActorRole.COORDINATOR})
WHOLE_MONTHS = (
    "Voor wie de lijst van kinderen niet heeft over hele maanden: de maand van deze dag telt "
    "helemaal mee, de lopende maand tot en met vandaag."
)


def asked_days(
    role: ActorRole, first: date | None, last: date | None, *, back: timedelta = YEAR
) -> tuple[date, date]:
    """Return the days that are counted; raises InputRefused for a period that cannot be.

    last: today unless it is told. first: so long before that unless it is told.
    """
    today = today_in_amsterdam()
    until = last or today
    if not (EARLIEST <= until <= LATEST and EARLIEST <= (first or until) <= LATEST):
        raise InputRefused("van, totEnMet: geef een dag tussen 2000 en 2100.")
    begin = first or until - back
    if begin > until:
        raise InputRefused("van: ligt na totEnMet; geef een eerdere dag.")
    return in_whole_months(role, begin, until, today=today)


def in_whole_months(role: ActorRole, first: date, last: date, *, today: date) -> tuple[date, date]:
    """Return the days that are counted: those asked for, or the whole months around them.

    The running month ends today and on no other day, so that no two periods end within it.
    """
    if role in HAVE_THE_LIST:
        return first, last
    begin = first.replace(day=1)
    end = last.replace(day=monthrange(last.year, last.month)[1])
    return begin, min(end, today) if begin <= today else end
