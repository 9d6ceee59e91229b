"""Each child of a report gets its own bed and file; the report waits until the last one."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.kernel.words import CareForm, Gender, SiblingWish, Urgency
from app.models import (
    Child,
    CrisisReport,
    Occupation,
    Placement,
    PlacementBasis,
    Registration,
    SiblingGroup,
)
from app.placements.routes import router as placements
from tests.crisis.test_followed import in_use
from tests.crisis.test_routes import KIN, MELDINGEN, TODAY, ask, call, make_home
from tests.doors import STAFF, open_door, signed_in
from tests.steps.settled import make_registration


@pytest.fixture
def client(connection: Connection) -> Iterator[TestClient]:
    made = open_door(connection, router, placements)
    made.headers.update(signed_in("crisisdienst"))
    yield made


def born(years: int) -> date:
    """A birthday that passed a hundred days ago."""
    return (TODAY - timedelta(days=100)).replace(year=(TODAY - timedelta(days=100)).year - years)


def make_child(
    session: Session, number: str, age: int, gender: Gender, **given: Any
) -> Registration:
    """Insert a registered child of an age."""
    made = make_registration(session, number=number, **given)
    child = session.get_one(Child, made.child_id)
    child.born_on, child.gender = born(age), gender
    session.flush()
    return made


def link(client: TestClient, report: dict[str, Any], child: Registration, **more: Any) -> Any:
    told = {"kind": str(child.id), **more}
    return client.post(f"{MELDINGEN}/{report['id']}/_koppel", json=told)


def release(client: TestClient, report: dict[str, Any], **told: Any) -> Any:
    return client.post(f"{MELDINGEN}/{report['id']}/_vrijgeven", json=told)


@pytest.fixture
def report(client: TestClient, session: Session) -> dict[str, Any]:
    """A girl of nine and her brother of seven, with two beds of one family."""
    make_home(session, "SPI-1", places=2)
    made = ask(client, broersZussen=KIN)
    assert call(client, made, "SPI-1", "ja").status_code == 201
    return made


def test_each_child_is_linked_to_its_own_bed(
    client: TestClient, session: Session, report: dict[str, Any]
) -> None:
    """The brother first; until his sister is there as well the file is awaited, and late."""
    boy = make_child(session, "AM-2", 7, Gender.BOY)
    girl = make_child(session, "AM-1", 9, Gender.GIRL)
    half = link(client, report, boy)
    assert half.status_code == 200, half.text
    told = half.json()
    assert (told["stand"], told["nogTeKoppelen"]) == ("bed gevonden", 1)
    assert ([one["wie"] for one in told["kinderen"]], "anderen" in told["advies"]) == ([1], True)
    session.expire_all()
    session.get_one(CrisisReport, report["id"]).file_due = date(2026, 1, 5)
    session.commit()
    (row,) = client.get(MELDINGEN, params={"stand": "bed gevonden"}).json()["crisismeldingen"]
    assert row["dossierTeLaat"] is True
    whole = link(client, report, girl).json()
    assert (whole["stand"], whole["nogTeKoppelen"], whole["kind"]) == (
        "dossier gekoppeld", 0, str(girl.id),
    )  # fmt: skip
    kept = [(one["wie"], one["kind"], one["plaatsing"]) for one in whole["kinderen"]]
    session.expire_all()
    lives = {row.registration_id: str(row.id) for row in session.scalars(select(Placement))}
    assert kept == [(0, str(girl.id), lives[girl.id]), (1, str(boy.id), lives[boy.id])]
    used = session.scalars(select(Occupation.registration_id)).all()
    assert set(used) == {boy.id, girl.id}
    assert link(client, report, make_child(session, "AM-3", 9, Gender.GIRL)).status_code == 409


def test_who_did_not_come_frees_the_bed_with_a_reason(
    client: TestClient, session: Session, report: dict[str, Any]
) -> None:
    """Then the report is done, and no more beds go than nobody lives in."""
    link(client, report, make_child(session, "AM-1", 9, Gender.GIRL))
    closed = client.post(f"{MELDINGEN}/{report['id']}/_sluiten", json={"reden": "x"})
    assert (closed.status_code, "bedden" in closed.json()["detail"]) == (409, True)
    assert release(client, report, reden="x", bedden=2).status_code == 409
    assert release(client, report, bedden=1).status_code == 400
    freed = release(client, report, reden="De broer sliep bij een vriend.", bedden=1)
    assert (freed.status_code, freed.json()["stand"]) == (200, "dossier gekoppeld")
    assert (freed.json()["redenVrijgegeven"], len(in_use(session))) == (
        "De broer sliep bij een vriend.", 1,
    )  # fmt: skip


def test_one_child_leaves_and_the_other_stays(
    client: TestClient, session: Session, report: dict[str, Any]
) -> None:
    """By its own id; every reason is kept, and at the end no bed is in use."""
    boy = make_child(session, "AM-2", 7, Gender.BOY)
    girl = make_child(session, "AM-1", 9, Gender.GIRL)
    for child in (boy, girl):
        assert link(client, report, child).status_code == 200
    both = release(client, report, reden="x", kind=str(boy.id), bedden=1)
    assert (both.status_code, both.json()["velden"]) == (400, ["bedden"])
    assert release(client, report, reden="Naar vader.", kind=str(boy.id)).status_code == 200
    assert release(client, report, reden="Nog eens.", kind=str(boy.id)).status_code == 409
    session.expire_all()
    until = {row.registration_id: row.until for row in session.scalars(select(Placement))}
    assert (until, len(in_use(session))) == ({boy.id: TODAY, girl.id: None}, 1)
    last = release(client, report, reden="Naar huis.").json()
    assert (last["stand"], last["redenVrijgegeven"], in_use(session)) == (
        "dossier gekoppeld", "Naar vader.; Naar huis.", [],
    )  # fmt: skip


def test_fewer_before_any_file_leaves_the_rest_locked(
    client: TestClient, session: Session, report: dict[str, Any]
) -> None:
    """The report still waits for the child that came."""
    freed = release(client, report, reden="De broer bleef thuis.", bedden=1).json()
    assert (freed["stand"], freed["nogTeKoppelen"]) == ("bed gevonden", 1)
    assert len(in_use(session)) == 1


def test_the_beds_are_free_when_the_placements_end(
    client: TestClient, session: Session, report: dict[str, Any]
) -> None:
    """Of registrations for crisis care, at the placements themselves, each its own bed."""
    crisis = {"care_form": CareForm.CRISIS, "urgency": Urgency.CRISIS}
    why = {"redenGeenVervolg": "Kan maandag naar oma."}
    for number, age, gender in (("AM-1", 9, Gender.GIRL), ("AM-2", 7, Gender.BOY)):
        made = make_child(session, number, age, gender, **crisis)
        assert link(client, report, made, **why).status_code == 200
    staff = {"Authorization": f"Bearer {STAFF}"}
    lines = client.get("/v1/plaatsingen", headers=staff).json()["plaatsingen"]
    for left, line in enumerate(lines, start=1):
        told = {"dag": TODAY.isoformat(), "code": "31", "vervolgplek": "thuis"}
        ended = client.post(f"/v1/plaatsingen/{line['id']}/_beeindig", json=told, headers=staff)
        assert ended.status_code == 200, ended.text
        assert len(in_use(session)) == 2 - left


def test_brothers_and_sisters_in_one_family_are_together(
    client: TestClient, session: Session, report: dict[str, Any]
) -> None:
    """Also while only the first is linked; not any more when the other did not come after all."""
    group = SiblingGroup(code="G-1", wish=SiblingWish.TOGETHER)
    session.add(group)
    session.flush()
    girl = make_child(
        session, "AM-1", 9, Gender.GIRL, care_form=CareForm.CRISIS, sibling_group_id=group.id,
        sibling_wish=SiblingWish.TOGETHER,
    )  # fmt: skip
    assert link(client, report, girl, redenGeenVervolg="Naar oma.").status_code == 200
    session.expire_all()
    assert session.scalars(select(Placement.together)).all() == [True]
    assert session.scalars(select(PlacementBasis)).one().facts["samen_geplaatst"] == "ja"
    release(client, report, reden="De broer bleef thuis.", bedden=1)
    session.expire_all()
    assert session.scalars(select(Placement.together)).all() == [False]
    assert session.scalars(select(PlacementBasis)).one().facts["samen_geplaatst"] == "nee"


def test_the_day_on_which_they_are_together_again_goes_along(
    client: TestClient, session: Session
) -> None:
    """From the report to the registration, where placements look for it."""
    make_home(session, "SPI-1", places=1)
    parted, soon = ask(client, broersZussen=KIN), TODAY + timedelta(days=20)
    call(client, parted, "SPI-1", "ja", herenigenVoor=soon.isoformat())
    group = SiblingGroup(code="G-1", wish=SiblingWish.TOGETHER)
    session.add(group)
    session.flush()
    girl = make_child(
        session, "AM-1", 9, Gender.GIRL, care_form=CareForm.CRISIS, sibling_group_id=group.id,
        sibling_wish=SiblingWish.TOGETHER,
    )  # fmt: skip
    linked = link(client, parted, girl, redenGeenVervolg="Naar oma.")
    assert linked.json()["stand"] == "dossier gekoppeld"
    session.expire_all()
    assert session.get_one(Registration, girl.id).reunite_by == soon
    session.execute(update(Registration).values(reunite_by=None))
    staff = {"Authorization": f"Bearer {STAFF}"}
    (line,) = client.get("/v1/plaatsingen", headers=staff).json()["plaatsingen"]
    assert "hereniging niet gepland" in line["aandacht"]
