"""A file of placements that ran before the service: each row told or refused, and once."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.kernel.words import CareForm
from app.models import ImportBatch, Occupation, Placement, RegistrationState
from app.placements.running_file import MOST, read_running
from app.placements.running_routes import router as running
from app.uploads.routes import router as uploads
from tests.doors import signed_in
from tests.placements.living import MATCHER, TODAY, live_in, open_placements, waiting
from tests.rows import make_family

LONG_AGO = (TODAY - timedelta(days=400)).isoformat()
HEAD = "aanmeldnummer,aanbieder,gezin,van,grond,vorm,toewijzingsnummer"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection, running, uploads)


def send(client: TestClient, *rows: str, head: str = HEAD, **headers: str) -> Any:
    return client.post(
        "/v1/lopende-plaatsingen",
        content="\n".join((head, *rows)).encode(),
        headers={"Content-Type": "text/csv", **headers},
    )


def test_each_row_is_a_placement_or_a_sentence(client: TestClient, session: Session) -> None:
    """What is refused keeps nothing back; a free place is taken; the report stays to be read."""
    for number in range(1, 6):
        make_family(session, reference=f"SPI-{number}", forms=(CareForm.LONG_TERM,))
        waiting(session, f"AM-{number}")
    live_in(session, make_family(session, reference="SPI-8"), number="AM-8")
    session.commit()
    answer = send(
        client,
        f"AM-1,spirit,SPI-1,{LONG_AGO},,,TW-1",
        f"AM-2,spirit,SPI-2,{TODAY},overgenomen,,",
        f"AM-3,spirit,SPI-404,{LONG_AGO},,,",
        f"AM-404,spirit,SPI-4,{LONG_AGO},,,",
        "AM-4,spirit,SPI-4,vorig jaar,,,",
        f"AM-5,spirit,SPI-5,{LONG_AGO},afgesproken,,",
        f"AM-8,spirit,SPI-5,{LONG_AGO},,,",
        f"AM-5,spirit,SPI-5,{LONG_AGO}",
    )
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["nieuw"], told["gelijk"], told["geweigerd"]) == (1, 0, 7)
    assert [(row["rij"], row["uitkomst"], row["veld"]) for row in told["regels"]] == [
        (2, "nieuw", ""), (3, "geweigerd", "grond"), (4, "geweigerd", "gezin"),
        (5, "geweigerd", "aanmeldnummer"), (6, "geweigerd", "van"), (7, "geweigerd", "grond"),
        (8, "geweigerd", told["regels"][6]["veld"]), (9, "geweigerd", "aanmeldnummer"),
    ]  # fmt: skip
    assert all(row["melding"].endswith((".", "'.")) for row in told["regels"][1:])
    placement = session.scalars(
        select(Placement).where(Placement.outside_ground == "overgenomen")
    ).one()
    assert str(placement.id) == told["regels"][0]["plaatsing"]
    assert (placement.outside_ground, placement.allocation_number) == ("overgenomen", "TW-1")
    used = select(func.count()).where(Occupation.registration_id == placement.registration_id)
    assert session.scalar(used) == 1
    report = client.get(answer.headers["Location"]).json()
    assert (report["soort"], report["aantallen"]["geweigerd"]) == ("lopende plaatsingen", 7)
    assert {row["rij"] for row in report["geweigerd"]} == {3, 4, 5, 6, 7, 8, 9}


def test_the_same_file_again_changes_nothing(client: TestClient, session: Session) -> None:
    """Nor does a row that stands in it twice; with a key the first answer comes again."""
    make_family(session, reference="SPI-1", forms=(CareForm.LONG_TERM,))
    child = waiting(session, "AM-1")
    session.commit()
    row = f"AM-1,spirit,SPI-1,{LONG_AGO},,,"
    first = send(client, row, row, **{"Idempotency-Key": "k-1"})
    assert (first.json()["nieuw"], first.json()["gelijk"]) == (1, 1)
    again = send(client, row, row, **{"Idempotency-Key": "k-1"})
    assert again.json() == first.json()
    anew = send(client, row)
    assert (anew.json()["nieuw"], anew.json()["gelijk"]) == (0, 1)
    assert anew.json()["regels"][0]["plaatsing"] == first.json()["regels"][0]["plaatsing"]
    session.refresh(child)
    assert child.state is RegistrationState.PLACED
    assert session.scalar(select(func.count(Placement.id))) == 1
    assert session.scalar(select(func.count(ImportBatch.id))) == 2


def test_as_a_spreadsheet_writes_it(client: TestClient, session: Session) -> None:
    """Semicolons, quotes and letters with marks in an old encoding."""
    make_family(session, reference="SPI-1", forms=(CareForm.LONG_TERM,))
    waiting(session, "AM-1")
    session.commit()
    body = (
        f'aanmeldnummer;aanbieder;gezin;van;steunplan\r\nAM-1;spirit;SPI-1;{LONG_AGO};"Één; twee"'
    )
    answer = client.post(
        "/v1/lopende-plaatsingen", content=body.encode("cp1252"),
        headers={"Content-Type": "text/csv"},
    )  # fmt: skip
    assert answer.json()["nieuw"] == 1, answer.text
    assert session.scalars(select(Placement)).one().support_plan == "Één; twee"


@pytest.mark.parametrize(
    ("head", "rows", "part"),
    [
        ("aanmeldnummer,aanbieder,gezin", ("AM-1,spirit,SPI-1",), "'van'"),
        (HEAD + ",moeder", ("x",), "niet bekend is (de 8e)"),
        (HEAD + ",van", ("x",), "twee keer de kolom 'van'"),
        (HEAD, (), "geen plaatsingen"),
        (HEAD, ('AM-1,"spirit',), "aanhalingsteken"),
        (HEAD, ("AM-1,spirit,SPI-1,2020-01-01,,,",) * (MOST + 1), "splits"),
    ],
)
def test_a_file_that_is_none_of_this_is_refused_whole(
    client: TestClient, session: Session, *, head: str, rows: tuple[str, ...], part: str
) -> None:
    """In one sentence, and nothing is kept."""
    answer = send(client, *rows, head=head)
    assert answer.status_code == 400
    assert part in answer.json()["detail"]
    assert "moeder" not in answer.text
    assert session.scalar(select(func.count(ImportBatch.id))) == 0


def test_only_a_file_and_only_by_who_tells_of_placements(client: TestClient) -> None:
    """Another kind of content is 415, an empty one 400, a provider may not."""
    path = "/v1/lopende-plaatsingen"
    assert client.post(path, json={}).status_code == 415
    empty = client.post(path, content=b"", headers={"Content-Type": "text/csv"})
    assert empty.status_code == 400
    assert send(client, "x", **MATCHER).status_code == 403
    other = client.post(
        "/v1/imports", params={"soort": "lopende plaatsingen"}, content=b"x",
        headers={"Content-Type": "text/csv", **signed_in("aanmeldpunt")},
    )  # fmt: skip
    assert other.status_code == 400 and "/v1/lopende-plaatsingen" in other.json()["detail"]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    """A cell with a line break in it moves the next row two lines on."""
    head = "aanmeldnummer,aanbieder,gezin,van,steunplan"
    found = read_running(f'{head}\nA,b,c,d,"een\ntwee"\n\nE,b,c,d,\n'.encode(), name="x.csv")
    assert [(line.row, line.cells["aanmeldnummer"]) for line in found] == [(2, "A"), (5, "E")]
