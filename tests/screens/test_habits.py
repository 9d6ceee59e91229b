"""What people expect of every screen: asked before typing is lost, and the focus never lost."""

from collections.abc import Callable
from typing import Any

import pytest

from app.db.opened import Database
from tests.screens.crisis.night import add_homes
from tests.screens.looking import Looker

Look = Callable[..., Looker]
HERE = """() => {
  const here = document.activeElement, style = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  return {id: here.id, tag: here.tagName, name: here.textContent.trim(),
          outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
          isSeen: box.width > 0 && box.bottom > 0 && box.top < window.innerHeight};
}"""


@pytest.fixture(scope="module", autouse=True)
def _homes(screens_database: Database) -> None:
    add_homes(screens_database)


def focus_of(looker: Looker) -> dict[str, Any]:
    """Where the keyboard is; asserts that a person can see it there."""
    found: dict[str, Any] = looker.page.evaluate(HERE)
    assert found["tag"] != "BODY", found
    assert found["outline"] >= 2, found
    assert found["isSeen"], found
    return found


def swapped(looker: Looker, does: Callable[[], None]) -> None:
    """Do something, and wait until htmx has put in what came of it."""
    looker.page.evaluate(
        "() => { window.ruil = new Promise(done => "
        "document.addEventListener('htmx:after:swap', () => setTimeout(done, 50), {once: true})) }"
    )
    does()
    looker.page.evaluate("() => window.ruil")


def test_leaving_a_form_in_which_something_was_typed_asks_first(look: Look) -> None:
    """To stay keeps what was typed; to go on goes; nothing typed, or sent, asks nothing."""
    matcher = look("aanbieder-matcher", "spirit")
    page, asked = matcher.page, []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        (dialog.accept if len(asked) > 1 else dialog.dismiss)()

    page.on("dialog", answer)
    matcher.go("/gezinnen?status=actief")
    page.locator("#lijst tbody th a").first.click()
    family = page.url
    page.goto(f"{family}/beschikbaarheid")
    page.get_by_role("link", name="Terug zonder bewaren").click()
    page.wait_for_url(family)
    assert asked == []

    page.goto(f"{family}/beschikbaarheid")
    page.locator("[id='pauze.reden']").press_sequentially("Vakantie")
    page.get_by_role("link", name="Terug zonder bewaren").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/beschikbaarheid")
    assert page.locator("[id='pauze.reden']").input_value() == "Vakantie"

    page.get_by_role("link", name="Terug zonder bewaren").click()
    page.wait_for_url(family)
    assert asked == ["beforeunload"] * 2

    page.goto(f"{family}/beschikbaarheid")
    page.locator("[id='pauze.reden']").press_sequentially("Vakantie")
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_url(family)
    assert asked == ["beforeunload"] * 2


@pytest.mark.parametrize("way", ["language", "search"])
def test_another_form_of_the_page_asks_first_as_well(look: Look, way: str) -> None:
    """The language and the search in the frame leave the form just as a link does."""
    desk = look("aanmeldpunt")
    asked = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.page.on("dialog", stay)
    desk.go("/concepten/nieuw")
    desk.page.locator("#voornaam").press_sequentially("Noor")
    if way == "language":
        desk.page.get_by_role("button", name="English").click()
    else:
        desk.page.locator("#kopzoek").press_sequentially("AM-1")
        desk.page.keyboard.press("Enter")
    desk.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert desk.page.locator("#voornaam").input_value() == "Noor"


def test_a_list_that_filters_itself_keeps_the_focus(look: Look) -> None:
    """In the field that was changed, and on the button that was pressed."""
    desk = look("coordinator")
    desk.go("/wachtlijst")
    desk.page.keyboard.press("Tab")
    desk.page.locator("#vorm").focus()
    swapped(desk, lambda: desk.page.keyboard.press("ArrowDown"))
    assert focus_of(desk)["id"] == "vorm"
    assert "vorm=" in desk.page.url

    desk.go("/gezinnen?aanbieder=spirit")
    desk.page.locator(".cijfers-komen").wait_for(state="detached")
    button = desk.page.locator("form[role=search] button").last
    desk.page.keyboard.press("Tab")
    button.focus()
    swapped(desk, lambda: desk.page.keyboard.press("Enter"))
    assert focus_of(desk)["tag"] == "BUTTON"


def test_one_click_on_a_row_keeps_the_focus_in_sight(look: Look) -> None:
    """A family that is confirmed: the row is replaced, the list stays where it was."""
    matcher = look("aanbieder-matcher", "spirit")
    matcher.go("/gezinnen")
    matcher.page.locator(".cijfers-komen").wait_for(state="detached")  # comes by itself
    matcher.page.keyboard.press("Tab")
    button = matcher.page.get_by_role("button", name="Bevestig").first
    button.focus()
    swapped(matcher, lambda: matcher.page.keyboard.press("Enter"))
    focus_of(matcher)
    assert "evestigd" in matcher.page.inner_text("#meldingen")


def test_a_page_that_follows_work_keeps_the_focus(look: Look) -> None:
    """A run that is waited for is asked again and again; the keyboard stays where it is."""
    desk = look("coordinator")
    desk.go("/runs")
    desk.page.locator("details summary").first.click()
    desk.page.get_by_role("button", name="Start").click()
    desk.page.wait_for_selector("#run[hx-get]")
    desk.page.keyboard.press("Tab")
    desk.page.locator("main a:visible, main [tabindex]").first.focus()
    before = desk.page.evaluate(HERE)
    swapped(desk, lambda: None)
    found = desk.page.evaluate(HERE)
    assert (found["tag"], found["name"]) == (before["tag"], before["name"])


def test_a_call_keeps_the_keyboard_at_the_calls(look: Look) -> None:
    """The family that said no leaves the list: the focus goes to whom one can call next."""
    desk = look("crisisdienst")
    page = desk.page
    desk.go("/crisis/nieuw")
    page.fill("#leeftijd", "9")
    page.get_by_label("Meisje").check()
    page.fill("#postcodeNu", "1012AB")
    page.fill("#terugbelnummer", "06-12345678")
    page.get_by_role("button", name="Toon de bedden").click()
    first = page.locator(".bed button[value=nee]").first
    page.keyboard.press("Tab")
    first.focus()
    swapped(desk, lambda: page.keyboard.press("Enter"))
    assert focus_of(desk)["id"] == "kop-bellen"
    first = page.locator(".bed button[value=ja]").first
    first.focus()
    swapped(desk, lambda: page.keyboard.press("Enter"))
    assert focus_of(desk)["id"] == "kop-vast"


def test_what_comes_later_by_itself_leaves_the_keyboard_alone(look: Look) -> None:
    """What a choice costs others is worked out after the page is there; one reads on meanwhile."""
    desk = look("coordinator")
    desk.go("/wachtlijst?stand=zoekt&sorteer=opties&omgekeerd=true")
    desk.page.locator("tbody th a").first.click()
    desk.page.get_by_role("link", name="Voorstellen", exact=True).first.click()
    with desk.page.expect_navigation():
        desk.page.get_by_role("link", name="Bekijk dit voorstel").first.click()
    desk.page.keyboard.press("Tab")
    desk.page.locator(".kruimels a").last.focus()
    desk.page.locator("#prijs a", has_text="Reken het uit").wait_for(state="detached")
    assert focus_of(desk)["tag"] == "A"
