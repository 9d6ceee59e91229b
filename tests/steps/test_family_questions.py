"""What a provider sees of a child: exactly what the access file opens, phase by phase."""

import json
import tomllib
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.phases import Phase
from app.kernel.words import Problem, SiblingWish
from app.matching.explain.reasons import PAIR_COLUMNS
from app.matching.risk.factors import FACTORS
from app.models import (
    BegunPair,
    Child,
    Placement,
    Proposal,
    Registration,
    RegistrationProblem,
    SiblingGroup,
)
from app.security.access import ACCESS_FILE, load_access
from app.steps.provider_views import FIELDS
from app.steps.schemas_provider import FamilyQuestion, QuestionLine
from tests.proposals.running import run_here
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import COORDINATOR, MATCHER, OTHER, PHASES, Walk, begin, open_steps

BSN = "999530410"
BIG5 = ("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn")
VOICE = f"Ik ben Noor, ik mis Sam. Mijn nummer is {BSN}, thuis is 1012 AB."


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_steps(connection)


@pytest.fixture
def child(session: Session) -> Registration:
    """Noor, with a brother Sam, a school, allergies, problems and a run that weighed the family."""
    make_family(session, reference="SPI-1")
    group = SiblingGroup(code="BZ-1", wish=SiblingWish.TOGETHER_UNLESS)
    session.add(group)
    session.flush()
    kin = {"sibling_group_id": group.id, "sibling_wish": SiblingWish.TOGETHER_UNLESS}
    brother = make_registration(session, number="AM-2", **kin)
    session.get_one(Child, brother.child_id).first_name = "Sam"
    noor = make_registration(
        session, number="AM-1", bsn=BSN, child_voice=VOICE, school_postcode="1013CD",
        keep_school=True, allergies=["overig"], faith_wish="Islam", earlier_breakdowns=2,
        big5=dict.fromkeys(BIG5, "ja"),
        **kin,
    )  # fmt: skip
    session.execute(
        update(RegistrationProblem)
        .where(
            RegistrationProblem.registration_id == noor.id,
            RegistrationProblem.problem == Problem.ATTACHMENT,
        )
        .values(severity=2)
    )
    session.commit()
    run_here(session)
    return noor


def listed() -> dict[str, list[str]]:
    """The lists of the file itself, past the code that reads them."""
    phases = tomllib.loads(ACCESS_FILE.read_text("utf-8"))["stappen"]
    return {phase: phases[phase]["velden"] for phase in PHASES}


def risk_figures(session: Session, child: Registration) -> list[str]:
    """Every figure of risk that runs hold of a child, as JSON would write it."""
    found = session.scalars(select(Proposal).where(Proposal.registration_id == child.id)).all()
    assert found
    figures = [x for p in found for x in (p.chance, p.chance_low, p.chance_high)]
    figures += [reason["bijdrage"] for p in found for reason in p.reasons if reason["bijdrage"]]
    return [json.dumps(figure) for figure in figures]


def test_each_phase_shows_exactly_the_listed_fields(
    client: TestClient, session: Session, child: Registration
) -> None:
    """All phases walked: the fields of the file, no more; what must not be there is nowhere."""
    walk, opened = begin(client, child), set()
    figures = risk_figures(session, child)
    for phase, added in listed().items():
        answer = walk.walk_to(phase).question()
        assert answer.status_code == 200, answer.text
        opened |= set(added)
        assert set(answer.json()) == opened, phase
        text = answer.text
        at = PHASES.index(Phase(phase))
        assert ("Noor" in text) == (at >= PHASES.index(Phase.ACQUAINTANCE))
        assert (BSN in text) == (phase == "plaatsing")
        assert ("1013CD" in text) == (at >= PHASES.index(Phase.ACQUAINTANCE))
        assert ("overig" in text) == (at >= PHASES.index(Phase.ACQUAINTANCE))
        assert not any(word in text for word in ("1012AB", "1012 AB", "2020-05-01", "bijdrage"))
        assert not any(word in text for word in ("breakdown", "Kans", "kans", "%"))
        assert not any(figure in text for figure in figures)
    assert opened == set(FIELDS)


def test_the_fields_of_file_code_and_contract_are_the_same() -> None:
    """Nothing is listed that is not shown, and nothing can be shown that is not listed."""
    every = [name for names in listed().values() for name in names]
    assert len(every) == len(set(every))
    assert set(every) == set(FIELDS)
    fields = FamilyQuestion.model_fields
    assert set(every) == {field.alias or name for name, field in fields.items()}
    line = {field.alias or name for name, field in QuestionLine.model_fields.items()}
    assert line <= set(listed()["voorgesteld"])


def test_points_of_fit_are_of_the_pair() -> None:
    """The engine knows each code; what a child brings of risk, or a distance, is not among them."""
    codes = load_access().fit_reasons
    of_pair = {FACTORS[column].code for column in PAIR_COLUMNS}
    assert codes - of_pair == {"broers_zussen_samen", "vorm", "verzoek"}
    assert not [code for code in codes if "afstand" in code or "ver_van" in code]


def test_the_profile_has_an_area_and_points_of_fit(client: TestClient, child: Registration) -> None:
    """Age, needs, two digits of the postcode, and sentences without a figure of risk."""
    shown = begin(client, child).question().json()
    assert shown["gebied"] == "Amsterdam (10)"
    assert shown["leeftijd"] == 6
    assert shown["problematiek"]["hechting"] == 2
    assert (shown["broersZussen"], shown["broersZussenWens"]) == (1, "samen, tenzij")
    assert shown["zonderHuisdieren"] is True
    assert shown["passendheid"]
    assert {key for point in shown["passendheid"] for key in point} == {"soort", "zin"}


def test_the_story_is_told_without_names_and_numbers(
    client: TestClient, child: Registration
) -> None:
    """Its voice, its problems in words, its wishes; from the acquaintance on by name."""
    walk = begin(client, child).walk_to("voorgelegd aan pleegouders")
    story = walk.question().json()["verhaal"]
    hidden = "Mijn nummer is [nummer], thuis is [postcode]."
    assert story["stemVanHetKind"] == f"Ik ben [naam], ik mis [naam]. {hidden}"
    assert story["problemen"] == ["Duidelijke problematiek: hechting."]
    assert "Het kind wil op de eigen school blijven." in story["wensen"]
    assert "Geloof: Islam." in story["wensen"]
    shown = walk.walk_to("kennismaking").question().json()
    assert shown["verhaal"]["stemVanHetKind"] == f"Ik ben Noor, ik mis Sam. {hidden}"
    assert shown["voornaam"] == "Noor"
    assert shown["school"] == {"postcode": "1013CD", "behouden": True}
    assert shown["medisch"] == {"ernst": 0, "allergieen": ["overig"], "sdqTotaal": 10}


def test_a_placement_shows_the_bsn_while_it_runs(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The child lives there; when that ends the provider no longer finds it."""
    walk = begin(client, child).walk_to("plaatsing")
    assert walk.question().json()["bsn"] == BSN
    assert walk.question(OTHER).status_code == 404
    session.commit()
    session.execute(update(Placement).values(since=date(2026, 1, 1), until=date(2026, 2, 1)))
    session.commit()
    assert walk.question().status_code == 404


def end_by_answer(walk: Walk) -> None:
    assert walk.answer("nee", afwijsreden="leeftijd").status_code == 200


def end_by_no(walk: Walk) -> None:
    body = {"door": "gezin", "afwijsreden": "leeftijd"}
    assert walk.client.post(f"{walk.at}/_nee", json=body).status_code == 200


def end_without_no(walk: Walk) -> None:
    assert walk.client.post(f"{walk.at}/_beeindigen", json={"reden": "Later."}).status_code == 200


def withdraw(walk: Walk) -> None:
    read = walk.client.get(f"/v1/kinderen/{walk.child}")
    assert read.status_code == 200, read.text
    tag = read.headers["ETag"]
    where = f"/v1/kinderen/{walk.child}/_intrekken"
    done = walk.client.post(where, json={"reden": "thuis gebleven"}, headers={"If-Match": tag})
    assert done.status_code == 200, done.text


@pytest.mark.parametrize("end", [end_by_answer, end_by_no, end_without_no, withdraw])
@pytest.mark.parametrize("phase", ["voorgesteld", "kennismaking"])
def test_a_no_or_an_end_ends_the_access(
    client: TestClient, child: Registration, end: Any, phase: str
) -> None:
    """Reading, answering and the list: as if it had never been there."""
    walk = begin(client, child).walk_to(phase)
    assert walk.question().status_code == 200
    end(walk)
    assert walk.question().status_code == 404
    assert walk.answer("vraag", tekst="Hoe gaat het?").status_code == 404
    assert client.get("/v1/gezinsvragen", headers=MATCHER).json() == {"gezinsvragen": []}


def test_a_hold_that_ran_out_ends_the_access(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Also before somebody looks after it."""
    walk = begin(client, child, sinds="2026-01-01")
    yesterday = today_in_amsterdam() - timedelta(days=1)
    session.execute(update(BegunPair).values(held_until=yesterday))
    session.commit()
    assert walk.question().status_code == 404
    assert client.get("/v1/gezinsvragen", headers=MATCHER).json() == {"gezinsvragen": []}


def test_another_provider_finds_nothing(client: TestClient, child: Registration) -> None:
    """Neither in the list nor by id, and it answers nothing; staff have their own door."""
    walk = begin(client, child)
    assert walk.question(OTHER).status_code == 404
    assert walk.answer(who=OTHER).status_code == 404
    assert client.get("/v1/gezinsvragen", headers=OTHER).json() == {"gezinsvragen": []}
    assert walk.question(COORDINATOR).status_code == 403


def test_the_list_says_what_is_asked_now(
    client: TestClient, session: Session, child: Registration
) -> None:
    """An answer to the proposal, later the yes to the placement, in between nothing; by page."""
    make_family(session, reference="SPI-2")
    first = begin(client, child)
    second = begin(client, make_registration(session, number="AM-3"), "SPI-2")
    first.walk_to("voorgelegd aan ouders en kind")

    def asked(address: str = "/v1/gezinsvragen") -> list[Any]:
        lines = client.get(address, headers=MATCHER).json()["gezinsvragen"]
        return [(line["id"], line["gezin"], line["gevraagd"]) for line in lines]

    proposal = "antwoord op het voorstel"
    assert asked() == [(first.step, "SPI-1", None), (second.step, "SPI-2", proposal)]
    first.walk_to("kennismaking")
    assert asked()[0] == (first.step, "SPI-1", "akkoord voor de plaatsing")
    page = client.get("/v1/gezinsvragen?aantal=1", headers=MATCHER)
    assert len(page.json()["gezinsvragen"]) == 1
    following = page.links["next"]["url"]
    assert asked(following) == [(second.step, "SPI-2", proposal)]
    assert client.get("/v1/gezinsvragen?cursor=x", headers=MATCHER).status_code == 400
