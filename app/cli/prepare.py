"""What every command does before its own work: providers and postcodes must be there."""

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.reference.service import ensure_reference


def prepare_reference(database: Database) -> None:
    """Insert what is missing of the providers and the postcode areas."""
    with session_for(database.sessions, SYSTEM) as session:
        ensure_reference(session)
