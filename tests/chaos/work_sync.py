"""Providers' systems: one family at a time, many in one call, and whole exports."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import sleep
from typing import Any

from app.kernel.actor import ActorRole
from app.kernel.clock import now, today_in_amsterdam
from app.simulation.family import Family
from app.simulation.youke import write_youke
from tests.chaos.caller import Body, Caller, Told, as_
from tests.chaos.world import MANY, ONE_BY_ONE, SNAPSHOT, World
from tests.years.bodies import family_body

ENDED = ("verwerkt", "ongewijzigd", "aangehouden", "geweigerd", "mislukt")
_AT_ONCE = 25


def sync_one_by_one(caller: Caller, world: World) -> None:
    """Tell of each family, then tell again of all, each time with something else in it."""
    etags: dict[str, str] = {}
    turn = 0
    while not caller.stop.is_set():
        turn += 1
        for family in world.families[ONE_BY_ONE]:
            if caller.stop.is_set():
                return
            _put(caller, family, etags, turn)
            sleep(0.05 if turn == 1 else 0.4)


def _body(family: Family, turn: int) -> Body:
    body = family_body(family, told_on=today_in_amsterdam())
    return body | {"ervaringJaren": turn, "gewijzigdOp": now().isoformat()}


def _put(caller: Caller, family: Family, etags: dict[str, str], turn: int) -> None:
    provider, number = family.provider.value, family.reference
    who, at = as_(ActorRole.PROVIDER_SYSTEM, provider), f"/v1/pleeggezinnen/{provider}/{number}"
    body = _body(family, turn)
    known = etags.get(number)
    condition = {"If-Match": known} if known else {"If-None-Match": "*"}

    def shows(found: Body) -> bool:
        return bool(found["ervaringJaren"] == turn)

    told = caller.put(at, who, body, shows, **condition)
    if told.answer.status_code == 412:  # a bed of it was given meanwhile: read, and tell again
        fresh = caller.get(at, who)
        told = caller.put(at, who, body, shows, **{"If-Match": fresh.answer.headers["ETag"]})
    if told.is_yes:
        etags[number] = told.answer.headers["ETag"]
        caller.journal.write(
            "gezin", told.span, aanbieder=provider, nummer=number, beurt=turn,
            verzoek=told.request, huisgenoten=_people(body), plaatsen=body["plaatsenTotaal"],
        )  # fmt: skip
    else:
        caller.journal.count(f"gezin niet bewaard {told.answer.status_code}")


def _people(body: Body) -> int:
    return sum(len(body[f"{kind}Geboren"]) for kind in ("pleegouders", "eigenKinderen"))


def sync_many(caller: Caller, world: World) -> None:
    """Many families in one call, the next ones each time, and then again from the first."""
    families, turn = world.families[MANY], 0
    while not caller.stop.is_set():
        turn += 1
        for first in range(0, len(families), _AT_ONCE):
            part = families[first : first + _AT_ONCE]
            content = [_body(family, turn) | {"nummer": family.reference} for family in part]
            _upload(
                caller, f"/v1/pleeggezinnen/_bulk?aanbieder={MANY}", json.dumps(content).encode(),
                "application/json", aanbieder=MANY.value, beurt=turn,
                gezinnen=[family.reference for family in part],
            )  # fmt: skip
            if caller.stop.wait(1.0):
                return


def sync_snapshots(caller: Caller, world: World) -> None:
    """The whole export of a provider, each time a little different."""
    turn = 0
    while not caller.stop.is_set():
        turn += 1
        moment = (now() + timedelta(seconds=0)).replace(tzinfo=None, microsecond=0)
        families = [
            replace(
                family,
                skills=replace(family.skills, experience_years=turn),
                updated_at=moment,
            )
            for family in world.families[SNAPSHOT]
        ]
        query = f"soort=pleeggezinnen&aanbieder={SNAPSHOT}&bestandsnaam=export.json"
        _upload(
            caller, f"/v1/imports?{query}", write_youke(families), "application/octet-stream",
            aanbieder=SNAPSHOT.value, beurt=turn,
            gezinnen=[family.reference for family in families],
        )  # fmt: skip
        caller.stop.wait(2.0)


def _upload(caller: Caller, at: str, content: bytes, kind: str, **facts: Any) -> None:
    who = as_(ActorRole.PROVIDER_SYSTEM, facts["aanbieder"])
    sent = caller.post(at, who, content, **{"Content-Type": kind})
    assert sent.is_yes, sent.answer.text
    id_ = sent.body["id"]
    caller.journal.write("import", sent.span, id=id_, verzoek=sent.request, **facts)
    _follow(caller, lambda: caller.get(f"/v1/imports/{id_}", who))


def _follow(caller: Caller, ask: Callable[[], Told]) -> None:
    while not caller.stop.is_set() and ask().body["stand"] not in ENDED:
        sleep(0.5)
