"""Telling of a placement, correcting it, another form, and moves from family to family."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.words import CareForm, Rhythm
from app.models import (
    Occupation,
    Place,
    Placement,
    PlacementBasis,
    Provider,
    ProviderContract,
    RecordedNo,
    Registration,
    RegistrationState,
)
from tests.placements.living import (
    BEGAN,
    TODAY,
    act,
    agreed,
    live_in,
    open_placements,
    waiting,
)
from tests.rows import make_family, make_placement
from tests.steps.settled import settle_frame

PART = (CareForm.PART_TIME,)
BOTH = (CareForm.LONG_TERM, CareForm.SHORT_TERM)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


@pytest.fixture
def child(session: Session) -> Registration:
    make_family(session, reference="SPI-1")
    return waiting(session)


def told_of(child: Registration, **more: Any) -> dict[str, Any]:
    return {
        "kind": str(child.id), "aanbieder": "spirit", "gezin": "SPI-1", "van": BEGAN.isoformat(),
        "grond": "overgenomen", "reden": "Het kind woonde al bij oma.", **more,
    }  # fmt: skip


def moved(**more: Any) -> dict[str, Any]:
    return {
        "aanbieder": "spirit", "gezin": "SPI-2", "dag": TODAY.isoformat(), "code": "33",
        "reden": "De moeder werd ziek.", **agreed(), **more,
    }  # fmt: skip


def formed(**more: Any) -> dict[str, Any]:
    return {"dag": TODAY.isoformat(), "reden": "Het perspectief is duidelijk.", **more}


def used(session: Session) -> list[Occupation]:
    session.expire_all()
    return list(session.scalars(select(Occupation).where(Occupation.released_at.is_(None))))


def test_a_placement_is_told_of(client: TestClient, session: Session, child: Registration) -> None:
    """It takes the bed, ends the search, keeps what was known, and what the law asks is told."""
    given = {
        "toewijzingsnummer": "TW-7", "steunplan": "Elke week bellen.",
        "redenSplitsing": "Zus blijft bij oma.",
    }  # fmt: skip
    answer = client.post("/v1/plaatsingen", json=told_of(child, **given))
    assert answer.status_code == 201, answer.text
    shown = answer.json()["plaatsing"]
    assert {name: shown[name] for name in given} == given
    assert (shown["herkomst"], shown["vorm"], shown["heeftBed"]) == ("gemeld", "opvoeding", True)
    assert any("gezag" in sentence for sentence in answer.json()["meldingen"])
    assert answer.headers["Location"] == f"/v1/plaatsingen/{shown['id']}"
    assert [row["handeling"] for row in shown["wijzigingen"]] == ["gemeld"]
    session.expire_all()
    assert session.get_one(Registration, child.id).state is RegistrationState.PLACED
    assert session.scalars(select(PlacementBasis)).one().facts["vorm"] == "opvoeding"
    assert [bed.registration_id for bed in used(session)] == [child.id]


def test_without_a_free_bed_a_placement_is_told_of_all_the_same(
    client: TestClient, session: Session, child: Registration
) -> None:
    """With a sentence that says so, and one that nobody knows whether there is a contract."""
    settle_frame(session, child)
    session.scalars(select(Place)).one().is_offered = False
    session.flush()
    answer = client.post("/v1/plaatsingen", json=told_of(child)).json()
    assert answer["plaatsing"]["heeftBed"] is False
    bed, contract = answer["meldingen"]
    assert ("geen vrije plaats" in bed, "Contract niet bekend" in contract) == (True, True)


def test_with_a_contract_and_a_bed_there_is_nothing_to_tell(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The provider works for the municipality that is responsible."""
    settle_frame(session, child)
    spirit = session.scalars(select(Provider.id).where(Provider.code == "spirit")).one()
    session.add(ProviderContract(provider_id=spirit, municipalities=["Amsterdam"]))
    session.flush()
    answer = client.post("/v1/plaatsingen", json=told_of(child)).json()
    assert answer["meldingen"] == []


@pytest.mark.parametrize(
    "case",
    [
        ({"van": (TODAY + timedelta(days=1)).isoformat()}, 400, "van"),
        ({"gezin": "SPI-77"}, 400, "gezin"),
        ({"vorm": "opvoeding", "ritme": "vakanties"}, 400, "ritme"),
        ({"reden": " "}, 400, "reden"),
        ({"kind": "00000000-0000-7000-8000-000000000000"}, 400, "kind"),
    ],
)
def test_what_cannot_be_is_refused(
    client: TestClient, session: Session, child: Registration, case: tuple[dict[str, str], int, str]
) -> None:
    """With the field in the sentence; nothing is stored."""
    more, status, word = case
    answer = client.post("/v1/plaatsingen", json=told_of(child, **more))
    assert answer.status_code == status and word in answer.json()["detail"], answer.text
    assert session.scalars(select(Placement)).first() is None


def test_a_child_lives_in_one_family(
    client: TestClient, session: Session, child: Registration
) -> None:
    """By another registration too; a weekend family may be beside, another one then may not."""
    family = make_family(session, reference="SPI-5")
    earlier = waiting(session, "AM-0", state=RegistrationState.PLACED, child_id=child.child_id)
    make_placement(session, registration_id=earlier.id, family_id=family.id, since=BEGAN)
    refused = client.post("/v1/plaatsingen", json=told_of(child))
    assert refused.status_code == 409 and "woont dan al" in refused.json()["detail"]
    weekends = {"vorm": "deeltijd", "ritme": "even weekenden"}
    assert client.post("/v1/plaatsingen", json=told_of(child, **weekends)).status_code == 201
    third = waiting(session, "AM-3", state=RegistrationState.PLACED, child_id=child.child_id)
    assert client.post("/v1/plaatsingen", json=told_of(third, **weekends)).status_code == 409
    odd = weekends | {"ritme": "oneven weekenden"}
    assert client.post("/v1/plaatsingen", json=told_of(third, **odd)).status_code == 201


def test_a_correction_asks_for_the_version_and_is_kept(
    client: TestClient, session: Session
) -> None:
    """What it was and became stands in the changes; an unchanged one adds nothing."""
    placement = live_in(session, make_family(session, reference="SPI-1"))
    at = f"/v1/plaatsingen/{placement.id}"
    tag = client.get(at).headers["ETag"]
    told = {"toewijzingsnummer": "TW-1", "steunplan": "Elke week bellen.", "reden": "Kwam binnen."}
    assert client.patch(at, json=told).status_code == 428
    assert client.patch(at, json=told, headers={"If-Match": '"99"'}).status_code == 412
    shown = client.patch(at, json=told, headers={"If-Match": tag})
    assert shown.status_code == 200, shown.text
    assert shown.json()["wijzigingen"][0]["velden"] == [
        {"veld": "steunplan", "was": None, "werd": "Elke week bellen."},
        {"veld": "toewijzingsnummer", "was": None, "werd": "TW-1"},
    ]
    again = client.patch(at, json=told, headers={"If-Match": shown.headers["ETag"]})
    assert len(again.json()["wijzigingen"]) == 1


def test_a_form_changes_in_the_same_bed(client: TestClient, session: Session) -> None:
    """Where the bed can serve it; the placement is the same one, and the change is kept."""
    placement = live_in(session, make_family(session, reference="SPI-1", forms=BOTH))
    bed = used(session)[0].place_id
    answer = act(client, placement, "vorm/_wijzig", formed(vorm="hulpverlening"))
    assert answer.status_code == 200, answer.text
    shown = answer.json()["plaatsing"]
    assert (shown["id"], shown["vorm"]) == (str(placement.id), "hulpverlening")
    told = shown["wijzigingen"][0]["velden"]
    assert told == [{"veld": "vorm", "was": "opvoeding", "werd": "hulpverlening"}]
    assert [row.place_id for row in used(session)] == [bed]


def test_a_form_moves_to_the_bed_that_can_serve_it(client: TestClient, session: Session) -> None:
    """The family's other bed is taken, the first one is free; without one it says what to do."""
    family = make_family(session, reference="SPI-1", forms=BOTH, places=2)
    placement = live_in(session, family)
    first, second = session.scalars(select(Place).order_by(Place.ordinal))
    first.forms = ["opvoeding"]
    session.flush()
    answer = act(client, placement, "vorm/_wijzig", formed(vorm="hulpverlening"))
    assert answer.status_code == 200, answer.text
    assert [row.place_id for row in used(session)] == [second.id]
    second.forms = ["hulpverlening"]
    first.is_offered = False
    session.flush()
    refused = act(client, placement, "vorm/_wijzig", formed(vorm="opvoeding"))
    assert refused.status_code == 409 and "vraag de aanbieder" in refused.json()["detail"]


def test_a_form_that_the_family_does_not_offer_is_refused(
    client: TestClient, session: Session
) -> None:
    """The sentence says whom to ask; and what changes nothing is no change."""
    placement = live_in(session, make_family(session, reference="SPI-1"))
    refused = act(client, placement, "vorm/_wijzig", formed(vorm="hulpverlening"))
    assert refused.status_code == 409 and "biedt 'hulpverlening' niet aan" in refused.text
    same = act(client, placement, "vorm/_wijzig", formed(vorm="opvoeding"))
    assert same.status_code == 400 and "niets te wijzigen" in same.text


def test_a_part_time_bed_serves_another_rhythm_beside_its_neighbour(
    client: TestClient, session: Session
) -> None:
    """Two children share a bed in turn; a rhythm that the other has is not free."""
    family = make_family(session, reference="SPI-1", forms=PART)
    one = live_in(session, family, care_form=CareForm.PART_TIME, rhythm=Rhythm.ODD_WEEKENDS)
    live_in(
        session, family, number="AM-2", care_form=CareForm.PART_TIME, rhythm=Rhythm.EVEN_WEEKENDS
    )
    refused = act(client, one, "vorm/_wijzig", formed(ritme="even weekenden"))
    assert refused.status_code == 409, refused.text
    changed = act(client, one, "vorm/_wijzig", formed(ritme="vakanties"))
    assert changed.status_code == 200, changed.text
    assert {row.rhythm for row in used(session)} == {Rhythm.HOLIDAYS, Rhythm.EVEN_WEEKENDS}


def test_a_move_ends_one_and_begins_the_next(client: TestClient, session: Session) -> None:
    """The bed here is free, the one there taken; the row of moves is readable from either end."""
    placement = live_in(session, make_family(session, reference="SPI-1"))
    settle_frame(session, session.get_one(Registration, placement.registration_id))
    target = make_family(session, reference="SPI-2")
    make_family(session, reference="YOU-3", provider="youke")
    answer = act(client, placement, "_verplaats", moved())
    assert answer.status_code == 201, answer.text
    shown = answer.json()["plaatsing"]
    assert (shown["gezin"], shown["volgtOp"]) == ("SPI-2", str(placement.id))
    before = client.get(f"/v1/plaatsingen/{placement.id}").json()
    assert before["uitkomst"] == "voortijdig afgebroken"
    assert before["einde"]["vervolgplek"] == "ander pleeggezin"
    beds = used(session)
    assert [session.get_one(Place, bed.place_id).family_id for bed in beds] == [target.id]
    next_one = session.get_one(Placement, shown["id"])
    further = act(
        client, next_one, "_verplaats", moved(aanbieder="youke", gezin="YOU-3", code="31")
    )
    assert further.status_code == 201, further.text
    chain = [link["gezin"] for link in further.json()["plaatsing"]["keten"]]
    assert chain == ["SPI-1", "SPI-2", "YOU-3"]
    first = client.get(f"/v1/plaatsingen/{placement.id}").json()["keten"]
    assert [link["gezin"] for link in first] == chain


def test_a_move_is_refused_whole(client: TestClient, session: Session) -> None:
    """To where a no was said, to the same family, or with a yes of afterwards; nothing changes."""
    placement = live_in(session, make_family(session, reference="SPI-1"))
    target = make_family(session, reference="SPI-2")
    session.add(
        RecordedNo(registration_id=placement.registration_id, family_id=target.id, reason="te ver")
    )
    session.flush()
    later = (TODAY + timedelta(days=1)).isoformat()
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    for body, status in (
        (moved(), 409),
        (moved(gezin="SPI-1"), 400),
        (moved(dag=later), 400),
        (moved(dag=yesterday), 400),
        (moved(code="02"), 400),
    ):
        assert act(client, placement, "_verplaats", body).status_code == status, body
    session.expire_all()
    assert session.scalars(select(Placement)).one().until is None
    assert len(used(session)) == 1
