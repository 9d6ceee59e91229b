"""One place to live at a time: what a step on the ladder ends, and what must have ended before.

Asked of every registration of a child, and as the service: who takes a step need not be one who may
see its placements or stays.
"""

from datetime import date

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.endings import EndCode
from app.kernel.errors import Conflict, InputRefused
from app.kernel.ladder import KIND_OF, Rung
from app.ladder.living_queries import home_after, is_searched_for, last_ended, running_stays
from app.models import Registration, RegistrationState
from app.placed.queries import lock_child

LEFT_FOR_HOME = "Het kind woont weer thuis."
_IN_SETTING = "Dit kind verblijft al in een instelling: beëindig dat verblijf eerst."
_IN_FAMILY = (
    "Dit kind woont nog in een gezin: leg eerst het einde van die plaatsing vast, met de dag en de "
    "reden."
)
_IN_CRISIS_BED = (
    "Dit kind slaapt nog in een crisisbed: geef dat eerst vrij bij de crisismelding (_vrijgeven)."
)
_SEARCHED = (
    "Voor dit kind wordt gezocht op een andere aanmelding: leg de trede daar vast, want daar staat "
    "waar het nu woont."
)
_NEW_FAMILY = (
    "Gaat het kind na deze plaatsing naar een ander gezin, begin dan een vervolg of leg die "
    "plaatsing vast: dat is geen trede."
)
_AFTER = (RegistrationState.PLACED, RegistrationState.CLOSED)


def leave_for(session: Session, registration: Registration, rung: Rung, day: date) -> None:
    """Let a child leave where it lives for a rung; raises Conflict where somebody must say how.

    Home with support ends a stay in a care setting on the day of the step. How it ended in a family
    only people know, and a stay is not exchanged for another without its reason: those come first.
    A step to a family tells of no move: the placement does.
    """
    if rung is not Rung.HOME and rung not in KIND_OF:
        return
    with as_system(session):
        lock_child(session, registration)
        _refuse_family(session, registration, rung, day)
        for stay in running_stays(session, registration.child_id):
            if rung is not Rung.HOME:
                raise Conflict(_IN_SETTING)
            if stay.since <= day:  # a step that is told of later does not end what came after it
                stay.until, stay.end_reason = day, LEFT_FOR_HOME
        session.flush()


def refuse_after(session: Session, registration: Registration, rung: Rung, day: date) -> None:
    """Let a step tell where a child went after its placement, though nobody searches any more.

    Raises Conflict where no placement of this registration ended, the child died, it is searched
    for by another registration, or it goes to a family: that is a placement; InputRefused for a day
    before the end.
    """
    with as_system(session):
        ended = last_ended(session, registration.id)
        searched = is_searched_for(session, registration.child_id)
    if registration.state not in _AFTER or ended is None or ended.code is EndCode.DEATH:
        raise Conflict(
            f"Deze aanmelding is '{registration.state.value}': een trede hoort bij een kind "
            "waarvoor wordt gezocht, of dat na een plaatsing ergens anders ging wonen."
        )
    if searched:
        raise Conflict(_SEARCHED)
    if rung is not Rung.HOME and rung not in KIND_OF:
        raise Conflict(_NEW_FAMILY)
    if day < ended.until:
        raise InputRefused(f"dag: ligt voor het einde van de plaatsing ({ended.until}).")


def _refuse_family(session: Session, registration: Registration, rung: Rung, day: date) -> None:
    home = home_after(session, registration.child_id, day)
    # Told of later: it was at home before it went to live in a family.
    if home is None or (rung is Rung.HOME and home.since > day):
        return
    raise Conflict(_IN_CRISIS_BED if home.is_bridging else _IN_FAMILY)
