"""Ambulatory support: kept by its provider, found by the job for who is under strain, offered."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from app.jobs import AMBULATORY
from app.kernel.actor import ActorRole
from app.models import AmbulatoryLine, AmbulatorySearch
from app.strain.ambulatory import search_support
from app.strain.ambulatory_routes import router as support
from app.strain.nightly import ask_by_night
from app.strain.routes import router
from tests.doors import open_door, signed_in
from tests.strain.straining import TODAY, at_night, place_child, review, sessions_on

MATCHER = signed_in(ActorRole.MATCHER, "spirit")
HELP: dict[str, Any] = {
    "naam": "Gezinsbegeleiding thuis", "bijSignalen": ["pleegouders overbelast", "school"],
    "gemeenten": ["Amsterdam"], "plaatsenVrij": 2, "wachtweken": 3,
}  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    client = open_door(connection, router, support)
    client.headers.update(signed_in(ActorRole.COORDINATOR))
    yield client


def keep(client: TestClient, number: str, **changes: Any) -> Any:
    headers = MATCHER | {"If-None-Match": "*"}
    path = f"/v1/ambulante-hulpvormen/spirit/{number}"
    made = client.put(path, json=HELP | changes, headers=headers)
    assert made.status_code == 201, made.text
    return made


def signal(client: TestClient, placement: Any, kind: str) -> None:
    told = client.post(f"/v1/plaatsingen/{placement.id}/signalen", json={"soort": kind})
    assert told.status_code == 201, told.text


def found(client: TestClient, placement: Any) -> list[dict[str, Any]]:
    rows = client.get("/v1/volglijst").json()["plaatsingen"]
    return next(r for r in rows if r["plaatsing"] == str(placement.id))["hulpvoorstellen"]  # type: ignore[no-any-return]


@contextmanager
def as_worker(session: Session) -> Iterator[None]:
    """The job's own rights: the application takes no line away."""
    session.execute(text("SET ROLE pleegzorg_worker"))
    yield
    session.execute(text("SET ROLE pleegzorg_app"))


def search(session: Session) -> int:
    session.commit()
    with as_worker(session):
        return search_support(session, TODAY)


def test_a_provider_keeps_its_own(client: TestClient) -> None:
    """On the version that was read; another's is not its to change, and a municipality exists."""
    made = keep(client, "AH-1")
    path = "/v1/ambulante-hulpvormen/spirit/AH-1"
    assert client.put(path, json=HELP, headers=MATCHER).status_code == 428
    right = MATCHER | {"If-Match": made.headers["ETag"]}
    told = client.put(path, json=HELP | {"plaatsenVrij": 0}, headers=right)
    assert (told.status_code, told.json()["plaatsenVrij"]) == (200, 0)
    assert client.put(path, json=HELP, headers=right).status_code == 412
    other = signed_in(ActorRole.MATCHER, "youke") | {"If-Match": told.headers["ETag"]}
    assert client.put(path, json=HELP, headers=other).status_code == 403
    wrong = client.put(
        "/v1/ambulante-hulpvormen/spirit/AH-2",
        json=HELP | {"gemeenten": ["Amsterdam", "Nergenshuizen"]}, headers=MATCHER,
    )  # fmt: skip
    assert (wrong.status_code, "gemeenten: de 2e" in wrong.text) == (400, True)
    assert "Nergenshuizen" not in wrong.text
    (row,) = client.get("/v1/ambulante-hulpvormen?aanbieder=spirit").json()["ambulanteHulp"]
    assert (row["nummer"], row["bijSignalen"]) == ("AH-1", ["pleegouders overbelast", "school"])


def test_the_job_finds_what_fits_with_reasons(client: TestClient, session: Session) -> None:
    """By sign and municipality; a free place first, then the shortest wait; three at most."""
    tired = place_child(session, "AM-1", home="SPI-1")  # in Amsterdam
    far = place_child(session, "AM-2", home="SPI-2", postcode="1442AB")  # in Purmerend
    for placement in (tired, far):
        review(session, placement, 20, strain=5)
    keep(client, "AH-1", wachtweken=9)
    keep(client, "AH-2", wachtweken=2, gemeenten=[])
    keep(client, "AH-3", plaatsenVrij=0, wachtweken=1)
    keep(client, "AH-4", bijSignalen=["veiligheid"])
    keep(client, "AH-5", wachtweken=0, plaatsenVrij=1)
    assert search(session) == 4
    lines = found(client, tired)
    assert [line["nummer"] for line in lines] == ["AH-5", "AH-2", "AH-1"]
    assert lines[0]["redenen"] == [
        "Is er voor: pleegouders overbelast.", "Komt in Amsterdam.",
        "Kan meteen beginnen; 1 plaats vrij.",
    ]  # fmt: skip
    assert lines[1]["redenen"][1:] == [
        "Komt in de hele regio.", "Wachttijd nu 2 weken; 2 plaatsen vrij.",
    ]  # fmt: skip
    assert [line["nummer"] for line in found(client, far)] == ["AH-2"]
    own = client.get("/v1/volglijst", headers=MATCHER).json()["plaatsingen"]
    assert [line["nummer"] for line in own[0]["hulpvoorstellen"]]


def test_an_offer_names_what_was_found_and_ends_the_search(
    client: TestClient, session: Session
) -> None:
    """Offered, taken up and whether it helped, as respite is; until it ends nothing is sought."""
    placement = place_child(session, "AM-1", home="SPI-1")
    keep(client, "AH-1")
    signal(client, placement, "school")
    search(session)
    (line,) = found(client, placement)
    path = f"/v1/plaatsingen/{placement.id}/steunaanbod"
    wrong = client.post(path, json={"soort": "training", "hulpvoorstel": line["id"]})
    assert wrong.status_code == 400
    body = {"soort": "ambulante hulp", "hulpvoorstel": line["id"]}
    made = client.post(path, json=body)
    assert made.status_code == 201, made.text
    assert made.json()["hulpvorm"] == {
        "aanbieder": "spirit", "nummer": "AH-1", "naam": "Gezinsbegeleiding thuis",
    }  # fmt: skip
    assert client.post(path, json=body).status_code == 400
    assert (search(session), found(client, placement)) == (0, [])
    one = made.headers["Location"]
    etag = client.get(one).headers["ETag"]
    told = {"opgepakt": "nee", "redenNietOpgepakt": "Past niet in de week."}
    assert client.patch(one, json=told, headers={"If-Match": etag}).status_code == 200
    assert search(session) == 0  # said no to that one
    keep(client, "AH-2")
    assert (search(session), found(client, placement)[0]["nummer"]) == (1, "AH-2")


def test_what_was_found_before_goes(client: TestClient, session: Session) -> None:
    """Support that has changed, or a placement that left the list: nothing old stays behind."""
    placement = place_child(session, "AM-1", home="SPI-1")
    made = keep(client, "AH-1")
    signal(client, placement, "school")
    assert search(session) == 1
    headers = MATCHER | {"If-Match": made.headers["ETag"]}
    changed = HELP | {"bijSignalen": ["veiligheid"]}
    client.put("/v1/ambulante-hulpvormen/spirit/AH-1", json=changed, headers=headers)
    assert search(session) == 0
    assert session.scalar(select(func.count()).select_from(AmbulatoryLine)) == 0


def test_a_signal_asks_the_job_and_so_does_every_night(
    client: TestClient, session: Session, connection: Connection
) -> None:
    """Once a night, for all; a signal at once, for its placement."""
    count = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name")
    before = session.scalar(count, {"name": AMBULATORY}) or 0
    placement = place_child(session, "AM-1", home="SPI-1")
    signal(client, placement, "school")
    assert session.scalar(count, {"name": AMBULATORY}) == before + 1
    sessions = sessions_on(connection)
    with as_worker(session):
        for hour in (1, 3, 4, 7):
            ask_by_night(sessions, at_night(hour))
        assert session.scalar(select(func.count()).select_from(AmbulatorySearch)) == 1
    assert session.scalar(count, {"name": AMBULATORY}) == before + 2


def look(client: TestClient, session: Session, placement: Any) -> dict[str, Any] | None:
    """Ask for a search, perform it as the worker, and return what it is said to have come to."""
    path = f"/v1/plaatsingen/{placement.id}"
    asked = client.post(f"{path}/hulpvoorstellen/_zoek")
    assert asked.status_code == 202, asked.text
    session.commit()
    with as_worker(session):
        search_support(session, TODAY, placement_id=placement.id)
    told: dict[str, Any] | None = client.get(f"{path}/signalen").json()["laatstGezocht"]
    return told


def test_who_asks_now_reads_what_came_of_it(client: TestClient, session: Session) -> None:
    """Not on the list, nothing fits, found, or has help already: a search always has an answer."""
    placement = place_child(session, "AM-1", home="SPI-1")
    path = f"/v1/plaatsingen/{placement.id}"
    session.commit()
    assert client.get(f"{path}/signalen").json()["laatstGezocht"] is None
    told = look(client, session, placement)
    assert told is not None and told["uitkomst"] == "niet op de volglijst"
    signal(client, placement, "school")
    told = look(client, session, placement)
    assert told is not None and told["uitkomst"] == "niets past"
    keep(client, "AH-1")
    told = look(client, session, placement)
    assert told is not None and told["uitkomst"] == "gevonden"
    (line,) = found(client, placement)
    body = {"soort": "ambulante hulp", "hulpvoorstel": line["id"]}
    assert client.post(f"{path}/steunaanbod", json=body).status_code == 201
    told = look(client, session, placement)
    assert told is not None and told["uitkomst"] == "heeft al hulp"
    jobs = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name")
    assert session.scalar(jobs, {"name": AMBULATORY}) == 5  # one of them for the signal


def test_nobody_looks_for_what_is_over_or_of_another(client: TestClient, session: Session) -> None:
    """409 once it ended; a provider that does not see the placement finds none."""
    placement = place_child(session, "AM-1", home="SPI-1")
    path = f"/v1/plaatsingen/{placement.id}/hulpvoorstellen/_zoek"
    session.commit()
    other = signed_in(ActorRole.MATCHER, "youke")
    assert client.post(path, headers=other).status_code == 404
    assert client.post(path, headers=MATCHER).status_code == 202
    placement.until = TODAY - timedelta(days=1)
    session.commit()
    assert client.post(path).status_code == 409
