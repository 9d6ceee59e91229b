"""What must be in a database before anything else: providers and postcode areas."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.kernel.ids import new_id
from app.models import Provider
from app.reference.postcodes import load_postcodes
from app.reference.queries import count_areas, has_providers

PROVIDERS = {
    "spirit": "Spirit",
    "youke": "Youké",
    "wsp": "William Schrikker Pleegzorg",
    "leger-des-heils": "Leger des Heils",
    "vitree": "Vitree",
}


def ensure_reference(session: Session) -> None:
    """Insert the five providers and the shipped postcode areas, each in an empty table only.

    From then on they are configuration: renamed, merged and renewed by an administrator.
    """
    if not has_providers(session):
        # Two services may start at once on an empty database.
        session.execute(
            insert(Provider).on_conflict_do_nothing(index_elements=["code"]),
            [
                {"id": new_id(), "code": code, "name": name, "dialect": code}
                for code, name in PROVIDERS.items()
            ],
        )
    if not count_areas(session):
        load_postcodes(session)
