"""What the waiting list tells to work from: area, age, siblings, options; sorted and narrowed."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.http.paging import encode_cursor
from app.intake.draft_routes import router as drafts
from app.intake.routes import router
from app.intake.sibling_routes import router as siblings
from app.intake.waiting_routes import router as waiting
from app.kernel.clock import today_in_amsterdam, years_before
from app.kernel.words import CareForm, SiblingWish, Urgency
from app.models import Child, RecordedNo, Registration, RegistrationState, SiblingGroup
from tests.doors import open_door, signed_in
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration

Body = dict[str, Any]
ORDERS = (
    "urgentie", "wachttijd", "moetWegOp", "gemeente", "leeftijd", "vorm", "stand", "opties",
    "ontbreekt",
)  # fmt: skip
DRAFT: Body = {
    "aanmeldnummer": "AM-9", "geboortedatum": "2012-02-03", "postcode": "1812AB",
    "gemeente": "Alkmaar", "broersZussen": {"groep": "G-1", "wens": "samen"},
}  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, drafts, siblings, waiting)


def listed(client: TestClient, **query: Any) -> list[Body]:
    answer = client.get("/v1/wachtlijst", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["wachtenden"])


def numbers(client: TestClient, **query: Any) -> list[str]:
    return [one["aanmeldnummer"] for one in listed(client, **query)]


def born(session: Session, registration: Registration, day: date) -> None:
    session.get_one(Child, registration.child_id).born_on = day


@pytest.fixture
def region(session: Session, client: TestClient) -> dict[str, Registration]:
    """Three children with a run of which A has options, B none and C was not in it; a draft."""
    group = SiblingGroup(code="G-1", wish=SiblingWish.APART, on_hold=True)
    session.add(group)
    session.flush()
    together: Body = {"sibling_group_id": group.id, "sibling_wish": SiblingWish.APART}
    a = make_registration(session, number="A", municipality="Zaanstad", **together)
    b = make_registration(
        session, number="B", care_form=CareForm.CRISIS, municipality="Amsterdam",
        urgency=Urgency.CRISIS, **together,
    )  # fmt: skip
    group.on_hold = False
    families = [make_family(session, reference=f"SPI-{n}") for n in range(4)]
    run_here(session)
    group.on_hold = True
    session.add(RecordedNo(registration_id=a.id, family_id=families[0].id, reason="vol"))
    c = make_registration(session, number="C", sdq_total=None, child_voice="Ik wil naar opa.")
    for one, day in ((a, date(2010, 1, 1)), (b, date(2024, 1, 1)), (c, date(2018, 1, 1))):
        born(session, one, day)
    session.commit()
    client.post("/v1/concepten", json=DRAFT)
    return {"A": a, "B": b, "C": c}


def test_a_line_tells_age_area_and_siblings(client: TestClient, region: object) -> None:
    """Of a registration and of a draft alike, as far as it is known."""
    found = {one["aanmeldnummer"]: one for one in listed(client)}
    today = today_in_amsterdam()
    shown = ("leeftijd", "gemeente", "gebied", "broersZussen", "broersZussenWens", "groepNavragen")
    a = [found["A"][name] for name in shown]
    assert a == [today.year - 2010, "Zaanstad", "1012", 2, "apart", True]
    c = [found["C"][name] for name in shown]
    assert c == [today.year - 2018, "Amsterdam", "1012", None, None, False]
    draft = [found["AM-9"][name] for name in shown]
    assert draft[1:] == ["Alkmaar", "1812", 2, None, False]
    assert draft[0] == today.year - 2012 - ((today.month, today.day) < (2, 3))


def test_what_is_withdrawn_leaves_nothing_behind(client: TestClient, region: object) -> None:
    """Age and area of a draft go with the rest of what it told."""
    (line,) = listed(client, stand="concept")
    where = f"/v1/concepten/{line['id']}"
    etag = client.get(where).headers["ETag"]
    client.post(f"{where}/_intrekken", json={"reden": "dubbel"}, headers={"If-Match": etag})
    assert "AM-9" not in numbers(client)
    assert listed(client, vorm="crisis")[0]["broersZussen"] == 1


def test_every_column_sorts_both_ways_and_pages_alike(client: TestClient, region: object) -> None:
    """The reverse is exactly the reverse, and page by page it is the same list."""
    for order in ORDERS:
        whole = numbers(client, sorteer=order)
        assert len(whole) == 4, order
        assert numbers(client, sorteer=order, omgekeerd=True) == whole[::-1], order
        for backwards in (False, True):
            query = {"sorteer": order, "aantal": 1, "omgekeerd": backwards}
            page, paged = client.get("/v1/wachtlijst", params=query), []
            while True:
                paged += [one["aanmeldnummer"] for one in page.json()["wachtenden"]]
                assert page.json()["totaal"] == 4
                if "next" not in page.links:
                    break
                page = client.get(page.links["next"]["url"])
            assert paged == (whole[::-1] if backwards else whole), order


def test_the_orders_are_what_they_say(client: TestClient, region: object) -> None:
    """By place, by age, by form, by options with the unknown last, by what is missing."""
    assert numbers(client, sorteer="gemeente") == ["AM-9", "B", "C", "A"]
    assert numbers(client, sorteer="leeftijd") == ["B", "C", "AM-9", "A"]
    assert numbers(client, sorteer="vorm")[0] == "B"
    assert numbers(client, sorteer="opties") == ["B", "A", "C", "AM-9"]
    missing = [one["ontbreekt"] for one in listed(client, sorteer="ontbreekt")]
    assert missing == sorted(missing)
    assert missing[-1] > 10  # the draft, which tells hardly anything


def test_the_list_is_narrowed_to_what_one_works_on(
    client: TestClient, region: dict[str, Registration], session: Session
) -> None:
    """By place, age, options and siblings."""
    assert numbers(client, gemeente="zaanstad") == ["A"]
    today = today_in_amsterdam()
    born(session, region["C"], years_before(today, 8))
    session.commit()
    assert numbers(client, leeftijdVan=8, leeftijdTotEnMet=8) == ["C"]
    born(session, region["C"], years_before(today, 8) + timedelta(days=1))
    session.commit()
    assert numbers(client, leeftijdTotEnMet=7) == ["B", "C"]
    assert numbers(client, hoogstensOpties=0) == ["B"]
    assert numbers(client, hoogstensOpties=20) == ["B", "A"]
    assert set(numbers(client, metBroersZussen=True)) == {"A", "B", "AM-9"}
    assert numbers(client, metBroersZussen=False) == ["C"]
    assert client.get("/v1/wachtlijst", params={"hoogstensOpties": 20}).json()["totaal"] == 2


def test_the_figures_count_the_whole_list(client: TestClient, region: object) -> None:
    """How many wait, and how many of them are urgent, on hold, or have few options."""
    found = client.get("/v1/wachtlijst/cijfers").json()
    assert found == {
        "wachtenden": 4, "crisis": 1, "spoed": 0, "weinigOpties": 1, "concepten": 1,
        "voorgesteld": 0, "groepNavragen": 2, "gemeenten": ["Alkmaar", "Amsterdam", "Zaanstad"],
    }  # fmt: skip


def test_a_referrer_hears_nothing_of_options(client: TestClient, region: object) -> None:
    """Not by the figures, not by a filter, not by an order."""
    own = signed_in("verwijzer", "gi-a")
    client.post("/v1/concepten", json=DRAFT, headers=own)
    figures = client.get("/v1/wachtlijst/cijfers", headers=own).json()
    assert (figures["wachtenden"], figures["weinigOpties"]) == (1, None)
    for query in ({"sorteer": "opties"}, {"hoogstensOpties": 2}):
        answer = client.get("/v1/wachtlijst", params=query, headers=own)
        assert answer.status_code == 400
        assert "hoogstensOpties" in answer.json()["velden"]


@pytest.mark.parametrize(
    "place", ["x", "[1]", '["2026-01-01", 1, "x"]', "[99999999999, 1, 2]", "{}", "[true, 1, 2]"]
)
def test_a_cursor_that_we_never_gave_is_told(client: TestClient, place: str) -> None:
    """Whatever is in it, it is a 400 and never an error of ours."""
    answer = client.get("/v1/wachtlijst", params={"cursor": encode_cursor(place)})
    assert answer.status_code == 400


def test_siblings_are_listed_with_where_they_stand(
    client: TestClient, region: dict[str, Registration], session: Session
) -> None:
    """Those who wait, those who live somewhere, and a draft; not the child itself."""
    region["B"].state = RegistrationState.PLACED
    session.commit()
    found = client.get(f"/v1/kinderen/{region['A'].id}/broers-zussen").json()["broersZussen"]
    assert [(one["aanmeldnummer"], one["stand"], one["wens"]) for one in found] == [
        ("B", "geplaatst", "apart"),
        ("AM-9", "concept", None),
    ]
    alone = client.get(f"/v1/kinderen/{region['C'].id}/broers-zussen").json()
    assert alone == {"broersZussen": []}
