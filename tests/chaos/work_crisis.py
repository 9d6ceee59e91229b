"""The crisis desk by night: a report, a yes that locks a bed, and sometimes its release."""

from time import sleep
from typing import Any

from app.kernel.actor import ActorRole
from tests.chaos.caller import Caller, Told, as_

_RELEASES = 2  # one lock in so many is given back


def report_crises(caller: Caller, client: int) -> None:
    """Report one crisis after another."""
    done = 0
    while not caller.stop.is_set():
        done += 1
        _one_night(caller, f"{client}{done:06d}", gives_back=done % _RELEASES == 0)
        caller.stop.wait(1.0)


def _one_night(caller: Caller, mark: str, *, gives_back: bool) -> None:
    who = as_(ActorRole.CRISIS)
    told = {
        "leeftijd": 9, "geslacht": "meisje", "veiligheid": [], "broersZussen": [],
        "postcodeNu": "1012AB", "terugbelnummer": f"06-{mark}0",
    }  # fmt: skip
    made = caller.post("/v1/crisismeldingen", who, told)
    assert made.is_yes, made.answer.text
    report = made.body
    caller.journal.write("melding", made.span, id=report["id"], verzoek=made.request,
                         nummer=told["terugbelnummer"])  # fmt: skip
    at = f"/v1/crisismeldingen/{report['id']}"
    for place, bed in enumerate(report["bedden"][:3]):
        if _call(caller, report["id"], bed, f"{mark}-{place}"):
            if gives_back:
                _act(caller, at, "_vrijgeven", kind="vrij", reason="Oma kan het kind hebben.")
                _act(caller, at, "_sluiten", kind="dicht", reason="Naar het eigen netwerk.")
            return
    sleep(0.5)


def _call(caller: Caller, report: str, bed: dict[str, Any], mark: str) -> bool:
    at = f"/v1/crisismeldingen/{report}"
    body = {"aanbieder": bed["aanbieder"], "gezin": bed["gezin"], "uitkomst": "ja",
            "toelichting": f"merk {mark}"}  # fmt: skip
    called = caller.post(f"{at}/belpogingen", as_(ActorRole.CRISIS), body)
    if called.is_yes:
        caller.journal.write("bed", called.span, melding=report, merk=f"merk {mark}",
                             verzoek=called.request)  # fmt: skip
    return called.is_yes


def _act(caller: Caller, at: str, act: str, *, kind: str, reason: str) -> None:
    """An act without a key: sent again after it was done it is refused, and reading tells."""
    who = as_(ActorRole.CRISIS)
    told: Told = caller.send("POST", f"{at}/{act}", who, {"reden": reason})
    if told.is_yes or told.again:
        request = told.request if told.is_yes else None
        caller.journal.write(kind, told.span, melding=at.rsplit("/", 1)[1], verzoek=request)
    else:
        caller.journal.fault(f"{act}: {told.answer.status_code} {told.answer.text[:200]}")
