"""After a merger two systems tell of the families of one provider, each of its own.

On a database of its own: a merger is not taken back.
"""

import json
from datetime import date
from typing import Any

from fastapi.testclient import TestClient

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM, ActorRole
from app.reference.merge import Merger, merge_providers
from app.reference.providers import add_provider
from tests.families.telling import TOLD
from tests.signing import bearer
from tests.uploads.conftest import Work

MERGER = Merger(
    source="spirit",
    into="levvel",
    on_day=date(2026, 1, 1),
    clearance_lapses=True,
    system_stops=False,
)


def many(count: int, prefix: str, **changes: object) -> list[dict[str, Any]]:
    return [TOLD | changes | {"nummer": f"{prefix}-{n}"} for n in range(1, count + 1)]


def test_an_old_system_goes_on_after_a_merger(
    client: TestClient, work: Work, own_database: Database
) -> None:
    """Neither says anything of the other's families; a held export of before is past."""

    def send(families: list[dict[str, Any]], code: str, who: str) -> tuple[str, dict[str, Any]]:
        headers = bearer(ActorRole.PROVIDER_SYSTEM, organisation=code, subject=who)
        answer = client.post(
            f"/v1/pleeggezinnen/_bulk?aanbieder={code}&modus=volledig",
            content=json.dumps(families),
            headers=headers | {"Content-Type": "application/json"},
        )
        assert answer.status_code == 202, answer.text
        work()
        return answer.headers.get("Link", ""), client.get(answer.headers["Location"]).json()

    send(many(4, "SPI"), "spirit", "ervoor")
    _, held = send(many(1, "SPI"), "spirit", "ervoor")
    assert held["stand"] == "aangehouden"
    with session_for(own_database.sessions, SYSTEM) as session:
        add_provider(session, actor=SYSTEM, code="levvel", name="Levvel")
        merge_providers(session, actor=SYSTEM, merger=MERGER)
    # The tokens of after: who a token stands for is kept for a minute.
    _, levvel = send(many(9, "LEV"), "levvel", "erna")
    assert (levvel["aantallen"]["nieuw"], levvel["aantallen"]["navragen"]) == (9, 0)
    link, spirit = send(many(5, "SPI"), "spirit", "erna")
    assert "aanbieder=levvel" in link
    assert spirit["aanbieder"] == "levvel"
    counts = spirit["aantallen"]
    assert (counts["gelijk"], counts["nieuw"], counts["navragen"]) == (4, 1, 0)
    _, taken = send([*many(9, "LEV"), *many(1, "SPI", leeftijdTotEnMet=3)], "levvel", "erna")
    assert [(one["nummer"], one["veld"]) for one in taken["geweigerd"]] == [("SPI-1", "nummer")]
    # Told again by the old system, with something new beside it, the lapsed clearance is no more.
    send(many(5, "SPI", leeftijdTotEnMet=16), "spirit", "erna")
    family = client.get("/v1/pleeggezinnen/levvel/SPI-1").json()
    assert (family["leeftijdTotEnMet"], family["vgbGeldigTot"]) == (16, None)
    assert client.post(f"/v1/imports/{held['id']}/_bevestig").status_code == 409
