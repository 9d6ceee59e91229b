"""The pages of what goes wrong: each one says what to do, and is right for axe in two languages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.models import ScreenSession
from app.screens.waiting import routes as waiting
from tests.screens.looking import Looker
from tests.screens.steps.walking import Walk, find_child

Look = Callable[..., Looker]


def right(looker: Looker) -> None:
    """The browser tells of a 4xx and a 5xx too: that is the answer that was asked for."""
    found = [line for line in looker.complaints() if "the server responded" not in line]
    assert found == [], looker.page.url
    looker.refused.clear()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("role", "place", "status"),
    [("coordinator", "/bestaat-niet", 404), ("aanbieder-matcher", "/wachtlijst", 403)],
)
def test_what_is_not_there_or_not_for_you(
    *, look: Look, role: str, place: str, status: int, language: str
) -> None:
    """A page with a way on, not a bare sentence."""
    looker = look(role, "spirit" if role != "coordinator" else "")
    looker.speak(language)
    assert looker.page.goto(looker.address + place).status == status
    assert looker.page.locator("main h1").count() == 1
    assert looker.page.locator("main a").count() >= 1
    right(looker)


def test_what_went_wrong_with_us(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours is a page too, and tells nothing of what it was."""
    looker = look("coordinator")

    def fail(*_: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr(waiting, "today_in_amsterdam", fail)
    assert looker.page.goto(looker.address + "/wachtlijst").status == 500
    assert "geheim" not in looker.page.content()
    assert "Er ging bij ons iets mis" in looker.page.inner_text("main")
    right(looker)


def test_an_old_form_is_kept_and_shown(look: Look) -> None:
    """A mark of another session: nothing happens, and what was typed lies there to be sent."""
    looker = look("coordinator")
    looker.go("/runs")
    looker.page.locator("details summary").first.click()
    looker.page.evaluate("document.querySelectorAll('[name=_merk]').forEach(m => m.value = 'oud')")
    looker.page.get_by_role("button", name="Start de run").click()
    looker.page.get_by_role("heading", name="Wat u typte is bewaard").wait_for()
    right(looker)


def test_what_somebody_else_changed_lies_beside_what_was_typed(
    look: Look, client_as: Callable[..., TestClient]
) -> None:
    """412: both versions in a table; the focus is there."""
    looker = look("aanbieder-matcher", "spirit")
    page = looker.go("/gezinnen?status=actief")
    page.locator("#lijst tbody th a").first.click()
    family = page.url.removeprefix(looker.address)
    page.goto(f"{looker.address}{family}/beschikbaarheid")
    page.get_by_label("Nee, het heeft pauze").check()
    page.locator("[id='pauze.reden']").fill("Vakantie")
    _change_elsewhere(look("aanbieder-matcher", "spirit"), family)
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Intussen door iemand anders gewijzigd").wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-focus')")
    right(looker)


def _change_elsewhere(other: Looker, family: str) -> None:
    other.go(f"{family}/beschikbaarheid")
    other.page.get_by_label("Nee, het heeft pauze").check()
    other.page.locator("[id='pauze.reden']").fill("Verbouwing")
    other.page.get_by_role("button", name="Bewaar").click()
    other.page.wait_for_url(f"**{family}")


def test_a_step_that_cannot_go_on_says_why(
    look: Look, client_as: Callable[..., TestClient]
) -> None:
    """409: the same form, with what stands in the way above it."""
    client = client_as("coordinator")
    walk = Walk(client, find_child(client))
    walk.begin()
    looker = look("coordinator")
    looker.go(f"{walk.at}/verder")
    looker.page.get_by_label("Ja", exact=True).check()
    looker.page.get_by_role("button", name="Vastleggen en verder").click()
    looker.page.locator("#fouten").wait_for()
    assert looker.page.evaluate("document.activeElement.id") == "fouten"
    right(looker)
    walk.let_go()


def test_what_was_typed_when_the_session_ended(look: Look, screens_database: Database) -> None:
    """It lies there under the names of its fields as people read them, and is sent after all."""
    looker = look("crisisdienst")
    page = looker.go("/crisis/nieuw")
    page.fill("#leeftijd", "9")
    page.get_by_label("Meisje").check()
    page.fill("#postcodeNu", "1012AB")
    page.fill("#terugbelnummer", "06-12345678")
    with session_for(screens_database.sessions, SYSTEM) as session:
        session.execute(update(ScreenSession).values(seen_at=now() - timedelta(hours=1)))
    page.get_by_role("button", name="Toon de bedden").click()
    page.select_option("#rol", "crisisdienst")
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("heading", name="Wat u typte is bewaard").wait_for()
    shown = page.inner_text("main table")
    assert "postcodeNu" not in shown
    assert "Waar is het kind nu" in shown
    right(looker)
    looker.shoot("onverzonden")
    looker.speak("en")
    page.reload()
    assert "Where the child is now" in page.inner_text("main table")
    right(looker)
    looker.speak("nl")
    page.reload()
    page.get_by_role("button", name="Alsnog versturen").click()
    page.get_by_role("heading", name="Kind van 9 jaar").wait_for()
