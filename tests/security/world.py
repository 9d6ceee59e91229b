"""Two organisations of each kind with a child, a family, a run, an import and a step of their own.

What may not reach just anybody carries a mark that stands nowhere else.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.kernel.actor import PROVIDER_ROLES, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.endings import EndCode, EndLabel, WentTo
from app.kernel.holding import BreakdownKind, BreakdownReason, Initiative, Tried
from app.kernel.strain import WeekendNeed
from app.kernel.words import Rhythm
from app.models import (
    BegunPair,
    BreakdownRecord,
    Child,
    Family,
    ImportBatch,
    ImportKind,
    ImportState,
    PlacementEnding,
    PlacementReview,
    PurgeReport,
    PurgeState,
    RegistrationState,
    RespiteLine,
    RespiteRound,
)
from tests.answered import answered
from tests.doors import signed_in
from tests.outcomes.versions import make_version
from tests.proposals.running import run_here
from tests.rows import make_family, make_placement, make_registration

OWN = dict.fromkeys(PROVIDER_ROLES, "spirit") | {
    ActorRole.REFERRER: "gi-eigen", ActorRole.MUNICIPALITY: "0363",
}  # fmt: skip
NAME, BSN, VOICE, HOME = "Roosmarijn", "999900006", "een-stem-die-niemand-hoort", "1012KX"
BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")
NIGHT = {
    "leeftijd": 9, "geslacht": "meisje", "veiligheid": [], "broersZussen": [],
    "postcodeNu": "1013AB", "terugbelnummer": "06-12345678",
}  # fmt: skip
# Of the other provider and of the other referrer.
FOREIGN = ("YOU-9099", "Vreemdenburg", "AM-VREEMD")


@dataclass(frozen=True, slots=True)
class World:
    """What stands in a path, of one's own and of another organisation."""

    own: dict[str, str]
    other: dict[str, str]


def make_world(session: Session) -> World:
    """Insert everything; the caller's transaction is rolled back."""
    marks = {"postcode": HOME, "child_voice": VOICE, "big5": BIG5}
    own_family = make_family(session, reference="SPI-1001", name="Eigenhuis")
    make_family(session, reference="SPI-2", name="Tweede")
    other_family = make_family(session, reference="YOU-9099", name="Vreemdenburg", provider="youke")
    child = make_registration(
        session, number="AM-EIGEN-1", bsn=BSN, owner_organisation="gi-eigen", **marks
    )
    other = make_registration(session, number="AM-VREEMD-1", owner_organisation="gi-ander", **marks)
    for registration in (child, other):
        _name(session, registration.child_id)
    make_registration(session, number="AM-KORT", needs_wheelchair=True)
    run = run_here(session)
    steps = [
        _begin(session, registration.id, family.id)
        for registration, family in ((child, own_family), (other, other_family))
    ]
    imports = [_import(session, family.provider_id) for family in (own_family, other_family)]
    homes = [
        _live(session, owner, family, marks)
        for owner, family in (("gi-eigen", own_family), ("gi-ander", other_family))
    ]
    version = make_version(session, "uitkomsten-2026-11-28-00000001").version
    placements = [UUID(home["plaatsing"]) for home in homes]
    shared = {
        "matchrun": str(run.id), "ronde": str(_round(session, *placements)),
        "opschoning": str(_purge(session)), "versie": version, "jaar": "2026",
    }  # fmt: skip
    return World(
        own=shared | {
            "kind": str(child.id), "stap": str(steps[0]), "import": str(imports[0]),
            "aanbieder": "spirit", "nummer": "SPI-1001", "kenmerk": "SPI-1001",
            "aanmeldnummer": "AM-EIGEN-1", "gemeente": answered(session, "0363"), **homes[0],
        },
        other=shared | {
            "kind": str(other.id), "stap": str(steps[1]), "import": str(imports[1]),
            "aanbieder": "youke", "nummer": "YOU-9099", "kenmerk": "YOU-9099",
            "aanmeldnummer": "AM-VREEMD-1", **homes[1],
            "gemeente": answered(session, "0384", note=FOREIGN[1]),
        },
    )  # fmt: skip


def tell_world(client: TestClient, world: World) -> None:
    """Add what is best made at the door: draft, objection, subscription, a night's report."""
    whose = ((world.own, "gi-eigen", "spirit"), (world.other, "gi-ander", "youke"))
    for things, referrer, provider in whose:
        things["code"] = provider
        things["concept"] = _told(
            client, "/concepten", {"voornaam": NAME}, signed_in(ActorRole.REFERRER, referrer)
        )
        things["abonnement"] = _told(
            client,
            "/abonnementen",
            {"kanaal": "webhook", "adres": "https://haak.example/x"},
            signed_in(ActorRole.PROVIDER_SYSTEM, provider),
        )
        things["bezwaar"] = _told(
            client,
            f"/kinderen/{things['kind']}/stappen/{things['stap']}/bezwaren",
            {"door": "ouders", "tekst": "Liever dichterbij."},
            signed_in(ActorRole.COORDINATOR),
        )
        here = f"/plaatsingen/{things['plaatsing']}"
        things["signaal"] = _told(
            client, f"{here}/signalen", {"soort": "school"}, signed_in(ActorRole.COORDINATOR)
        )
        things["aanbod"] = _told(
            client, f"{here}/steunaanbod", {"soort": "training"}, signed_in(ActorRole.COORDINATOR)
        )
        _tell_ladder(client, things, provider)
        _tell_rights(client, things)
        _correct_name(client, things["kind"])
        things["melding"] = _told(client, "/crisismeldingen", NIGHT, signed_in(ActorRole.CRISIS))
        things["noodtoegang"] = _told(
            client,
            "/noodtoegangen",
            {
                "aanmeldnummer": things["aanmeldnummer"],
                "aanleiding": "vermissing",
                "reden": "Het kind is sinds vanavond weg.",
            },
            signed_in(ActorRole.CRISIS),
        )


def _tell_rights(client: TestClient, things: dict[str, str]) -> None:
    """A duty to keep, and a request for destruction; who may ask follows from the age of six."""
    here, coordinator = f"/kinderen/{things['kind']}", signed_in(ActorRole.COORDINATOR)
    duty = {"soort": "klacht", "toelichting": "Loopt."}
    things["plicht"] = _told(client, f"{here}/bewaarplichten", duty, coordinator)
    asked = {"gevraagdDoor": "wettelijk vertegenwoordiger", "gevraagdOp": "2026-11-20"}
    things["verzoek"] = _told(client, f"{here}/vernietigingsverzoeken", asked, coordinator)


def _tell_ladder(client: TestClient, things: dict[str, str], provider: str) -> None:
    """A setting under the number of the family, a stay there, and a JIM."""
    setting = {
        "soort": "gezinshuis", "naam": f"Huis {provider}", "postcode": "1013AB",
        "woonplaats": "Amsterdam", "leeftijdVan": 0, "leeftijdTotEnMet": 18,
        "plaatsenTotaal": 3, "plaatsenVrij": 3,
    }  # fmt: skip
    kept = client.put(
        f"/v1/zorgsettingen/{provider}/{things['nummer']}",
        json=setting,
        headers=signed_in(ActorRole.MATCHER, provider),
    )
    assert kept.status_code == 201, kept.text
    help_ = {"naam": "Hulp", "bijSignalen": ["school"], "plaatsenVrij": 1, "wachtweken": 0}
    kept = client.put(
        f"/v1/ambulante-hulpvormen/{provider}/{things['nummer']}",
        json=help_,
        headers=signed_in(ActorRole.MATCHER, provider),
    )
    assert kept.status_code == 201, kept.text
    here, coordinator = f"/kinderen/{things['kind']}", signed_in(ActorRole.COORDINATOR)
    higher = ("thuis met steun", "eigen netwerk", "pleeggezin")
    step = {
        "trede": "gezinshuis", "reden": "geen gezin past",
        "instelling": {"aanbieder": provider, "nummer": things["nummer"]},
        "waaromNietHoger": [{"trede": rung, "reden": "Kon niet."} for rung in higher],
    }  # fmt: skip
    taken = client.post(f"/v1{here}/laddertreden", json=step, headers=coordinator)
    assert taken.status_code == 201, taken.text
    things["verblijf"] = taken.json()["verblijf"]["id"]
    jim = client.post(f"/v1{here}/jimtrajecten", json={"relatie": "buren"}, headers=coordinator)
    things["traject"] = jim.json()["jimTrajecten"][0]["id"]


def _correct_name(client: TestClient, child: str) -> None:
    """Correct the name and take that back: both stand in the list of corrections since."""
    path, coordinator = f"/kinderen/{child}", signed_in(ActorRole.COORDINATOR)
    for name in ("Vergissing", NAME):
        version = client.get(f"/v1{path}", headers=coordinator).headers["etag"]
        wish = {"veld": "voornaam", "waarde": name, "betwistDoor": "ouder", "reden": "Verhoord."}
        _told(client, f"{path}/correcties", wish, coordinator | {"If-Match": version})


def _told(client: TestClient, path: str, body: dict[str, Any], headers: dict[str, str]) -> str:
    answer = client.post(f"/v1{path}", json=body, headers=headers)
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["id"])


def _name(session: Session, child_id: UUID) -> None:
    session.get_one(Child, child_id).first_name = NAME


def _place(session: Session, number: str, family: Family) -> UUID:
    registration = make_registration(session, number=number, state=RegistrationState.PLACED)
    _name(session, registration.child_id)
    day = today_in_amsterdam() - timedelta(days=40)
    ids = {"registration_id": registration.id, "family_id": family.id}
    return make_placement(session, **ids, since=day).id


def _round(session: Session, *placements: UUID) -> UUID:
    today = today_in_amsterdam()
    asked = RespiteRound(
        snapshot_day=today, starts_on=today, until=today + timedelta(days=90), radius_km=25,
        actor="x", goals=[],
    )  # fmt: skip
    session.add(asked)
    session.flush()
    for placement in placements:
        line = {"round_id": asked.id, "placement_id": placement, "asked_since": today}
        session.add(RespiteLine(**line, need=WeekendNeed.EITHER, reasons=[]))
    session.flush()
    return asked.id


def _purge(session: Session) -> UUID:
    made = PurgeReport(state=PurgeState.PROPOSED, as_of=today_in_amsterdam(), due={}, actor="x")
    session.add(made)
    session.flush()
    return made.id


def _begin(session: Session, registration_id: UUID, family_id: UUID) -> UUID:
    today = today_in_amsterdam()
    pair = BegunPair(
        registration_id=registration_id, family_id=family_id, rhythm=Rhythm.FULL_TIME,
        is_request=True, begun_on=today, held_until=today + timedelta(days=14), actor="x",
    )  # fmt: skip
    session.add(pair)
    session.flush()
    return pair.id


def _live(session: Session, owner: str, family: Family, marks: dict[str, Any]) -> dict[str, str]:
    """Insert a child that lived with a family: ended in doubt, nearly broken, and reviewed."""
    number = "AM-VREEMD-2" if owner == "gi-ander" else "AM-EIGEN-2"
    child = make_registration(
        session, number=number, owner_organisation=owner, state=RegistrationState.PLACED, **marks
    )
    _name(session, child.child_id)
    today = today_in_amsterdam()
    home = make_placement(
        session, registration_id=child.id, family_id=family.id, since=today - timedelta(days=90),
        until=today, allocation_number=number,
    )  # fmt: skip
    who = {"actor": "x", "role": "coordinator"}
    ending = PlacementEnding(
        placement_id=home.id, code=EndCode.AGREED, went_to=WentTo.HOME, label=EndLabel.REVIEW,
        note=number, **who,
    )  # fmt: skip
    record = BreakdownRecord(
        placement_id=home.id, kind=BreakdownKind.NEARLY, day=today, initiative=Initiative.CARERS,
        reasons=[BreakdownReason.LOYALTY], explanation=number, tried=[Tried.NOTHING], **who,
    )  # fmt: skip
    review = PlacementReview(
        placement_id=home.id, ordinal=1, due=today, held_on=today, note=number, **who
    )
    session.add_all([ending, record, review])
    session.flush()
    return {"plaatsing": str(home.id), "verslag": str(record.id), "evaluatie": str(review.id)}


def _import(session: Session, provider_id: UUID) -> UUID:
    batch = ImportBatch(
        kind=ImportKind.FAMILIES, provider_id=provider_id, state=ImportState.HELD, file="x.csv",
        sha256="0" * 64, actor="x", is_confirmed=False,
        read=0, added=0, changed=0, unchanged=0, refused=0, to_confirm=0, total=0, done=0,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    return batch.id
