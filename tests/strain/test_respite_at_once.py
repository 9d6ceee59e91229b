"""Two people accept the same respite place at the same moment: exactly one gets it."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import URL, select, update

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.strain import WeekendNeed
from app.models import Occupation, RespiteLine, RespitePlace, RespiteRound, SupportOffer
from app.proposals.respite import solve_round
from app.settings import Settings
from app.strain.respite import accept_proposal
from app.strain.round_schemas import AcceptIn
from tests.at_once import Work, at_once
from tests.databases import copied
from tests.strain.straining import TODAY, place_child, weekend_family


@pytest.fixture
def committed(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of the test's own: both must see what is committed."""
    with copied(settings, reference) as opened:
        yield opened


def propose_one_place_twice(database: Database) -> tuple[UUID, list[UUID]]:
    """Commit a round in which the only bed of the only family is proposed for two children."""
    with session_for(database.sessions, SYSTEM) as session:
        lives = [place_child(session, f"AM-{n}", home=f"SPI-{n}").id for n in (1, 2)]
        weekend_family(session, "SPI-9")
        found = RespiteRound(
            snapshot_day=TODAY, starts_on=TODAY, until=TODAY.replace(year=TODAY.year + 1),
            radius_km=25, actor="toets", failure=None, policy_version=None, policy_text=None,
            solver=None, proof=None, finished_at=None,
        )  # fmt: skip
        session.add(found)
        session.flush()
        for placement in lives:
            session.add(
                RespiteLine(
                    round_id=found.id, placement_id=placement, need=WeekendNeed.EVERY,
                    asked_since=TODAY, reasons=[],
                )
            )  # fmt: skip
        session.flush()
        solve_round(session, found)
        session.flush()
        (one,) = session.scalars(select(RespiteLine).where(RespiteLine.family_id.is_not(None)))
        # The other line proposes the same bed, as a round of a moment ago did.
        session.execute(
            update(RespiteLine).values(
                family_id=one.family_id, place_id=one.place_id, rhythms=one.rhythms, why_not=None
            )
        )
        return found.id, lives


def accepts(round_id: UUID, placement: UUID) -> Work:
    told = AcceptIn.model_validate({"gezinAkkoord": True})
    return lambda session, _: accept_proposal(
        session, actor=SYSTEM, round_id=round_id, placement_id=placement, told=told
    )


def test_exactly_one_of_two_at_once_gets_the_place(committed: Database) -> None:
    """One offer, one use of the bed in each weekend; the other hears that it has been given."""
    round_id, lives = propose_one_place_twice(committed)
    both = [accepts(round_id, placement) for placement in lives]
    assert at_once(committed, *both) == ["gelukt", "geweigerd"]
    with session_for(committed.sessions, SYSTEM) as session:
        offers = session.scalars(select(SupportOffer)).all()
        used = session.scalars(
            select(Occupation)
            .join(RespitePlace, RespitePlace.occupation_id == Occupation.id)
            .where(Occupation.released_at.is_(None))
        ).all()
        assert len(offers) == 1
        assert sorted(use.rhythm.value for use in used) == ["even weekenden", "oneven weekenden"]
