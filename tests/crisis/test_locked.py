"""Who keeps a bed for a report can be called, until the bed is given back."""

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.kernel.actor import ActorRole
from tests.crisis.test_routes import MELDINGEN, ask, call, make_home
from tests.doors import open_door, signed_in


def test_who_said_yes_can_be_called_back(connection: Connection, session: Session) -> None:
    """The family that keeps the bed stands there with its number, until the bed is given back."""
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.CRISIS))
    make_home(session, "SPI-1")
    client.put(
        "/v1/crisisnummers/spirit/SPI-1",
        json={"telefoon": "06-22222222"},
        headers=signed_in(ActorRole.MATCHER, "spirit"),
    )
    report = ask(client)
    assert report["vastgezet"] == []
    locked = call(client, report, "SPI-1", "ja").json()["vastgezet"]
    assert [(home["gezin"], home["telefoon"], home["beddenVast"]) for home in locked] == [
        ("SPI-1", "06-22222222", 1)
    ]
    freed = client.post(f"{MELDINGEN}/{report['id']}/_vrijgeven", json={"reden": "Ziek."})
    assert freed.json()["vastgezet"] == []
