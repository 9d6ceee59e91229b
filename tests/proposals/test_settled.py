"""From tables to proposals: placed siblings, wishes per pair, rhythms, network homes, old runs."""

import io
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.kernel.words import CareForm, FamilyKind, Rhythm, SiblingWish
from app.models import (
    Place,
    Proposal,
    ProposalRole,
    Registration,
    RegistrationState,
    SiblingGroup,
    SiblingPairWish,
)
from app.proposals.assemble import assemble
from app.proposals.schemas import ChildProposals
from app.proposals.snapshot import dump_problem, load_problem
from app.proposals.views import show_proposals
from tests.proposals.running import DAY, entries, run_here
from tests.rows import make_family, make_placement, make_registration

UNLESS, TOGETHER = SiblingWish.TOGETHER_UNLESS, SiblingWish.TOGETHER
PART_TIME = {"care_form": CareForm.PART_TIME}


def make_group(session: Session, wish: SiblingWish) -> dict[str, Any]:
    group = SiblingGroup(code="BZ-1", wish=wish)
    session.add(group)
    session.flush()
    return {"sibling_group_id": group.id, "sibling_wish": wish}


def place(session: Session, family_id: UUID, kin: dict[str, Any], **more: Any) -> Registration:
    """Insert a sibling who lives with a family."""
    placed = make_registration(session, number="AM-0", state=RegistrationState.PLACED, **kin)
    make_placement(
        session, registration_id=placed.id, family_id=family_id, since=date(2026, 5, 1), **more
    )
    return placed


def wish(session: Session, child: Registration, other: str, wanted: SiblingWish) -> None:
    session.add(SiblingPairWish(registration_id=child.id, other_number=other, wish=wanted))
    session.flush()


def test_a_placed_siblings_family_is_asked_first(session: Session) -> None:
    """Full or not, before families with a place; marked as a request, with the others after it."""
    home = make_family(session, reference="SPI-1", places=0)
    make_family(session, reference="SPI-2")
    kin = make_group(session, UNLESS)
    place(session, home.id, kin)
    make_registration(session, number="AM-1", **kin)
    assert "broersZussen.groep" not in [notice["veld"] for notice in run_here(session).notices]
    found = entries(session)["AM-1"]
    assert (found["gezin"], found["verzoek"]) == ("SPI-1", True)
    assert [(o["gezin"], o["verzoek"]) for o in found["alternatieven"]] == [("SPI-2", False)]
    assert (
        session.scalar(select(Proposal.place_id).where(Proposal.role == ProposalRole.PROPOSED))
        is None
    )


def test_a_placement_that_has_ended_asks_nothing(session: Session) -> None:
    """Once the sibling has left, its family is one of many."""
    home = make_family(session, reference="SPI-1", places=0)
    make_family(session, reference="SPI-2")
    kin = make_group(session, UNLESS)
    place(session, home.id, kin, until=date(2026, 10, 1))
    make_registration(session, number="AM-1", **kin)
    assert entries(session)["AM-1"]["gezin"] == "SPI-2"


def test_a_pair_may_wish_otherwise_than_its_group(session: Session) -> None:
    """A and B together, never with C: two in one family, the third elsewhere."""
    make_family(session, reference="SPI-1", places=3, max_siblings=3)
    make_family(session, reference="SPI-2")
    kin = make_group(session, UNLESS)
    first, _, _ = (make_registration(session, number=f"AM-{x}", **kin) for x in "ABC")
    wish(session, first, "AM-B", TOGETHER)
    wish(session, first, "AM-C", SiblingWish.APART)
    found = entries(session)
    assert [found[f"AM-{x}"]["gezin"] for x in "ABC"] == ["SPI-1", "SPI-1", "SPI-2"]


def test_wishes_that_do_not_go_together_are_a_question(session: Session) -> None:
    """The two are held and named in a warning; the third is proposed."""
    make_family(session, reference="SPI-1", places=3, max_siblings=3)
    kin = make_group(session, UNLESS)
    first, second, _ = (make_registration(session, number=f"AM-{x}", **kin) for x in "ABC")
    wish(session, first, "AM-B", TOGETHER)
    wish(session, second, "AM-A", SiblingWish.APART)
    run = run_here(session)
    assert [n["melding"] for n in run.notices if n["veld"] == "broersZussen.wensenPerKind"] == [
        "Over AM-A en AM-B zijn wensen gemeld die niet samengaan: vraag na wat geldt. Tot dan "
        "worden zij, en wie bij hen moet blijven, niet voorgesteld."
    ]
    found = entries(session)
    assert [found[f"AM-{x}"]["gezin"] for x in "ABC"] == [None, None, "SPI-1"]
    assert found["AM-A"]["waaromNiet"]["code"] == "aangehouden"


def test_a_wish_about_a_placed_sibling_counts(session: Session) -> None:
    """Never with the one who lives there: that family is closed, without a place for a request."""
    home = make_family(session, reference="SPI-1", places=2)
    kin = make_group(session, UNLESS)
    placed = place(session, home.id, kin)
    child = make_registration(session, number="AM-1", **kin)
    wish(session, child, placed.number, SiblingWish.APART)
    found = entries(session)["AM-1"]
    refused = [rule["code"] for rule in found["waaromNiet"]["geweigerdPerRegel"]]
    assert (found["gezin"], refused) == (None, ["apart_van_kind"])


def test_two_children_are_proposed_for_one_bed(session: Session) -> None:
    """Odd and even weekends share it, in the stored run as well; the database sees no clash."""
    make_family(session, reference="SPI-1", forms=(CareForm.PART_TIME,))
    for number, rhythm in (("AM-1", Rhythm.ODD_WEEKENDS), ("AM-2", Rhythm.EVEN_WEEKENDS)):
        make_registration(session, number=number, rhythm=rhythm, **PART_TIME)
    run = run_here(session)
    rows = session.scalars(
        select(Proposal).where(Proposal.run_id == run.id, Proposal.role == ProposalRole.PROPOSED)
    ).all()
    assert len(rows) == 2
    assert len({row.place_id for row in rows}) == 1
    rows[0].rhythm = rows[1].rhythm
    with pytest.raises(IntegrityError, match="uq_proposal_run_id_place_id"):
        session.flush()


def test_a_place_for_one_rhythm_serves_nobody_else(session: Session) -> None:
    """A weekend bed is no bed for a child that comes full time, and the reason says so."""
    family = make_family(session, reference="SPI-1", forms=(CareForm.PART_TIME,))
    bed = session.scalars(select(Place).where(Place.family_id == family.id)).one()
    bed.rhythm = Rhythm.ODD_WEEKENDS
    make_registration(session, number="AM-1", **PART_TIME)
    make_registration(session, number="AM-2", rhythm=Rhythm.ODD_WEEKENDS, **PART_TIME)
    found = entries(session)
    assert found["AM-2"]["gezin"] == "SPI-1"
    refused = [rule["code"] for rule in found["AM-1"]["waaromNiet"]["geweigerdPerRegel"]]
    assert refused == ["ritme"]


def test_a_child_shows_what_is_under_way(session: Session) -> None:
    """The page of one child has no proposal then, but the family, since when, and no excuse."""
    make_family(session, reference="SPI-N", kind=FamilyKind.NETWORK, network_for="AM-1")
    child = make_registration(
        session, number="AM-1", network_family="SPI-N", staying_now="netwerkgezin"
    )
    run_here(session)
    shown, _ = show_proposals(session, child.id)
    assert (shown["voorstel"], shown["waaromNiet"], shown["reden"]) == (None, None, None)
    assert shown["alInGang"]["gezin"] == "SPI-N"
    assert ChildProposals.model_validate(shown).model_dump(mode="json") == shown


@pytest.mark.parametrize(
    "lives", [{"staying_now": "netwerkgezin"}, {"in_network_since": date(2026, 7, 1)}]
)
def test_a_child_with_its_network_family_is_not_proposed_elsewhere(
    session: Session, lives: dict[str, Any]
) -> None:
    """It is under way, also when its family is not prepared yet; after 13 weeks it warns."""
    make_family(session, reference="SPI-1")
    make_family(
        session,
        reference="SPI-N",
        kind=FamilyKind.NETWORK,
        network_for="AM-1",
        prepared=False,
        places=0,
    )
    make_registration(session, number="AM-1", network_family="SPI-N", **lives)
    run = run_here(session)
    found = entries(session)["AM-1"]
    assert (found["gezin"], found["alInGang"]["gezin"]) == (None, "SPI-N")
    assert found["alternatieven"] == []
    warned = [n for n in run.notices if n["veld"] == "woontBijNetwerkgezinSinds"]
    assert bool(warned) == ("in_network_since" in lives)


def test_somewhere_in_the_network_for_a_while_is_not_the_network_family(session: Session) -> None:
    """ "netwerk, tijdelijk" leaves every family open, and so does a family that was refused."""
    make_family(session, reference="SPI-1", places=2)
    network = {"network_family": "SPI-N"}
    make_registration(session, number="AM-1", staying_now="netwerk, tijdelijk", **network)
    make_registration(
        session, number="AM-2", staying_now="netwerkgezin", network_refused_reason="x", **network
    )
    assert {entry["gezin"] for entry in entries(session).values()} == {"SPI-1"}


def test_an_unknown_network_family_still_keeps_the_child(session: Session) -> None:
    """No provider knows the family yet: nothing is proposed, and the reason says why."""
    make_family(session, reference="SPI-1")
    make_registration(session, number="AM-1", network_family="SPI-N", staying_now="Netwerkgezin ")
    found = entries(session)["AM-1"]
    assert (found["gezin"], found["waaromNiet"]["code"]) == (None, "al_in_gang")


def test_a_stored_problem_comes_back_whole_and_an_older_one_too(session: Session) -> None:
    """What people had settled is in the archive; one from before has nobody and full time."""
    home = make_family(session, reference="SPI-1")
    kin = make_group(session, UNLESS)
    place(session, home.id, kin)
    make_registration(session, number="AM-1", staying_now="netwerkgezin", **kin)
    problem = assemble(session, DAY).problem
    stored = dump_problem(problem)
    again = load_problem(stored)
    for table in ("begun", "placed_siblings"):
        for name in type(getattr(problem, table)).__slots__:
            assert np.array_equal(
                getattr(getattr(problem, table), name), getattr(getattr(again, table), name)
            )
    older = load_problem(_without_later(stored))
    assert (len(older.begun), len(older.placed_siblings), len(older.kept_together)) == (0, 0, 0)
    assert not older.children.rhythm.any()
    assert older.families.part_places.shape == (1, 4)


def _without_later(stored: bytes) -> bytes:
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        kept = {
            name: arrays[name]
            for name in arrays.files
            if not name.startswith(("begun.", "placed_siblings.", "kept_together"))
            and name not in ("children.rhythm", "families.part_places")
        }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **kept)
    return buffer.getvalue()
