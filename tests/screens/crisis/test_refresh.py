"""The desk looks again by itself, and after a call; nobody loses the place where they were."""

from collections.abc import Callable

import pytest

from app.db.opened import Database
from app.screens.api import Api, Refused
from tests.screens.crisis.night import add_homes
from tests.screens.looking import Looker

Look = Callable[..., Looker]
LATER = 20_100  # milliseconds
HERE = "document.activeElement.id"


@pytest.fixture(scope="module", autouse=True)
def _homes(screens_database: Database) -> None:
    add_homes(screens_database)


def report(desk: Looker) -> str:
    """Report a crisis; return the path of its page."""
    desk.go("/crisis/nieuw")
    desk.page.fill("#leeftijd", "9")
    desk.page.get_by_label("Meisje").check()
    desk.page.fill("#postcodeNu", "1012AB")
    desk.page.fill("#terugbelnummer", "06-12345678")
    desk.page.get_by_role("button", name="Toon de bedden").click()
    desk.page.wait_for_selector(".bed")
    return str(desk.page.url.removeprefix(desk.address))


def test_what_another_did_appears_by_itself(look: Look) -> None:
    """At the same address, the focus where it was; not while somebody types a remark."""
    mine, theirs = look("crisisdienst"), look("crisisdienst", script=False)
    mine.page.clock.install()
    place = report(mine)
    mine.page.focus("#vernieuw")

    theirs.go(place)
    theirs.page.locator(".bed button[value=nee]").first.click()
    assert theirs.page.locator("#kop-gebeld").count() == 1
    assert mine.page.locator("#kop-gebeld").count() == 0

    mine.page.clock.run_for(LATER)
    mine.page.wait_for_selector("#kop-gebeld")
    assert mine.page.evaluate(HERE) == "vernieuw"
    assert mine.page.url.endswith(place)
    assert mine.complaints() == []

    mine.page.locator(".bed summary").first.click()
    mine.page.locator("input[name=toelichting]").first.fill("belt terug")
    theirs.page.locator(".bed button[value='geen gehoor']").first.click()
    mine.page.clock.run_for(LATER)
    assert mine.page.locator("input[name=toelichting]").first.input_value() == "belt terug"
    assert mine.page.locator("#kop-gebeld ~ ol > li").count() == 1

    theirs.page.get_by_role("link", name="Vernieuw").click()
    assert theirs.page.url.endswith(place)


def test_after_a_call_one_goes_on_with_the_keyboard(look: Look) -> None:
    """The page stays; the focus goes to whom to call next, and after a yes to the bed."""
    desk = look("crisisdienst")
    place = report(desk)
    desk.page.evaluate("window.sameDocument = true")
    desk.page.locator(".bed button[value=nee]").first.focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("#kop-gebeld")
    desk.page.locator("#kop-bellen:focus").wait_for()
    assert "Nee vastgelegd" in desk.page.inner_text("#meldingen")
    desk.page.locator(".bed button[value=ja]").first.focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector(".vast")
    desk.page.locator("#kop-vast:focus").wait_for()
    assert desk.page.evaluate("window.sameDocument") is True
    assert desk.page.url.endswith(place)
    assert desk.complaints() == []


def test_an_answer_without_the_beds_takes_no_bed_away(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours: what stood there stays, it is said to be old, and it goes on looking."""
    mine = look("crisisdienst")
    mine.page.clock.install()
    report(mine)

    def fail(*_: object, **__: object) -> None:
        raise Refused(503, {"detail": "De dienst rust even."})

    beds = mine.page.locator(".bed").count()
    assert mine.page.locator("#storing").inner_text() == ""
    with monkeypatch.context() as broken:
        broken.setattr(Api, "get", fail)
        broken.setattr(Api, "page", fail)
        broken.setattr(Api, "ask", fail)
        mine.page.clock.run_for(LATER)
        mine.page.get_by_text("Dit is niet bijgewerkt").wait_for()
        assert "rust even" in mine.page.inner_text("#storing")
        assert mine.page.locator(".bed").count() == beds > 0
    mine.page.clock.run_for(LATER)
    mine.page.locator("#storing:empty").wait_for(state="attached")
    assert mine.page.locator(".bed").count() == beds
