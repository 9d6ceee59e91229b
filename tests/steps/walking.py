"""A child and a family, taken from phase to phase at the door, by those who may."""

from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Connection

from app.intake.routes import router as intake
from app.kernel.clock import today_in_amsterdam
from app.kernel.phases import Phase
from app.models import Registration
from app.steps.move_routes import router as moves
from app.steps.provider_routes import router as questions
from app.steps.routes import router as steps
from tests.doors import open_door, signed_in

MATCHER = signed_in("aanbieder-matcher", "spirit")
OTHER = signed_in("aanbieder-matcher", "youke")
COORDINATOR = signed_in("coordinator")
INTAKE = signed_in("aanmeldpunt")
REFERRER = signed_in("verwijzer", "gi-a")
PHASES = list(Phase)


def open_steps(connection: Connection) -> TestClient:
    """A door with the steps, the questions to providers, and the children."""
    return open_door(connection, steps, moves, questions, intake)


@dataclass
class Walk:
    """One step; as the coordinator unless a method says who."""

    client: TestClient
    child: str
    step: str

    @property
    def at(self) -> str:
        """The address of the step."""
        return f"/v1/kinderen/{self.child}/stappen/{self.step}"

    def read(self, who: dict[str, str] = COORDINATOR) -> dict[str, Any]:
        """The step as somebody sees it."""
        found: dict[str, Any] = self.client.get(self.at, headers=who).json()
        return found

    def move(self, to: str, **more: Any) -> Any:
        """Ask for a next phase, with an agreement of ja unless said otherwise."""
        body = {"fase": to, "akkoord": "ja", **more}
        return self.client.post(f"{self.at}/_volgende", json=body, headers=COORDINATOR)

    def answer(self, answer: str = "ja", *, who: dict[str, str] = MATCHER, **more: Any) -> Any:
        """Answer as the family's provider."""
        body = {"antwoord": answer, **more}
        return self.client.post(f"/v1/gezinsvragen/{self.step}/_antwoord", json=body, headers=who)

    def consent(self, who: dict[str, str] = INTAKE, **more: Any) -> Any:
        """Record the referrer's yes, as the intake unless said otherwise."""
        body = (
            {"organisatie": "lokaal team", "gegevenOp": today_in_amsterdam().isoformat()}
            if who is INTAKE
            else {}
        )
        return self.client.post(f"{self.at}/_akkoord", json={**body, **more}, headers=who)

    def object_to(self, by: str = "ouders") -> Any:
        """Record an objection; return what was recorded."""
        body = {"door": by, "tekst": "Wij vinden het gezin te ver weg."}
        return self.client.post(f"{self.at}/bezwaren", json=body, headers=COORDINATOR)

    def decide(self, objection: str, outcome: str) -> Any:
        """Record what came of an objection."""
        body = {"uitkomst": outcome, "reden": "Besproken met beide ouders."}
        where = f"{self.at}/bezwaren/{objection}/_afronden"
        return self.client.post(where, json=body, headers=COORDINATOR)

    def question(self, who: dict[str, str] = MATCHER) -> Any:
        """The step as its provider sees it."""
        return self.client.get(f"/v1/gezinsvragen/{self.step}", headers=who)

    def walk_to(self, phase: str) -> "Walk":
        """Take the step to a phase, recording on the way what that asks."""
        while (now := self.read()["fase"]) != phase:
            to = PHASES[PHASES.index(Phase(now)) + 1]
            awaited = " ".join(self.read()["wachtOp"])
            if "aanbieder" in awaited:
                assert self.answer().status_code == 200
            if "verwijzer" in awaited:
                assert self.consent().status_code == 200
            why = {"redenSplitsing": "Besproken."} if "redenSplitsing" in awaited else {}
            moved = self.move(to, **why)
            assert moved.status_code == 200, moved.text
        return self


def begin(client: TestClient, child: Registration, family: str = "SPI-1", **more: str) -> Walk:
    """Begin with a family of Spirit for a child."""
    body = {"aanbieder": "spirit", "gezin": family, "redenKeuze": "Vertrouwd.", **more}
    made = client.post(f"/v1/kinderen/{child.id}/stappen", json=body, headers=COORDINATOR)
    assert made.status_code == 201, made.text
    return Walk(client, str(child.id), made.json()["id"])
