"""Intake: drafts that become registrations, or stay drafts, each with its legal frame."""

from datetime import timedelta
from time import sleep

from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from tests.chaos.caller import Body, Caller, as_
from tests.chaos.world import MOST_WAITING, World
from tests.years.bodies import FRAME, child_body

_STAYS_A_DRAFT = 4  # one in so many


def take_in(caller: Caller, world: World, client: int) -> None:
    """Take children in until told to stop."""
    done = 0
    while not caller.stop.is_set():
        if len(world.waiting) >= MOST_WAITING:
            sleep(0.2)
            continue
        with world.lock:
            child = world.children.popleft()
        done += 1
        number = f"CH-{client}-{done}"
        body = child_body(child, number=number, on=today_in_amsterdam())
        leaves = (today_in_amsterdam() + timedelta(days=60)).isoformat()
        body |= {"broersZussen": None, "geheimePlaatsing": False, "moetWegOp": leaves}
        body.pop("eindeOnbekendOmdat", None)
        _take_in_one(caller, world, body, hand_in=done % _STAYS_A_DRAFT != 0)


def _take_in_one(caller: Caller, world: World, body: Body, *, hand_in: bool) -> None:
    who, number = as_(ActorRole.INTAKE), body["aanmeldnummer"]
    begun = caller.post(
        "/v1/concepten", who, {"aanmeldnummer": number, "voornaam": body["voornaam"]}
    )
    assert begun.is_yes, begun.answer.text
    id_, at = begun.body["id"], f"/v1/concepten/{begun.body['id']}"
    caller.journal.write(
        "concept", begun.span, id=id_, nummer=number, verzoek=begun.request, blijft=not hand_in
    )

    def shows(found: Body) -> bool:
        return bool(found["gegevens"]["geboortedatum"] == body["geboortedatum"])

    kept = caller.put(at, who, body, shows, **{"If-Match": begun.answer.headers["ETag"]})
    assert kept.is_yes, kept.answer.text
    caller.journal.write("bewaard", kept.span, id=id_, verzoek=kept.request,
                         geboren=body["geboortedatum"])  # fmt: skip
    if hand_in:
        _hand_in(caller, world, body, at)


def _hand_in(caller: Caller, world: World, body: Body, at: str) -> None:
    who = as_(ActorRole.INTAKE)
    etag = caller.get(at, who).answer.headers["ETag"]
    made = caller.post(f"{at}/_indienen", who, **{"If-Match": etag})
    if not made.is_yes:  # the drawn child may be one that cannot be registered so
        caller.journal.count(f"niet ingediend {made.answer.status_code}")
        return
    id_, number = made.body["id"], body["aanmeldnummer"]
    caller.journal.write("aanmelding", made.span, id=id_, nummer=number, verzoek=made.request)
    frame_at = f"/v1/kinderen/{id_}/juridisch-kader"
    version = caller.get(frame_at, who).answer.headers["ETag"]

    def shows(found: Body) -> bool:
        return bool(found["verantwoordelijkeGemeente"] == "Amsterdam")

    framed = caller.put(frame_at, who, FRAME, shows, **{"If-Match": version})
    assert framed.is_yes, framed.answer.text
    caller.journal.write("juridisch kader", framed.span, id=id_, verzoek=framed.request)
    with world.lock:
        world.waiting[number] = id_
