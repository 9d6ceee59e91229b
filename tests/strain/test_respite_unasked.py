"""Overloaded carers of whom nobody said a rhythm: respite is looked for every other weekend."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.actor import ActorRole
from app.kernel.words import CareForm
from app.models import RespiteLine
from app.strain.nightly import ask_by_night
from app.strain.routes import router
from tests.doors import open_door, signed_in
from tests.strain.straining import TODAY, place_child, review
from tests.strain.test_respite import at_night, sessions_on
from tests.strain.test_watch import listed, report


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.COORDINATOR))
    yield client


def test_a_heavy_load_in_a_review_asks_for_it(
    client: TestClient, session: Session, connection: Connection
) -> None:
    """Five of five: by night a round looks for them, and the list says why."""
    heavy = place_child(session, "AM-1", home="SPI-1")
    weekend = place_child(session, "AM-2", home="SPI-2")
    weekend.form = CareForm.PART_TIME
    calm = place_child(session, "AM-3", home="SPI-3")
    for placement, strain in ((heavy, 5), (weekend, 5), (calm, 3)):
        review(session, placement, 20, strain=strain)
    rows = {row["aanmeldnummer"]: row for row in listed(client)}
    assert rows["AM-1"]["vraagtRespijt"] == "om het weekend"
    assert rows["AM-1"]["redenRespijt"] == (
        "Niemand noemde een ritme; er wordt gezocht voor om het weekend. Pleegouders noemen de "
        f"belasting 5 van 5 ({said(20)})."
    )
    assert rows["AM-2"]["vraagtRespijt"] is None
    assert "AM-3" not in rows
    matcher = signed_in(ActorRole.MATCHER, "spirit")
    own = {row["gezin"]: row for row in listed(client, headers=matcher)}
    assert own["SPI-1"]["redenRespijt"] == rows["AM-1"]["redenRespijt"]
    session.commit()
    ask_by_night(sessions_on(connection), at_night(3))
    (line,) = session.scalars(select(RespiteLine)).all()
    assert (line.placement_id, line.need.value) == (heavy.id, "om het weekend")


def test_what_somebody_asked_goes_before_it(client: TestClient, session: Session) -> None:
    """And of overloaded carers without a rhythm the same is said as of a review."""
    asked, unasked = (place_child(session, f"AM-{n}", home=f"SPI-{n}") for n in (1, 2))
    report(client, asked, "school", vraagtRespijt="elk weekend")
    for placement in (asked, unasked):
        report(client, placement, "pleegouders overbelast")
    rows = {row["aanmeldnummer"]: row for row in listed(client)}
    assert rows["AM-1"]["vraagtRespijt"] == "elk weekend"
    assert rows["AM-1"]["redenRespijt"] == f"Gevraagd bij het signaal van {said(0)}."
    assert rows["AM-2"]["vraagtRespijt"] == "om het weekend"
    assert rows["AM-2"]["redenRespijt"].endswith(f"Gemeld op {said(0)}: pleegouders overbelast.")


def test_a_no_to_respite_is_kept_to(client: TestClient, session: Session) -> None:
    """Until they say again that it is too heavy."""
    heavy = place_child(session, "AM-1", home="SPI-1")
    review(session, heavy, 20, strain=5)
    path = f"/v1/plaatsingen/{heavy.id}/steunaanbod"
    made = client.post(path, json={"soort": "respijt", "aangebodenOp": str(TODAY)})
    assert made.status_code == 201, made.text
    no = {"opgepakt": "nee", "redenNietOpgepakt": "Liever niet uit logeren."}
    answer = client.patch(
        f"{path}/{made.json()['id']}", json=no, headers={"If-Match": made.headers["ETag"]}
    )
    assert answer.status_code == 200, answer.text
    assert listed(client)[0]["vraagtRespijt"] is None
    report(client, heavy, "pleegouders overbelast", vraagtRespijt="om het weekend")
    assert listed(client)[0]["vraagtRespijt"] == "om het weekend"


def said(days_ago: int) -> str:
    day = TODAY - timedelta(days=days_ago)
    return f"{day.day}-{day.month}-{day.year}"
