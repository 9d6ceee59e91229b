"""What is kept of the beginning: columns that the learning reader reads, and the stated chance."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.words import HousemateRole, Problem, SiblingWish, Willingness
from app.learning.columns import COLUMNS, read_placement
from app.models import (
    FamilyWillingness,
    Housemate,
    Occupation,
    Placement,
    PlacementBasis,
    PlacementReview,
    Proposal,
    Registration,
    RegistrationProblem,
    RegistrationState,
    SiblingGroup,
)
from app.placed.beginning import record_beginning
from tests.placements.living import TODAY, live_in, open_placements, waiting
from tests.proposals.running import run_here
from tests.rows import make_family
from tests.steps.settled import settle_frame
from tests.steps.walking import begin, open_steps

COURSE = {"plaatsing_id": "X-1", "start": "2026-11-01", "einde": "", "reden_einde": "loopt"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


def tell(client: TestClient, child: Registration, **more: str) -> Any:
    body = {
        "kind": str(child.id), "aanbieder": "spirit", "gezin": "SPI-1", "van": "2026-11-01",
        "grond": "overgenomen", "reden": "Woonde daar al.",
    }  # fmt: skip
    answer = client.post("/v1/plaatsingen", json=body | more)
    assert answer.status_code == 201, answer.text
    return answer.json()["plaatsing"]


def test_facts_are_those_of_the_first_day_and_read_as_the_history_is(
    client: TestClient, session: Session
) -> None:
    """Worked out by hand for one pair; the reader of learning takes them as they are."""
    family = make_family(
        session, reference="SPI-1", trainings=["hechting", "video"], languages=["Turks"],
        faith="geen", postcode="1011AB",
    )  # fmt: skip
    session.add_all([
        FamilyWillingness(
            family_id=family.id, problem=Problem.MEDICAL, answer=Willingness.WITH_SUPPORT
        ),
        Housemate(family_id=family.id, role=HousemateRole.CARER, birth_year=1980),
        Housemate(family_id=family.id, role=HousemateRole.CARER, birth_year=1990),
        Housemate(family_id=family.id, role=HousemateRole.OWN_CHILD, birth_year=2018),
        Housemate(family_id=family.id, role=HousemateRole.FOSTER_CHILD, birth_year=2015),
    ])  # fmt: skip
    child = waiting(session, faith_wish="islam", school_postcode=None, earlier_placements=2)
    problem = session.get_one(RegistrationProblem, (child.id, Problem.MEDICAL))
    problem.severity = 2
    session.flush()
    tell(client, child)
    facts = session.scalars(select(PlacementBasis)).one().facts
    assert {name: facts[name] for name in (
        "leeftijd_bij_start", "ernst_medisch", "bereidheid_medisch", "bereidheid_lvb",
        "oudste_pleegouder_leeftijd", "jongste_pleegouder_leeftijd", "trainingen",
        "aantal_pleegkinderen_in_gezin", "taal_gedeeld", "geloofswens_vervuld",
        "eerdere_plaatsingen", "samen_geplaatst", "afstand_school_km",
        "eigen_kind_leeftijdsverschil_jaren",
    )} == {
        "leeftijd_bij_start": "6.5", "ernst_medisch": "2", "bereidheid_medisch": "met steun",
        "bereidheid_lvb": "", "oudste_pleegouder_leeftijd": "46",
        "jongste_pleegouder_leeftijd": "36", "trainingen": "hechting|video",
        "aantal_pleegkinderen_in_gezin": "1", "taal_gedeeld": "nee", "geloofswens_vervuld": "nee",
        "eerdere_plaatsingen": "2", "samen_geplaatst": "", "afstand_school_km": "",
        "eigen_kind_leeftijdsverschil_jaren": "1.83",
    }  # fmt: skip
    assert facts.keys() | COURSE.keys() >= COLUMNS.keys()
    assert not {"geslacht", "voornaam", "postcode"} & facts.keys()
    past = read_placement(facts | COURSE, latest=date(2026, 11, 28))
    assert (past.child.placements, past.family.shares_language) == (2, False)


def test_brothers_and_sisters_together_is_of_that_day(client: TestClient, session: Session) -> None:
    """A brother who lives there makes it together; one who left before does not."""
    group = SiblingGroup(code="G-1", wish=SiblingWish.TOGETHER)
    session.add(group)
    session.flush()
    kin = {"sibling_group_id": group.id, "sibling_wish": SiblingWish.TOGETHER}
    family = make_family(session, reference="SPI-1", places=2)
    brother = live_in(session, family, number="AM-2", **kin)
    shown = tell(client, waiting(session, "AM-3", **kin))
    assert shown["samen"] is True
    assert shown["bijStart"]["feiten"]["samen_geplaatst"] == "ja"
    brother.until = date(2026, 10, 1)
    for other in session.scalars(select(Placement).where(Placement.id != brother.id)):
        other.until = date(2026, 11, 1)
    session.flush()
    shown = tell(client, waiting(session, "AM-4", **kin), van="2026-11-02")
    assert shown["samen"] is False


def test_the_chance_is_that_of_the_last_run_that_weighed_the_pair(
    connection: Connection, client: TestClient, session: Session
) -> None:
    """By a decision too: a step that ends in a placement keeps facts, chance, weights and run."""
    make_family(session, reference="SPI-1")
    child = waiting(session, "AM-1", expected_months=8)
    settle_frame(session, child)
    run = run_here(session)
    stated = session.scalars(select(Proposal).where(Proposal.run_id == run.id)).first()
    assert stated is not None
    walk = begin(open_steps(connection), child).walk_to("plaatsing")
    assert walk.read()["stand"] == "geplaatst"
    session.expire_all()
    basis = session.scalars(select(PlacementBasis)).one()
    assert (basis.chance, basis.chance_low, basis.chance_high) == (
        stated.chance, stated.chance_low, stated.chance_high,
    )  # fmt: skip
    assert (basis.run_id, basis.horizon_months) == (run.id, 8)
    assert basis.weights_version == run.weights_version
    review = session.scalars(select(PlacementReview)).one()
    assert (review.ordinal, review.due) == (1, TODAY + timedelta(days=42))


def test_what_a_run_of_after_the_first_day_stated_was_not_stated_then(
    client: TestClient, session: Session
) -> None:
    """Told today that it has run for weeks: today's run says nothing of those."""
    make_family(session, reference="SPI-1", network_for="AM-1", kind="netwerk")
    child = waiting(session, "AM-1", network_family="SPI-1")
    run = run_here(session)
    stated = session.scalars(select(Proposal).where(Proposal.run_id == run.id)).first()
    assert stated is not None and stated.chance is not None
    assert tell(client, child)["bijStart"]["breakdownKans"] is None
    assert session.scalars(select(PlacementBasis.run_id)).one() is None


@pytest.mark.parametrize("given", ["steunplan", "redenGeenSteunplan"])
def test_what_was_said_at_the_match_stands_with_the_placement(
    connection: Connection, client: TestClient, session: Session, given: str
) -> None:
    """The support plan or why there is none, and why brothers and sisters were split."""
    make_family(session, reference="SPI-1")
    child = waiting(session)
    settle_frame(session, child)
    walk = begin(open_steps(connection), child).walk_to("kennismaking")
    walk.answer()
    walk.consent()
    said = {given: "Elke week begeleiding.", "redenSplitsing": "Zus blijft bij oma."}
    moved = walk.move("match", **said)
    assert moved.status_code == 200, moved.text
    walk.walk_to("plaatsing")
    (line,) = client.get("/v1/plaatsingen").json()["plaatsingen"]
    shown = client.get(f"/v1/plaatsingen/{line['id']}").json()
    names = ("steunplan", "redenGeenSteunplan", "redenSplitsing")
    assert {name: shown[name] for name in names} == dict.fromkeys(names) | said
    assert shown["herkomst"] == "besluit"


def test_without_a_run_no_chance_is_made_up(client: TestClient, session: Session) -> None:
    """None, not a half or a nought."""
    make_family(session, reference="SPI-1")
    start = tell(client, waiting(session))["bijStart"]
    assert start["breakdownKans"] is None and start["interval"] is None


def test_a_follow_up_ends_the_home_of_before(
    connection: Connection, client: TestClient, session: Session
) -> None:
    """Its bed is free; how it ended is a gap that is shown, for nobody said it yet."""
    home = live_in(session, make_family(session, reference="SPI-9"))
    make_family(session, reference="SPI-1")
    earlier = session.get_one(Registration, home.registration_id)
    again = waiting(session, "AM-2", child_id=earlier.child_id, follows_id=earlier.id)
    settle_frame(session, again)
    begin(open_steps(connection), again).walk_to("plaatsing")
    shown = client.get("/v1/plaatsingen", params={"aandacht": True}).json()["plaatsingen"]
    assert [(line["gezin"], line["aandacht"]) for line in shown] == [
        ("SPI-9", ["einde nog te beschrijven"])
    ]
    session.expire_all()
    assert session.get_one(Placement, home.id).until == TODAY
    used = session.scalars(select(Occupation).where(Occupation.released_at.is_(None))).all()
    assert [bed.registration_id for bed in used] == [again.id]
    latest = client.get("/v1/plaatsingen").json()["plaatsingen"][0]
    chain = client.get(f"/v1/plaatsingen/{latest['id']}").json()["keten"]
    assert [link["gezin"] for link in chain] == ["SPI-9", "SPI-1"]


def test_who_stays_on_another_form_keeps_the_bed(client: TestClient, session: Session) -> None:
    """In the same family a new registration goes on in the same bed: that is no breakdown."""
    family = make_family(session, reference="SPI-1")
    home = live_in(session, family)
    earlier = session.get_one(Registration, home.registration_id)
    again = waiting(session, "AM-2", child_id=earlier.child_id, state=RegistrationState.PLACED)
    following = Placement(
        registration_id=again.id, family_id=family.id, provider_id=family.provider_id,
        since=TODAY, form=again.care_form, origin="besluit",
    )  # fmt: skip
    record_beginning(session, again, following)
    session.flush()
    shown = client.get(f"/v1/plaatsingen/{home.id}").json()
    assert (shown["uitkomst"], shown["aandacht"]) == ("geen uitkomst", [])
    assert client.get(f"/v1/plaatsingen/{following.id}").json()["heeftBed"] is True
