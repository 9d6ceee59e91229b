"""Who sees what of placements: the provider, the referrer, the auditor; and the rows themselves."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.session import act_as
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.endings import EndCode, EndLabel, WentTo
from app.kernel.holding import (
    BreakdownKind,
    BreakdownReason,
    Heard,
    Initiative,
    PlacementAct,
    Topic,
    Tried,
    Voice,
    Weight,
)
from app.models import (
    AuditEvent,
    AuditOutcome,
    BreakdownRecord,
    EndingJudgement,
    Family,
    PastPlacementRow,
    Placement,
    PlacementBasis,
    PlacementChange,
    PlacementEnding,
    PlacementReview,
    Provider,
    Registration,
    ReviewFinding,
    ReviewVoice,
)
from app.placed.beginning import plan_review
from tests.doors import signed_in
from tests.placements.living import (
    MATCHER,
    OTHER,
    REFERRER,
    STRANGER,
    TODAY,
    act,
    agreed,
    ended,
    live_in,
    open_placements,
)
from tests.placements.test_reviews import FINDING, broke, held
from tests.rows import make_family
from tests.steps.settled import settle_frame

AUDITOR = signed_in("auditor")
MARK = "dit-mag-een-ouder-niet-lezen"
ON_PLACEMENT = (
    PlacementEnding, PlacementChange, EndingJudgement, BreakdownRecord, PlacementReview,
    ReviewVoice, ReviewFinding,
)  # fmt: skip
FOR_STAFF = (PlacementBasis, PastPlacementRow)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


@pytest.fixture
def placement(session: Session) -> Placement:
    family = make_family(session, reference="SPI-1", place_name=MARK)
    return live_in(
        session, family, owner_organisation="gi-a", secret_placement=True, school_postcode="1013AB"
    )


def told_all(client: TestClient, placement: Placement) -> None:
    """Record one of everything, each with a text that holds the mark."""
    tag = client.get(f"/v1/plaatsingen/{placement.id}").headers["ETag"]
    texts = {"steunplan": MARK, "redenSplitsing": MARK, "reden": MARK}
    client.patch(f"/v1/plaatsingen/{placement.id}", json=texts, headers={"If-Match": tag})
    voices = [
        {"wie": "kind", "gehoord": "ja"}, {"wie": "pleegouders", "gehoord": "ja"},
        {"wie": "ouders", "gehoord": "nee", "reden": MARK},
    ]  # fmt: skip
    act(client, placement, "evaluaties", held(
        stemmen=voices, bevindingen=[FINDING | {"tekst": MARK}], toelichting=MARK
    ))  # fmt: skip
    act(client, placement, "afbreukverslagen", broke(
        soort="bijna afgebroken", toelichting=MARK, geprobeerdToelichting=MARK
    ))  # fmt: skip
    act(client, placement, "_beeindig", ended("34", "thuis", toelichting=MARK))
    act(client, placement, "_beoordeel", {"uitkomst": "volgens plan", "reden": MARK})


def read_all(client: TestClient, placement: Placement, who: dict[str, str]) -> list[Any]:
    at = f"/v1/plaatsingen/{placement.id}"
    paths = (at, f"{at}/evaluaties", f"{at}/afbreukverslagen", "/v1/plaatsingen")
    return [client.get(path, headers=who) for path in paths]


def test_a_secret_placement_tells_a_referrer_nothing_that_leads_there(
    client: TestClient, placement: Placement
) -> None:
    """No place, no distance, no free text; that it runs, and how it stands, it does see."""
    told_all(client, placement)
    answers = read_all(client, placement, REFERRER)
    assert [answer.status_code for answer in answers] == [200] * 4
    for answer in answers:
        assert MARK not in answer.text
        assert "afstand" not in answer.text and "bijStart" not in answer.text
    shown = answers[0].json()
    assert (shown["geheimePlaatsing"], shown["uitkomst"]) == (True, "volgens plan")
    assert answers[1].json()["evaluaties"][0]["bevindingen"][0]["onderwerp"] == "school"


def test_of_an_open_placement_a_referrer_reads_the_texts(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """Of its own registration; another organisation does not know that it is there."""
    session.get_one(Registration, placement.registration_id).secret_placement = False
    session.flush()
    told_all(client, placement)
    assert all(MARK in answer.text for answer in read_all(client, placement, REFERRER)[:3])
    strange = read_all(client, placement, STRANGER)
    assert [answer.status_code for answer in strange] == [404, 404, 404, 200]
    assert strange[3].json() == {"plaatsingen": []}


def test_a_provider_reads_its_own_without_name_or_chance(
    client: TestClient, placement: Placement
) -> None:
    """Another provider meets nothing."""
    told_all(client, placement)
    for answer in read_all(client, placement, MATCHER):
        assert answer.status_code == 200
        for word in ("voornaam", "breakdownKans", "bijStart", "afstandKm"):
            assert word not in answer.text
    strange = read_all(client, placement, OTHER)
    assert [answer.status_code for answer in strange] == [404, 404, 404, 200]
    assert strange[3].json() == {"plaatsingen": []}


def test_in_a_chain_a_provider_sees_its_own_families_alone(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """Where the child went, or came from, is another provider's to know."""
    make_family(session, reference="YOU-9", provider="youke")
    child = session.get_one(Registration, placement.registration_id)
    settle_frame(session, child)
    child.owner_organisation = None  # else its referrer gives the yes at a step
    session.flush()
    day = TODAY.isoformat()
    body = {
        "aanbieder": "youke", "gezin": "YOU-9", "dag": day, "code": "33", "reden": "Te zwaar.",
        **agreed(),
    }  # fmt: skip
    made = act(client, placement, "_verplaats", body).json()["plaatsing"]
    mine = client.get(f"/v1/plaatsingen/{placement.id}", headers=MATCHER)
    assert [link["gezin"] for link in mine.json()["keten"]] == ["SPI-1"]
    theirs = client.get(f"/v1/plaatsingen/{made['id']}", headers=OTHER)
    assert [link["gezin"] for link in theirs.json()["keten"]] == ["YOU-9"]
    assert client.get(f"/v1/plaatsingen/{made['id']}", headers=MATCHER).status_code == 404


def test_an_auditor_reads_why_without_a_name(client: TestClient, placement: Placement) -> None:
    """With the chance and the facts; without the child's name or the family's place."""
    told_all(client, placement)
    shown = client.get(f"/v1/plaatsingen/{placement.id}", headers=AUDITOR).json()
    assert "einde" in shown and "voornaam" not in shown and "woonplaatsGezin" not in shown


def test_the_log_tells_of_the_placement_and_of_the_child(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """Whoever looks for a child finds who read where it lives."""
    client.get(f"/v1/plaatsingen/{placement.id}", headers=MATCHER)
    act_as(session, Actor(name="x", role=ActorRole.AUDITOR))
    session.commit()
    lines = session.scalars(
        select(AuditEvent).where(
            AuditEvent.operation == "leesPlaatsing", AuditEvent.outcome == AuditOutcome.DONE
        )
    )
    assert {(line.subject, line.reference) for line in lines} == {
        ("plaatsing", str(placement.id)), ("kind", str(placement.registration_id)),
    }  # fmt: skip


def test_a_family_that_goes_to_another_provider_takes_its_placements_along(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """The running ones: the new provider sees them, the old one does not any more."""
    youke = session.scalars(select(Provider.id).where(Provider.code == "youke")).one()
    session.execute(
        update(Family).where(Family.id == placement.family_id).values(provider_id=youke)
    )
    session.commit()
    at = f"/v1/plaatsingen/{placement.id}"
    assert client.get(at, headers=OTHER).status_code == 200
    assert client.get(at, headers=MATCHER).status_code == 404


@pytest.fixture
def recorded(session: Session, placement: Placement) -> Session:
    """One row in every table, of a placement with Spirit of a child that gi-a registered."""
    who = {"actor": "x", "role": "coordinator"}
    of = {"placement_id": placement.id}
    session.add_all([
        PlacementBasis(facts={}, **of),
        PlacementChange(act=PlacementAct.TOLD, on_day=TODAY, told={}, **of, **who),
        PlacementEnding(
            code=EndCode.AGREED, went_to=WentTo.HOME, label=EndLabel.REVIEW, **of, **who
        ),
        BreakdownRecord(
            kind=BreakdownKind.NEARLY, day=TODAY, initiative=Initiative.CHILD,
            reasons=[BreakdownReason.SAFETY], tried=[Tried.NOTHING], **of, **who,
        ),
        PastPlacementRow(
            number="H-1", facts={}, form="crisis", kind="bestand", began_on=TODAY, ended_on=None,
            ending="loopt",
        ),
    ])  # fmt: skip
    plan_review(session, placement, TODAY + timedelta(days=1))
    session.flush()
    review = session.scalars(select(PlacementReview)).one()
    session.add_all([
        EndingJudgement(label=EndLabel.PLANNED, reason="x", **of, **who),
        ReviewVoice(review_id=review.id, who=Voice.CHILD, heard=Heard.YES),
        ReviewFinding(
            review_id=review.id, who=Voice.CHILD, topic=Topic.SCHOOL, weight=Weight.GOOD
        ),
    ])  # fmt: skip
    session.commit()
    return session


@pytest.mark.parametrize(
    ("role", "whose", "seen"),
    [
        (ActorRole.COORDINATOR, "", (1, 1)),
        (ActorRole.AUDITOR, "", (1, 1)),
        (ActorRole.MATCHER, "spirit", (1, 0)),
        (ActorRole.MATCHER, "youke", (0, 0)),
        (ActorRole.REFERRER, "gi-a", (1, 0)),
        (ActorRole.REFERRER, "gi-b", (0, 0)),
        (ActorRole.MANAGER, "", (0, 0)),
        (ActorRole.ADMINISTRATOR, "", (0, 0)),
    ],
)
def test_the_database_shows_each_its_own(
    recorded: Session, role: ActorRole, whose: str, seen: tuple[int, int]
) -> None:
    """Whatever the service asks; what was known at the start, and chances, are for staff."""
    provider = recorded.scalar(select(Provider.id).where(Provider.code == whose))
    recorded.commit()
    act_as(recorded, Actor(name="x", role=role, provider_id=provider, organisation=whose))
    found = [len(recorded.scalars(select(table)).all()) for table in ON_PLACEMENT]
    assert found == [seen[0]] * len(ON_PLACEMENT)
    hidden = [len(recorded.scalars(select(table)).all()) for table in FOR_STAFF]
    assert hidden == [seen[1]] * len(FOR_STAFF)


@pytest.mark.parametrize(
    "table", [PlacementChange, EndingJudgement, BreakdownRecord, ReviewVoice, ReviewFinding]
)
def test_what_was_recorded_stays(recorded: Session, table: type) -> None:
    """Nobody changes it or takes it away."""
    act_as(recorded, SYSTEM)
    column = "actor" if hasattr(table, "actor") else "who"
    for statement in (update(table).values(**{column: "ouders"}), delete(table)):
        with pytest.raises(ProgrammingError, match="permission denied"):
            recorded.execute(statement)
        recorded.rollback()
