"""A question to a provider: begun by the coordinator over the API, as in practice."""

from typing import Any

from fastapi.testclient import TestClient

from app.db.opened import Database
from app.kernel.actor import ActorRole
from app.main import create_app
from tests.signing import bearer


class Region:
    """The API of a region, for the coordinator."""

    def __init__(self, database: Database) -> None:
        self._api = TestClient(create_app(database), headers=bearer(ActorRole.COORDINATOR))

    def get(self, path: str) -> Any:
        """Return the body at a path."""
        answer = self._api.get(f"/v1{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Send a body."""
        answer = self._api.post(f"/v1{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def ask(self, skip: int = 0) -> tuple[str, str, str]:
        """Put a child to the family of Spirit that a run proposes: child, step, number."""
        run = self.get("/matchruns")["matchruns"][-1]["id"]
        told = self.get(f"/matchruns/{run}/voorstellen?aantal=100")["voorstellen"]
        ids = {k["aanmeldnummer"]: k["id"] for k in self.get("/kinderen?aantal=100")["kinderen"]}
        mine = [c for c in told if c["aanbieder"] == "spirit" and not c["verzoek"]][skip]
        child = ids[mine["aanmeldnummer"]]
        body = {"aanbieder": "spirit", "gezin": mine["gezin"], "redenKeuze": "Eerste keus."}
        return child, self.post(f"/kinderen/{child}/stappen", body)["id"], mine["gezin"]

    def move(self, child: str, step: str, *phases: str) -> None:
        """Take a step on, phase by phase."""
        for phase in phases:
            body = {"fase": phase, "akkoord": "ja"}
            self.post(f"/kinderen/{child}/stappen/{step}/_volgende", body)
