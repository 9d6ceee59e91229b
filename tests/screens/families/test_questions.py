"""What is asked of a provider: seen by phase, answered with yes, no with a reason, a question."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from tests.screens.families.asked import Region
from tests.screens.served import mark_in

Make = Callable[..., TestClient]


@pytest.fixture
def matcher(client_as: Make) -> TestClient:
    return client_as("aanbieder-matcher", "spirit")


@pytest.fixture(scope="module")
def region(screens_database: Database) -> Region:
    return Region(screens_database)


def reply(client: TestClient, question: str, **given: str) -> Any:
    marked = {"_merk": mark_in(client.get("/vragen").text), **given}
    return client.post(f"/vragen/{question}/antwoord", data=marked, follow_redirects=False)


def test_nothing_asked_says_what_to_do(client_as: Make) -> None:
    """An empty state that is no dead end."""
    page = client_as("aanbieder-matcher", "vitree").get("/vragen").text
    assert "Er wacht nu niets op u" in page
    assert "/gezinnen?eerstBevestigen=true" in page


def test_a_yes_tells_the_coordinator_for_against_and_doubts(
    matcher: TestClient, region: Region
) -> None:
    """At first the profile alone; after the yes and the next phase the story, still no name."""
    child, step, family = region.ask(0)
    page = matcher.get("/vragen").text
    assert f"/vragen/{step}" in page.split("Wat er van eerdere")[0]
    first = matcher.get(f"/vragen/{step}").text
    assert family in first
    assert "Het verhaal van het kind ziet u zodra" in first
    assert "Zeg ja" in first
    answer = reply(matcher, step, antwoord="ja", voors="Rustig gezin.", twijfels="De reistijd.")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/vragen/{step}")
    said = region.get(f"/kinderen/{child}/stappen/{step}/geschiedenis")
    texts = [m["tekst"] for m in said["berichten"]]
    assert texts == ["Wat spreekt ervoor: Rustig gezin.\nTwijfels: De reistijd."]
    region.move(child, step, "voorgelegd aan pleegouders")
    later = matcher.get(f"/vragen/{step}").text
    assert "Het verhaal</h2>" in later
    assert "Er wordt nu geen ja van u gevraagd" in later
    assert "Naam en school ziet u vanaf de kennismaking" in later


def test_a_question_gets_an_answer_below_it(matcher: TestClient, region: Region) -> None:
    """An empty one is refused beside its field; the coordinator's answer stands on the page."""
    child, step, _ = region.ask(1)
    empty = reply(matcher, step, antwoord="vraag")
    assert empty.status_code == 400
    assert 'id="tekst-fout"' in empty.text
    assert reply(matcher, step, antwoord="vraag", tekst="Hoe lang duurt het?").status_code == 303
    region.post(f"/kinderen/{child}/stappen/{step}/_uitleg", {"tekst": "Ongeveer een jaar."})
    page = matcher.get(f"/vragen/{step}").text
    assert page.index("Hoe lang duurt het?") < page.index("Ongeveer een jaar.")


def test_a_no_has_a_reason_and_ends_the_access(matcher: TestClient, region: Region) -> None:
    """Without one it is refused with all that was typed; after it only what came of it is left."""
    _, step, family = region.ask(2)
    wrong = reply(matcher, step, antwoord="nee", door="gezin", toelichting="Te druk nu.")
    assert wrong.status_code == 400
    assert "Te druk nu." in wrong.text
    assert 'id="afwijsreden-fout"' in wrong.text
    other = reply(matcher, step, antwoord="nee", door="gezin", afwijsreden="anders")
    assert 'id="toelichting-fout"' in other.text
    no = reply(matcher, step, antwoord="nee", door="gezin", afwijsreden="leeftijd")
    assert (no.status_code, no.headers["location"]) == (303, "/vragen")
    assert matcher.get(f"/vragen/{step}").status_code == 404
    history = matcher.get("/vragen").text.split('id="afgerond"')[1]
    assert family in history
    assert "leeftijd, door het gezin" in history


def test_during_the_acquaintance_a_yes_is_the_consent(matcher: TestClient, region: Region) -> None:
    """By then the child has a name; the button asks whether one is sure."""
    child, step, _ = region.ask(3)
    reply(matcher, step, antwoord="ja")
    region.move(
        child, step, "voorgelegd aan pleegouders", "voorgelegd aan ouders en kind", "kennismaking"
    )
    name = region.get(f"/kinderen/{child}")["voornaam"]
    page = matcher.get(f"/vragen/{step}").text
    assert name in page
    assert "Jeugdwet 5.1" in page
    assert "data-zeker" in page
    reply(matcher, step, antwoord="ja")
    assert "Er wordt nu geen ja van u gevraagd" in matcher.get(f"/vragen/{step}").text
    twice = reply(matcher, step, antwoord="ja")
    assert twice.status_code == 409
    assert "wordt nu geen ja van u gevraagd" in twice.text


def test_another_provider_does_not_find_the_question(client_as: Make, region: Region) -> None:
    """As if it were not there."""
    _, step, _ = region.ask(4)
    other = client_as("aanbieder-matcher", "youke")
    assert other.get(f"/vragen/{step}").status_code == 404
    assert reply(other, step, antwoord="ja").status_code == 404
