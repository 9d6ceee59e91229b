"""Placements in a drawn region, made at the API, and the pages on them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.models import PlacementReview
from tests.screens.served import mark_in
from tests.signing import bearer

STAFF = bearer(ActorRole.COORDINATOR)
TODAY = today_in_amsterdam()


@dataclass
class Home:
    """One placement at the screens."""

    client: TestClient
    id: str

    @property
    def at(self) -> str:
        """The address of the placement."""
        return f"/plaatsingen/{self.id}"

    def api(self, method: str, rest: str = "", **body: Any) -> Any:
        """Ask the API as a coordinator."""
        how: dict[str, Any] = {"json": body} if body else {}
        return self.client.request(method, f"/v1{self.at}{rest}", headers=STAFF, **how)

    def send(self, form: str, **fields: Any) -> Any:
        """Fill in a form of the screens and send it as a browser without script does."""
        page = self.client.get(f"{self.at}/{form}")
        assert page.status_code == 200, page.text
        given = {"_merk": mark_in(page.text), **_version(page.text), **fields}
        return self.client.post(f"{self.at}/{form}", data=given)


def settle(client: TestClient, n: int = 0, **more: Any) -> Home:
    """Let a child that waits live with its first choice since a hundred days."""
    child, family = _pair(client, n)
    since = (TODAY - timedelta(days=100)).isoformat()
    settle_law(client, child)
    told = client.get(f"/v1/kinderen/{child}", headers=STAFF).json()
    # What began before the child was here was agreed on elsewhere.
    ground = {"grond": "overgenomen"} if since < told["aangemeldOp"] else {}
    body = {
        "kind": child, "aanbieder": family["aanbieder"], "gezin": family["gezin"], "van": since,
        "reden": "Woonde daar al.", **agreed(since), **ground, **more,
    }  # fmt: skip
    made = client.post("/v1/plaatsingen", json=body, headers=STAFF)
    assert made.status_code == 201, made.text
    return Home(client, made.json()["plaatsing"]["id"])


def settle_law(client: TestClient, child: str) -> None:
    """Record all that the law asks before a placement."""
    at = f"/v1/kinderen/{child}/juridisch-kader"
    tag = client.get(at, headers=STAFF).headers["ETag"]
    told = client.get(f"/v1/kinderen/{child}", headers=STAFF).json()
    by_agency = told["juridischKader"] == "voogdij GI"
    order = {"machtigingTotEnMet": "2099-09-30"}
    if told["machtiging"]:
        order["machtigingUitgevoerdOp"] = told["machtiging"]["afgegevenOp"]
    frame = {
        "gezag": [{
            "soort": "gecertificeerde instelling" if by_agency else "ouder", "toestemming": "ja",
        }],
        "toezichtTotEnMet": "2099-09-30", "verantwoordelijkeGemeente": "Amsterdam",
        **(order if told["machtiging"] else {}),
    }  # fmt: skip
    done = client.put(at, json=frame, headers={**STAFF, "If-Match": tag})
    assert done.status_code == 200 and not done.json()["hiaten"], done.text


def agreed(day: str) -> dict[str, str]:
    """What the form asks of a placement that was agreed on outside the steps."""
    return {
        "grond": "afgesproken", "akkoordAanbiederOp": day, "akkoordVerwijzerOp": day,
        "akkoordVerwijzer": "GI Voorbeeld", "redenKeuze": "Dichter bij school.",
        "redenSplitsing": "Elk een eigen plek.",
    }  # fmt: skip


def make_late(database: Database) -> None:
    """Let every planned review be overdue."""
    with session_for(database.sessions, SYSTEM) as session:
        for review in session.query(PlacementReview).filter_by(held_on=None):
            review.due = TODAY - timedelta(days=40)


def _pair(client: TestClient, n: int) -> tuple[str, dict[str, str]]:
    wanted = {"aantal": 100, "stand": "zoekt"}
    listed = client.get("/v1/wachtlijst", params=wanted, headers=STAFF).json()["wachtenden"]
    found = []
    for row in listed:
        if row["vorm"] == "crisis":
            continue  # asks what is searched for next
        told = client.get(f"/v1/kinderen/{row['id']}/matchvoorstellen", headers=STAFF).json()
        if told["voorstel"]:
            found.append((row["id"], told["voorstel"]))
        if len(found) > n:
            return found[n]
    raise AssertionError("no child with a proposal in this region")


def _version(page: str) -> dict[str, str]:
    if 'name="_versie" value="' not in page:
        return {}
    found = page.split('name="_versie" value="', 1)[1].split('"', 1)[0]
    return {"_versie": found.replace("&#34;", '"')}
