"""A form that was kept is sent after all: on the version it was made from, and once."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import update

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.models import ScreenSession
from tests.screens.families.test_pages import fields_of
from tests.screens.served import mark_in

ClientAs = Callable[..., TestClient]
Fields = dict[str, str]
FORM_COOKIE = "pleegzorg-formulier"
HELP = {
    "nummer": "AH-77", "naam": "Thuis erbij", "bijSignalen": "school", "gemeenten": "",
    "plaatsenVrij": "2", "wachtweken": "1",
}  # fmt: skip
SETTING = {
    "nummer": "GH-77", "soort": "gezinshuis", "naam": "De Linde", "postcode": "1012AB",
    "woonplaats": "Amsterdam", "leeftijdVan": "4", "leeftijdTotEnMet": "12",
    "voorkeurGeslacht": "geen voorkeur", "plaatsenTotaal": "3", "plaatsenVrij": "1",
}  # fmt: skip


def end_all(database: Database) -> None:
    with session_for(database.sessions, SYSTEM) as session:
        session.execute(update(ScreenSession).values(seen_at=now() - timedelta(hours=1)))


def marks(page: str) -> Fields:
    """The mark and the version of the form of a page."""
    found = re.search(r'name="_versie" value="([^"]+)"', page)
    return {"_merk": mark_in(page)} | ({"_versie": unescape(found[1])} if found else {})


def sign_in(client: TestClient, role: str, organisation: str) -> None:
    client.post(
        "/inloggen", data={"rol": role, "organisatie": organisation}, follow_redirects=False
    )


def shown(client: TestClient) -> str:
    """The page of the kept form; empty where there is none."""
    answer = client.get("/onverzonden", follow_redirects=False)
    return answer.text if answer.status_code == 200 else ""


def send_after_all(client: TestClient, page: str) -> Response:
    """Press the button of the page of a kept form."""
    forms = [one.split("</form>", 1)[0] for one in page.split('<form method="post" action="')]
    ours = forms[-2]  # before the one that throws it away
    sent = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', ours)
    given: dict[str, list[str]] = {}
    for name, value in sent:
        given.setdefault(unescape(name), []).append(unescape(value))
    where = unescape(ours.split('"', 1)[0])
    return client.post(where, data=given, follow_redirects=False)


def family_form(client: TestClient) -> tuple[str, Fields]:
    page = client.get("/gezinnen?status=actief&vrij=true").text
    where = page.split('id="lijst"')[1].split('href="', 1)[1].split('"', 1)[0]
    at = f"{where}/beschikbaarheid"
    pause = {"meedoen": "nee", "pauze.reden": "Vakantie"}
    return at, fields_of(client.get(at).text) | pause


def help_form(client: TestClient) -> tuple[str, Fields]:
    new = "/ambulante-hulp/nieuw"
    client.post(new, data=HELP | marks(client.get(new).text))
    at = "/ambulante-hulp/spirit/AH-77"
    return at, HELP | {"naam": "Vakantie"} | marks(client.get(at).text)


def setting_form(client: TestClient) -> tuple[str, Fields]:
    new = "/zorgsettingen/nieuw"
    client.post(new, data=SETTING | marks(client.get(new).text))
    at = "/zorgsettingen/spirit/GH-77"
    return at, SETTING | {"naam": "Vakantie"} | marks(client.get(at).text)


def legal_form(client: TestClient) -> tuple[str, Fields]:
    page = client.get("/wachtlijst").text
    found = re.search(r'href="(/kinderen/[0-9a-f-]{36})', page)
    assert found
    at = f"{found[1]}/juridisch-kader"
    typed = {"gezag[1]-rij": "ja", "gezag[1].soort": "ouder", "gezag[1].toestemming": "ja"}
    client.post(at, data=typed | marks(client.get(at).text))
    return at, typed | marks(client.get(at).text)


MATCHER, STAFF = ("aanbieder-matcher", "spirit"), ("coordinator", "")
ROOMS = pytest.mark.parametrize(
    ("who", "form"),
    [(MATCHER, family_form), (MATCHER, help_form), (MATCHER, setting_form), (STAFF, legal_form)],
)


@ROOMS
def test_a_form_on_a_version_is_sent_after_all(
    *,
    screens_database: Database,
    client_as: ClientAs,
    who: tuple[str, str],
    form: Callable[[TestClient], tuple[str, Fields]],
) -> None:
    """Its version was kept with it; and then nothing is left to be sent twice."""
    client = client_as(*who)
    at, typed = form(client)
    assert "_versie" in typed
    end_all(screens_database)
    kept = client.post(at, data=typed, follow_redirects=False)
    assert kept.headers["location"] == "/inloggen?naar=/onverzonden"
    sign_in(client, *who)
    page = shown(client)
    assert "versie" not in page.split("<table", 1)[1].split("</table>", 1)[0]
    sent = send_after_all(client, page)
    assert sent.status_code == 303, sent.text
    assert client.cookies.get(FORM_COOKIE) is None
    assert not shown(client)


@ROOMS
def test_a_form_without_a_version_is_shown_again_with_the_text(
    client_as: ClientAs, who: tuple[str, str], form: Callable[[TestClient], tuple[str, Fields]]
) -> None:
    """As one that somebody else changed meanwhile: beside what stands there now, and sent on it."""
    client = client_as(*who)
    at, typed = form(client)
    del typed["_versie"]
    again = client.post(at, data=typed, follow_redirects=False)
    assert again.status_code == 412
    assert "If-Match" not in again.text
    assert "Intussen door iemand anders gewijzigd" in again.text
    assert client.post(at, data=typed | marks(again.text), follow_redirects=False).is_redirect


@pytest.mark.parametrize(("at", "typed"), [("/ambulante-hulp", HELP), ("/zorgsettingen", SETTING)])
def test_a_new_one_with_a_number_that_is_taken_says_so(
    client_as: ClientAs, at: str, typed: Fields
) -> None:
    """It does not become a change of the other one."""
    client = client_as(*MATCHER)
    sent = typed | {"nummer": "DUB-1"} | marks(client.get(f"{at}/nieuw").text)
    assert client.post(f"{at}/nieuw", data=sent, follow_redirects=False).is_redirect
    again = client.post(f"{at}/nieuw", data=sent | {"naam": "Een ander"}, follow_redirects=False)
    assert again.status_code == 409
    assert 'id="nummer-fout"' in again.text
    assert "Een ander" in again.text


def test_what_is_refused_stays_to_be_read(screens_database: Database, client_as: ClientAs) -> None:
    """Only once it was sent it is forgotten."""
    client = client_as(*MATCHER)
    at, typed = help_form(client)
    end_all(screens_database)
    client.post(at, data=typed | {"wachtweken": "nooit"}, follow_redirects=False)
    sign_in(client, *MATCHER)
    assert send_after_all(client, shown(client)).status_code == 400
    assert "nooit" in shown(client)


def test_a_step_in_the_address_is_kept(screens_database: Database, client_as: ClientAs) -> None:
    """A form of several steps is sent to its own."""
    client = client_as("coordinator")
    end_all(screens_database)
    client.post("/uitloggen?stap=b", data={"x": "y"}, follow_redirects=False)
    sign_in(client, "coordinator", "")
    assert 'action="/uitloggen?stap=b"' in shown(client)
    assert "/uitloggen?stap=b" in shown(client).split("<main", 1)[1].split("<form", 1)[0]


def test_a_part_of_a_page_leads_to_the_way_in_and_is_kept(
    screens_database: Database, client_as: ClientAs
) -> None:
    """htmx would look for the part in the page to sign in, and take the old one away."""
    client = client_as(*MATCHER)
    at, typed = help_form(client)
    end_all(screens_database)
    answer = client.post(at, data=typed, headers={"HX-Request": "true"}, follow_redirects=False)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/inloggen?naar=/onverzonden"
    sign_in(client, *MATCHER)
    assert HELP["naam"] not in shown(client) and "Vakantie" in shown(client)


OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize("more", [{}, {"HX-Request": "true"}])
def test_a_form_of_an_earlier_session_is_kept_and_looked_at(
    screens_database: Database, client_as: ClientAs, more: Fields
) -> None:
    """Of another tab: nothing happens until somebody looks at it and sends it."""
    client = client_as(*MATCHER)
    at, typed = help_form(client)
    typed["naam"] = f"Uit een ander tabblad {len(more)}"
    end_all(screens_database)
    sign_in(client, *MATCHER)
    answer = client.post(at, data=typed, headers=OURS | more, follow_redirects=False)
    assert answer.headers["hx-redirect" if more else "location"] == "/onverzonden"
    assert typed["naam"] not in client.get(at).text
    assert send_after_all(client, shown(client)).status_code == 303
    assert typed["naam"] in client.get(at).text
    assert not shown(client)


@pytest.mark.parametrize(
    "told", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_a_form_of_another_site_does_not_lie_there(client_as: ClientAs, told: Fields) -> None:
    """Without a mark and not from a page of ours: nothing kept, and nothing promised."""
    client = client_as(*MATCHER)
    at, typed = help_form(client)
    del typed["_merk"]
    answer = client.post(at, data=typed, headers=told, follow_redirects=False)
    assert answer.status_code == 403
    assert "niets van bewaard" in answer.text and "staat er nog" not in answer.text
    assert client.cookies.get(FORM_COOKIE) is None


def test_another_site_plants_nothing_after_the_end(
    screens_database: Database, client_as: ClientAs
) -> None:
    """Nor does it where the session has ended."""
    client = client_as(*MATCHER)
    at, typed = help_form(client)
    end_all(screens_database)
    told = {"Sec-Fetch-Site": "same-site"}
    answer = client.post(at, data=typed, headers=told, follow_redirects=False)
    assert "onverzonden" not in answer.headers["location"]
    assert client.cookies.get(FORM_COOKIE) is None


def test_another_form_that_was_kept_meanwhile_stays(
    screens_database: Database, client_as: ClientAs
) -> None:
    """Two tabs: who sends the first does not throw the second away."""
    client = client_as(*MATCHER)
    at, typed = help_form(client)
    end_all(screens_database)
    sign_in(client, *MATCHER)
    client.post(at, data=typed | {"naam": "Eerste"}, headers=OURS)
    first = shown(client)
    client.post(at, data=typed | {"naam": "Tweede"}, headers=OURS)
    assert send_after_all(client, first).status_code == 303
    assert "Tweede" in shown(client)
