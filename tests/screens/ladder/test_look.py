"""The ladder as a person sees it."""

from collections.abc import Callable

from sqlalchemy import select

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.models import Registration, RegistrationState
from tests.screens.looking import Looker

Look = Callable[..., Looker]
TYPED = {
    "nummer": "GH-1", "naam": "De Linde", "postcode": "1013AB", "woonplaats": "Amsterdam",
    "leeftijdVan": "0", "leeftijdTotEnMet": "18", "plaatsenTotaal": "4", "plaatsenVrij": "2",
}  # fmt: skip


def see(desk: Looker, name: str) -> None:
    assert desk.complaints() == [], name
    desk.shoot(name)


def test_every_screen_of_the_ladder(look: Look, screens_database: Database) -> None:
    """Each page and state, wide and on a telephone: nothing wrong, and a picture."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        child = session.scalars(
            select(Registration).where(Registration.state == RegistrationState.SEARCHING).limit(1)
        ).one()
        child.legal_frame, child.order_issued_on = "vrijwillig", None
        at = f"/kinderen/{child.id}"
    _add_setting(look("aanbieder-matcher", "spirit"))
    desk = look("coordinator")
    _take_step(desk, at)
    _ask_network(desk, at)
    desk.go("/zo-thuis-mogelijk")
    see(desk, "zo-thuis-mogelijk")
    small = look("coordinator", width=390)
    for path in (f"{at}/ladder?trede=leefhuis", f"{at}/netwerk", "/zorgsettingen"):
        small.go(path)
        assert small.complaints() == [], path
        small.shoot("ladder-smal")


def _add_setting(home: Looker) -> None:
    home.go("/zorgsettingen")
    assert home.complaints() == []
    home.go("/zorgsettingen/nieuw")
    for name, value in TYPED.items():
        home.page.fill(f"#{name}", value)
    home.page.get_by_label("Gezinshuis").check()
    see(home, "zorgsetting")
    home.page.get_by_role("button", name="Bewaren").click()
    home.page.wait_for_selector("text=De Linde")
    see(home, "zorgsettingen")


def _take_step(desk: Looker, at: str) -> None:
    desk.go(f"{at}/ladder?trede=gezinshuis")
    see(desk, "ladder")
    desk.page.select_option("#instelling", "spirit/GH-1")
    desk.page.select_option("#reden", "geen gezin past")
    for number in range(3):
        desk.page.fill(f"#waarom-{number}", "Onderzocht en besproken: het kon niet.")
    desk.page.get_by_role("button", name="Trede vastleggen").click()
    desk.page.wait_for_selector("#kop-verblijf")
    see(desk, "ladder-verblijf")


def _ask_network(desk: Looker, at: str) -> None:
    desk.go(f"{at}/netwerk")
    see(desk, "netwerk-leeg")
    desk.page.select_option("#relatie", "buren")
    desk.page.select_option("#doel", "steun")
    desk.page.get_by_label("Wil nadenken").check()
    desk.page.get_by_role("button", name="Vastleggen", exact=True).click()
    desk.page.wait_for_selector(".tabel")
    desk.page.select_option("#relatie-jim", "school")
    desk.page.get_by_role("button", name="JIM vastleggen").click()
    desk.page.wait_for_selector("text=JIM afronden")
    see(desk, "netwerk")
