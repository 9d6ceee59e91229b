"""A coordinator at the screens, and the others who are asked, by the API or by their own."""

from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient

from app.kernel.actor import ActorRole
from tests.screens.served import mark_in
from tests.signing import bearer

STAFF = bearer(ActorRole.COORDINATOR)


def find_child(client: TestClient) -> dict[str, Any]:
    """Return what the last run has for a child with a first choice and another family."""
    wanted = {"aantal": 100, "stand": "zoekt"}
    listed = client.get("/v1/wachtlijst", params=wanted, headers=STAFF).json()["wachtenden"]
    for row in listed:
        where = f"/v1/kinderen/{row['id']}"
        found = client.get(f"{where}/matchvoorstellen", headers=STAFF).json()
        tried = client.get(f"{where}/stappen", headers=STAFF).json()["stappen"]
        is_free = all(step["stand"] == "verlopen" for step in tried)
        if found["voorstel"] and found["alternatieven"] and is_free:
            return {"id": row["id"], **found}
    raise AssertionError("no child with a choice of families in this region")


@dataclass
class Walk:
    """One step at the screens; `page` is the last that was shown."""

    client: TestClient
    child: dict[str, Any]
    at: str = ""
    page: str = field(default="", repr=False)

    @property
    def steps(self) -> str:
        """The address of the steps of the child."""
        return f"/kinderen/{self.child['id']}/stappen"

    @property
    def referrer(self) -> str:
        """Who has to say yes beside the family's provider, as the registration has it."""
        child = self.client.get(f"/v1/kinderen/{self.child['id']}", headers=STAFF).json()
        return str(child["verwijzer"])

    def begin(self, which: str = "voorstel", **more: str) -> Any:
        """Send the form with which a step begins; return the answer."""
        option = self.child[which] if which == "voorstel" else self.child[which][0]
        family = {"aanbieder": option["aanbieder"], "gezin": option["gezin"]}
        form = self.client.get(f"{self.steps}/nieuw", params=family).text
        data = {"_merk": mark_in(form), **family, **more}
        answer = self.client.post(f"{self.steps}/nieuw", data=data)
        self.at, self.page = answer.url.path, answer.text
        return answer

    def look(self, what: str = "") -> str:
        """Return a page of the step."""
        self.page = self.client.get(self.at + what).text
        return self.page

    def send(self, what: str, **fields: str) -> Any:
        """Send a form of the step."""
        mark = mark_in(self.client.get(self.at).text)
        answer = self.client.post(self.at + what, data={"_merk": mark, **fields})
        self.page = answer.text
        return answer

    def api(self, method: str, what: str, who: dict[str, str] = STAFF, **body: Any) -> Any:
        """Ask the API about the step, as somebody else or to see what was kept."""
        more = {"json": body} if body else {}
        return self.client.request(method, f"/v1{self.at}{what}", headers=who, **more)

    def let_go(self) -> None:
        """End what still runs, so that the family is free for the next test."""
        steps = self.client.get(f"/v1{self.steps}", headers=STAFF).json()["stappen"]
        for step in steps:
            if step["stand"] == "loopt":
                where = f"/v1{self.steps}/{step['id']}/_beeindigen"
                self.client.post(where, json={"reden": "Einde van de toets."}, headers=STAFF)

    def answer(self, answer: str = "ja", **more: str) -> None:
        """Let the family's provider answer the question."""
        shown = self.api("GET", "").json()
        provider = shown["aanbieder"]
        # Somebody else than who records the referrer's: one person may not give both.
        who = bearer(ActorRole.MATCHER, organisation=provider, subject=f"matcher-{provider}")
        path = f"/v1/gezinsvragen/{shown['id']}/_antwoord"
        told = self.client.post(path, json={"antwoord": answer, **more}, headers=who)
        assert told.status_code == 200, told.text

    def move(self, to: str, **more: str) -> Any:
        """Send the form that takes the step to a phase."""
        return self.send("/verder", fase=to, **{"akkoord": "ja", **more})

    def walk_to_acquaintance(self) -> "Walk":
        """Take the step to where two say yes."""
        self.answer()
        for to in ("voorgelegd aan pleegouders", "voorgelegd aan ouders en kind", "kennismaking"):
            assert "Dit kon niet" not in self.move(to).text, to
        return self
