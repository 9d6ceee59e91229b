"""Families that take a child tonight, as the tests of the desk need them."""

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.kernel.words import CareForm, Urgency
from tests.rows import make_family, make_registration
from tests.security.world import BIG5

# Girls of six whose files come in: one is searched for further on, one was registered for crisis.
LONGER, FOR_CRISIS = "AM-2026-901", "AM-2026-902"

# From where the child is: the first is the nearest.
HOMES = (("SPI-501", "De Vries", "1012AC", 1), ("SPI-502", "Bakker", "1013AB", 2))


def add_homes(database: Database) -> None:
    """Add two families near 1012AB with free crisis beds: one for one child, one for two."""
    with session_for(database.sessions, SYSTEM) as session:
        for reference, name, postcode, places in HOMES:
            make_family(
                session, reference=reference, name=name, postcode=postcode, places=places,
                max_siblings=3, forms=(CareForm.CRISIS,), source_updated_at=now(),
            )  # fmt: skip


def add_children(database: Database) -> None:
    """Add the children whose files follow."""
    with session_for(database.sessions, SYSTEM) as session:
        make_registration(session, number=LONGER, big5=BIG5)
        make_registration(
            session, number=FOR_CRISIS, big5=BIG5, care_form=CareForm.CRISIS,
            urgency=Urgency.CRISIS,
        )  # fmt: skip
