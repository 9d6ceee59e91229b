"""A coordinator: match runs, and what they propose taken step by step to placements."""

from time import sleep
from typing import Any

from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from tests.chaos.caller import Caller, Told, as_
from tests.chaos.world import World
from tests.years.driver import PHASES

_SAYS_NO = 5  # one question in so many
_ENDS = 3  # one placement in so many ends again


def ask_for_runs(caller: Caller, world: World) -> None:
    """Ask for a run, wait for its end, and put what it proposes in line."""
    who = as_(ActorRole.COORDINATOR)
    while not caller.stop.is_set():
        body = {"beleid": "zorgvuldig", "peildatum": today_in_amsterdam().isoformat()}
        asked = caller.post("/v1/matchruns", who, body)
        if not asked.is_yes:  # nobody waits yet, or there is no family yet
            caller.journal.count(f"matchrun geweigerd {asked.answer.status_code}")
            caller.stop.wait(1.0)
            continue
        id_ = asked.body["id"]
        caller.journal.write("matchrun", asked.span, id=id_, verzoek=asked.request)
        at = f"/v1/matchruns/{id_}"
        while not caller.stop.is_set():
            stand = caller.get(at, who).body["stand"]
            if stand not in ("wacht", "loopt"):
                break
            sleep(0.3)
        else:
            return
        if stand == "klaar":
            report = caller.get(f"{at}/verslag", who).body
            with world.lock:
                world.proposed.clear()
                world.proposed.extend(one for one in report["voorstellen"] if one["gezin"])
        caller.stop.wait(3.0)


def take_steps(caller: Caller, world: World) -> None:
    """Take up one proposal after another."""
    done = 0
    while not caller.stop.is_set():
        with world.lock:
            entry = world.proposed.popleft() if world.proposed else None
            id_ = world.waiting.pop(entry["aanmeldnummer"], None) if entry else None
        if entry is None or id_ is None:
            sleep(0.1)
            continue
        done += 1
        if not _follow(caller, id_, entry, done):
            with world.lock:
                world.waiting[entry["aanmeldnummer"]] = id_


def _follow(caller: Caller, id_: str, entry: dict[str, Any], done: int) -> bool:
    """Put a proposal to its family; return whether the child lives there now."""
    wish = {"aanbieder": entry["aanbieder"], "gezin": entry["gezin"],
            "redenKeuze": "Het gezin past."}  # fmt: skip
    coordinator = as_(ActorRole.COORDINATOR)
    begun = caller.post(f"/v1/kinderen/{id_}/stappen", coordinator, wish)
    if not begun.is_yes:
        return False
    step, at = begun.body["id"], f"/v1/kinderen/{id_}/stappen/{begun.body['id']}"
    caller.journal.write("stap", begun.span, id=step, kind_id=id_, verzoek=begun.request)
    matcher = as_(ActorRole.MATCHER, entry["aanbieder"])
    if done % _SAYS_NO == 0:
        no = {"antwoord": "nee", "afwijsreden": "gezin niet beschikbaar"}
        _answer(caller, step, matcher, no, moment="eerst")
        return False
    is_placed = _answer(caller, step, matcher, {"antwoord": "ja"}, moment="eerst") and _walk(
        caller, step, at, matcher
    )
    if is_placed and done % _ENDS == 0:
        _end(caller, id_)
    if not is_placed:
        ended = caller.send("POST", f"{at}/_beeindigen", coordinator, {"reden": "Gaat niet door."})
        if ended.is_yes:
            caller.journal.write("stap beeindigd", ended.span, id=step, verzoek=ended.request)
    return is_placed


def _answer(
    caller: Caller, step: str, matcher: dict[str, str], body: dict[str, str], *, moment: str
) -> bool:
    said = caller.post(f"/v1/gezinsvragen/{step}/_antwoord", matcher, body)
    return _kept(caller, said, "antwoord", stap=step, zegt=body["antwoord"], moment=moment)


def _kept(caller: Caller, told: Told, kind: str, **facts: Any) -> bool:
    if told.is_yes:
        caller.journal.write(kind, told.span, verzoek=told.request, **facts)
    else:
        caller.journal.count(f"{kind} geweigerd {told.answer.status_code}")
    return told.is_yes


def _walk(caller: Caller, step: str, at: str, matcher: dict[str, str]) -> bool:
    coordinator = as_(ActorRole.COORDINATOR)
    for phase in PHASES:
        body: dict[str, Any] = {"fase": phase, "akkoord": "ja"}
        if phase == "match":
            shown = caller.get(at, coordinator).body
            if not _consents(caller, step, at, matcher):
                return False
            if shown.get("steunplanNodig"):
                body["steunplan"] = "Elke twee weken begeleiding thuis."
        if phase == "plaatsing":
            child = caller.get(at.split("/stappen", maxsplit=1)[0], coordinator).body
            if child.get("vorm") == "crisis":
                body["redenGeenVervolg"] = "Gaat na het weekend naar huis."
        moved = caller.post(f"{at}/_volgende", coordinator, body)
        if not _kept(caller, moved, "fase", stap=step, fase=phase):
            return False
    return True


def _consents(caller: Caller, step: str, at: str, matcher: dict[str, str]) -> bool:
    intake = as_(ActorRole.INTAKE)
    child = caller.get(at.split("/stappen", maxsplit=1)[0], intake).body
    told = {"organisatie": child["verwijzer"], "gegevenOp": today_in_amsterdam().isoformat()}
    given = caller.post(f"{at}/_akkoord", intake, told)
    is_given = _kept(caller, given, "akkoord", stap=step)
    return is_given and _answer(caller, step, matcher, {"antwoord": "ja"}, moment="kennismaking")


def _end(caller: Caller, id_: str) -> None:
    who = as_(ActorRole.COORDINATOR)
    listed = caller.get(f"/v1/plaatsingen?kind={id_}", who).body["plaatsingen"]
    body = {"dag": today_in_amsterdam().isoformat(), "code": "31", "vervolgplek": "thuis"}
    ended = caller.post(f"/v1/plaatsingen/{listed[0]['id']}/_beeindig", who, body)
    _kept(caller, ended, "plaatsing beeindigd", id=listed[0]["id"])
