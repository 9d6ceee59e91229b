"""A municipality at the door: its own self-evaluation from start to handed in, and nothing else."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app.db.roles import APPLICATION
from app.insight.survey_routes import router
from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from tests.answered import handed_in
from tests.doors import open_door, signed_in
from tests.insight.test_survey import everything, put

YEAR = today_in_amsterdam().year
LIST = "/v1/zelfevaluaties"
AMSTERDAM, DIEMEN = (signed_in(ActorRole.MUNICIPALITY, code) for code in ("0363", "0384"))
MANAGER = signed_in(ActorRole.MANAGER)
# Diemen, Aalsmeer, Amstelveen, Ouder-Amstel, Uithoorn: together with Amsterdam six.
OTHERS = ("0384", "0358", "0362", "0437", "0451")


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_door(connection, router)


def path_of(code: str, year: int = YEAR) -> str:
    return f"{LIST}/{code}/{year}"


def test_a_municipality_fills_in_its_own_year(client: TestClient, session: Session) -> None:
    """Begins, keeps half, hands in, opens again; each line of the log says for whom it was."""
    session.execute(text("RESET ROLE"))
    before = session.scalar(text("SELECT coalesce(max(id), 0) FROM audit_event"))
    session.execute(text(f"SET ROLE {APPLICATION}"))
    assert client.get(LIST, headers=AMSTERDAM).json()["gemeenten"][0]["jaren"] == []
    assert client.get(f"{LIST}/vragen", headers=AMSTERDAM).json()["themas"]
    half = put(client, {1: "ja"}, '"0"', headers=AMSTERDAM)
    assert (half.status_code, half.headers["ETag"]) == (200, '"1"'), half.text
    assert put(client, {1: "ja"}, '"1"', headers=AMSTERDAM, stand="ingediend").status_code == 400
    done = put(client, everything("ja"), '"1"', headers=AMSTERDAM, stand="ingediend")
    assert (done.json()["stand"], done.json()["ingediendDoor"]) == ("ingediend", "api-0363")
    again = put(client, everything("ja"), '"2"', headers=AMSTERDAM)
    assert again.json()["stand"] == "concept"
    (own,) = client.get(LIST, headers=AMSTERDAM).json()["gemeenten"]
    assert (own["naam"], [year["stand"] for year in own["jaren"]]) == ("Amsterdam", ["concept"])
    session.execute(text("RESET ROLE"))
    logged = session.execute(
        text("SELECT DISTINCT operation, role, organisation FROM audit_event WHERE id > :before"),
        {"before": before},
    ).all()
    assert {tuple(row)[1:] for row in logged} == {("gemeente", "0363")}
    assert len(logged) == 3  # list, questions, keeping


def test_who_typed_is_kept(client: TestClient) -> None:
    """The region may still fill in for it, and each answer says whether that was so."""
    put(client, {1: "ja", 3: "nee"}, '"0"')
    told = put(client, {1: "gedeeltelijk", 3: "nee"}, '"1"', headers=AMSTERDAM).json()
    assert [(one["vraag"], one["rol"], one["door"]) for one in told["antwoorden"]] == [
        (1, "gemeente", "api-0363"), (3, "regiomanager", "api"),
    ]  # fmt: skip
    assert client.get(path_of("0363"), headers=MANAGER).json()["antwoorden"] == told["antwoorden"]


@pytest.mark.parametrize("code", ["0384", "0394"])
def test_another_municipality_is_as_unknown_as_none(client: TestClient, code: str) -> None:
    """Whether it answered or not, and whatever is asked: as for a code that is not there."""
    put(client, {1: "ja"}, '"0"', path=path_of("0384"), headers=DIEMEN)
    for year in (YEAR, YEAR - 1, YEAR + 1, 2001):
        none, other = (client.get(path_of(one, year), headers=AMSTERDAM) for one in ("0000", code))
        assert none.status_code == other.status_code == 404
        assert none.json()["detail"] == other.json()["detail"]
    for etag in ('"0"', '"1"', '"7"'):
        tried = put(client, {1: "nee"}, etag, path=path_of(code), headers=AMSTERDAM)
        assert tried.status_code == 404
    assert "Diemen" not in client.get(LIST, headers=AMSTERDAM).text
    kept = client.get(path_of("0384"), headers=DIEMEN).json()
    assert [one["antwoorden"] for one in kept["antwoorden"]] == [["ja"]]


@pytest.mark.parametrize(
    ("organisation", "status", "sentence"),
    [("", 403, "noemt geen organisatie"), ("spirit", 403, "gemeentecode van vier cijfers"),
     ("03630", 403, "gemeentecode"), ("9999", 404, "niet bekend")],
)  # fmt: skip
def test_a_token_names_a_municipality(
    client: TestClient, organisation: str, status: int, sentence: str
) -> None:
    """One that names none, or one that is not there, opens nothing."""
    answer = client.get(LIST, headers=signed_in(ActorRole.MUNICIPALITY, organisation))
    assert answer.status_code == status, answer.text
    assert sentence in answer.json()["detail"]


@pytest.mark.parametrize("many", [4, 5])
def test_the_mean_of_the_region_is_told_from_five_on(
    client: TestClient, session: Session, many: int
) -> None:
    """Of fewer one municipality could tell what another answered; drafts do not count."""
    for code in OTHERS[:many]:
        handed_in(session, code, YEAR, "nee")
    for code in OTHERS:
        handed_in(session, code, YEAR - 1, "ja")
    session.commit()
    put(client, {1: "ja"}, '"0"', headers=AMSTERDAM)
    told = client.get(LIST, headers=AMSTERDAM).json()
    assert [one["gemeente"] for one in told["gemeenten"]] == ["0363"]
    years = [YEAR - 1, YEAR] if many == 5 else [YEAR - 1]
    assert [one["jaar"] for one in told["regio"]] == years
    assert {one["gemeenten"] for one in told["regio"]} == {5}
    assert [theme["aandeel"] for theme in told["regio"][0]["themas"]] == [1.0] * 5
    whole = client.get(LIST, headers=MANAGER).json()["regio"]
    assert [one["jaar"] for one in whole] == [YEAR - 1, YEAR]


def test_of_several_roles_the_wider_one_counts(client: TestClient, session: Session) -> None:
    """Who manages the region and also works for a municipality sees the region."""
    handed_in(session, "0384", YEAR, "ja")
    session.commit()
    both: dict[str, Any] = signed_in("gemeente,regiomanager", "0363")
    assert client.get(path_of("0384"), headers=both).status_code == 200
