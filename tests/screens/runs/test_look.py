"""Runs looked at in a browser: every page and state, readable and reachable."""

from collections.abc import Callable

from app.db.opened import Database
from tests.screens.families.exports import work
from tests.screens.looking import Looker


def test_a_run_from_start_to_finish(
    look: Callable[..., Looker], screens_database: Database
) -> None:
    """Started from the list, live while it runs, and all its pages when it is done."""
    looker = look("coordinator")
    page = looker.go("/runs")
    assert looker.complaints() == []
    looker.shoot("runs")
    page.get_by_text("Nieuwe run starten").click()
    page.get_by_label("Maximaal").check()
    page.get_by_role("button", name="Start de run").click()
    page.get_by_role("progressbar").wait_for()
    assert looker.complaints() == []
    looker.shoot("run-loopt")
    work(screens_database)
    page.get_by_text("De doelen, in volgorde").wait_for()
    assert looker.complaints() == []
    looker.shoot("run")
    for link, name in (
        ("Zonder voorstel", "zonder-voorstel"),
        ("Bellijst", "bellijst"),
        ("Wervingsopdracht", "werving"),
        ("Verschil met vorige", "verschil"),
    ):
        page.get_by_role("navigation", name="Delen van deze run").get_by_text(link).click()
        page.wait_for_load_state()
        if name == "bellijst":
            assert looker.complaints() == [], "de bellijst wordt gemaakt"
            work(screens_database)
            page.reload()
            page.get_by_text("Gebeld, antwoord").wait_for(state="attached")
        assert looker.complaints() == [], link
        looker.shoot(f"run-{name}")
    page.get_by_role("navigation", name="Delen van deze run").get_by_text("Overzicht").click()
    page.get_by_role("button", name="Speel na").click()
    page.get_by_text("Komt er hetzelfde uit?").wait_for()
    assert looker.complaints() == []
    looker.shoot("run-naspeling")
