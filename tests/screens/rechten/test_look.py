"""The rights of a person as somebody sees them."""

from collections.abc import Callable

from sqlalchemy import select

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.models import Child, Registration
from tests.screens.looking import Looker

Look = Callable[..., Looker]
# Who asks depends on its age: of a small child its representative does.
YOUNGEST = (
    select(Registration.id)
    .join(Child, Child.id == Registration.child_id)
    .order_by(Child.born_on.desc())
    .limit(1)
)


def see(desk: Looker, name: str) -> None:
    assert desk.complaints() == [], name
    desk.shoot(name)


def test_every_screen_of_the_rights(look: Look, screens_database: Database) -> None:
    """Empty and filled, wide and on a telephone: nothing wrong, and a picture."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        found = session.scalars(YOUNGEST)
        at = f"/kinderen/{found.one()}/rechten"
    desk = look("coordinator")
    desk.go("/rechten")
    assert desk.complaints() == []
    desk.go(at)
    desk.page.select_option("#verklaardDoor", "kind")
    desk.page.fill("#verklaring", "Ik was daar niet bij.")
    desk.page.get_by_role("button", name="Toevoegen").click()
    desk.page.wait_for_selector("text=Ik was daar niet bij.")
    desk.page.select_option("#gevraagdDoor", "wettelijk vertegenwoordiger")
    desk.page.fill("#gevraagdOp", today_in_amsterdam().isoformat())
    desk.page.get_by_role("button", name="Verzoek vastleggen").click()
    desk.page.wait_for_selector("text=Te beslissen")
    see(desk, "rechten-kind")
    desk.go(f"{at}/afschrift")
    see(desk, "rechten-afschrift")
    desk.go("/rechten")
    desk.page.locator("summary").first.click()
    see(desk, "rechten")
    small = look("coordinator", width=390)
    for path in (at, f"{at}/afschrift", "/rechten"):
        small.go(path)
        assert small.complaints() == [], path
    small.shoot("rechten-smal")
