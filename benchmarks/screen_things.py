"""One of each thing that the screens show, made in a region as people would: by the API."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from fastapi.testclient import TestClient

from app.db.opened import Database
from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from app.main import create_app
from app.screens.plaatsingen.acts import ACT_NAMES
from app.screens.registrations.form_steps import STEPS
from app.security.development import make_token
from app.settings import load_settings
from benchmarks.screen_pages import Things

ORGANISED = {ActorRole.MATCHER: "spirit", ActorRole.REFERRER: "spirit"}
_ENDED = ("beoordelen", "einde-verbeteren")
_REPORT = {
    "leeftijd": 9, "geslacht": "meisje", "postcodeNu": "1012AB", "terugbelnummer": "020-1234567",
    "veiligheid": [], "broersZussen": [],
}  # fmt: skip
_SETTING = {
    "soort": "gezinshuis", "naam": "De Linde", "postcode": "1013AB", "woonplaats": "Amsterdam",
    "leeftijdVan": 0, "leeftijdTotEnMet": 18, "plaatsenTotaal": 4, "plaatsenVrij": 2,
    "voorkeurGeslacht": "geen voorkeur",
}  # fmt: skip


class Hands:
    """Whoever does something in the region; one client for all of them."""

    def __init__(self, client: TestClient) -> None:
        self._client = client

    def ask(self, role: ActorRole, method: str, path: str, body: Any = None) -> Any:
        """Return what the API answers; raises where it refuses."""
        token = make_token(load_settings(), role, organisation=ORGANISED.get(role))
        headers = {"Authorization": f"Bearer {token}"}
        answer = self._client.request(method, f"/v1{path}", json=body, headers=headers)
        if answer.status_code >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer.json()


def make_things(database: Database) -> Things:
    """Make one of each; return what stands in the gaps of the addresses of the screens."""
    with TestClient(create_app(database)) as client:
        hands = Hands(client)
        staff = ActorRole.COORDINATOR
        run = hands.ask(staff, "GET", "/matchruns")["matchruns"][-1]["id"]
        page = f"/matchruns/{run}/voorstellen?aantal=100"
        found = hands.ask(staff, "GET", page)["voorstellen"]
        told = [one for one in found if one["aanbieder"] and not one["verzoek"]]
        # Those of Spirit last, so that one is left for the question that is put to it.
        told.sort(key=lambda one: one["aanbieder"] == "spirit")
        return {
            "run_id": run, "year": "2025", "code": "0363",
            **_of_children(hands, told), **_of_placements(hands, told[:-1]), **_of_others(hands),
            "/noodtoegang/{access:uuid} access": _in_need(client, told[-2]["aanmeldnummer"]),
        }  # fmt: skip


def _id_of(hands: Hands, number: str) -> str:
    body = {"aanmeldnummer": number}
    found = hands.ask(ActorRole.INTAKE, "POST", "/kinderen/_zoek", body)
    return str(found["ids"][0])


def _of_children(hands: Hands, told: list[dict[str, Any]]) -> Things:
    staff, one, asked = ActorRole.COORDINATOR, told[0], told[-1]
    child, other = _id_of(hands, one["aanmeldnummer"]), _id_of(hands, asked["aanmeldnummer"])
    body = {"aanbieder": asked["aanbieder"], "gezin": asked["gezin"], "redenKeuze": "Eerste."}
    step = hands.ask(staff, "POST", f"/kinderen/{other}/stappen", body)["id"]
    where = f"/kinderen/{other}/stappen/{step}"
    objection = hands.ask(
        staff, "POST", f"{where}/bezwaren", {"door": "ouders", "tekst": "Wij vinden het te ver."}
    )["id"]
    draft = hands.ask(ActorRole.INTAKE, "POST", "/concepten", {"aanmeldnummer": "AM-1"})["id"]
    steps = "/kinderen/{child_id:uuid}/stappen/{step_id:uuid}"
    rest = ("", "/geschiedenis", "/verder", "/nee", "/einde", "/bezwaren/{objection_id:uuid}")
    return {
        "child": child, "child_id": child, "provider": one["aanbieder"], "number": one["gezin"],
        "step_id": step, "objection_id": objection, "question_id": step, "draft": draft,
        **{f"{steps}{what} child_id": other for what in rest},
        "key": [step_.key for step_ in STEPS],
    }  # fmt: skip


def _of_placements(hands: Hands, told: list[dict[str, Any]]) -> Things:
    settled = _settled(hands, told[1:])
    lives, ended = next(settled), next(settled)
    staff, today = ActorRole.COORDINATOR, today_in_amsterdam().isoformat()
    hands.ask(
        staff, "POST", f"/plaatsingen/{ended}/_beeindig",
        {"dag": today, "code": "34", "vervolgplek": "thuis", "toelichting": "Besloten."},
    )  # fmt: skip
    offer = hands.ask(
        staff, "POST", f"/plaatsingen/{lives}/steunaanbod", {"soort": "ambulante hulp"}
    )["id"]
    hands.ask(
        staff, "POST", f"/plaatsingen/{lives}/signalen",
        {"soort": "pleegouders overbelast", "vraagtRespijt": "om het weekend"},
    )  # fmt: skip
    around = hands.ask(staff, "POST", "/respijtrondes", {})["id"]
    act = "/plaatsingen/{placement_id:uuid}/{act}"
    return {
        "placement": lives, "placement_id": lives, "offer_id": offer, "round_id": around,
        f"{act} act": [name for name in ACT_NAMES if name not in _ENDED],
        f"{act} also": [f"/plaatsingen/{ended}/{name}" for name in _ENDED],
    }  # fmt: skip


def _settled(hands: Hands, told: list[dict[str, Any]]) -> Iterator[str]:
    """Yield placements of children, one by one; a crisis is no placement that is taken over."""
    for one in told:
        child = _id_of(hands, one["aanmeldnummer"])
        known = hands.ask(ActorRole.COORDINATOR, "GET", f"/kinderen/{child}")
        if known["vorm"] != "crisis":
            yield _settle(hands, one, known | {"id": child})


def _settle(hands: Hands, one: dict[str, Any], child: dict[str, Any]) -> str:
    # Taken over is what had begun before the child was registered here.
    before = date.fromisoformat(child["aangemeldOp"]) - timedelta(days=1)
    body = {
        "kind": child["id"], "aanbieder": one["aanbieder"], "gezin": one["gezin"],
        "reden": "Woonde daar al.", "grond": "overgenomen",
        "van": min(before, today_in_amsterdam() - timedelta(days=100)).isoformat(),
    }  # fmt: skip
    made = hands.ask(ActorRole.COORDINATOR, "POST", "/plaatsingen", body)
    return str(made["plaatsing"]["id"])


def _of_others(hands: Hands) -> Things:
    report = hands.ask(ActorRole.CRISIS, "POST", "/crisismeldingen", _REPORT)["id"]
    hands.ask(ActorRole.MATCHER, "PUT", "/zorgsettingen/spirit/GH-1", _SETTING)
    imports = hands.ask(ActorRole.COORDINATOR, "GET", "/imports")["imports"]
    setting = "/zorgsettingen/{provider}/{number}"
    return {
        "report_id": report,
        f"{setting} provider": "spirit",
        f"{setting} number": "GH-1",
        "import_id": imports[0]["id"] if imports else None,
    }


def _in_need(client: TestClient, number: str) -> str:
    """Open a file in need, at the screens: only who opened it reads it."""
    client.post("/inloggen", data={"rol": "crisisdienst"})
    page = client.get("/noodtoegang").text
    mark = re.findall(r'name="_merk" value="([^"]+)"', page)[-1]
    given = {
        "_merk": mark, "aanmeldnummer": number, "aanleiding": "vermissing", "uren": "1",
        "reden": "Het kind is sinds vanavond weg.",
    }  # fmt: skip
    answer = client.post("/noodtoegang", data=given, follow_redirects=False)
    client.post("/uitloggen", data={"_merk": mark})
    return str(answer.headers["location"]).rsplit("/", 1)[1]
