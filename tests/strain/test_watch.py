"""The watch list: what people report and what reviews show, in sentences, the gravest first."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.actor import ActorRole
from app.strain import views
from app.strain.routes import router
from tests.doors import open_door, signed_in
from tests.strain.straining import TODAY, nearly_broke, place_child, review


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.COORDINATOR))
    yield client


def report(client: TestClient, placement: Any, kind: str, **more: Any) -> Any:
    return client.post(f"/v1/plaatsingen/{placement.id}/signalen", json={"soort": kind, **more})


def listed(client: TestClient, **more: Any) -> list[dict[str, Any]]:
    answer = client.get("/v1/volglijst", **more)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["plaatsingen"]
    return found


def test_signals_put_a_placement_on_the_list_until_settled(
    client: TestClient, session: Session
) -> None:
    """The heavier signal goes first; a reason takes one off, and the history keeps it."""
    light = place_child(session, "AM-1", home="SPI-1")
    heavy = place_child(session, "AM-2", home="SPI-2")
    place_child(session, "AM-3", home="SPI-3")
    assert listed(client) == []
    assert report(client, light, "school").status_code == 201
    assert report(client, light, "meer contact met hulp").status_code == 201
    told = report(client, heavy, "pleegouders overbelast", vraagtRespijt="om het weekend").json()
    first, second = listed(client)
    assert (first["aanmeldnummer"], first["gezin"], first["ernstSamen"]) == ("AM-2", "SPI-2", 3)
    assert first["vraagtRespijt"] == "om het weekend"
    assert first["redenen"][0]["zin"].endswith(": pleegouders overbelast.")
    assert first["redenen"][0]["waarom"]
    assert (second["aanmeldnummer"], len(second["redenen"])) == ("AM-1", 2)
    path = f"/v1/plaatsingen/{heavy.id}/signalen/{told['id']}/_afhandelen"
    assert client.post(path, json={"reden": ""}).status_code == 400
    settled = client.post(path, json={"reden": "Er is hulp gekomen."}).json()["signalen"][0]
    assert (settled["open"], settled["redenAfgehandeld"]) == (False, "Er is hulp gekomen.")
    assert client.post(path, json={"reden": "Nog eens."}).status_code == 409
    assert [row["aanmeldnummer"] for row in listed(client)] == ["AM-1"]


def test_reviews_show_strain_that_nobody_reported(client: TestClient, session: Session) -> None:
    """More problems, more contact, heavier load, a missed review, doubt on safety, a near miss."""
    one, other, calm = (place_child(session, f"AM-{n}", home=f"SPI-{n}") for n in range(1, 4))
    review(session, one, 400, problems=3, contacts=9, strain=5, safety="onveilig")  # long past
    review(session, one, 200, problems=1, contacts=1, strain=2, safety="veilig")
    review(session, one, 20, problems=2, contacts=4, strain=4, safety="twijfel")
    review(session, other, 30, held=None)
    review(session, calm, 200, problems=2, contacts=4, strain=3)
    review(session, calm, 20, problems=2, contacts=5, strain=3)
    review(session, calm, 5, held=None)
    nearly_broke(session, other, 10)
    first, second = listed(client)
    assert first["aanmeldnummer"] == "AM-1"
    assert {reason["code"] for reason in first["redenen"]} == {
        "problemen stijgen", "contact met hulp stijgt", "belasting hoog", "belasting stijgt",
        "veiligheid bij evaluatie",
    }  # fmt: skip
    assert any("gingen van 1 naar 2" in reason["zin"] for reason in first["redenen"])
    codes = [reason["code"] for reason in second["redenen"]]
    assert codes == ["evaluatie gemist", "verslag bijna afgebroken"]


def test_a_provider_sees_its_own_families_without_the_child(
    client: TestClient, session: Session
) -> None:
    """Not another provider's, nor the number of a child that is placed."""
    own = place_child(session, "AM-1", home="SPI-1")
    other = place_child(session, "AM-2", home="YOU-2", provider="youke")
    matcher = signed_in(ActorRole.MATCHER, "spirit")
    for placement in (own, other):
        report(client, placement, "veiligheid")
    (row,) = listed(client, headers=matcher)
    assert row["gezin"] == "SPI-1"
    assert "aanmeldnummer" not in row
    assert "kind" not in row
    path = f"/v1/plaatsingen/{other.id}/signalen"
    assert client.get(path, headers=matcher).status_code == 404
    assert client.post(path, json={"soort": "school"}, headers=matcher).status_code == 404
    own_path = f"/v1/plaatsingen/{own.id}/signalen"
    assert client.post(own_path, json={"soort": "school"}, headers=matcher).status_code == 201
    assert len(listed(client)) == 2


def test_a_manager_sees_figures_and_no_small_ones(client: TestClient, session: Session) -> None:
    """Five placements are told, four are not, and none at all is told as none."""
    manager = signed_in(ActorRole.MANAGER)
    placements = [place_child(session, f"AM-{n}", home=f"SPI-{n}") for n in range(1, 11)]
    for placement in placements[:5]:
        report(client, placement, "school")
    for placement in placements[5:]:
        report(client, placement, "veiligheid")
    report(client, placements[5], "problemen nemen toe")
    for placement in placements[:9]:
        report(client, placement, "meer contact met hulp")
    assert client.get("/v1/volglijst", headers=manager).status_code == 403
    told = client.get("/v1/volglijstcijfers", headers=manager).json()
    assert (told["lopendePlaatsingen"], told["opDeVolglijst"], told["metRespijt"]) == (10, 10, 0)
    assert {row["reden"]: row["aantal"] for row in told["redenen"]} == {
        "signaal school": 5, "signaal veiligheid": 5, "signaal problemen nemen toe": None,
        "signaal meer contact met hulp": None,  # all but one
    }  # fmt: skip


Counts = tuple[int, int, int]  # running, on the list, of those with respite


@pytest.mark.parametrize(
    ("counts", "told_of"),
    [((30, 20, 9), (20, 9)), ((30, 20, 18), (20, None)), ((30, 20, 3), (20, None)),
     ((30, 20, 20), (20, 20)), ((30, 28, 9), (None, None)), ((30, 0, 0), (0, 0))],
)  # fmt: skip
def test_no_difference_of_two_figures_is_small(
    monkeypatch: pytest.MonkeyPatch, session: Session, counts: Counts, told_of: Any
) -> None:
    """Two without respite are as few as two with it; so are two that are not on the list."""
    running, watched, respite = counts
    found = [SimpleNamespace(reasons=(), has_respite=at < respite) for at in range(watched)]
    monkeypatch.setattr(views, "running_placements", lambda *_: range(running))
    monkeypatch.setattr(views, "watch_list", lambda *_: found)
    shown = views.strain_figures(session, TODAY)
    assert (shown.running, shown.watched, shown.with_respite) == (running, *told_of)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"soort": "anders"}, "licht 'anders' toe"),
        ({"soort": "school", "dag": str(TODAY + timedelta(days=1))}, "toekomst"),
        ({"soort": "school", "dag": "2020-01-01"}, "voor de eerste dag"),
        ({"soort": "gezellig"}, "soort"),
    ],
)
def test_a_wrong_signal_is_refused_in_one_sentence(
    client: TestClient, session: Session, body: dict[str, str], says: str
) -> None:
    """With what to do about it."""
    placement = place_child(session, "AM-1", home="SPI-1")
    answer = client.post(f"/v1/plaatsingen/{placement.id}/signalen", json=body)
    assert answer.status_code == 400
    assert says in answer.text


def test_support_is_recorded_with_whether_it_helped(client: TestClient, session: Session) -> None:
    """Offered, taken up or not and why, from and until, helped; on the version that was read."""
    placement = place_child(session, "AM-1", home="SPI-1")
    path = f"/v1/plaatsingen/{placement.id}/steunaanbod"
    made = client.post(path, json={"soort": "ambulante hulp"})
    assert (made.status_code, made.json()["opgepakt"]) == (201, "nog niet")
    one = made.headers["Location"]
    etag = client.get(one).headers["ETag"]
    no = client.patch(one, json={"opgepakt": "nee"}, headers={"If-Match": etag})
    assert no.status_code == 400
    assert client.patch(one, json={"opgepakt": "ja"}).status_code == 428
    span = {"opgepakt": "ja", "vanaf": "2026-10-01", "totEnMet": "2026-11-01"}
    helped = {"geholpen": "deels", "toelichtingGeholpen": "Rustiger avonden."}
    told = client.patch(one, json=span | helped, headers={"If-Match": etag})
    assert told.status_code == 200, told.text
    assert client.patch(one, json=helped, headers={"If-Match": etag}).status_code == 412
    (row,) = client.get(path).json()["steunaanbod"]
    assert (row["geholpen"], row["totEnMet"]) == ("deels", "2026-11-01")


def test_the_list_comes_in_pages(client: TestClient, session: Session) -> None:
    """Every placement once, in the same order."""
    for number in range(5):
        report(client, place_child(session, f"AM-{number}", home=f"SPI-{number}"), "school")
    whole = [row["plaatsing"] for row in listed(client)]
    first = client.get("/v1/volglijst?aantal=3")
    after = first.links["next"]["url"]
    rest = client.get(after if after.startswith("/v1") else f"/v1{after}")
    pages = [row["plaatsing"] for page in (first, rest) for row in page.json()["plaatsingen"]]
    assert pages == whole
