"""Placements with their start and their end as rows, in bulk, drawn or told."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.db.bulk import insert_rows
from app.kernel.clock import now
from app.kernel.endings import EndCode, EndLabel, WentTo
from app.kernel.ids import new_id
from app.kernel.words import CareForm, FamilyKind, Problem
from app.models import (
    Child,
    Placement,
    PlacementBasis,
    PlacementEnding,
    PlacementOrigin,
    Provider,
    Registration,
    RegistrationProblem,
)
from app.simulation.history import draw_history
from app.simulation.history_truth import Truth
from app.simulation.order import Order
from tests.rows import make_family, make_registration

TODAY = date(2026, 11, 28)
_CODES = {
    EndLabel.PLANNED: EndCode.AS_PLANNED,
    EndLabel.BROKEN: EndCode.BY_PROVIDER,
    EndLabel.NEITHER: EndCode.CHANGED,
    EndLabel.REVIEW: EndCode.AGREED,
}
Told = Mapping[str, Any]


def drawn_history(*, placements: int, seed: int = 5, today: date = TODAY) -> list[dict[str, str]]:
    """Return rows of the layout of `plaatsingen-historie.csv`, by a truth that is no model."""
    order = Order(30, 60, seed=seed, snapshot_day=today)
    content = draw_history(order, placements=placements, truth=Truth.of(seed))
    return list(csv.DictReader(io.StringIO(content.decode())))


def told_of(row: Mapping[str, str]) -> dict[str, Any]:
    """Return a row of a history as `insert_placements` takes it."""
    since = date.fromisoformat(row["start"])
    ended = date.fromisoformat(row["einde"]) if row["einde"] else None
    apart = {"plaatsing_id", "aanbieder", "start", "einde", "reden_einde"}
    return {
        "since": since,
        "until": ended,
        "label": EndLabel(row["reden_einde"]) if ended else None,
        "provider": row["aanbieder"],
        "form": CareForm(row["vorm"]),
        "kind": FamilyKind(row["gezin_type"]),
        "facts": {name: cell for name, cell in row.items() if name not in apart},
        "age": float(row["leeftijd_bij_start"]),
        "gender": row["geslacht"],
    }


def insert_placements(session: Session, told: Sequence[Told]) -> list[UUID]:
    """Insert placements with basis and ending as the service writes them; return their ids."""
    maker = _Maker(session)
    rows = [maker.rows_of(one) for one in told]
    for at, model in enumerate((Child, Registration, Placement)):
        insert_rows(session, model, [row[at] for row in rows])
    insert_rows(
        session, RegistrationProblem, [_lvb(r[1]["id"], t) for r, t in zip(rows, told, strict=True)]
    )
    insert_rows(session, PlacementBasis, [row[3] for row in rows if row[3]])
    insert_rows(session, PlacementEnding, [row[4] for row in rows if row[4]])
    session.flush()
    return [row[2]["id"] for row in rows]


class _Maker:
    """Makes the rows of one placement after the example of a single whole registration."""

    def __init__(self, session: Session) -> None:
        self._session, self._number = session, 0
        trial = session.begin_nested()
        example = make_registration(session, number=f"VB-{new_id().hex[:12]}")
        self._child = _columns(session.get_one(Child, example.child_id))
        self._registration = _columns(example)
        trial.rollback()
        self._mark = new_id().hex[-8:]
        self._families: dict[tuple[str, FamilyKind], UUID] = {}
        providers = session.execute(select(Provider.code, Provider.id))
        self._providers: dict[str, UUID] = dict(providers.all())

    def rows_of(self, told: Told) -> tuple[Any, ...]:
        """Return child, registration, placement, basis and ending (None where there is none)."""
        self._number += 1
        child, registration, placement = new_id(), new_id(), new_id()
        since, until = told["since"], told.get("until")
        provider = told.get("provider", "spirit")
        return (
            self._child | {
                "id": child,
                "born_on": since - timedelta(days=int(told.get("age", 8) * 365.25) + 1),
                "gender": told.get("gender", "meisje"),
            },
            self._registration | {
                "id": registration, "child_id": child, "number": f"P-{self._mark}-{self._number}",
                "state": "gesloten" if until else "geplaatst",
                "care_form": told.get("form", CareForm.LONG_TERM),
                "registered_on": since - timedelta(days=told.get("waited", 60)),
            } | dict(told.get("registration", {})),
            {
                "id": placement, "registration_id": registration,
                "family_id": self._family(provider, told.get("kind", FamilyKind.RECRUITED)),
                "provider_id": self._providers[provider], "since": since, "until": until,
                "form": told.get("form", CareForm.LONG_TERM),
                "origin": PlacementOrigin.TOLD if "ground" in told else PlacementOrigin.DECISION,
                "outside_ground": told.get("ground"), "version": 1,
                "created_at": told.get("told_at", now()),
            },
            _basis(placement, told),
            _ending(placement, told),
        )  # fmt: skip

    def _family(self, provider: str, kind: FamilyKind) -> UUID:
        key = provider, kind
        if key not in self._families:
            made = make_family(
                self._session, reference=f"F-{self._mark}-{len(self._families)}", kind=kind,
                provider=provider,
                network_for="AM-0" if kind is FamilyKind.NETWORK else None,
            )  # fmt: skip
            self._families[key] = made.id
        return self._families[key]


def _columns(row: Any) -> dict[str, Any]:
    columns = inspect(type(row)).column_attrs
    return {column.key: getattr(row, column.key) for column in columns}


def _lvb(registration: UUID, told: Told) -> dict[str, Any]:
    severity = told.get("lvb", 0)
    return {
        "registration_id": registration, "problem": Problem.LEARNING_DISABILITY,
        "severity": severity,
    }  # fmt: skip


def _basis(placement: UUID, told: Told) -> dict[str, Any] | None:
    chance = told.get("chance")
    if chance is None and told.get("facts") is None:
        return None
    has_chance = chance is not None
    return {
        "placement_id": placement, "facts": told.get("facts") or {}, "chance": chance,
        "chance_low": chance * 0.5 if has_chance else None,
        "chance_high": min(1.0, chance * 1.6) if has_chance else None,
        "horizon_months": told.get("horizon", 12) if has_chance else None,
        "weights_version": told.get("weights", "literatuur-2026-11") if has_chance else None,
        "run_id": told.get("run"),
    }  # fmt: skip


def _ending(placement: UUID, told: Told) -> dict[str, Any] | None:
    label = told.get("label")
    if label is None:
        return None
    return {
        "placement_id": placement, "code": _CODES[label], "went_to": WentTo.UNKNOWN,
        "label": label, "actor": "toets", "role": "coordinator",
    }  # fmt: skip
