"""The ladder, settings and the network as forms that work without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.models import Registration, RegistrationState
from tests.screens.steun.test_support import send

Make = Callable[..., TestClient]
SETTING: dict[str, Any] = {
    "nummer": "GH-1", "soort": "gezinshuis", "naam": "De Linde", "postcode": "1013AB",
    "woonplaats": "Amsterdam", "leeftijdVan": "0", "leeftijdTotEnMet": "18",
    "voorkeurGeslacht": "geen voorkeur", "plaatsenTotaal": "4", "plaatsenVrij": "2",
}  # fmt: skip


@pytest.fixture(scope="module")
def child(screens_database: Database) -> str:
    """A child that waits, without an order."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        found = session.scalars(
            select(Registration)
            .where(Registration.state == RegistrationState.SEARCHING)
            .order_by(Registration.number)
            .limit(1)
        ).one()
        found.legal_frame, found.order_issued_on, found.order_setting = "vrijwillig", None, None
        return str(found.id)


def test_a_setting_is_kept_and_a_step_is_taken(client_as: Make, child: str) -> None:
    """Its provider adds it, a coordinator records why not higher, and the stay ends."""
    matcher, client = client_as("aanbieder-matcher", "spirit"), client_as("coordinator")
    wrong = send(
        matcher, "/zorgsettingen/nieuw", "/zorgsettingen/nieuw", **SETTING | {"plaatsenVrij": "9"}
    )
    assert wrong.status_code == 400
    assert "De Linde" in wrong.text
    kept = send(matcher, "/zorgsettingen/nieuw", "/zorgsettingen/nieuw", **SETTING)
    assert "De Linde" in kept.text
    place = "/zorgsettingen/spirit/GH-1"
    changed = send(matcher, place, place, **SETTING | {"naam": "De Eik"})
    assert "De Eik" in changed.text
    at = f"/kinderen/{child}/ladder"
    assert "De Eik" in client.get(at).text
    asked = f"{at}?trede=gezinshuis"
    step = {"trede": "gezinshuis", "reden": "geen gezin past", "instelling": "spirit/GH-1"}
    refused = send(client, asked, at, **step)
    assert refused.status_code == 400
    assert "eigen netwerk" in refused.text
    why = {f"waarom-{n}": "Kon niet." for n in range(3)}
    taken = send(client, asked, at, **step, **why)
    assert "Verblijft in De Eik" in taken.text
    assert "wachttijd loopt door" in taken.text
    found = re.search(rf'action="({at}/verblijf/[0-9a-f-]+)"', taken.text)
    assert found
    ended = send(client, at, found[1], **{"reden-einde": "Naar een gezin."})
    assert "de plaats is weer vrij" in ended.text
    dossier = client.get(f"/kinderen/{child}").text
    assert f"/kinderen/{child}/ladder" in dossier
    assert f"/kinderen/{child}/netwerk" in dossier


def test_the_network_and_jim_stand_in_the_file(client_as: Make, child: str) -> None:
    """Who was asked by kind, and what came of a JIM."""
    client, at = client_as("coordinator"), f"/kinderen/{child}/netwerk"
    wrong = send(client, at, f"{at}/vraag", relatie="buren", doel="steun")
    assert wrong.status_code == 400
    told = send(client, at, f"{at}/vraag", relatie="buren", doel="steun", uitkomst="wil nadenken")
    assert "Wil nadenken" in told.text
    begun = send(client, at, f"{at}/jim", **{"relatie-jim": "school"})
    found = re.search(rf'action="({at}/jim/[0-9a-f-]+)"', begun.text)
    assert found
    done = send(client, at, found[1], resultaat="thuis gebleven")
    assert "Thuis gebleven" in done.text


def test_a_manager_sees_figures_alone(client_as: Make, child: str) -> None:
    """With the assumption in words; a wrong period is told."""
    client = client_as("regiomanager")
    page = client.get("/zo-thuis-mogelijk").text
    assert "Aanname:" in page
    assert "minder dan 5" in page
    assert client.get(f"/kinderen/{child}/ladder").status_code == 403
    wrong = client.get("/zo-thuis-mogelijk?van=2030-01-01&totEnMet=2026-01-01")
    assert wrong.status_code == 400


def test_who_may_keep_no_setting_gets_no_empty_form(client_as: Make) -> None:
    """A page that says so, not an error of ours."""
    assert client_as("coordinator").get("/zorgsettingen/nieuw").status_code == 403
