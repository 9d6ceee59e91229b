"""A day of somebody at the intake, in the browser, with the keyboard alone."""

from datetime import date
from typing import Any

from tests.screens.looking import Looker
from tests.screens.stories.keys import Keys

PROBLEMS = (
    "Druk, boos", "Angst", "Moeite met hechten", "Licht verstandelijke", "Psychiatrische",
    "Medische zorg", "Seksueel", "Weglopen", "Alcohol",
)  # fmt: skip
BIG5 = ("Wonen", "Geld", "Werk en school", "Steun van anderen", "Welzijn")


def test_a_day_at_the_intake(browser: Any, address: str) -> None:
    """From the first look at who waits to a child that is searched for, without a mouse."""
    looker = Looker(browser, address)
    try:
        keys = Keys(looker)
        the_morning_begins(looker, keys)
        who_waits_most_urgently(keys)
        a_parent_calls_about_a_file(keys)
        a_new_child_is_registered(keys)
        what_is_needed_is_told(keys)
        what_the_child_wants_and_what_was_tried(keys)
        the_search_begins(keys)
        the_day_ends(keys)
        # The slip in the form was answered with a 400; nothing else went wrong.
        assert [one for one in looker.refused if "400" not in one] == []
    finally:
        looker.close()


def the_morning_begins(looker: Looker, keys: Keys) -> None:
    """She signs in; the first stop on the page leads past the menu."""
    looker.go("/inloggen")
    keys.press("Tab")
    assert keys.here()["name"] == "Naar de inhoud"
    keys.choose("Rol", "Medewerker")
    keys.enter("Inloggen")
    assert keys.page.title().startswith("Wachtlijst")


def who_waits_most_urgently(keys: Keys) -> None:
    """She narrows the list to crises; the focus stays on what she chose with."""
    keys.choose("Urgentie", "Crisis")
    keys.page.wait_for_url("**urgentie=crisis**")
    keys.page.wait_for_selector("text=Alle filters wissen")
    assert keys.here()["id"] == "urgentie"
    first = keys.page.locator("tbody tr").first
    assert "Crisis" in first.inner_text()


def a_parent_calls_about_a_file(keys: Keys) -> None:
    """By the number she finds the file, records who has authority, and corrects a fact."""
    number = keys.page.locator("tbody th a").first.inner_text()
    keys.page.reload()
    keys.type_in("Zoek een kind op nummer of BSN", number)
    with keys.page.expect_navigation():
        keys.press("Enter")
    assert number in keys.page.title()
    assert "Wie het gezag heeft is niet vastgelegd" in keys.page.inner_text("main")
    keys.enter("Vastleggen")
    keys.choose("Wie", "Ouder")
    keys.choose("Toestemming", "Stemt in")
    keys.type_in("Verantwoordelijke gemeente", "Amsterdam")
    keys.enter("Bewaren")
    assert "Ouder, stemt in" in keys.page.inner_text("main")
    keys.enter("Corrigeren: Wat nodig is")
    keys.choose("Welk gegeven", "Weglopen")
    keys.enter("Kies dit gegeven")
    keys.choose("Weglopen", "3")
    keys.answer("Wie betwist dit?", "Een ouder")
    keys.type_in("Waarom klopt het niet?", "Dat was twee keer in een maand.")
    keys.enter("Corrigeren")
    assert "Dat was twee keer in een maand." in keys.page.inner_text("main")


def a_new_child_is_registered(keys: Keys) -> None:
    """A referrer phones: she writes what she hears; a slip is told beside its field."""
    keys.enter("Concepten")
    keys.enter("Kind aanmelden")
    keys.type_in("Aanmeldnummer", "AM-dag-1")
    keys.type_in("Voornaam", "Sam")
    keys.pick_day("Geboortedatum", date(2017, 2, 3))
    keys.answer("Geslacht", "Jongen")
    keys.choose("Vorm", "Hulpverlening")
    keys.answer("Urgentie", "Spoed")
    keys.type_in("Waar verblijft het kind nu", "thuis")
    keys.pick_day("Nodig vanaf", date(2026, 12, 1))
    keys.type_in("Verwachte duur in maanden", "negen")
    keys.enter("Bewaren en verder")
    assert keys.here()["id"] == "fouten"  # the errors have the focus, and say what to do
    assert "Is geen heel getal" in keys.page.inner_text("#fouten")
    keys.tab_to("Verwachte duur in maanden")
    keys.press("Enter")  # the error leads to its field
    assert keys.here()["id"] == "verwachteDuurMaanden"
    keys.press("Control+a")
    keys.page.keyboard.type("9")
    keys.enter("Bewaren en verder")
    assert keys.page.url.endswith("/gezin-en-school"), keys.page.inner_text("form[data-waarschuw]")


def what_is_needed_is_told(keys: Keys) -> None:
    """Home, school, and what a family must be able to bear."""
    keys.type_in("Postcode van huis", "1012AB")
    keys.type_in("Gemeente", "Amsterdam")
    keys.type_in("Verwijzer", "lokaal team")
    keys.type_in("Talen", "Nederlands")
    keys.type_in("Bezoeken per maand", "2")
    keys.answer("Waar is het bezoek", "Bij de ouders")
    keys.answer("Moet het adres", "Nee")
    keys.enter("Bewaren en verder")
    for problem in PROBLEMS:
        keys.choose(problem, "0")
    keys.type_in("Eerdere plaatsingen", "0")
    keys.type_in("Waarvan afgebroken", "0")
    keys.answer("Woonde het kind", "Nee")
    keys.answer("Moet het huis rookvrij", "Ja")
    keys.answer("Moet er een rolstoel", "Nee")
    keys.enter("Bewaren en verder")
    assert keys.page.url.endswith("/broers-en-zussen")
    keys.enter("Bewaren en verder")


def what_the_child_wants_and_what_was_tried(keys: Keys) -> None:
    """The child's own words, the network, the BIG5 and the legal frame."""
    keys.type_in("Wat wil het kind zelf", "Ik wil op voetbal blijven.")
    keys.answer("Andere kinderen in huis", "Liever met andere kinderen")
    keys.enter("Bewaren en verder")
    keys.answer("Is er in het eigen netwerk", "Ja")
    keys.choose("Uitkomst", "Niemand")
    for area in BIG5:
        keys.choose(area, "Op orde")
    keys.enter("Bewaren en verder")
    keys.answer("Juridisch kader", "Vrijwillig")
    keys.enter("Bewaren en verder")


def the_search_begins(keys: Keys) -> None:
    """All that is needed is there: she hands it in, and is asked whether she is sure."""
    assert "kan worden ingediend" in keys.page.inner_text("main")
    keys.page.once("dialog", lambda dialog: dialog.accept())
    keys.enter("Indienen")
    assert "/kinderen/" in keys.page.url
    assert "Ik wil op voetbal blijven." in keys.page.inner_text("main")
    keys.enter("Wachtlijst")
    assert "AM-dag-1" in keys.page.inner_text("main")


def the_day_ends(keys: Keys) -> None:
    """She signs out."""
    keys.enter("Uitloggen")
    assert "/inloggen" in keys.page.url
