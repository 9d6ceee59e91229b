"""The waiting list as a browser shows it: accessible, narrow, printed large."""

from collections.abc import Callable

from tests.screens.looking import Looker

Look = Callable[..., Looker]


def test_the_list_looks_right_in_every_state(look: Look) -> None:
    """Full, narrowed, empty and asked wrongly; a filter keeps the focus where it was."""
    looker = look("aanmeldpunt")
    page = looker.go("/wachtlijst")
    assert looker.complaints() == []
    looker.shoot("wachtlijst")
    page.get_by_label("Urgentie").focus()
    page.get_by_label("Urgentie").select_option("spoed")
    page.wait_for_url("**urgentie=spoed**")
    page.wait_for_selector(".etiket--dringend", state="detached")
    assert page.evaluate("document.activeElement.id") == "urgentie"
    for path in ("/wachtlijst?gemeente=Nergens", "/wachtlijst?sorteer=opties&omgekeerd=true"):
        looker.go(path)
        assert looker.complaints() == []
    looker.go("/wachtlijst?leeftijdVan=honderd")
    assert [one for one in looker.complaints() if "400" not in one] == []
