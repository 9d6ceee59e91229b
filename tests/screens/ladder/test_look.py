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


def test_every_screen_of_the_ladder(look: Look, screens_database: Database) -> None:
    """Each page and state, wide and on a telephone: nothing wrong, and a picture."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        child = session.scalars(
            select(Registration).where(Registration.state == RegistrationState.SEARCHING).limit(1)
        ).one()
        child.legal_frame, child.order_issued_on = "vrijwillig", None
        at = f"/kinderen/{child.id}"
    home = look("aanbieder-matcher", "spirit")
    home.go("/zorgsettingen")
    assert home.complaints() == []
    home.go("/zorgsettingen/nieuw")
    for name, value in TYPED.items():
        home.page.fill(f"#{name}", value)
    home.page.get_by_label("Gezinshuis").check()
    assert home.complaints() == []
    home.shoot("zorgsetting")
    home.page.get_by_role("button", name="Bewaren").click()
    home.page.wait_for_selector("text=De Linde")
    assert home.complaints() == []
    home.shoot("zorgsettingen")
    desk = look("coordinator")
    page = desk.page

    def see(name: str) -> None:
        assert desk.complaints() == [], name
        desk.shoot(name)

    desk.go(f"{at}/ladder?trede=gezinshuis")
    see("ladder")
    page.select_option("#instelling", "spirit/GH-1")
    page.select_option("#reden", "geen gezin past")
    for number in range(3):
        page.fill(f"#waarom-{number}", "Onderzocht en besproken: het kon niet.")
    page.get_by_role("button", name="Trede vastleggen").click()
    page.wait_for_selector("#kop-verblijf")
    see("ladder-verblijf")
    desk.go(f"{at}/netwerk")
    see("netwerk-leeg")
    page.select_option("#relatie", "buren")
    page.select_option("#doel", "steun")
    page.get_by_label("Wil nadenken").check()
    page.get_by_role("button", name="Vastleggen", exact=True).click()
    page.wait_for_selector(".tabel")
    page.select_option("#relatie-jim", "school")
    page.get_by_role("button", name="JIM vastleggen").click()
    page.wait_for_selector("text=JIM afronden")
    see("netwerk")
    desk.go("/zo-thuis-mogelijk")
    see("zo-thuis-mogelijk")
    small = look("coordinator", width=390)
    for path in (f"{at}/ladder?trede=leefhuis", f"{at}/netwerk", "/zorgsettingen"):
        small.go(path)
        assert small.complaints() == [], path
        small.shoot("ladder-smal")
