"""A provider's answers: a yes, a typed no, a question; each once, and none that makes no sense."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.models import Registration
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import MATCHER, begin, open_steps


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_steps(connection)


@pytest.fixture
def child(session: Session) -> Registration:
    """Noor, who waits."""
    make_family(session, reference="SPI-1")
    return make_registration(session, number="AM-1")


def test_a_question_of_the_provider_is_answered(client: TestClient, child: Registration) -> None:
    """Both texts stand with the question; before the acquaintance without the child's name."""
    walk = begin(client, child)
    assert walk.answer("vraag", tekst="Slaapt het kind goed?").status_code == 200
    told = client.post(f"{walk.at}/_uitleg", json={"tekst": "Noor slaapt goed."})
    assert told.status_code == 200, told.text
    messages = walk.question().json()["berichten"]
    assert [(m["soort"], m["tekst"]) for m in messages] == [
        ("vraag", "Slaapt het kind goed?"),
        ("uitleg", "[naam] slaapt goed."),
    ]
    kept = told.json()["berichten"]
    assert [(m["rol"], m["fase"]) for m in kept] == [
        ("aanbieder-matcher", "voorgesteld"),
        ("coordinator", "voorgesteld"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"antwoord": "nee"},
        {"antwoord": "nee", "afwijsreden": "anders"},
        {"antwoord": "nee", "afwijsreden": "zomaar"},
        {"antwoord": "nee", "afwijsreden": "leeftijd", "door": "ouders"},
        {"antwoord": "ja", "afwijsreden": "leeftijd"},
        {"antwoord": "ja", "door": "gezin"},
        {"antwoord": "vraag"},
        {"antwoord": "uitleg", "tekst": "x"},
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(
    client: TestClient, child: Registration, body: dict[str, str]
) -> None:
    """400, and the question still stands."""
    walk = begin(client, child)
    where = f"/v1/gezinsvragen/{walk.step}/_antwoord"
    assert client.post(where, json=body, headers=MATCHER).status_code == 400
    assert walk.question().json()["berichten"] == []


def test_a_providers_no_is_typed_and_bars_the_pair(client: TestClient, child: Registration) -> None:
    """By the provider, or by the family when it says so."""
    walk = begin(client, child)
    walk.answer("nee", afwijsreden="problematiek te zwaar", door="gezin", tekst="Te zwaar nu.")
    step = walk.read()
    assert (step["stand"], step["door"], step["afwijsreden"], step["reden"]) == (
        "nee", "gezin", "problematiek te zwaar", "Te zwaar nu.",
    )  # fmt: skip


def test_an_answer_that_is_sent_again_counts_once(client: TestClient, child: Registration) -> None:
    """With the same Idempotency-Key the first answer comes again, also after a no."""
    walk = begin(client, child)
    body = {"antwoord": "nee", "afwijsreden": "afstand"}
    where, head = f"/v1/gezinsvragen/{walk.step}/_antwoord", {**MATCHER, "Idempotency-Key": "a"}
    answers = [client.post(where, json=body, headers=head) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def test_after_the_placement_there_is_nothing_to_answer(
    client: TestClient, child: Registration
) -> None:
    """What happens then is no answer to a question any more."""
    walk = begin(client, child).walk_to("plaatsing")
    for answer, more in (("ja", {}), ("nee", {"afwijsreden": "leeftijd"})):
        assert walk.answer(answer, **more).status_code == 409
