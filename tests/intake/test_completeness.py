"""What is missing, what that stops, and why it matters."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.intake.completeness import Need, missing_in_draft, missing_in_registration
from app.intake.file_routes import router as files
from app.intake.routes import router
from app.intake.schemas import Big5, RegistrationIn, Severities
from app.intake.waiting_routes import router as waiting
from app.intake.why_asked import ASKED, BIG5, PARTS
from app.kernel.clock import today_in_amsterdam
from app.ladder.routes import router as ladder
from app.models import Child, Registration
from tests.doors import open_door, signed_in
from tests.rows import make_registration

Body = dict[str, Any]
TODAY = date(2026, 11, 28)
# A registration of which everything is known.
WHOLE: Body = {
    "verblijftNu": "groep", "moetWegOp": date(2027, 1, 1), "geboortedatum": date(2018, 1, 1),
    "school": "1011", "netwerkonderzoekGedaan": True, "juridischKader": "OTS",
    "machtiging": "2026-11-01",
    "talen": ["Nederlands"], "sdqTotaal": 0, "bsnBekend": True, "stemVanHetKind": "Ik wil.",
    "big5": dict.fromkeys(BIG5, "ja"),
    "preventie": {"netwerkonderzoekUitkomst": "niemand gevonden"},
}  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files)


def test_every_field_that_is_asked_says_why() -> None:
    """Who adds a field to the registration tells why; no sentence is left of one that went."""
    names = {f.alias or key for key, f in RegistrationIn.model_fields.items() if f.is_required()}
    assert names == ASKED.keys()
    for whole, model in (("problematiek", Severities), ("big5", Big5)):
        assert {f.alias for f in model.model_fields.values()} == set(PARTS[whole][0])


def test_nothing_is_missing_where_all_is_told() -> None:
    """A whole registration has no gap."""
    assert missing_in_registration(WHOLE, TODAY) == []


@pytest.mark.parametrize(
    ("change", "field", "need"),
    [
        ({"moetWegOp": None}, "moetWegOp", Need.SEARCH),
        ({"moetWegOp": date(2019, 1, 1)}, "moetWegOp", Need.RANKING),
        ({"moetWegOp": TODAY - timedelta(days=1)}, "moetWegOp", Need.RANKING),
        ({"school": None}, "school", Need.RANKING),
        ({"talen": []}, "talen", Need.RANKING),
        ({"sdqTotaal": None}, "sdqTotaal", Need.RANKING),
        (
            {
                "netwerkonderzoekGedaan": False,
                "preventie": {"netwerkonderzoekOvergeslagen": "spoed"},
            },
            "netwerkonderzoekGedaan",
            Need.RANKING,
        ),
        ({"preventie": None}, "preventie.netwerkonderzoekUitkomst", Need.JUDGEMENT),
        (
            {"netwerkonderzoekGedaan": False, "netwerkgezin": "SPI-1", "preventie": None},
            "preventie.netwerkonderzoekOvergeslagen",
            Need.JUDGEMENT,
        ),
        ({"geboortedatum": date(2012, 1, 1)}, "jim", Need.JUDGEMENT),
        ({"broersZussen": {"wens": "apart"}}, "broersZussen.apartOmdat", Need.PLACEMENT),
        (
            {"broersZussen": {"wens": "apart", "apartOmdat": "ruzie"}, "vorm": "crisis"},
            "broersZussen.herenigenVoor",
            Need.PLACEMENT,
        ),
        ({"bsnBekend": False}, "bsn", Need.PLACEMENT),
        ({"machtiging": None}, "machtiging", Need.PLACEMENT),
        ({"stemVanHetKind": ""}, "stemVanHetKind", Need.JUDGEMENT),
        ({"big5": WHOLE["big5"] | {"wonen": "onbekend"}}, "big5", Need.JUDGEMENT),
    ],
)
def test_one_gap_is_named_with_what_it_stops(change: Body, field: str, need: Need) -> None:
    """Exactly that field, and a sentence why."""
    (found,) = missing_in_registration(WHOLE | change, TODAY)
    assert (found.field, found.need) == (field, need)
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    "change",
    [
        {"verblijftNu": "thuis", "moetWegOp": None},
        {"moetWegOp": None, "eindeOnbekendOmdat": "Het gezin zegt het morgen."},
        {"moetWegOp": TODAY},
        {"geboortedatum": TODAY - timedelta(days=365), "school": None},
        {"juridischKader": "vrijwillig", "machtiging": None},
        {
            "netwerkonderzoekGedaan": False,
            "netwerkgezin": "SPI-1",
            "preventie": {"netwerkonderzoekOvergeslagen": "het gezin was er al"},
        },
        {"geboortedatum": date(2012, 1, 1), "jim": "oom"},
        {
            "geboortedatum": date(2012, 1, 1),
            "preventie": WHOLE["preventie"] | {"jimOvergeslagen": "wil niet"},
        },
        {
            "big5": dict.fromkeys(BIG5, "onbekend"),
            "preventie": WHOLE["preventie"] | {"big5Overgeslagen": "crisis"},
        },
        {"broersZussen": {"wens": "samen"}, "vorm": "crisis"},
    ],
)
def test_what_need_not_be_there_is_no_gap(change: Body) -> None:
    """At home nothing ends, a baby has no school, voluntary care no order, a network is found."""
    assert missing_in_registration(WHOLE | change, TODAY) == []


def test_an_empty_draft_misses_all_that_is_asked() -> None:
    """Each asked field once, what stops the search first."""
    found = missing_in_draft({"bsnBekend": False}, TODAY)
    names = [one.field for one in found]
    assert len(names) == len(set(names))
    assert set(names) >= ASKED.keys() - {"big5"}
    assert [one.need for one in found] == sorted((one.need for one in found), key=list(Need).index)


def test_a_part_of_a_part_can_be_missing() -> None:
    """One severity that is not filled in is named by its place."""
    told = WHOLE | {"problematiek": dict.fromkeys(PARTS["problematiek"][0], 0) | {"lvb": None}}
    assert "problematiek.lvb" in [one.field for one in missing_in_draft(told, TODAY)]


def test_a_registration_tells_what_it_misses(
    client: TestClient, session: Session, example: Body
) -> None:
    """The door names the field and why; the list counts the same; the law stands apart."""
    body = example | {"sdqTotaal": None}
    where = client.post("/v1/kinderen", json=body).headers["Location"]
    session.scalars(select(Registration)).one().leave_by = None  # as a file may leave it
    session.commit()
    told = client.get(f"{where}/volledigheid").json()
    needs = {one["veld"]: one["nodigVoor"] for one in told["ontbreekt"]}
    assert needs["moetWegOp"] == "zoeken"
    assert needs["sdqTotaal"] == "rangorde"
    assert told["houdtZoekenTegen"] is True
    assert any("gezag" in sentence for sentence in told["juridischKader"])
    (line,) = client.get("/v1/kinderen").json()["kinderen"]
    assert line["ontbreekt"] == len(told["ontbreekt"])
    full = body | {"moetWegOp": today_in_amsterdam().isoformat(), "sdqTotaal": 3}
    etag = client.get(where).headers["ETag"]
    client.put(where, json=full, headers={"If-Match": etag})
    after = client.get(f"{where}/volledigheid").json()
    assert after["houdtZoekenTegen"] is False
    assert len(after["ontbreekt"]) == len(told["ontbreekt"]) - 2


def test_who_may_not_read_a_bsn_is_not_told_that_it_is_missing(
    client: TestClient, example: Body
) -> None:
    """A coordinator does not see the number, but knows that it is there."""
    where = client.post("/v1/kinderen", json=example).headers["Location"]
    coordinator = signed_in("coordinator")
    assert client.get(where, headers=coordinator).json()["bsnBekend"] is True
    told = client.get(f"{where}/volledigheid", headers=coordinator).json()
    assert "bsn" not in [one["veld"] for one in told["ontbreekt"]]


def test_what_the_file_says_of_the_network_counts(connection: Connection, session: Session) -> None:
    """Who was asked and answered is a search; a JIM case, or who was asked for it, is no gap."""
    client = open_door(connection, router, files, waiting, ladder)
    child = make_registration(session, number="AM-1", network_researched=False, prevention=None)
    session.get_one(Child, child.child_id).born_on = date(2012, 1, 1)
    session.commit()
    path = f"/v1/kinderen/{child.id}"

    def open_fields() -> set[str]:
        told = client.get(f"{path}/volledigheid").json()["ontbreekt"]
        (line,) = client.get("/v1/kinderen").json()["kinderen"]
        (waiting,) = client.get("/v1/wachtlijst").json()["wachtenden"]
        assert line["ontbreekt"] == waiting["ontbreekt"] == len(told)
        return {one["veld"] for one in told}

    def ask(purpose: str, answer: str) -> None:
        told = {"doel": purpose, "relatie": "oom of tante", "uitkomst": answer}
        assert client.post(f"{path}/netwerkvragen", json=told).status_code == 201

    unsought, skipped = "netwerkonderzoekGedaan", "preventie.netwerkonderzoekOvergeslagen"
    assert {unsought, skipped, "jim"} <= open_fields()
    ask("netwerkgezin", "wil nadenken")
    assert open_fields() & {unsought, skipped} == {unsought}
    ask("netwerkgezin", "nee")
    assert open_fields() & {unsought, skipped, "jim"} == {"jim"}
    ask("JIM", "nee")
    assert "jim" not in open_fields()


def test_a_jim_case_is_a_mentor_and_an_answer_an_outcome(
    connection: Connection, session: Session
) -> None:
    """What a registration says was sought needs no outcome that the file tells already."""
    client = open_door(connection, router, files, waiting, ladder)
    child = make_registration(session, number="AM-1", network_researched=True, prevention=None)
    session.get_one(Child, child.child_id).born_on = date(2012, 1, 1)
    session.commit()
    path = f"/v1/kinderen/{child.id}"
    gaps = {"jim", "preventie.netwerkonderzoekUitkomst"}

    def found() -> set[str]:
        told = client.get(f"{path}/volledigheid").json()["ontbreekt"]
        return gaps & {one["veld"] for one in told}

    assert found() == gaps
    assert client.post(f"{path}/jimtrajecten", json={"relatie": "school"}).status_code == 201
    assert found() == {"preventie.netwerkonderzoekUitkomst"}
    told = {"doel": "steun", "relatie": "buren", "uitkomst": "ja"}
    assert client.post(f"{path}/netwerkvragen", json=told).status_code == 201
    assert found() == set()
