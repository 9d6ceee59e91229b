"""Proposals that rest on what is no longer said, and a run that names what was corrected."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.intake.schemas import RegistrationIn
from app.kernel.clock import now
from app.kernel.words import SiblingWish
from app.models import (
    DisputedBy,
    FactCorrection,
    MatchRun,
    Registration,
    RegistrationState,
    SiblingGroup,
    SiblingPairWish,
    WithdrawalReason,
)
from app.proposals.changed import NOT_READ, NOT_READ_PARTS, weighed
from app.proposals.schemas import ChildProposals
from app.proposals.views import show_proposals
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration


def run_now(session: Session) -> MatchRun:
    """Perform a run that begins at this instant: the whole test is one transaction to now()."""
    begun = now()
    run = run_here(session)
    run.started_at = begun
    session.flush()
    return run


def stale(session: Session, child: Registration) -> list[str] | None:
    shown, _ = show_proposals(session, child.id)
    found = ChildProposals.model_validate(shown).stale
    return found.fields if found else None


def tell(session: Session, child: Registration, **fields: str) -> None:
    """Let a registration say something, as digests by field; `_` stands for a point."""
    child.field_digests = {name.replace("_", "."): value for name, value in fields.items()}
    session.flush()


def test_a_proposal_grows_old_by_what_the_run_read(session: Session) -> None:
    """Each field that changed after the run, until the next one; a name it never read is none."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1", field_digests={"sdqTotaal": "a", "jim": "a"})
    run_now(session)
    assert stale(session, child) is None
    tell(session, child, sdqTotaal="a", jim="b")
    assert stale(session, child) is None
    tell(session, child, sdqTotaal="b", jim="b", problematiek_lvb="c")
    assert stale(session, child) == ["problematiek.lvb", "sdqTotaal"]
    run_now(session)
    assert stale(session, child) is None


def in_group(
    session: Session, wish: SiblingWish, *numbers: str, code: str = "BZ-1"
) -> list[Registration]:
    group = SiblingGroup(code=code, wish=wish, on_hold=False)
    session.add(group)
    session.flush()
    return [
        make_registration(
            session, number=number, field_digests={"allergieen": "a", "jim": "a"},
            sibling_group_id=group.id, sibling_wish=wish,
        )
        for number in numbers
    ]  # fmt: skip


def test_a_proposal_grows_old_by_a_brother_or_sister_too(session: Session) -> None:
    """Of a group that goes together; who of them and what is not said, and the tag is another."""
    make_family(session, reference="SPI-1", places=2)
    one, other = in_group(session, SiblingWish.TOGETHER, "AM-1", "AM-2")
    run_now(session)
    before = show_proposals(session, other.id)[1]
    tell(session, one, allergieen="a", jim="b")
    assert stale(session, other) is None
    tell(session, one, allergieen="b", jim="b")
    assert stale(session, one) == ["allergieen"]
    assert stale(session, other) == ["broersZussen"]
    assert show_proposals(session, other.id)[1] != before
    run_now(session)
    assert stale(session, other) is None


@pytest.mark.parametrize("left", [
    {"sibling_group_id": None, "sibling_wish": None}, {"state": RegistrationState.CLOSED},
    {"state": RegistrationState.WITHDRAWN, "withdrawal_reason": WithdrawalReason.OTHER},
    {"sibling_group_id": None, "sibling_wish": None, "state": RegistrationState.CLOSED},
])  # fmt: skip
def test_who_stays_behind_is_proposed_anew(session: Session, left: dict[str, Any]) -> None:
    """A place for two is no place for one: until the next run the proposal is old, said once."""
    make_family(session, reference="SPI-1", places=3)
    one, other, third = in_group(session, SiblingWish.TOGETHER, "AM-1", "AM-2", "AM-3")
    stranger = make_registration(session, number="AM-4")
    run_now(session)
    before = show_proposals(session, other.id)[1]
    tell(session, third, allergieen="b", jim="a")
    if left.get("state") is RegistrationState.WITHDRAWN:
        one.withdrawn_at = now()
    for name, value in left.items():
        setattr(one, name, value)
    session.flush()
    assert [stale(session, kin) for kin in (other, stranger)] == [["broersZussen"], None]
    assert stale(session, third) == ["allergieen", "broersZussen"]
    assert show_proposals(session, other.id)[1] != before
    run_now(session)
    assert [stale(session, kin) for kin in (other, third)] == [None, None]


def test_of_a_group_apart_nobody_stays_behind(session: Session) -> None:
    """But for the one whom the two wished to be with; a placement leaves nobody either."""
    make_family(session, reference="SPI-1", places=3)
    one, other, third = in_group(session, SiblingWish.APART, "AM-1", "AM-2", "AM-3")
    wish = SiblingPairWish(
        registration_id=one.id, other_number=other.number, wish=SiblingWish.TOGETHER
    )
    session.add(wish)
    run_now(session)
    third.state = RegistrationState.PLACED
    session.flush()
    assert [stale(session, kin) for kin in (one, other)] == [None, None]
    one.sibling_group_id = one.sibling_wish = None
    session.flush()
    assert stale(session, other) == ["broersZussen"]
    last = in_group(session, SiblingWish.APART, "AM-5", "AM-6", code="BZ-2")
    run_now(session)
    last[0].state = RegistrationState.CLOSED
    session.flush()
    assert stale(session, last[1]) is None


def test_apart_it_does_not_but_for_the_two_who_wish_it(session: Session) -> None:
    """Whoever of the two says so."""
    make_family(session, reference="SPI-1", places=2)
    one, other = in_group(session, SiblingWish.APART, "AM-1", "AM-2")
    third = make_registration(session, number="AM-3")
    run_now(session)
    tell(session, one, allergieen="b", jim="a")
    assert (stale(session, other), stale(session, third)) == (None, None)
    wish = SiblingPairWish(
        registration_id=one.id, other_number=other.number, wish=SiblingWish.TOGETHER
    )
    session.add(wish)
    session.flush()
    assert stale(session, other) == ["broersZussen"]


def test_a_change_of_which_the_fields_are_unknown_makes_a_proposal_old(session: Session) -> None:
    """A registration of before digests were kept may have changed in anything."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1", field_digests=None)
    run_now(session)
    tell(session, child, sdqTotaal="b")
    assert stale(session, child) == ["aanmelding"]


def test_the_next_run_names_what_was_corrected(session: Session) -> None:
    """By number and field, never the value; the run after that says it no more."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")

    def correct(field: str) -> None:
        session.add(
            FactCorrection(
                registration_id=child.id, field=field, sealed=b"x", reason="x", actor="x",
                disputed_by=DisputedBy.CHILD, role="aanmeldpunt",
            )
        )  # fmt: skip
        session.flush()

    correct("talen")
    assert told(run_now(session).notices) == []
    correct("sdqTotaal")
    correct("problematiek.lvb")
    (notice,) = told(run_now(session).notices)
    assert notice.startswith(
        "Aanmelding AM-1: sinds de vorige matchrun gecorrigeerd: problematiek.lvb, sdqTotaal."
    )
    assert told(run_now(session).notices) == []


def told(notices: list[dict[str, object]]) -> list[str]:
    return [str(one["melding"]) for one in notices if one["veld"] == "correctie"]


def test_what_no_run_reads_is_of_a_registration() -> None:
    """A renamed field leaves the list; what is not on it makes a proposal old."""
    names = {field.alias or key for key, field in RegistrationIn.model_fields.items()}
    assert names > NOT_READ
    assert {name.split(".")[0] for name in NOT_READ_PARTS} <= names
    assert weighed(["big5.wonen", "broersZussen.apartOmdat", "postcode", "postcode"]) == [
        "postcode"
    ]
