"""Registering in steps, left and resumed, without a script."""

from collections.abc import Callable
from urllib.parse import unquote

import httpx2
from fastapi.testclient import TestClient

from tests.screens.registrations.typed_steps import STEPS, child

As = Callable[..., TestClient]
Send = Callable[..., httpx2.Response]


def begin(client: TestClient, send: Send, number: str) -> str:
    """Begin a draft; return its address."""
    answer = send(client, "/concepten/nieuw", "/concepten/nieuw", child(number))
    assert answer.status_code == 200, answer.text
    assert answer.url.path.endswith("/gezin-en-school")
    return str(answer.url.path.rsplit("/", 1)[0])


def test_a_child_is_registered_in_steps_that_can_be_left(client_as: As, send: Send) -> None:
    """Each step is kept; the last one leads to handing in, and that to the file."""
    where = begin(client_as("aanmeldpunt"), send, "AM-stap-1")
    for key, typed in STEPS.items():
        resumed = client_as("aanmeldpunt")  # another day, another browser
        answer = send(resumed, f"{where}/{key}", f"{where}/{key}", typed)
        assert answer.status_code == 200, (key, answer.text)
    client = client_as("aanmeldpunt")
    shown = client.get(f"{where}/gezin-en-school").text
    for value in ("Nederlands, Pools", "2,5", "1131AA", "1013AB"):
        assert f'value="{value}"' in shown
    assert "klaar" in client.get(where).text
    answer = send(client, where, f"{where}/indienen")
    assert answer.url.path == where.replace("concepten", "kinderen")
    assert "Ik wil op voetbal blijven." in answer.text
    assert "De aanmelding is ingediend" in answer.text
    # An old address of the draft leads to the file.
    assert client.get(where).url.path == answer.url.path


def test_errors_stand_beside_their_fields_and_nothing_is_lost(client_as: As, send: Send) -> None:
    """In plain words, with a list at the top that leads to each field."""
    client = client_as("aanmeldpunt")
    typed = child("AM-stap-2") | {"bsn": "12345", "verwachteDuurMaanden": "lang"}
    answer = send(client, "/concepten/nieuw", "/concepten/nieuw", typed)
    assert answer.status_code == 400
    page = answer.text
    assert "Bestaat niet uit negen cijfers; vul negen cijfers in, of laat het leeg." in page
    assert "Is geen heel getal; vul een getal in." in page
    assert '<a href="#verwachteDuurMaanden">Verwachte duur in maanden</a>' in page
    assert 'value="lang"' in page and 'value="Sam"' in page
    rows = {
        "uitgeslotenGebieden[1]-rij": "ja", "uitgeslotenGebieden[1].postcode": "99",
        "uitgeslotenGebieden[1].straalKm": "5",
    }  # fmt: skip
    where = begin(client, send, "AM-stap-2")
    step = f"{where}/gezin-en-school"
    wrong = send(client, step, step, rows).text
    assert 'id="uitgeslotenGebieden[1].postcode-fout"' in wrong
    assert 'value="99"' in wrong


def test_a_step_says_what_is_missing_and_why(client_as: As, send: Send) -> None:
    """Beside the form, with what the gap stops."""
    client = client_as("aanmeldpunt")
    where = begin(client, send, "AM-stap-3")
    page = client.get(f"{where}/gezin-en-school").text
    assert "De afstand tot ouders en school rekent vanaf deze postcode." in page
    assert "nodig om te zoeken" in page
    assert 'data-zeker="Indienen?' not in client.get(where).text  # there is no button yet


def test_what_somebody_else_changed_is_shown_beside_it(client_as: As, send: Send) -> None:
    """Nothing is overwritten unseen; saving again is on the newest version."""
    client = client_as("aanmeldpunt")
    where = begin(client, send, "AM-stap-4")
    step = f"{where}/wensen"
    old = client.get(step).text
    send(client_as("crisisdienst"), step, step, {"stemVanHetKind": "Eerst dit."})
    answer = send(client, old, step, {"stemVanHetKind": "Nu dat."})
    assert answer.status_code == 412
    assert "Intussen door iemand anders gewijzigd" in answer.text
    assert "Eerst dit." in answer.text and "Nu dat." in answer.text
    again = send(client, answer.text, step, {"stemVanHetKind": "Nu dat."})
    assert again.status_code == 200
    assert "Nu dat." in client.get(step).text


def test_a_bsn_is_kept_and_never_shown(client_as: As, send: Send) -> None:
    """Left empty it stays; only who asks for it removes it."""
    client = client_as("aanmeldpunt")
    typed = child("AM-stap-5") | {"bsn": "999900006"}
    where = send(client, "/concepten/nieuw", "/concepten/nieuw", typed).url.path.rsplit("/", 1)[0]
    step = f"{where}/kind"
    assert "Er is een BSN vastgelegd" in client.get(step).text
    send(client, step, step, child("AM-stap-5"))
    page = client.get(step).text
    assert "Er is een BSN vastgelegd" in page and "999900006" not in page
    send(client, step, step, child("AM-stap-5") | {"bsn-wissen": "ja"})
    assert "Er is een BSN vastgelegd" not in client.get(step).text


def test_stopping_says_what_is_lost_and_asks_why(client_as: As, send: Send) -> None:
    """A reason is needed, and afterwards the draft is empty and off the list."""
    client = client_as("aanmeldpunt")
    where = begin(client, send, "AM-stap-6")
    page = client.get(f"{where}/stoppen").text
    assert "Alles wat in dit concept staat wordt gewist" in page
    assert send(client, page, f"{where}/stoppen").status_code == 400
    answer = send(client, page, f"{where}/stoppen", {"reden": "Dubbel begonnen."})
    assert answer.url.path == "/concepten"
    assert "AM-stap-6" not in answer.text
    assert "Dit concept is ingetrokken" in client.get(where).text
    assert "Ongedaan maken" in answer.text
    assert "Ongedaan maken" not in client.get("/concepten").text, "said once"


def test_stopping_is_undone_with_a_button_and_once(client_as: As, send: Send) -> None:
    """The form holds the version of the withdrawal; all that was told is there again."""
    client = client_as("aanmeldpunt")
    where = begin(client, send, "AM-stap-8")
    page = client.get(f"{where}/stoppen").text
    stopped = send(client, page, f"{where}/stoppen", {"reden": "Vergissing."}).text
    assert f'action="{where}/stoppen/ongedaan"' in stopped
    undone = send(client, stopped, f"{where}/stoppen/ongedaan")
    assert undone.url.path == where
    assert "staat er weer zoals het was" in undone.text and "AM-stap-8" in undone.text
    again = send(client, stopped, f"{where}/stoppen/ongedaan")
    assert (again.url.path, "kan niet meer ongedaan" in again.text) == ("/concepten", True)
    assert "AM-stap-8" in client.get(where).text


def test_a_referrer_sees_and_makes_its_own_alone(client_as: As, send: Send) -> None:
    """Another organisation finds neither the draft nor its place in the list."""
    own, other = client_as("verwijzer", "gi-a"), client_as("verwijzer", "gi-b")
    where = begin(own, send, "AM-stap-7")
    assert "AM-stap-7" in own.get("/concepten").text
    assert "Er staat geen concept open" in other.get("/concepten").text
    assert other.get(where).status_code == 404
    reader = client_as("coordinator").get(where).text
    assert "Indienen" not in reader and "/stoppen" not in reader


def test_it_speaks_english_too(client_as: As) -> None:
    """By the switch; values of the API stay what they are."""
    client = client_as("aanmeldpunt")
    client.post("/taal", data={"taal": "en", "naar": "/concepten/nieuw"})
    page = client.get("/concepten/nieuw").text
    assert "First name" in page
    assert "Voornaam" not in unquote(page)
