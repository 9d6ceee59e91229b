"""Children who may have been registered twice: shown to a person, never merged."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from app.db.encryption import NAME_USE, digest_under
from app.db.keyring import ring_of
from app.intake.draft_routes import router as drafts
from app.intake.file_routes import router as files
from app.intake.routes import router
from app.models import Child, Draft
from app.settings import Settings
from tests.doors import open_door, signed_in

Body = dict[str, Any]
SAME = "naam, geboortedatum en postcode"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files, drafts)


def other(example: Body, number: str, **changes: Any) -> Body:
    return {**example, "aanmeldnummer": number, "bsn": None, "broersZussen": None, **changes}


def doubles(answer: Any) -> list[tuple[str, str]]:
    return [(one["aanmeldnummer"], one["grond"]) for one in answer.json()["mogelijkDubbel"]]


def test_the_same_name_birth_date_and_area_is_shown_at_once(
    client: TestClient, example: Body
) -> None:
    """Registering tells it, both registrations show it, and both are still there."""
    first = client.post("/v1/kinderen", json=example)
    assert doubles(first) == []
    told = {"voornaam": f"  {example['voornaam'].upper()} ", "postcode": example["postcode"][:4]}
    second = client.post("/v1/kinderen", json=other(example, "AM-9", **told))
    assert second.status_code == 201, second.text
    assert doubles(second) == [(example["aanmeldnummer"], SAME)]
    shown = client.get(f"{first.headers['Location']}/mogelijk-dubbel")
    assert doubles(shown) == [("AM-9", SAME)]
    assert example["voornaam"] not in second.text


@pytest.mark.parametrize(
    "change", [{"voornaam": "Anders"}, {"geboortedatum": "2019-04-10"}, {"postcode": "9999XX"}]
)
def test_one_difference_is_another_child(client: TestClient, example: Body, change: Body) -> None:
    """Name, birth date and area must all be the same."""
    client.post("/v1/kinderen", json=example)
    assert doubles(client.post("/v1/kinderen", json=other(example, "AM-9", **change))) == []


def test_an_earlier_registration_of_the_same_child_is_told(
    client: TestClient, example: Body
) -> None:
    """Found by the BSN; with another name that is a question first; no answer holds the number."""
    first = client.post("/v1/kinderen", json=example).headers["Location"]
    client.post(f"{first}/_intrekken", json={"reden": "anders"}, headers={"If-Match": '"1"'})
    again = other(example, "AM-9", bsn=example["bsn"])
    unlike = client.post("/v1/kinderen", json=again | {"voornaam": "Anders"})
    assert unlike.status_code == 409 and example["bsn"] not in unlike.text
    answer = client.post("/v1/kinderen", json=again)
    assert doubles(answer) == [(example["aanmeldnummer"], "zelfde kind")]
    assert example["bsn"] not in answer.text


def test_a_draft_shows_who_may_be_the_same_before_it_is_handed_in(
    client: TestClient, example: Body
) -> None:
    """By BSN while nothing else is known."""
    client.post("/v1/kinderen", json=example)
    made = client.post("/v1/concepten", json={"bsn": example["bsn"]}).headers["Location"]
    assert doubles(client.get(made)) == [(example["aanmeldnummer"], "bsn")]


def test_a_referrer_is_not_shown_another_organisations_child(
    client: TestClient, example: Body
) -> None:
    """That a child is known elsewhere is not told to who may not see it; its own double is."""
    own = signed_in("verwijzer", "gi-a")
    client.post("/v1/kinderen", json=example, headers=signed_in("verwijzer", "gi-b"))
    mine = client.post("/v1/kinderen", json=other(example, "AM-8"), headers=own)
    assert doubles(mine) == []
    assert doubles(client.post("/v1/kinderen", json=other(example, "AM-9"), headers=own)) == [
        ("AM-8", SAME)
    ]
    seen = client.get(f"{mine.headers['Location']}/mogelijk-dubbel")
    assert {number for number, _ in doubles(seen)} == {example["aanmeldnummer"], "AM-9"}


@pytest.mark.parametrize(
    ("told", "ground"),
    [
        (("bsn",), "bsn"),
        (("voornaam", "geboortedatum", "postcode"), SAME),
        (("voornaam", "geboortedatum"), None),
        (("geboortedatum", "postcode"), None),
    ],
)
def test_drafts_show_each_other_and_a_registration_shows_them(
    client: TestClient, example: Body, told: tuple[str, ...], ground: str | None
) -> None:
    """By what each tells; a draft is not its own double, nor one that was withdrawn anybody's."""
    grounds = [(None, ground)] if ground else []
    draft = {name: example[name] for name in told}
    first, second = (client.post("/v1/concepten", json=draft).headers["Location"] for _ in range(2))
    shown = client.get(second)
    assert doubles(shown) == grounds
    third = client.post("/v1/concepten", json=draft)
    assert doubles(third) == grounds * 2
    third_at, etag = third.headers["Location"], {"If-Match": third.headers["ETag"]}
    assert client.post(f"{third_at}/_intrekken", json={"reden": "x"}, headers=etag).is_success
    assert [one["id"] for one in shown.json()["mogelijkDubbel"]] == [first[-36:]] * len(grounds)
    made = client.post("/v1/kinderen", json=example)
    assert doubles(made) == grounds * 2
    assert not any(example[name] in made.text for name in ("bsn", "voornaam"))
    etag = {"If-Match": client.get(first).headers["ETag"]}
    gone = client.post(f"{first}/_intrekken", json={"reden": "Dubbel."}, headers=etag)
    assert gone.is_success, gone.text
    assert doubles(client.get(f"{made.headers['Location']}/mogelijk-dubbel")) == grounds


@pytest.mark.parametrize("name", ["sám", " SAM", "Sa\u0301m"])
def test_a_name_is_the_same_with_an_accent_or_without(
    client: TestClient, example: Body, name: str
) -> None:
    """Among registrations and among drafts."""
    told = {name: example[name] for name in ("voornaam", "geboortedatum", "postcode")}
    assert client.post("/v1/kinderen", json=example | {"voornaam": "Sam"}).is_success
    assert client.post("/v1/concepten", json=told | {"voornaam": "Sam"}).is_success
    made = client.post("/v1/concepten", json=told | {"voornaam": name})
    assert doubles(made) == [(example["aanmeldnummer"], SAME), (None, SAME)]


def test_a_name_of_before_accents_were_folded_is_found(
    client: TestClient, example: Body, session: Session, settings: Settings
) -> None:
    """By its own spelling; by the other one once its row is written again."""
    client.post("/v1/kinderen", json=example | {"voornaam": "Zoë"})
    ring = ring_of(settings)
    old = digest_under(ring, ring.writes, NAME_USE, "zoë")
    session.execute(update(Child).values(name_digest=old))
    session.commit()
    made = client.post("/v1/kinderen", json=other(example, "AM-9", voornaam="Zoë"))
    assert doubles(made) == [(example["aanmeldnummer"], SAME)]


def test_a_draft_is_searched_for_as_a_registration_is(client: TestClient, example: Body) -> None:
    """By BSN or number, with its own address; that of another referrer is not there."""
    asked = {"bsn": example["bsn"]}
    theirs = signed_in("verwijzer", "gi-b")
    made = client.post("/v1/concepten", json={**asked, "aanmeldnummer": "AM-7"}, headers=theirs)
    found = {"ids": [], "concepten": [made.json()["id"]]}
    for wish in (asked, {"aanmeldnummer": "AM-7"}):
        assert client.post("/v1/kinderen/_zoek", json=wish).json() == found
    assert client.post("/v1/kinderen/_zoek", json={"aanmeldnummer": "AM-8"}).json() == {
        "ids": [], "concepten": [],
    }  # fmt: skip


def test_a_referrer_is_not_shown_a_draft_of_another(client: TestClient, example: Body) -> None:
    """Its own it is; a BSN that it typed tells nothing of the drafts of others either."""
    own, theirs = signed_in("verwijzer", "gi-a"), signed_in("verwijzer", "gi-b")
    draft = {name: example[name] for name in ("bsn", "voornaam", "geboortedatum", "postcode")}
    assert client.post("/v1/concepten", json=draft, headers=theirs).is_success
    mine = client.post("/v1/concepten", json=draft, headers=own)
    assert doubles(client.get(mine.headers["Location"], headers=own)) == []
    made = client.post("/v1/kinderen", json=example, headers=own)
    assert [one["id"] for one in made.json()["mogelijkDubbel"]] == [mine.headers["Location"][-36:]]


def test_a_draft_that_cannot_be_read_keeps_nobody_from_registering(
    client: TestClient, example: Body, session: Session
) -> None:
    """Sealed for another row: it is passed over, and the readable one is found."""
    draft = {"bsn": example["bsn"]}
    for _ in range(2):
        assert client.post("/v1/concepten", json=draft).is_success
    broken, whole = session.scalars(select(Draft).order_by(Draft.id)).all()
    broken.sealed = whole.sealed
    session.commit()
    made = client.post("/v1/kinderen", json=example)
    assert made.status_code == 201, made.text
    assert doubles(made) == [(None, "bsn")]
