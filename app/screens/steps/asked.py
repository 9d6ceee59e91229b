"""What the pages of a step ask the API, at once, as far as this person may."""

from datetime import date
from typing import Any
from uuid import UUID

from app.kernel.clock import now
from app.screens.api import Refused, all_of
from app.screens.moments import HERE
from app.screens.visit import Visit

Found = dict[str, Any]
UNDO_WITHIN = 10.0  # seconds


def place(child_id: UUID, step_id: UUID | None = None) -> str:
    """Return the address of a child's steps, or of one of them; the same here and in the API."""
    return f"/kinderen/{child_id}/stappen" + (f"/{step_id}" if step_id else "")


async def nothing() -> None:
    """Stand in for a question that this person may not ask."""


async def read_child(visit: Visit, child_id: UUID) -> Found | None:
    """Return the registration, or None for a role that has no look at it."""
    if not visit.may("leesKind"):
        return None
    return dict(await visit.api.get(f"/kinderen/{child_id}"))


async def read_proposals(visit: Visit, child_id: UUID) -> Found | None:
    """Return what the last run has for a child, or None for who is not told."""
    if not visit.may("leesMatchvoorstellen"):
        return None
    return dict(await visit.api.get(f"/kinderen/{child_id}/matchvoorstellen"))


async def read_step(visit: Visit, child_id: UUID, step_id: UUID) -> Found:
    """Return a step (`van`: its provider's name), its history, the child, what the law asks."""
    where = place(child_id, step_id)
    shown, kid, told = await all_of(
        visit.api.get(where),
        read_child(visit, child_id),
        visit.api.get(f"{where}/geschiedenis") if visit.may("leesStapGeschiedenis") else nothing(),
    )
    shown["van"] = visit.names.get(shown["aanbieder"], shown["aanbieder"])
    return {"stap": shown, "kind": kid, "verhaal": told, "kader": await _gaps(visit, shown)}


async def _gaps(visit: Visit, shown: Found) -> Found | None:
    """Return what in the legal frame stops a placement with this family's provider."""
    if not visit.may("leesJuridischKader") or shown["stand"] != "loopt":
        return None
    path = f"/kinderen/{shown['kind']}/juridisch-kader"
    return dict(await visit.api.get(path, aanbieder=shown["aanbieder"]))


def days_left(shown: Found) -> int:
    """Return how many days a family and a place stay fixed; below zero: the term is over."""
    return (date.fromisoformat(shown["totEnMet"]) - now().astimezone(HERE).date()).days


def seconds_since(step_id: UUID) -> float:
    """Return how long ago a step was begun; its id tells when (RFC 9562, version 7)."""
    return now().timestamp() - (step_id.int >> 80) / 1000


def may_undo(shown: Found, *, within: float = UNDO_WITHIN) -> bool:
    """Return whether a step was begun just now and nobody has answered yet."""
    is_fresh = seconds_since(UUID(shown["id"])) < within
    return is_fresh and shown["stand"] == "loopt" and shown["fase"] == "voorgesteld"


def need(visit: Visit, operation: str) -> None:
    """Raise Refused where a page would hold nothing but a form that is not for this role."""
    if not visit.may(operation):
        raise Refused(403, {})
