"""How placements end: the label by the rule, the bed free, what follows, and who judges."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.endings import EndLabel
from app.models import (
    EndingJudgement,
    Event,
    Occupation,
    Placement,
    PlacementEnding,
    Registration,
    RegistrationState,
)
from app.outcomes.queries import outcome_rows
from tests.placements.living import (
    BEGAN,
    COORDINATOR,
    MATCHER,
    OTHER,
    TODAY,
    act,
    ended,
    live_in,
    open_placements,
)
from tests.rows import make_family, make_placement
from tests.told import kinds_in


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


@pytest.fixture
def placement(session: Session) -> Placement:
    return live_in(session, make_family(session, reference="SPI-1"))


def test_an_end_frees_the_bed_and_is_told_without_anybody_in_it(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """The day, the label of the rule, the bed, and an event with ids and numbers alone."""
    answer = act(client, placement, "_beeindig", ended("33"))
    assert answer.status_code == 200, answer.text
    shown = answer.json()["plaatsing"]
    assert (shown["stand"], shown["tot"]) == ("geeindigd", TODAY.isoformat())
    assert shown["einde"]["uitkomst"] == shown["uitkomst"] == "voortijdig afgebroken"
    session.expire_all()
    assert session.scalars(select(Occupation)).one().released_at is not None
    event = session.scalars(select(Event)).one()
    assert event.kind == "plaatsing.beeindigd"
    assert event.data == {
        "kind": str(placement.registration_id), "plaatsing": str(placement.id),
        "aanbieder": "spirit", "gezin": "SPI-1",
    }  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        ("31", "thuis", "volgens plan", "gesloten"),
        ("32", "thuis", "voortijdig afgebroken", "gesloten"),
        ("34", "thuis", "te beoordelen", "gesloten"),
        ("36", "ander pleeggezin", "te beoordelen", "geplaatst"),
        ("37", "blijft in dit gezin", "geen uitkomst", "gesloten"),
        ("33", "leefhuis", "voortijdig afgebroken", "geplaatst"),
        ("02", "onbekend", "geen uitkomst", "gesloten"),
    ],
)
def test_what_becomes_of_the_registration_is_said(
    client: TestClient, session: Session, placement: Placement, case: tuple[str, str, str, str]
) -> None:
    """Who has a place of its own is closed; for any other a person goes on, and is told where."""
    code, went_to, label, state = case
    answer = act(client, placement, "_beeindig", ended(code, went_to)).json()
    assert answer["plaatsing"]["uitkomst"] == label
    assert answer["aanmelding"]["stand"] == state
    assert (answer["aanmelding"]["adres"] is None) is (state == "gesloten")
    session.expire_all()
    stored = session.get_one(Registration, placement.registration_id)
    assert stored.state is RegistrationState(state)
    closed = ["aanmelding.gesloten"] if state == "gesloten" else []
    assert kinds_in(session) == ["plaatsing.beeindigd", *closed]


@pytest.mark.parametrize(
    "case",
    [
        (ended("31", "thuis") | {"dag": (TODAY + timedelta(days=1)).isoformat()}, "dag"),
        (ended("31", "thuis") | {"dag": (BEGAN - timedelta(days=1)).isoformat()}, "dag"),
        (ended("31", "thuis") | {"dag": None}, "dag"),
        (ended("02", "thuis"), "vervolgplek"),
        (ended("33", "blijft in dit gezin"), "vervolgplek"),
        (ended("99"), "code"),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    client: TestClient, session: Session, placement: Placement, case: tuple[dict[str, str], str]
) -> None:
    """With the field that is wrong; nothing is stored."""
    body, field = case
    answer = act(client, placement, "_beeindig", body)
    assert answer.status_code == 400 and field in answer.json()["detail"]
    assert session.scalars(select(PlacementEnding)).first() is None


def test_an_end_is_recorded_once(client: TestClient, placement: Placement) -> None:
    """The second one is refused; sent again with its key it gets the first answer."""
    key = {"Idempotency-Key": "einde-1"}
    first = act(client, placement, "_beeindig", ended("31", "thuis"), headers=key)
    again = act(client, placement, "_beeindig", ended("31", "thuis"), headers=key)
    assert first.json() == again.json() and again.headers["Idempotent-Replayed"] == "true"
    assert act(client, placement, "_beeindig", ended("33")).status_code == 409


def test_a_crisis_bed_keeps_its_own_road(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """No act here ends, moves or changes it."""
    placement.is_bridging = True
    session.flush()
    for what in ("_beeindig", "vorm/_wijzig"):
        body = ended("31", "thuis") if what == "_beeindig" else {
            "vorm": "hulpverlening", "dag": TODAY.isoformat(), "reden": "x"
        }  # fmt: skip
        answer = act(client, placement, what, body)
        assert answer.status_code == 409 and "crisisbed" in answer.json()["detail"]


def test_an_end_that_nobody_described_is_a_gap_and_can_be_filled(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """Its last day stands already; the end is told without one, or with the same."""
    placement.until = TODAY - timedelta(days=3)
    session.flush()
    shown = client.get("/v1/plaatsingen", params={"aandacht": True}).json()["plaatsingen"]
    assert shown[0]["aandacht"] == ["einde nog te beschrijven"]
    assert act(client, placement, "_beeindig", ended("31", "thuis")).status_code == 400
    told = {"code": "31", "vervolgplek": "thuis"}
    assert act(client, placement, "_beeindig", told).status_code == 200
    shown = client.get(f"/v1/plaatsingen/{placement.id}").json()
    assert (shown["tot"], shown["aandacht"]) == ((TODAY - timedelta(days=3)).isoformat(), [])


def test_a_doubtful_end_waits_for_a_person_and_may_be_judged_again(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """It stands in the list with what to judge; the old judgement stays."""
    act(client, placement, "_beeindig", ended("34", "thuis"))
    waiting = client.get("/v1/uitkomsten-te-beoordelen").json()["uitkomsten"]
    assert waiting[0]["plaatsing"]["id"] == str(placement.id)
    assert "vroege terugkeer" in waiting[0]["einde"]["teBeoordelen"]
    assert any("afbreukverslag" in sentence for sentence in waiting[0]["bekend"])
    for label in ("volgens plan", "voortijdig afgebroken"):
        judged = act(
            client, placement, "_beoordeel", {"uitkomst": label, "reden": f"Reden {label}."}
        )
        assert judged.status_code == 200, judged.text
        assert judged.json()["uitkomst"] == label
    assert [row["uitkomst"] for row in judged.json()["einde"]["beoordelingen"]] == [
        "voortijdig afgebroken", "volgens plan",
    ]  # fmt: skip
    assert client.get("/v1/uitkomsten-te-beoordelen").json()["uitkomsten"] == []
    session.expire_all()
    ending = session.scalars(select(PlacementEnding)).one()
    assert (ending.label, ending.judged_by) == ("voortijdig afgebroken", "api")
    assert len(session.scalars(select(EndingJudgement)).all()) == 2


def test_a_clear_code_and_an_end_without_code_are_not_judged(
    client: TestClient, placement: Placement
) -> None:
    """The rule has the word where the code is clear."""
    body = {"uitkomst": "volgens plan", "reden": "Zo voelt het."}
    assert act(client, placement, "_beoordeel", body).status_code == 409
    act(client, placement, "_beeindig", ended("33"))
    assert act(client, placement, "_beoordeel", body).status_code == 409


def test_a_judgement_is_no_empty_one(client: TestClient, placement: Placement) -> None:
    """'te beoordelen' is refused, and so is a judgement without a reason."""
    act(client, placement, "_beeindig", ended("34", "thuis"))
    for body in ({"uitkomst": "te beoordelen", "reden": "x"}, {"uitkomst": "volgens plan"}):
        assert act(client, placement, "_beoordeel", body).status_code == 400


def test_the_provider_reports_an_end_and_does_not_judge_it(
    client: TestClient, placement: Placement
) -> None:
    """Of its own family alone; another provider does not know of the placement."""
    assert act(client, placement, "_beeindig", ended("35"), headers=OTHER).status_code == 404
    told = act(client, placement, "_beeindig", ended("35"), headers=MATCHER)
    assert told.status_code == 200, told.text
    body = {"uitkomst": "volgens plan", "reden": "Wij vinden van wel."}
    assert act(client, placement, "_beoordeel", body, headers=MATCHER).status_code == 403
    assert act(client, placement, "_beoordeel", body, headers=COORDINATOR).status_code == 200


def test_a_wrong_clear_code_is_put_right_and_what_was_said_stays(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """The label follows the new code; who corrected it, why and what stood there can be read."""
    act(client, placement, "_beeindig", ended("33", "thuis"))
    told = {"code": "31", "vervolgplek": "thuis", "reden": "De code was verwisseld."}
    answer = act(client, placement, "einde/_verbeter", told)
    assert answer.status_code == 200, answer.text
    shown = answer.json()["plaatsing"]
    assert (shown["einde"]["code"], shown["uitkomst"]) == ("31", "volgens plan")
    last = shown["wijzigingen"][-1]
    assert (last["handeling"], last["reden"]) == ("einde verbeterd", "De code was verwisseld.")
    assert last["velden"] == [
        {"veld": "code", "was": "33", "werd": "31"},
        {"veld": "uitkomst", "was": "voortijdig afgebroken", "werd": "volgens plan"},
    ]


def test_the_figures_follow_a_corrected_end(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """What outcomes are learnt from reads the label as it is now."""
    act(client, placement, "_beeindig", ended("31", "leefhuis"))
    assert [row.label for row in outcome_rows(session)] == [EndLabel.PLANNED]
    told = {"code": "32", "vervolgplek": "leefhuis", "reden": "Het kind liep weg; de code klopt."}
    assert act(client, placement, "einde/_verbeter", told).status_code == 200
    session.expire_all()
    assert [row.label for row in outcome_rows(session)] == [EndLabel.BROKEN]


def test_a_judgement_lapses_with_the_end_that_it_was_about(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """It stays readable; a code that is still doubtful waits for a person again."""
    act(client, placement, "_beeindig", ended("34", "thuis"))
    judged = {"uitkomst": "volgens plan", "reden": "Naar huis was het doel."}
    assert act(client, placement, "_beoordeel", judged).status_code == 200
    told = {"code": "35", "vervolgplek": "thuis", "reden": "Het gezin verhuisde."}
    shown = act(client, placement, "einde/_verbeter", told).json()["plaatsing"]
    assert shown["uitkomst"] == "te beoordelen"
    assert [one["reden"] for one in shown["einde"]["beoordelingen"]] == ["Naar huis was het doel."]


@pytest.mark.parametrize(
    "case",
    [
        ({"code": "33", "vervolgplek": "leefhuis"}, "code", 400),
        ({"code": "33", "vervolgplek": "blijft in dit gezin"}, "vervolgplek", 400),
        ({"code": "31", "vervolgplek": "thuis", "reden": ""}, "reden", 400),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    client: TestClient, placement: Placement, case: tuple[dict[str, str], str, int]
) -> None:
    """One that changes nothing, one that cannot be so, and one without a reason."""
    act(client, placement, "_beeindig", ended("33", "leefhuis"))
    body, field, status = case
    answer = act(client, placement, "einde/_verbeter", {"reden": "Verkeerde code."} | body)
    assert answer.status_code == status and field in answer.json()["detail"]


def test_an_end_is_corrected_by_a_coordinator_and_only_when_there_is_one(
    client: TestClient, placement: Placement
) -> None:
    """Not by the provider that may end it; and not while the child lives there."""
    told = {"code": "31", "vervolgplek": "thuis", "reden": "De code was verwisseld."}
    assert act(client, placement, "einde/_verbeter", told).status_code == 409
    act(client, placement, "_beeindig", ended("33", "leefhuis"))
    assert act(client, placement, "einde/_verbeter", told, headers=MATCHER).status_code == 403


def test_a_move_that_stands_in_the_row_is_not_corrected_away(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """Why it ended may be; that the child went to another family is known."""
    following = make_placement(
        session, registration_id=placement.registration_id,
        family_id=make_family(session, reference="SPI-2").id, since=TODAY,
        follows_id=placement.id, until=TODAY,
    )  # fmt: skip
    act(client, placement, "_beeindig", ended("33"))
    told = {"code": "31", "vervolgplek": "thuis", "reden": "De code was verwisseld."}
    assert act(client, placement, "einde/_verbeter", told).status_code == 400
    right = act(client, placement, "einde/_verbeter", told | {"vervolgplek": "ander pleeggezin"})
    assert right.status_code == 200, right.text
    assert [link["id"] for link in right.json()["plaatsing"]["keten"]] == [
        str(placement.id), str(following.id)
    ]  # fmt: skip
