"""The self-evaluation at its door: half filled in, handed in, kept version by version."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.insight.questions import questionnaire
from app.insight.survey_routes import router
from app.kernel.actor import Actor, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import FamilyStatus
from tests.doors import open_door, signed_in
from tests.rows import make_family, make_registration

YEAR = today_in_amsterdam().year
PATH = f"/v1/zelfevaluaties/0363/{YEAR}"
MANAGER = signed_in(ActorRole.MANAGER)


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_door(connection, router)


def put(client: TestClient, answers: dict[int, Any], etag: str, **more: Any) -> Any:
    body = {
        "antwoorden": [
            {"vraag": n, "antwoorden": [a] if isinstance(a, str) else a} for n, a in answers.items()
        ],
        "stand": more.get("stand", "concept"),
    }
    headers = more.get("headers", MANAGER) | {"If-Match": etag}
    return client.put(more.get("path", PATH), json=body, headers=headers)


def everything(word: str) -> dict[int, Any]:
    """The same answer everywhere, where several may be given the first."""
    return {
        n: [next(iter(one.points))] if one.takes_several else word
        for n, one in questionnaire().questions.items()
    }


def test_twenty_eight_questions_in_five_themes(client: TestClient) -> None:
    """Numbered in order, each with the answers that it takes."""
    told = client.get("/v1/zelfevaluaties/vragen", headers=MANAGER).json()
    questions = [one for theme in told["themas"] for one in theme["vragen"]]
    assert [one["nummer"] for one in questions] == list(range(1, 29))
    assert [len(theme["vragen"]) for theme in told["themas"]] == [9, 5, 6, 5, 3]
    assert {one["nummer"] for one in questions if one["meerAntwoorden"]} == {2, 11}
    by_number = {one["nummer"]: one["antwoorden"] for one in questions}
    assert by_number[1] == ["ja", "gedeeltelijk", "nee", "weet niet"]
    assert by_number[6] == ["ja", "ja, met strenge eisen", "nee", "weet niet"]
    assert by_number[7] == by_number[28] == ["ja", "nee"]
    assert by_number[9] == ["ja", "mee begonnen", "nee", "weet niet"]
    for number in (23, 24, 25):
        assert by_number[number] == ["ja", "nee", "nee, taak van de organisatie", "weet niet"]
    assert by_number[26] == ["ja", "in wording", "nee", "weet niet"]
    assert len(by_number[2]) == 6
    assert len(by_number[11]) == 7


def test_half_a_form_is_kept_and_gone_on_with(client: TestClient) -> None:
    """The version is needed to go on, and goes up."""
    empty = client.get(PATH, headers=MANAGER)
    assert (empty.json()["stand"], empty.headers["ETag"]) == (None, '"0"')
    first = put(client, {1: "ja", 2: ["CBS", "facturen"]}, '"0"')
    assert first.status_code == 200, first.text
    assert first.headers["ETag"] == '"1"'
    told = first.json()
    assert told["naam"] == "Amsterdam"
    assert [(a["vraag"], a["antwoorden"]) for a in told["antwoorden"]] == [
        (1, ["ja"]), (2, ["CBS", "facturen"]),
    ]  # fmt: skip
    assert told["themas"][0]["beantwoord"] == 2
    second = put(client, {1: "gedeeltelijk"}, '"1"')
    assert second.headers["ETag"] == '"2"'
    assert second.json()["themas"][0]["aandeel"] == 0.5
    assert put(client, {1: "nee"}, '"1"').status_code == 412
    assert client.put(PATH, json={"antwoorden": []}, headers=MANAGER).status_code == 428


def test_no_answer_is_ever_overwritten(client: TestClient, session: Session) -> None:
    """What was said before stands in the database, with who and when; no role may change it."""
    put(client, {1: "ja", 3: "nee"}, '"0"')
    put(client, {1: "nee"}, '"1"', headers=signed_in(ActorRole.ADMINISTRATOR))
    rows = session.execute(
        text("SELECT question, version, answers, role FROM survey_response ORDER BY 2, 1")
    ).all()
    assert [tuple(row) for row in rows] == [
        (1, 1, ["ja"], "regiomanager"), (3, 1, ["nee"], "regiomanager"),
        (1, 2, ["nee"], "beheerder"), (3, 2, [], "beheerder"),
    ]  # fmt: skip
    for statement in ("UPDATE survey_response SET note = 'x'", "DELETE FROM survey_response"):
        nested = session.begin_nested()
        with pytest.raises(Exception, match="permission denied"):
            session.execute(text(statement))
        nested.rollback()


def test_handing_in_asks_for_every_answer(client: TestClient) -> None:
    """And says which are open; then it tells by whom it was handed in. Opening it again may."""
    refused = put(client, {1: "ja"}, '"0"', stand="ingediend")
    assert refused.status_code == 400
    assert "nog open: 3, 4, 5" in refused.json()["detail"]
    done = put(client, everything("ja"), '"0"', stand="ingediend")
    assert done.status_code == 200, done.text
    assert (done.json()["stand"], done.json()["ingediendDoor"]) == ("ingediend", "api")
    assert [theme["aandeel"] for theme in done.json()["themas"]] == [1.0] * 5
    again = put(client, everything("ja"), '"1"')
    assert (again.json()["stand"], again.json()["ingediendDoor"]) == ("concept", None)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({1: "misschien"}, "vraag 1 kent alleen: ja, gedeeltelijk, nee, weet niet"),
        ({7: "weet niet"}, "vraag 7 kent alleen: ja, nee"),
        ({1: ["ja", "nee"]}, "vraag 1 vraagt één antwoord"),
        ({2: ["CBS", "CBS"]}, "vraag 2 kent alleen"),
    ],
)
def test_a_wrong_answer_gets_a_sentence(
    client: TestClient, answers: dict[int, Any], sentence: str
) -> None:
    """And nothing is kept."""
    answer = put(client, answers, '"0"')
    assert answer.status_code == 400
    assert sentence in answer.json()["detail"]
    assert client.get(PATH, headers=MANAGER).headers["ETag"] == '"0"'


@pytest.mark.parametrize(
    ("path", "status"), [("0000/2025", 404), ("0363/2019", 400), (f"0363/{YEAR + 1}", 400)]
)
def test_another_municipality_or_year_gets_a_sentence(
    client: TestClient, path: str, status: int
) -> None:
    """Which is not known, or cannot be."""
    answer = put(client, {1: "ja"}, '"0"', path=f"/v1/zelfevaluaties/{path}")
    assert answer.status_code == status
    assert client.get(f"/v1/zelfevaluaties/{path}", headers=MANAGER).status_code == status


def test_a_coordinator_reads_and_does_not_write(client: TestClient) -> None:
    """Nor does an auditor; whoever registers children has no part in it."""
    put(client, {1: "ja"}, '"0"')
    for role in (ActorRole.COORDINATOR, ActorRole.AUDITOR):
        assert client.get(PATH, headers=signed_in(role)).json()["antwoorden"]
        assert put(client, {1: "nee"}, '"1"', headers=signed_in(role)).status_code == 403
    assert client.get(PATH, headers=signed_in(ActorRole.INTAKE)).status_code == 403


def test_progress_over_the_years(client: TestClient, session: Session) -> None:
    """Per municipality and theme; the region is the mean of what was handed in."""
    make_registration(session, number="AM-ZE-1", postcode="1381AB")
    session.commit()
    put(
        client,
        everything("nee"),
        '"0"',
        stand="ingediend",
        path=f"/v1/zelfevaluaties/0363/{YEAR - 1}",
    )
    put(client, everything("ja"), '"0"', stand="ingediend")
    put(client, everything("nee"), '"0"', stand="ingediend", path=f"/v1/zelfevaluaties/0384/{YEAR}")
    put(client, {1: "ja"}, '"0"', path=f"/v1/zelfevaluaties/0394/{YEAR}")
    told = client.get("/v1/zelfevaluaties", headers=MANAGER).json()
    amsterdam = next(one for one in told["gemeenten"] if one["gemeente"] == "0363")
    # Of the network's five questions one takes several answers, and has one.
    assert [[t["aandeel"] for t in y["themas"]] for y in amsterdam["jaren"]] == [
        [0.111, 0.2, 0.0, 0.0, 0.0], [1.0] * 5,
    ]  # fmt: skip
    assert [(one["jaar"], one["gemeenten"]) for one in told["regio"]] == [(YEAR - 1, 1), (YEAR, 2)]
    assert told["regio"][1]["themas"][2]["aandeel"] == 0.5
    assert {"0363", "0394", "0384"} <= {one["gemeente"] for one in told["gemeenten"]}


ALLOWED = {ActorRole.MANAGER, ActorRole.ADMINISTRATOR, ActorRole.COORDINATOR, ActorRole.AUDITOR}


@pytest.mark.parametrize("role", [role for role in ActorRole if role is not ActorRole.SYSTEM])
def test_the_database_itself_knows_who_may_read_and_add(
    client: TestClient, session: Session, role: ActorRole
) -> None:
    """Whatever a query forgets; and who writes is fewer than who reads."""
    put(client, {1: "ja"}, '"0"')
    act_as(session, Actor("x", role))
    for table in ("survey_form", "survey_response"):
        found = session.scalar(text(f"SELECT count(*) FROM {table}"))
        assert bool(found) is (role in ALLOWED), table
    insert = text(
        "INSERT INTO survey_response (municipality_code, year, question, version, answers, actor,"
        f" role) VALUES ('0363', {YEAR}, 5, 9, '{{ja}}', 'x', 'x')"
    )
    nested = session.begin_nested()
    if role in (ActorRole.MANAGER, ActorRole.ADMINISTRATOR):
        session.execute(insert)
    else:
        with pytest.raises(ProgrammingError, match="row-level security"):
            session.execute(insert)
    nested.rollback()


def test_changes_of_families_are_for_staff_and_auditors(session: Session) -> None:
    """A provider sees none, not of its own family either: nothing asks for it yet."""
    family = make_family(session, reference="SPI-ZE-1")
    family.status = FamilyStatus.PAUSED
    session.flush()
    provider, count = family.provider_id, text("SELECT count(*) FROM family_status_change")
    assert session.scalar(count) == 1
    for role in (ActorRole.MATCHER, ActorRole.REFERRER, ActorRole.MANAGER):
        session.commit()
        act_as(session, Actor("x", role, provider_id=provider))
        assert session.scalar(count) == 0
    session.commit()
    act_as(session, Actor("x", ActorRole.AUDITOR))
    assert session.scalar(count) == 1
