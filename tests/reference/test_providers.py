"""Providers as configuration: added, renamed, merged; an old code goes on to be understood."""

from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from app.families.move_routes import router as moves
from app.families.routes import router as families
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.clock import now
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.models import DutyNumber, Family, ImportBatch, ImportKind, ImportState, Provider
from app.providers import find_provider
from app.reference.merge import Merged, Merger, merge_providers, stop_system
from app.reference.providers import Renaming, add_provider, rename_provider
from app.reference.routes import router
from app.reference.service import ensure_reference
from tests.doors import open_door, signed_in
from tests.families.telling import TOLD
from tests.rows import make_family

DAY = date(2026, 1, 1)
ADMIN = signed_in(ActorRole.ADMINISTRATOR)
MERGER = {"in": "levvel", "per": "2026-01-01", "vgb": "vervalt", "systeem": "blijft"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, families, moves)


@pytest.fixture
def levvel(session: Session) -> Provider:
    return add_provider(session, actor=SYSTEM, code="levvel", name="Levvel")


def merge(session: Session, source: str = "spirit", into: str = "levvel", **other: bool) -> Merged:
    wish = {"clearance_lapses": True, "system_stops": False} | other
    merger = Merger(source=source, into=into, on_day=DAY, **wish)
    return merge_providers(session, actor=SYSTEM, merger=merger)


def test_a_renamed_provider_is_found_by_both_codes(session: Session) -> None:
    """The old code leads to the same provider, and says since when it is old; and back again."""
    wish = Renaming("Youké Jeugdhulp", "youke-jeugdhulp", DAY)
    renamed = rename_provider(session, actor=SYSTEM, code="youke", wish=wish)
    old, new = find_provider(session, "youke"), find_provider(session, "youke-jeugdhulp")
    assert old is not None
    assert new is not None
    assert old.provider is new.provider is renamed
    assert (old.retired_on, new.retired_on) == (DAY, None)
    back = Renaming(None, "youke", DAY)
    assert rename_provider(session, actor=SYSTEM, code="youke", wish=back).code == "youke"


def test_a_code_is_never_given_to_another(session: Session, levvel: Provider) -> None:
    """Neither one in use nor one of before."""
    rename_provider(session, actor=SYSTEM, code="youke", wish=Renaming(None, "jeugdhulp", DAY))
    for code in ("youke", "jeugdhulp", "spirit"):
        with pytest.raises(Conflict):
            add_provider(session, actor=SYSTEM, code=code, name="Ander")
        with pytest.raises(Conflict):
            rename_provider(session, actor=SYSTEM, code="levvel", wish=Renaming(None, code, DAY))


@pytest.mark.parametrize("code", ["Levvel", "9levens", "a", "l evvel", "x" * 41])
def test_a_code_that_fits_no_path(session: Session, code: str) -> None:
    """One clear refusal; the database would refuse it too, less clearly."""
    with pytest.raises(InputRefused, match="code"):
        add_provider(session, actor=SYSTEM, code=code, name="Levvel")


def test_who_has_been_renamed_does_not_come_back_at_the_next_start(session: Session) -> None:
    """The five are inserted in an empty table only: after that they are configuration."""
    rename_provider(session, actor=SYSTEM, code="youke", wish=Renaming(None, "jeugdhulp", DAY))
    ensure_reference(session)
    found = find_provider(session, "youke")
    assert found is not None
    assert found.provider.code == "jeugdhulp"


def test_families_go_along_with_a_merger(session: Session, levvel: Provider) -> None:
    """They are Levvel's, their clearance has lapsed, and Spirit's system still tells of them."""
    spirit = find_provider(session, "spirit")
    assert spirit is not None
    family = make_family(session, reference="SPI-1")
    assert merge(session).families == 1
    session.refresh(family)
    assert family.provider_id == levvel.id
    assert family.source_id == spirit.source.id
    assert (family.clearance_until, family.clearance_lapsed) == (None, date(2030, 1, 1))
    named = find_provider(session, "spirit")
    assert named is not None
    assert (named.provider.code, named.source.code, named.retired_on) == ("levvel", "spirit", DAY)


def test_under_general_title_clearances_stay(session: Session, levvel: Provider) -> None:
    """What the administrator says is what happens; the service does not guess."""
    family = make_family(session, reference="SPI-1")
    assert merge(session, clearance_lapses=False).lapsed == 0
    session.refresh(family)
    assert family.clearance_until == date(2030, 1, 1)


def test_a_lapsed_clearance_told_again_does_not_count(session: Session, levvel: Provider) -> None:
    """The old date comes with every export of the old system; a new one is believed."""
    family = make_family(session, reference="SPI-1")
    merge(session)
    session.refresh(family)
    for told, kept in ((date(2030, 1, 1), None), (date(2031, 6, 1), date(2031, 6, 1))):
        family.clearance_until = told
        session.flush()
        session.refresh(family)
        assert family.clearance_until == kept


def test_mergers_are_followed_to_the_last(session: Session, levvel: Provider) -> None:
    """Who merged into one that merged later is found at the end of the road."""
    merge(session, "youke", "spirit")
    merge(session)
    named = find_provider(session, "youke")
    assert named is not None
    assert named.provider is levvel
    with pytest.raises(Conflict, match="levvel"):
        merge(session, "spirit", "wsp")


def test_a_merger_is_refused_as_a_whole(session: Session, levvel: Provider) -> None:
    """The same number twice, an upload underway, oneself, or nobody: nothing has moved."""
    family = make_family(session, reference="SPI-1")
    twin = make_family(session, reference="SPI-1", provider="levvel")
    with pytest.raises(Conflict, match="SPI-1"):
        merge(session)
    twin.reference = "LEV-1"
    session.add(
        ImportBatch(
            kind=ImportKind.FAMILIES, provider_id=family.provider_id, state=ImportState.RECEIVED,
            file="spirit.csv", sha256="0", actor="x", read=0, added=0, changed=0, unchanged=0,
            refused=0, to_confirm=0,
        )
    )  # fmt: skip
    with pytest.raises(Conflict, match="import"):
        merge(session)
    with pytest.raises(InputRefused):
        merge(session, into="spirit")
    with pytest.raises(NotFound, match="kies uit"):
        merge(session, into="niemand")
    session.refresh(family)
    assert family.provider_id != levvel.id


def test_an_old_system_may_stop_later(session: Session, levvel: Provider) -> None:
    """From then on Levvel's own system tells of the families that Spirit's told of."""
    family = make_family(session, reference="SPI-1")
    with pytest.raises(Conflict):
        stop_system(session, code="spirit")
    merge(session)
    assert stop_system(session, code="spirit") == 1
    session.refresh(family)
    assert family.source_id == levvel.id


def test_an_old_code_in_a_path(client: TestClient, session: Session) -> None:
    """The same family, with since when the code is old and where it now is."""
    client.post("/v1/aanbieders", json={"code": "levvel", "naam": "Levvel"}, headers=ADMIN)
    client.put("/v1/pleeggezinnen/spirit/SPI-1", json=TOLD)
    body = MERGER | {"proef": False}
    merged = client.post("/v1/aanbieders/spirit/_samenvoegen", json=body, headers=ADMIN)
    assert merged.json() == {
        "aanbieder": "spirit", "in": "levvel", "gezinnen": 1, "vervallenVerklaringen": 1,
        "proef": False,
    }  # fmt: skip
    answer = client.get("/v1/pleeggezinnen/spirit/SPI-1")
    assert (answer.status_code, answer.json()["aanbieder"]) == (200, "levvel")
    assert answer.headers["Deprecation"] == "@1767222000"
    link = '</v1/pleeggezinnen/levvel/SPI-1>; rel="successor-version"'
    assert answer.headers["Link"] == link
    assert (answer.json()["vgbGeldigTot"], answer.json()["vgbVervallen"]) == (None, "2028-01-01")
    listed = client.get("/v1/pleeggezinnen?aanbieder=spirit")
    assert [one["nummer"] for one in listed.json()["pleeggezinnen"]] == ["SPI-1"]
    assert "aanbieder=levvel" in listed.headers["Link"]
    now = client.get("/v1/pleeggezinnen/levvel/SPI-1")
    assert "Deprecation" not in now.headers
    moved = client.get("/v1/pleeggezinnen/levvel/SPI-1/overgangen").json()["overgangen"]
    assert [(one["vanAanbieder"], one["samenvoeging"]) for one in moved] == [("spirit", True)]


def test_an_old_code_in_a_token(client: TestClient) -> None:
    """Spirit's system goes on with the token that it has, and writes Levvel's families."""
    client.post("/v1/aanbieders", json={"code": "levvel", "naam": "Levvel"}, headers=ADMIN)
    body = MERGER | {"proef": False}
    client.post("/v1/aanbieders/spirit/_samenvoegen", json=body, headers=ADMIN)
    spirit = signed_in(ActorRole.PROVIDER_SYSTEM, "spirit")
    made = client.put("/v1/pleeggezinnen/spirit/SPI-9", json=TOLD, headers=spirit)
    assert (made.status_code, made.json()["aanbieder"]) == (201, "levvel")


def test_a_trial_changes_nothing(client: TestClient, session: Session) -> None:
    """It says what would happen, and nothing has."""
    client.post("/v1/aanbieders", json={"code": "levvel", "naam": "Levvel"}, headers=ADMIN)
    client.put("/v1/pleeggezinnen/spirit/SPI-1", json=TOLD)
    body = MERGER | {"proef": True}
    answer = client.post("/v1/aanbieders/spirit/_samenvoegen", json=body, headers=ADMIN)
    assert answer.json()["gezinnen"] == 1
    family = client.get("/v1/pleeggezinnen/spirit/SPI-1").json()
    assert (family["aanbieder"], family["vgbGeldigTot"]) == ("spirit", "2028-01-01")


def test_the_history_of_a_provider(client: TestClient) -> None:
    """Each line with what the provider was called from then on; the list names the old codes."""
    client.post("/v1/aanbieders", json={"code": "levvel", "naam": "Levvel"}, headers=ADMIN)
    wish = {"code": "levvel-jeugd", "naam": None, "per": "2026-01-01"}
    client.post("/v1/aanbieders/levvel/_hernoem", json=wish, headers=ADMIN)
    lines = client.get("/v1/aanbieders/levvel/wijzigingen", headers=ADMIN).json()["wijzigingen"]
    told = [(line["soort"], line["code"]) for line in lines]
    assert told == [("toegevoegd", "levvel"), ("hernoemd", "levvel-jeugd")]
    listed = client.get("/v1/aanbieders").json()["aanbieders"]
    (found,) = [one for one in listed if one["code"] == "levvel-jeugd"]
    assert found["eerdereCodes"] == [{"code": "levvel", "tot": "2026-01-01"}]


def test_one_provider_by_any_of_its_codes(client: TestClient) -> None:
    """Where it was made it is read; by an old code too, which then names the new one."""
    body = {"code": "levvel", "naam": "Levvel"}
    made = client.post("/v1/aanbieders", json=body, headers=ADMIN)
    assert client.get(made.headers["Location"]).json() == made.json()
    wish = {"code": "levvel-jeugd", "naam": None, "per": "2026-01-01"}
    client.post("/v1/aanbieders/levvel/_hernoem", json=wish, headers=ADMIN)
    old = client.get("/v1/aanbieders/levvel")
    assert old.json()["code"] == "levvel-jeugd"
    assert old.headers["Link"] == '</v1/aanbieders/levvel-jeugd>; rel="successor-version"'
    assert client.get("/v1/aanbieders/niemand").status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "aanmeldpunt", "auditor", "regiomanager"])
def test_only_an_administrator_changes_providers(client: TestClient, role: str) -> None:
    """Everybody else reads."""
    body = {"code": "levvel", "naam": "Levvel"}
    assert client.post("/v1/aanbieders", json=body, headers=signed_in(role)).status_code == 403
    assert client.get("/v1/aanbieders", headers=signed_in(role)).status_code == 200


def test_a_day_to_come_is_refused(client: TestClient) -> None:
    """A merger holds at once: it is carried out on its day or after it."""
    wish = {"naam": "X", "code": None, "per": "2999-01-01"}
    answer = client.post("/v1/aanbieders/spirit/_hernoem", json=wish, headers=ADMIN)
    assert (answer.status_code, answer.json()["velden"]) == (400, ["per"])


def test_what_was_so_stays_so(session: Session) -> None:
    """Nobody rewrites the history of a provider: the database refuses."""
    add_provider(session, actor=SYSTEM, code="levvel", name="Levvel")
    for statement in ("UPDATE provider_change SET name = 'x'", "DELETE FROM provider_change"):
        with pytest.raises(Exception, match="permission denied"), session.begin_nested():
            session.execute(text(statement))


def test_a_family_has_a_source_from_the_start(session: Session) -> None:
    """Its own provider, whoever inserts it."""
    family = make_family(session, reference="SPI-1")
    assert session.get_one(Family, family.id).source_id == family.provider_id


def test_subscriptions_and_the_duty_number_go_along(session: Session, levvel: Provider) -> None:
    """Unless the other has a duty number of its own, which stays."""
    spirit, youke = (
        session.scalars(select(Provider).where(Provider.code == code)).one()
        for code in ("spirit", "youke")
    )
    for provider, phone in ((spirit, "020-1111111"), (youke, "020-2222222")):
        number = DutyNumber(provider_id=provider.id, phone=phone, remark="", updated_at=now())
        session.add(number)
    session.flush()
    merge(session)
    merge(session, source="youke")
    session.expire_all()
    kept = session.scalars(select(DutyNumber).where(DutyNumber.provider_id == levvel.id)).all()
    assert [number.phone for number in kept] == ["020-1111111"]
