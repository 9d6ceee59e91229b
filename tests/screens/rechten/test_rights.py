"""The rights of a person as forms that work without script."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.models import Child, PurgeReport, PurgeState, Registration
from tests.screens.steun.test_support import send

Make = Callable[..., TestClient]
# Who asks depends on its age: of a small child its representative does.
YOUNGEST = (
    select(Registration.id)
    .join(Child, Child.id == Registration.child_id)
    .order_by(Child.born_on.desc())
    .limit(1)
)
TODAY = today_in_amsterdam().isoformat()


@pytest.fixture
def child(screens_database: Database) -> str:
    """A child of the region, as its number in addresses."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        found = session.scalars(YOUNGEST)
        return str(found.one())


def test_a_statement_and_a_copy(client_as: Make, child: str) -> None:
    """What was wrong is told beside it; a statement stands in the copy that is given."""
    client, at = client_as("aanmeldpunt"), f"/kinderen/{child}/rechten"
    assert at in client.get(f"/kinderen/{child}").text
    told = {"verklaardDoor": "kind", "verklaring": "Ik was daar niet."}
    wrong = send(client, at, f"{at}/verklaring", **told, redenWeigering="Klopt wel.")
    assert wrong.status_code == 400
    assert "Ik was daar niet." in wrong.text
    assert "Ik was daar niet." in send(client, at, f"{at}/verklaring", **told).text
    copy = client.get(f"{at}/afschrift").text
    assert "Ik was daar niet." in copy
    assert "Lees het na" in copy
    assert "voornaam" in copy
    assert not re.search(r"<dd>\d{4}-\d\d-\d\d", copy), "a date as a machine writes it"


def test_a_duty_to_keep_goes_before_the_term(client_as: Make, child: str) -> None:
    """Until it is lifted."""
    client, at = client_as("coordinator"), f"/kinderen/{child}/rechten"
    duty = {"soort": "klacht", "over-plicht": "Klacht van een ouder."}
    kept = send(client, at, f"{at}/bewaarplicht", **duty)
    assert "Zolang een bewaarplicht geldt." in kept.text
    found = re.search(rf'action="({at}/bewaarplicht/[0-9a-f-]+)"', kept.text)
    assert found
    assert "Tot en met" in send(client, at, found[1]).text


def test_a_request_is_decided(client_as: Make, child: str) -> None:
    """The intake records it, a coordinator refuses it on a ground; twice is one too many."""
    intake, at = client_as("aanmeldpunt"), f"/kinderen/{child}/rechten"
    asked = {"gevraagdDoor": "wettelijk vertegenwoordiger", "gevraagdOp": TODAY}
    assert "Te beslissen" in send(intake, at, f"{at}/verzoek", **asked).text
    assert send(intake, at, f"{at}/verzoek", **asked).status_code == 409
    assert 'action="/rechten/verzoeken/' not in intake.get("/rechten").text
    client = client_as("coordinator")
    found = re.search(r'action="(/rechten/verzoeken/[0-9a-f-]+)"', client.get("/rechten").text)
    assert found
    bare = send(client, "/rechten", found[1], toegewezen="nee", reden="Belang van een zus.")
    assert bare.status_code == 400
    assert "Belang van een zus." in bare.text
    ground = "aanmerkelijk belang van een ander"
    done = send(
        client, "/rechten", found[1], toegewezen="nee", weigeringsgrond=ground, reden="Een zus."
    )
    assert "De beslissing is vastgelegd." in done.text
    assert "Geen verzoeken" in client.get("/rechten?stand=ontvangen").text


def test_a_purge_is_approved(client_as: Make, screens_database: Database) -> None:
    """By a coordinator; an auditor looks on."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        purge = PurgeReport(
            state=PurgeState.PROPOSED, as_of=today_in_amsterdam(), due={"dossier": {"aantal": 3}},
            removed={}, actor="worker",
        )  # fmt: skip
        session.add(purge)
        session.flush()
        at = f"/rechten/opschoningen/{purge.id}"
    assert at not in client_as("auditor").get("/rechten").text
    client = client_as("coordinator")
    page = client.get("/rechten").text
    assert "dossier: 3" in page
    assert "Goedgekeurd" in send(client, "/rechten", at).text


def test_who_has_no_part_in_it(client_as: Make, child: str) -> None:
    """No entry in the menu, and no page."""
    client = client_as("regiomanager")
    assert 'href="/rechten"' not in client.get("/regio").text
    assert client.get("/rechten").status_code == 403
    assert client.get(f"/kinderen/{child}/rechten").status_code == 403
