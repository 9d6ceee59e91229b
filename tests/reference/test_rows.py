"""What the database shows and takes of the history of providers, when a query forgets to ask."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.families.transfer import Transfer, transfer_family
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.models import Family, FamilyMove, Provider
from app.providers import find_provider
from tests.rows import make_family


def become(session: Session, role: ActorRole, provider: str | None = None) -> None:
    """Let the next transaction be somebody else's."""
    named = find_provider(session, provider) if provider else None
    session.commit()
    act_as(session, Actor("toets", role, named.provider.id if named else None))


@pytest.fixture
def moved(session: Session) -> Session:
    """A family that went from Spirit to Youké."""
    make_family(session, reference="SPI-1")
    transfer = Transfer("spirit", "SPI-1", "youke", "YOU-1", date(2026, 1, 1), "Verhuisd")
    transfer_family(session, actor=SYSTEM, transfer=transfer)
    return session


@pytest.mark.parametrize(
    ("role", "provider", "sees"),
    [
        (ActorRole.PROVIDER_SYSTEM, "spirit", 1),
        (ActorRole.MATCHER, "youke", 1),
        (ActorRole.PROVIDER_SYSTEM, "vitree", 0),
        (ActorRole.REFERRER, None, 0),
        (ActorRole.MANAGER, None, 0),
        (ActorRole.COORDINATOR, None, 1),
        (ActorRole.AUDITOR, None, 1),
    ],
)
def test_who_sees_that_a_family_moved(
    moved: Session, role: ActorRole, provider: str | None, sees: int
) -> None:
    """Both providers that it concerns, staff and the auditor; nobody else."""
    become(moved, role, provider)
    assert len(moved.scalars(select(FamilyMove)).all()) == sees


def test_an_administrator_configures_and_sees_no_family(moved: Session) -> None:
    """It renames a provider; families are not its business."""
    become(moved, ActorRole.ADMINISTRATOR)
    assert moved.scalars(select(Family)).all() == []
    moved.scalars(select(Provider).where(Provider.code == "wsp")).one().name = "WSP"
    moved.flush()


@pytest.mark.parametrize("role", [ActorRole.PROVIDER_SYSTEM, ActorRole.COORDINATOR])
def test_nobody_else_configures(moved: Session, role: ActorRole) -> None:
    """An update finds no row to change, an insert is refused."""
    become(moved, role, "spirit" if role is ActorRole.PROVIDER_SYSTEM else None)
    changed = moved.execute(text("UPDATE provider SET name = 'x'"))
    assert changed.rowcount == 0
    with pytest.raises(ProgrammingError, match="row-level security"):
        moved.execute(
            text(
                "INSERT INTO retired_code (code, provider_id, retired_on) "
                "SELECT 'x', id, '2026-01-01' FROM provider LIMIT 1"
            )
        )
