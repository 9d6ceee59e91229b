"""Children who live in families, and the door of placements."""

from datetime import date, timedelta
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.clock import now, today_in_amsterdam
from app.models import Family, Occupation, Place, Placement, Registration, RegistrationState
from app.placements.record_routes import router as records
from app.placements.routes import router as placements
from tests.doors import open_door, signed_in
from tests.rows import make_placement, make_registration

TODAY = today_in_amsterdam()
BEGAN = TODAY - timedelta(days=100)
MATCHER = signed_in("aanbieder-matcher", "spirit")
OTHER = signed_in("aanbieder-matcher", "youke")
COORDINATOR = signed_in("coordinator")
REFERRER = signed_in("verwijzer", "gi-a")
STRANGER = signed_in("verwijzer", "gi-b")


def open_placements(connection: Connection, *more: Any) -> TestClient:
    """A door with placements, for a coordinator unless a request says otherwise."""
    client = open_door(connection, placements, records, *more)
    client.headers.update(COORDINATOR)
    return client


def live_in(session: Session, family: Family, *, number: str = "AM-1", **child: Any) -> Placement:
    """Insert a child that has lived with a family for a hundred days, in its first bed."""
    given = {"state": RegistrationState.PLACED} | child
    registration = make_registration(session, number=number, **given)
    placement = make_placement(
        session, registration_id=registration.id, family_id=family.id, since=BEGAN
    )
    bed = session.query(Place).filter_by(family_id=family.id).order_by(Place.ordinal).first()
    assert bed is not None
    session.add(
        Occupation(
            place_id=bed.id, registration_id=registration.id, rhythm=placement.rhythm, since=now()
        )
    )
    session.flush()
    return placement


def waiting(session: Session, number: str = "AM-9", **child: Any) -> Registration:
    """Insert a child that is searched for since today."""
    return make_registration(session, number=number, **{"registered_on": TODAY} | child)


def agreed(day: date = TODAY) -> dict[str, str]:
    """The two yeses of what was agreed on outside the steps."""
    return {
        "grond": "afgesproken", "akkoordAanbiederOp": day.isoformat(),
        "akkoordVerwijzerOp": day.isoformat(), "akkoordVerwijzer": "GI Voorbeeld",
    }  # fmt: skip


def act(
    client: TestClient, placement: Placement, what: str, body: dict[str, Any], **how: Any
) -> Any:
    """Ask for an act on a placement."""
    return client.post(f"/v1/plaatsingen/{placement.id}/{what}", json=body, **how)


def ended(code: str, went_to: str = "ander pleeggezin", **more: Any) -> dict[str, Any]:
    """The body of an end today."""
    return {"dag": TODAY.isoformat(), "code": code, "vervolgplek": went_to, **more}
