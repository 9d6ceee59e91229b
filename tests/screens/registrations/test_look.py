"""The file and the form as a browser shows them: accessible, narrow, printed large."""

from collections.abc import Callable

from tests.screens.looking import Looker

Look = Callable[..., Looker]
STEPS = (
    "kind", "gezin-en-school", "wat-nodig-is", "broers-en-zussen", "wensen", "eerst-geprobeerd",
    "juridisch-kader",
)  # fmt: skip


def test_the_form_looks_right_in_every_step(look: Look) -> None:
    """Empty, wrong, half-way and complete; errors take the focus."""
    looker = look("aanmeldpunt")
    page = looker.go("/concepten")
    assert looker.complaints() == []
    page = looker.go("/concepten/nieuw")
    assert looker.complaints() == []
    page.get_by_label("Aanmeldnummer").fill("AM-kijk-1")
    page.get_by_label("Verwachte duur in maanden").fill("lang")
    page.get_by_role("button", name="Bewaren en verder").click()
    page.wait_for_selector("#fouten")
    assert page.evaluate("document.activeElement.id") == "fouten"
    assert [one for one in looker.complaints() if "400" not in one] == []
    looker.refused.clear()
    looker.shoot("aanmelden-fout")
    page.get_by_label("Verwachte duur in maanden").fill("9")
    page.get_by_role("button", name="Bewaren en verder").click()
    page.wait_for_url("**/gezin-en-school")
    draft = page.url.rsplit("/", 1)[0].removeprefix(looker.address)
    for key in STEPS:
        looker.go(f"{draft}/{key}")
        assert looker.complaints() == [], key
    looker.go(f"{draft}/gezin-en-school")
    looker.shoot("aanmelden-stap")
    for name, path in (("concept", draft), ("concept-stoppen", f"{draft}/stoppen")):
        looker.go(path)
        assert looker.complaints() == [], path
        looker.shoot(name)


def test_the_file_looks_right(look: Look) -> None:
    """The file itself, and what is done from there."""
    looker = look("aanmeldpunt")
    page = looker.go("/wachtlijst?stand=zoekt&metBroersZussen=true")
    page.locator("tbody th a").first.click()
    page.wait_for_selector("#stem")
    assert looker.complaints() == []
    looker.shoot("dossier")
    child = page.url.removeprefix(looker.address)
    for name, path in (
        ("juridisch-kader", f"{child}/juridisch-kader"),
        ("correctie", f"{child}/correctie?veld=problematiek.lvb"),
        ("intrekken", f"{child}/intrekken"),
        ("sluiten", f"{child}/sluiten"),
        ("aanvullen", f"{child}/aanvullen/kind"),
    ):
        looker.go(path)
        assert looker.complaints() == [], path
        looker.shoot(name)
