"""Who lives with a family is known to its provider, also without a step: crisis, told, moved."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.phases import Phase
from app.kernel.words import CareForm
from app.main import ROUTERS
from app.models import Placement, PlacementOrigin, RegistrationState
from app.security.access import load_access
from tests.doors import open_door, signed_in
from tests.rows import make_family, make_placement, make_registration
from tests.steps.walking import COORDINATOR, MATCHER, OTHER

BSN = "999530410"
SYSTEM = signed_in("aanbieder-systeem", "spirit")
DESK = signed_in("crisisdienst")
TODAY = today_in_amsterdam()
OF_PLACEMENT = {"id", "gezin", "sinds", "totEnMet", "vorm", "ritme"}
# Of a question to a family, and of no child that lives there already.
OF_QUESTION = {
    "fase", "gevraagd", "verzoek", "urgentie", "nodigVanaf", "broersZussenWens", "passendheid",
    "berichten",
}  # fmt: skip
NIGHT = {
    "leeftijd": 6, "geslacht": "meisje", "veiligheid": ["weglopen"],
    "broersZussen": [{"leeftijd": 4, "geslacht": "jongen"}], "postcodeNu": "1013AB",
    "terugbelnummer": "06-12345678",
}  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, *ROUTERS)


def child_of(session: Session, **more: Any) -> Any:
    return make_registration(
        session, number="AM-1", bsn=BSN, school_postcode="1013CD", allergies=["overig"],
        child_voice=f"Ik ben Noor, mijn nummer is {BSN}.", **more,
    )  # fmt: skip


def lives(session: Session, origin: PlacementOrigin, **more: Any) -> Placement:
    """Insert Noor, who lives with a family of Spirit and came without a step."""
    family = make_family(session, reference="SPI-1")
    child = child_of(session, state=RegistrationState.PLACED, **more)
    made = make_placement(
        session, registration_id=child.id, family_id=family.id, since=TODAY, origin=origin,
        form=CareForm.CRISIS,
    )  # fmt: skip
    session.commit()
    return made


@pytest.mark.parametrize("who", [MATCHER, SYSTEM])
@pytest.mark.parametrize(
    "origin", [PlacementOrigin.CRISIS, PlacementOrigin.TOLD, PlacementOrigin.MOVED]
)
def test_the_provider_knows_who_lives_there(
    *, client: TestClient, session: Session, who: dict[str, str], origin: PlacementOrigin
) -> None:
    """What a placement by a step opens: name, school, health and BSN, no postcode of home."""
    placement = lives(session, origin)
    answer = client.get(f"/v1/plaatsingen/{placement.id}/kind", headers=who)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["voornaam"], told["bsn"], told["gezin"]) == ("Noor", BSN, "SPI-1")
    assert (told["school"]["postcode"], told["medisch"]["allergieen"]) == ("1013CD", ["overig"])
    assert (told["vorm"], told["totEnMet"], told["geheimePlaatsing"]) == ("crisis", None, False)
    assert BSN not in told["verhaal"]["stemVanHetKind"]
    assert "1012AB" not in answer.text


def test_it_opens_what_the_access_file_opens_with_a_placement(
    client: TestClient, session: Session
) -> None:
    """Field by field: a field that the file takes away is not read here either."""
    placement = lives(session, PlacementOrigin.TOLD)
    told = client.get(f"/v1/plaatsingen/{placement.id}/kind", headers=MATCHER).json()
    assert set(told) == load_access().opened_in(Phase.PLACED) - OF_QUESTION
    assert set(told) >= OF_PLACEMENT


def test_nobody_else_and_not_afterwards(client: TestClient, session: Session) -> None:
    """Another provider does not find it, staff has the registration; the last day ends it."""
    placement = lives(session, PlacementOrigin.MOVED)
    where = f"/v1/plaatsingen/{placement.id}/kind"
    assert client.get(where, headers=OTHER).status_code == 404
    assert client.get(where, headers=COORDINATOR).status_code == 403
    placement.until = TODAY
    session.commit()
    assert client.get(where, headers=MATCHER).status_code == 200
    placement.since = placement.until = TODAY - timedelta(days=1)
    session.commit()
    assert client.get(where, headers=MATCHER).status_code == 404
    placement.since, placement.until = TODAY + timedelta(days=1), None
    session.commit()
    assert client.get(where, headers=MATCHER).status_code == 404


def test_a_secret_placement_is_no_secret_to_the_home(client: TestClient, session: Session) -> None:
    """It keeps the secret, so it is told that there is one."""
    placement = lives(session, PlacementOrigin.CRISIS, secret_placement=True)
    told = client.get(f"/v1/plaatsingen/{placement.id}/kind", headers=MATCHER).json()
    assert (told["geheimePlaatsing"], told["voornaam"]) == (True, "Noor")


def test_for_a_locked_bed_it_knows_what_the_desk_knows(
    client: TestClient, session: Session
) -> None:
    """Six fields without a name or a postcode; with the file the child is there, by its name."""
    make_family(session, reference="SPI-1", places=2, forms=(CareForm.CRISIS,))
    child = child_of(session)
    session.commit()
    made = client.post("/v1/crisismeldingen", json=NIGHT, headers=DESK)
    at = made.headers["Location"]
    yes = {"aanbieder": "spirit", "gezin": "SPI-1", "uitkomst": "ja"}
    assert client.post(f"{at}/belpogingen", json=yes, headers=DESK).status_code in (200, 201)
    answer = client.get("/v1/crisisbedden", headers=MATCHER)
    (bed,) = answer.json()["crisisbedden"]
    assert (bed["gezin"], bed["bedden"], bed["gebiedNu"]) == ("SPI-1", 2, "10")
    for name in ("leeftijd", "geslacht", "veiligheid", "broersZussen", "terugbelnummer"):
        assert bed[name] == NIGHT[name]
    assert "1013AB" not in answer.text and "Noor" not in answer.text
    assert client.get("/v1/crisisbedden", headers=OTHER).json() == {"crisisbedden": []}
    assert client.get("/v1/crisisbedden", headers=DESK).status_code == 403
    linked = client.post(f"{at}/_koppel", json={"kind": str(child.id)}, headers=DESK)
    assert linked.status_code == 200, linked.text
    (line,) = client.get("/v1/plaatsingen", headers=MATCHER).json()["plaatsingen"]
    known = client.get(f"/v1/plaatsingen/{line['id']}/kind", headers=MATCHER).json()
    assert (known["voornaam"], known["bsn"]) == ("Noor", BSN)
    (left,) = client.get("/v1/crisisbedden", headers=MATCHER).json()["crisisbedden"]
    assert left["bedden"] == 1  # of the brother, of whom no file has come
    freed = client.post(f"{at}/_vrijgeven", json={"reden": "Naar oma."}, headers=DESK)
    assert freed.status_code == 200, freed.text
    assert client.get("/v1/crisisbedden", headers=MATCHER).json() == {"crisisbedden": []}
