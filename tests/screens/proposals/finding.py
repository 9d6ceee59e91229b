"""Children of the drawn region that a test needs: one with a choice, one without a proposal."""

from typing import Any

from fastapi.testclient import TestClient

from tests.signing import bearer


class Region:
    """What the API says of the region that the screens show."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        waiting = self.get("/wachtlijst?aantal=100")["wachtenden"]
        self.ids = {one["aanmeldnummer"]: one["id"] for one in waiting if one["aanmeldnummer"]}
        self.said = {
            number: self.get(f"/kinderen/{child}/matchvoorstellen")
            for number, child in self.ids.items()
        }

    def get(self, path: str) -> Any:
        """Return what the API says to a coordinator."""
        answer = self._client.get(f"/v1{path}", headers=bearer())
        assert answer.status_code == 200, answer.text
        return answer.json()

    def child(self, number: str) -> Any:
        """Return a registration."""
        return self.get(f"/kinderen/{self.ids[number]}")

    def with_choice(self) -> str:
        """Return the number of a child with a first choice and the most alternatives."""
        open_ones = [n for n, said in self.said.items() if said["voorstel"] and not self.secret(n)]
        return max(open_ones, key=lambda number: len(self.said[number]["alternatieven"]))

    def without(self) -> str:
        """Return the number of a child for whom there is no proposal."""
        return next(number for number, said in self.said.items() if said["waaromNiet"])

    def hidden(self) -> str | None:
        """Return the number of a child with a secret placement and a proposal, if there is one."""
        return next(
            (n for n, said in self.said.items() if said["voorstel"] and self.secret(n)), None
        )

    def sibling(self) -> str:
        """Return the number of a child with brothers or sisters and a proposal."""
        return next(
            number
            for number, said in self.said.items()
            if said["voorstel"] and self.child(number)["broersZussen"]
        )

    def secret(self, number: str) -> bool:
        """Return whether a placement is secret."""
        return bool(self.child(number)["geheimePlaatsing"])
