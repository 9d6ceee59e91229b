"""Respite: a round looks around the foster family, a person accepts, the place is taken once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from app.jobs import make_queue
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.words import Problem, Rhythm, SiblingWish, Willingness
from app.models import (
    ExcludedArea,
    FamilyWillingness,
    Occupation,
    Placement,
    RecordedNo,
    Registration,
    RegistrationProblem,
    RespiteRound,
    RoundState,
    SiblingGroup,
)
from app.proposals.respite import perform_round, solve_round
from app.strain.nightly import ask_by_night
from app.strain.respite import ask_nightly
from app.strain.round_routes import router as rounds
from app.strain.routes import router
from tests.doors import open_door, signed_in
from tests.strain.straining import (
    TODAY,
    at_night,
    place_child,
    sessions_on,
    take,
    weekend_family,
)

ODD, EVEN = Rhythm.ODD_WEEKENDS.value, Rhythm.EVEN_WEEKENDS.value


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    client = open_door(connection, router, rounds)
    client.v1.state.queue = make_queue("")  # type: ignore[attr-defined]
    client.headers.update(signed_in(ActorRole.COORDINATOR))
    yield client


def ask(client: TestClient, *wishes: tuple[Placement, str], **more: Any) -> Any:
    asked = [{"plaatsing": str(placement.id), "ritme": need} for placement, need in wishes]
    body = {"plaatsingen": asked, **more} if asked else more
    return client.post("/v1/respijtrondes", json=body)


def solved(
    client: TestClient, session: Session, *wishes: tuple[Placement, str], **more: Any
) -> dict[str, Any]:
    """What a round says of each child, by number, once the job has done its work."""
    made = ask(client, *wishes, **more)
    assert made.status_code == 202, made.text
    return read(client, session, made.json()["id"])


def read(client: TestClient, session: Session, round_id: str) -> dict[str, Any]:
    found = session.get_one(RespiteRound, UUID(round_id))
    solve_round(session, found)
    session.commit()
    shown = client.get(f"/v1/respijtrondes/{round_id}").json()
    assert shown["stand"] == "klaar"
    return {line["aanmeldnummer"]: line for line in shown["voorstellen"]} | {"ronde": shown}


def accept(client: TestClient, found: dict[str, Any], number: str, **more: Any) -> Any:
    path = f"/v1/respijtrondes/{found['ronde']['id']}/voorstellen/{found[number]['plaatsing']}"
    return client.post(f"{path}/_aannemen", json={"gezinAkkoord": True, **more})


def uses(session: Session) -> list[tuple[str, bool]]:
    session.expire_all()
    rows = session.scalars(select(Occupation).order_by(Occupation.rhythm, Occupation.id))
    return [(use.rhythm.value, use.released_at is None) for use in rows if use.registration_id]


def test_two_children_share_a_family_in_alternating_weekends(
    client: TestClient, session: Session
) -> None:
    """Both may come in either weekend; the engine divides them, and both can be accepted."""
    one = place_child(session, "AM-1", home="SPI-1")
    other = place_child(session, "AM-2", home="SPI-2")
    weekend_family(session, "SPI-9")
    found = solved(client, session, (one, "om het weekend"), (other, "om het weekend"))
    assert {found[n]["gezin"] for n in ("AM-1", "AM-2")} == {"SPI-9"}
    assert sorted(found["AM-1"]["weekenden"] + found["AM-2"]["weekenden"]) == [EVEN, ODD]
    assert found["ronde"]["bewijs"] == "bewezen optimaal"
    assert any("om en om" in reason for reason in found["AM-1"]["redenen"])
    assert found["AM-1"]["redenen"][0].startswith("Woont op ")
    for number in ("AM-1", "AM-2"):
        assert accept(client, found, number).status_code == 201
    assert uses(session) == [(EVEN, True), (ODD, True)]
    assert accept(client, found, "AM-1").status_code == 409


def test_a_third_child_waits_and_hears_why(client: TestClient, session: Session) -> None:
    """Who is known to be under strain longest goes first."""
    placements = [place_child(session, f"AM-{n}", home=f"SPI-{n}") for n in range(1, 4)]
    for days, placement in zip((3, 30, 20), placements, strict=True):
        client.post(
            f"/v1/plaatsingen/{placement.id}/signalen",
            json={
                "soort": "pleegouders overbelast", "vraagtRespijt": "om het weekend",
                "dag": str(TODAY - timedelta(days=days)),
            },
        )  # fmt: skip
    weekend_family(session, "SPI-9")
    found = solved(client, session)
    assert [bool(found[f"AM-{n}"]["gezin"]) for n in (1, 2, 3)] == [False, True, True]
    why = found["AM-1"]["waaromNiet"]
    assert why["zin"].startswith("Er is 1 gezin in de buurt dat kan")
    assert found["ronde"]["doelen"][0] == {
        "code": "geplaatst", "zin": "Zo veel mogelijk kinderen met een respijtgezin",
        "waarde": 2.0, "grens": 2.0,
    }  # fmt: skip


def test_every_weekend_takes_one_bed_in_both(client: TestClient, session: Session) -> None:
    """A bed that somebody uses in even weekends is not for a child of every weekend."""
    placement = place_child(session, "AM-1", home="SPI-1")
    home = weekend_family(session, "SPI-9")
    take(session, home, Rhythm.EVEN_WEEKENDS)
    found = solved(client, session, (placement, "elk weekend"))
    assert found["AM-1"]["gezin"] is None
    why = found["AM-1"]["waaromNiet"]
    refused = {row["code"]: row["gezinnen"] for row in why["geweigerdPerRegel"]}
    assert refused == {"ritme": 1}
    weekend_family(session, "SPI-8", postcode="1013AB")
    found = solved(client, session, (placement, "elk weekend"))
    assert (found["AM-1"]["gezin"], found["AM-1"]["weekenden"]) == ("SPI-8", [ODD, EVEN])
    assert accept(client, found, "AM-1").status_code == 201
    assert [rhythm for rhythm, _ in uses(session)] == [EVEN, ODD]


def test_hard_rules_hold_and_the_own_family_is_never_asked(
    client: TestClient, session: Session
) -> None:
    """A no, an unwilling family, an excluded area, too far, the child's own family."""
    placement = place_child(session, "AM-1", home="SPI-1", secret_placement=True)
    registration = session.get_one(Registration, placement.registration_id)
    problem = session.get_one(RegistrationProblem, (registration.id, Problem.EXTERNALISING))
    problem.severity = 2
    own = weekend_family(session, "SPI-10")
    placement.family_id = own.id
    said_no = weekend_family(session, "SPI-11")
    session.add(RecordedNo(registration_id=registration.id, family_id=said_no.id, reason="x"))
    unwilling = weekend_family(session, "SPI-12")
    answer = FamilyWillingness(
        family_id=unwilling.id, problem=Problem.EXTERNALISING, answer=Willingness.NO
    )
    session.add(answer)
    weekend_family(session, "SPI-13", postcode="1019AB")
    session.add(ExcludedArea(registration_id=registration.id, postcode="1019AB", radius_km=0.5))
    weekend_family(session, "SPI-14", postcode="9711AA")
    session.flush()
    found = solved(client, session, (placement, "om het weekend"))
    why = found["AM-1"]["waaromNiet"]
    assert why["zin"].startswith(
        "Wie kan, woont verder weg dan 25,0 km van het pleeggezin: 1 gezin"
    )
    refused = {row["code"]: row["gezinnen"] for row in why["geweigerdPerRegel"]}
    assert refused == {"eerder_nee": 1, "bereidheid": 1, "uitgesloten_gebied": 1}
    far = solved(client, session, (placement, "om het weekend"), straalKm=200)
    assert far["AM-1"]["gezin"] == "SPI-14"
    assert any("Niet gevraagd" in reason for reason in far["AM-1"]["redenen"])


def test_distance_counts_from_the_foster_family(client: TestClient, session: Session) -> None:
    """Not from the parents: they live in Amsterdam, the child in Utrecht."""
    placement = place_child(session, "AM-1", home="SPI-1", postcode="3511AB")
    weekend_family(session, "SPI-8", postcode="1012AB")
    weekend_family(session, "SPI-9", postcode="3512AB")
    found = solved(client, session, (placement, "om het weekend"), straalKm=100)
    assert found["AM-1"]["gezin"] == "SPI-9"
    assert found["AM-1"]["afstandKm"] < 5


def test_children_who_must_live_apart_do_not_meet(client: TestClient, session: Session) -> None:
    """Not in alternating weekends either, nor where the other one lives."""
    group = SiblingGroup(code="BZ-1", wish=SiblingWish.APART)
    session.add(group)
    session.flush()
    kin = {"sibling_group_id": group.id, "sibling_wish": SiblingWish.APART}
    one = place_child(session, "AM-1", home="SPI-1", **kin)
    other = place_child(session, "AM-2", home="SPI-2", **kin)
    weekend_family(session, "SPI-9")
    found = solved(client, session, (one, "om het weekend"), (other, "om het weekend"))
    assert sorted(bool(found[n]["gezin"]) for n in ("AM-1", "AM-2")) == [False, True]


def test_accepting_and_ending_happen_whole(client: TestClient, session: Session) -> None:
    """Offer and place at once; a last day frees the place; nobody gets it twice."""
    one = place_child(session, "AM-1", home="SPI-1")
    other = place_child(session, "AM-2", home="SPI-2", provider="youke")
    home = weekend_family(session, "SPI-9")
    take(session, home, Rhythm.EVEN_WEEKENDS)
    first = solved(client, session, (one, "om het weekend"))
    second = solved(client, session, (other, "om het weekend"))
    assert first["AM-1"]["weekenden"] == second["AM-2"]["weekenden"] == [ODD]
    assert accept(client, first, "AM-1", gezinAkkoord=False).status_code == 400
    made = accept(client, first, "AM-1")
    assert (made.json()["soort"], made.json()["weekenden"]) == ("respijt", [ODD])
    late = accept(client, second, "AM-2")
    assert late.status_code == 409
    assert "intussen" in late.json()["detail"]
    assert client.get(f"/v1/plaatsingen/{other.id}/steunaanbod").json()["steunaanbod"] == []
    assert ask(client, (one, "om het weekend")).status_code == 409
    path = made.headers["Location"]
    etag = {"If-Match": client.get(path).headers["ETag"]}
    refused = client.patch(path, json={"opgepakt": "nee", "redenNietOpgepakt": "x"}, headers=etag)
    assert refused.status_code == 400
    ended = client.patch(path, json={"totEnMet": str(TODAY), "geholpen": "ja"}, headers=etag)
    assert (ended.status_code, ended.json()["weekenden"]) == (200, [])
    assert uses(session) == [(ODD, False)]
    assert accept(client, second, "AM-2").status_code == 201


def test_a_provider_ends_respite_at_another_provider(client: TestClient, session: Session) -> None:
    """It sees that there is respite and in which weekends, not with whom."""
    placement = place_child(session, "AM-1", home="YOU-1", provider="youke")
    weekend_family(session, "SPI-9")
    made = accept(client, solved(client, session, (placement, "elk weekend")), "AM-1")
    matcher = signed_in(ActorRole.MATCHER, "youke")
    path = made.headers["Location"]
    seen = client.get(path, headers=matcher)
    assert (seen.json()["gezin"], seen.json()["weekenden"]) == (None, [EVEN, ODD])
    etag = {"If-Match": seen.headers["ETag"]}
    ended = client.patch(path, json={"totEnMet": str(TODAY)}, headers=matcher | etag)
    assert ended.status_code == 200, ended.text
    assert {is_open for _, is_open in uses(session)} == {False}


def test_a_bed_for_other_forms_or_that_ends_is_none(client: TestClient, session: Session) -> None:
    """And a round for nobody is refused with what to do."""
    placement = place_child(session, "AM-1", home="SPI-1")
    for number, told in enumerate(({"forms": ["crisis"]}, {"available_until": TODAY})):
        home = weekend_family(session, f"SPI-2{number}")
        sets = ", ".join(f"{name} = :{name}" for name in told)
        session.execute(
            text(f"UPDATE place SET {sets} WHERE family_id = :id"), {"id": home.id, **told}
        )
    found = solved(client, session, (placement, "om het weekend"))
    assert found["AM-1"]["waaromNiet"]["geweigerdPerRegel"][0]["gezinnen"] == 2
    nobody = ask(client)
    assert nobody.status_code == 409
    assert "vraagtRespijt" in nobody.json()["detail"]


def test_by_night_one_round_for_who_asks(session: Session, connection: Connection) -> None:
    """In the small hours, once a day; not at noon, and not where nobody asks."""
    sessions, queue = sessions_on(connection), make_queue("")
    assert ask_nightly(session, queue, actor=SYSTEM, today=TODAY) is None
    placement = place_child(session, "AM-1", home="SPI-1")
    signal = {
        "id": placement.id, "placement": placement.id, "day": TODAY, "need": "elk weekend",
    }  # fmt: skip
    session.execute(
        text(
            "INSERT INTO strain_signal (id, placement_id, day, kind, respite_need, actor, role) "
            "VALUES (:id, :placement, :day, 'school', :need, 'x', 'coordinator')"
        ),
        signal,
    )
    session.commit()
    ask_by_night(sessions, at_night(13))
    assert session.scalars(select(RespiteRound)).all() == []
    ask_by_night(sessions, at_night(3))
    ask_by_night(sessions, at_night(4))
    (made,) = session.scalars(select(RespiteRound)).all()
    assert made.is_nightly
    weekend_family(session, "SPI-9")
    session.commit()
    perform_round(sessions, made.id)
    perform_round(sessions, made.id)  # a job delivered twice is harmless
    session.refresh(made)
    assert (made.state, made.proof) == (RoundState.DONE, "bewezen optimaal")
