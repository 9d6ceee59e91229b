"""The ladder of a child: where there is a place, why not higher, and steps within the order."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.intake.routes import router as intake
from app.intake.waiting_routes import router as waiting
from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.ladder import RUNGS, Rung
from app.ladder.routes import router
from app.ladder.setting_routes import router as settings
from app.models import ExcludedArea, Registration
from tests.doors import open_door, signed_in
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration

TODAY = today_in_amsterdam()
MATCHER = signed_in(ActorRole.MATCHER, "spirit")
SETTING: dict[str, Any] = {
    "soort": "gezinshuis", "naam": "De Linde", "postcode": "1013AB", "woonplaats": "Amsterdam",
    "leeftijdVan": 4, "leeftijdTotEnMet": 12, "plaatsenTotaal": 4, "plaatsenVrij": 1,
}  # fmt: skip
ORDER = {"legal_frame": "OTS", "order_issued_on": TODAY - timedelta(days=10)}


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    yield open_door(connection, router, settings, intake, waiting)


def keep(client: TestClient, number: str, **changes: Any) -> Any:
    headers = MATCHER | {"If-None-Match": "*"}
    answer = client.put(
        f"/v1/zorgsettingen/spirit/{number}", json=SETTING | changes, headers=headers
    )
    assert answer.status_code == 201, answer.text
    return answer


def ladder(client: TestClient, child: Registration) -> dict[str, Any]:
    answer = client.get(f"/v1/kinderen/{child.id}/ladder")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found | {"per": {rung["trede"]: rung for rung in found["treden"]}}


def step(
    client: TestClient, child: Registration, rung: str, number: str | None, **more: Any
) -> Any:
    body: dict[str, Any] = {
        "trede": rung, "reden": "geen gezin past",
        "waaromNietHoger": [
            {"trede": higher.value, "reden": f"{higher.value} kon niet."}
            for higher in RUNGS[: RUNGS.index(Rung(rung))]
        ],
    }  # fmt: skip
    if number is not None:
        body["instelling"] = {"aanbieder": "spirit", "nummer": number}
    return client.post(f"/v1/kinderen/{child.id}/laddertreden", json=body | more)


def free(client: TestClient, number: str) -> int:
    return int(client.get(f"/v1/zorgsettingen/spirit/{number}").json()["plaatsenVrij"])


def test_rung_by_rung_with_why_not_higher(client: TestClient, session: Session) -> None:
    """The network search, what the last run said, and settings that fit age, gender, area."""
    child = make_registration(session, number="AM-1", needs_wheelchair=True, big5={"wonen": "nee"})
    make_family(session, reference="SPI-1")
    run_here(session)
    keep(client, "GH-1")
    keep(client, "GH-2", leeftijdVan=10)
    keep(client, "GH-3", voorkeurGeslacht="jongen")
    keep(client, "GH-4", plaatsenVrij=0)
    keep(client, "LH-1", soort="leefhuis", beschikbaarVanaf=str(TODAY + timedelta(days=5)))
    found = ladder(client, child)
    assert [rung["trede"] for rung in found["treden"]] == [rung.value for rung in RUNGS]
    per = found["per"]
    assert per["thuis met steun"]["heeftPlaats"] is None
    assert "BIG5" in per["thuis met steun"]["zinnen"][0]
    assert per["eigen netwerk"]["zinnen"] == [
        "Het netwerk is onderzocht; er is geen netwerkgezin gevonden."
    ]
    assert per["pleeggezin"]["heeftPlaats"] is False
    assert "geen gezin dat aan alle voorwaarden" in per["pleeggezin"]["zinnen"][0]
    assert [s["nummer"] for s in per["gezinshuis"]["instellingen"]] == ["GH-1"]
    assert per["gezinshuis"]["instellingen"][0]["afstandKm"] < 5
    assert per["leefhuis"]["heeftPlaats"] is False
    assert "Er is in de regio geen residentiële plek bekend." in per["residentieel"]["zinnen"]
    assert found["volgendeTrede"] == "gezinshuis"
    assert "instemmen" in found["machtiging"]


def test_where_a_family_is_proposed_there_is_no_next_rung(
    client: TestClient, session: Session
) -> None:
    """The service never points further from home than it must, nor before anybody looked."""
    child = make_registration(session, number="AM-1")
    make_family(session, reference="SPI-1")
    keep(client, "GH-1")
    before = ladder(client, child)
    assert "vraag er een aan" in before["per"]["pleeggezin"]["zinnen"][0]
    assert before["per"]["gezinshuis"]["heeftPlaats"] is True
    assert before["volgendeTrede"] is None
    run_here(session)
    found = ladder(client, child)
    assert found["per"]["pleeggezin"]["heeftPlaats"] is True
    assert found["volgendeTrede"] is None


def test_before_the_network_is_asked_there_is_no_next_rung(
    client: TestClient, session: Session
) -> None:
    """No family fits, but whether the network has one nobody knows."""
    child = make_registration(
        session, number="AM-1", needs_wheelchair=True, network_researched=False
    )
    make_family(session, reference="SPI-1")
    run_here(session)
    keep(client, "GH-1")
    found = ladder(client, child)
    places = [found["per"][rung]["heeftPlaats"] for rung in ("eigen netwerk", "pleeggezin")]
    assert places == [None, False]
    assert found["volgendeTrede"] is None


def test_a_setting_in_an_excluded_area_is_no_place(client: TestClient, session: Session) -> None:
    """Nor may a person choose it by hand."""
    child = make_registration(session, number="AM-1", secret_placement=True)
    session.add(ExcludedArea(registration_id=child.id, postcode="1013AB", radius_km=1.0))
    session.flush()
    keep(client, "GH-1")
    assert ladder(client, child)["per"]["gezinshuis"]["heeftPlaats"] is False
    assert step(client, child, "gezinshuis", "GH-1").status_code == 409


def test_a_stay_takes_the_place_until_it_ends(client: TestClient, session: Session) -> None:
    """The search goes on and the clock does not stop; the last place is given once."""
    child = make_registration(session, number="AM-1")
    other = make_registration(session, number="AM-2")
    keep(client, "GH-1")
    made = step(client, child, "gezinshuis", "GH-1")
    assert made.status_code == 201, made.text
    stay = made.json()["verblijf"]
    assert (stay["naam"], stay["zoekenLoopt"]) == ("De Linde", True)
    assert "wachttijd loopt door" in stay["zin"]
    (told,) = made.json()["gezet"]
    assert [why["trede"] for why in told["waaromNietHoger"]] == [r.value for r in RUNGS[:3]]
    assert free(client, "GH-1") == 0
    assert step(client, other, "gezinshuis", "GH-1").status_code == 409
    assert step(client, child, "gezinshuis", "GH-1").status_code == 409
    listed = client.get("/v1/wachtlijst").json()
    assert "AM-1" in {row["aanmeldnummer"] for row in listed["wachtenden"]}
    session.refresh(child)
    assert child.state.value == "zoekt"
    path = f"/v1/kinderen/{child.id}/verblijven/{stay['id']}/_beeindig"
    future = {"reden": "x", "totEnMet": str(TODAY + timedelta(days=1))}
    assert client.post(path, json=future).status_code == 400
    ended = client.post(path, json={"reden": "Naar een pleeggezin."})
    assert (ended.status_code, ended.json()["totEnMet"]) == (200, str(TODAY))
    assert client.post(path, json={"reden": "Nog eens."}).status_code == 409
    assert free(client, "GH-1") == 1
    assert step(client, other, "gezinshuis", "GH-1").status_code == 201


def test_every_rung_above_wants_a_reason(client: TestClient, session: Session) -> None:
    """Each once, no other, and a setting only where one belongs."""
    child = make_registration(session, number="AM-1")
    keep(client, "GH-1")
    home = [{"trede": "thuis met steun", "reden": "Niet veilig."}]
    for more, says in (
        ({"waaromNietHoger": home}, "ontbreekt voor eigen netwerk, pleeggezin"),
        ({"waaromNietHoger": [*home, *home]}, "ontbreekt voor"),
        ({"instelling": None}, "noemt welk|noem welk"),
        ({"instelling": {"aanbieder": "spirit", "nummer": "GH-9"}}, "niet bekend"),
        ({"reden": "anders"}, "licht 'anders' toe"),
        ({"dag": str(TODAY + timedelta(days=1))}, "toekomst"),
    ):
        refused = step(client, child, "gezinshuis", "GH-1", **more)
        assert refused.status_code in (400, 404), refused.text
        assert any(part in refused.text for part in says.split("|")), refused.text
    wrong = step(client, child, "leefhuis", "GH-1")
    assert "dit is geen leefhuis" in wrong.text
    at_home = step(client, child, "thuis met steun", None, reden="weer thuis mogelijk")
    assert (at_home.status_code, at_home.json()["verblijf"]) == (201, None)


def test_nobody_goes_further_than_the_order(client: TestClient, session: Session) -> None:
    """Refused with what is needed; within it a step is taken."""
    child = make_registration(session, number="AM-1", order_setting="pleeggezin", **ORDER)
    keep(client, "GH-1")
    found = ladder(client, child)
    assert found["nietVerderDan"] == "pleeggezin"
    assert found["per"]["gezinshuis"]["heeftPlaats"] is True
    assert found["per"]["gezinshuis"]["magVolgensMachtiging"] is False
    assert found["volgendeTrede"] is None
    refused = step(client, child, "gezinshuis", "GH-1")
    assert refused.status_code == 400
    assert "nieuwe machtiging" in refused.text
    child.order_setting = "gezinshuis"
    session.flush()
    session.commit()
    assert step(client, child, "gezinshuis", "GH-1").status_code == 201


def test_a_provider_keeps_its_own_settings(client: TestClient, session: Session) -> None:
    """With the version that it read; not another's, and not more free than there are."""
    made = keep(client, "GH-1")
    path = "/v1/zorgsettingen/spirit/GH-1"
    other = signed_in(ActorRole.MATCHER, "youke")
    assert client.get(path, headers=other).status_code == 404
    assert client.put(path, json=SETTING, headers=other).status_code == 403
    assert client.put(path, json=SETTING, headers=MATCHER).status_code == 428
    again = {"If-None-Match": "*"} | MATCHER
    assert client.put(path, json=SETTING, headers=again).status_code == 412
    etag = {"If-Match": made.headers["ETag"]} | MATCHER
    assert client.put(path, json=SETTING | {"plaatsenVrij": 5}, headers=etag).status_code == 400
    changed = client.put(path, json=SETTING | {"plaatsenVrij": 3}, headers=etag)
    assert (changed.status_code, changed.json()["plaatsenVrij"]) == (200, 3)
    assert changed.json()["laatstBevestigd"] == str(TODAY)
    child = make_registration(session, number="AM-1")
    session.commit()
    assert step(client, child, "gezinshuis", "GH-1").status_code == 201
    etag = {"If-Match": changed.headers["ETag"]} | MATCHER
    refused = client.put(path, json=SETTING | {"plaatsenVrij": 4}, headers=etag)
    assert "1 kinderen via deze dienst" in refused.text
    keep(client, "LH-1", soort="leefhuis", leeftijdVan=12, leeftijdTotEnMet=17)
    for asked, numbers in (
        ("soort=leefhuis", ["LH-1"]), ("leeftijd=8", ["GH-1"]), ("vrij=true", ["GH-1", "LH-1"]),
        ("aanbieder=youke", []), ("aantal=1", ["GH-1"]),
    ):  # fmt: skip
        answer = client.get(f"/v1/zorgsettingen?{asked}")
        assert [row["nummer"] for row in answer.json()["zorgsettingen"]] == numbers, asked


def test_the_region_sees_how_often_and_why(client: TestClient, session: Session) -> None:
    """By rung, reason, form and age; a small group, and what would tell it, is hidden."""
    keep(client, "GH-1", plaatsenTotaal=20, plaatsenVrij=20)
    for number in range(6):
        child = make_registration(session, number=f"AM-{number}")
        assert step(client, child, "gezinshuis", "GH-1").status_code == 201
    child = make_registration(session, number="AM-9")
    step(client, child, "thuis met steun", None, reden="weer thuis mogelijk")
    manager = signed_in(ActorRole.MANAGER)
    told = client.get("/v1/laddercijfers", headers=manager).json()
    assert (told["stappen"], told["lopendeVerblijven"]) == (7, 6)
    assert told["perTrede"] == [
        {"naam": "gezinshuis", "aantal": None}, {"naam": "thuis met steun", "aantal": None},
    ]  # fmt: skip
    assert told["perLeeftijd"] == [{"naam": "4–7", "aantal": 7}]
    assert client.get(f"/v1/kinderen/{child.id}/ladder", headers=manager).status_code == 403
