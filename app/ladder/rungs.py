"""The ladder of a child, rung by rung: whether it has a place, and why not higher."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.ladder import (
    KIND_OF,
    Allowed,
    NetworkPurpose,
    Rung,
    SettingKind,
    allowed_by,
    is_within,
)
from app.kernel.network import Asked, outcome_of
from app.kernel.postcode import distance_km, pc4_of
from app.kernel.words import GenderPreference, NetworkOutcome
from app.ladder.network_queries import inquiries_of, mentor_cases_of
from app.ladder.order_queries import order_of
from app.ladder.queries import (
    Listed,
    SettingFilter,
    child_of,
    excluded_of,
    has_begun,
    last_run_of,
    list_settings,
    points_of,
)
from app.ladder.schemas import FittingSetting, RungOut
from app.models import Child, Registration

_BIG5 = {"financien": "financiën", "werk_scholing": "werk of school"}
_CALLED = {SettingKind.RESIDENTIAL: "residentiële plek"}
_ORDINARY = (Rung.FAMILY_HOME, Rung.SMALL_GROUP, Rung.RESIDENTIAL)


def allowed_for(session: Session, registration: Registration, day: date) -> Allowed:
    """Return how far the legal frame of a registration lets its child go on a day."""
    return allowed_by(order_of(session, registration), day)


def rungs_of(session: Session, registration: Registration, allowed: Allowed) -> list[RungOut]:
    """Return every rung for a child, the most like home first."""
    found = [_home(session, registration), _network(session, registration)]
    found.append(_family(session, registration.id))
    found += _settings(session, registration)
    return [
        RungOut(
            rung=rung,
            is_allowed=is_within(rung, allowed.furthest),
            has_place=has_place,
            sentences=sentences,
            settings=settings,
        )
        for rung, has_place, sentences, settings in found
    ]


def next_rung(rungs: Sequence[RungOut]) -> Rung | None:
    """Return the first rung with a place that may be taken, once no family is known to have one.

    None as long as nobody has looked in the network, or for a family. Whether home is possible is
    never known here: people say why not when they take a step.
    """
    by_rung = {rung.rung: rung for rung in rungs}
    if any(by_rung[rung].has_place is not False for rung in (Rung.NETWORK, Rung.FAMILY)):
        return None
    fits = (r for r in rungs if r.rung in _ORDINARY and r.has_place and r.is_allowed)
    return next((rung.rung for rung in fits), None)


_Found = tuple[Rung, bool | None, list[str], list[FittingSetting]]


def _home(session: Session, registration: Registration) -> _Found:
    """What the file says of staying home; whether it can is for people."""
    sentences = []
    worry = sorted(key for key, value in registration.big5.items() if value == "nee")
    if worry:
        told = ", ".join(_BIG5.get(word, word) for word in worry)
        sentences.append(f"Van de BIG5 is niet op orde: {told}.")
    running = [case for case in mentor_cases_of(session, registration.id) if case.until is None]
    if running:
        sentences.append(f"Er loopt een JIM ({running[0].relation.value}).")
    if registration.mentor and not running:
        sentences.append("De aanmelding noemt een JIM; er is geen JIM-traject vastgelegd.")
    sentences.append("Of thuis met steun kan, beoordelen mensen: leg vast waarom het niet kan.")
    return Rung.HOME, None, sentences, []


def _network(session: Session, registration: Registration) -> _Found:
    if registration.network_family and not registration.network_refused_reason:
        return Rung.NETWORK, True, ["Er is een netwerkgezin aangemeld."], []
    sentences = []
    if registration.network_refused_reason:
        sentences.append("Het netwerkgezin is afgewezen, met een reden in het dossier.")
    asked = inquiries_of(session, registration.id)
    is_begun = any(one.purpose is not NetworkPurpose.MENTOR for one in asked)
    outcome = outcome_of(Asked(a.purpose, a.relation, a.answer) for a in reversed(asked))
    if asked:
        told = [f"{inquiry.relation.value}: {inquiry.answer.value}" for inquiry in asked[:5]]
        sentences.append(f"Gevraagd in het netwerk: {'; '.join(told)}.")
    # What people answered goes before what the registration says: it may be of long before.
    if outcome is NetworkOutcome.FAMILY:
        sentences.append("Een gezin in het netwerk zei ja: meld het als netwerkgezin.")
        return Rung.NETWORK, None if registration.network_refused_reason else True, sentences, []
    if is_begun and outcome is None:
        sentences.append("Het netwerkonderzoek loopt nog: rond het af of meld een netwerkgezin.")
        return Rung.NETWORK, None, sentences, []
    # Who was asked and said no is a search, whether or not the registration says so.
    is_searched = registration.network_researched or is_begun
    if not is_searched:
        sentences.append("Het netwerk is nog niet onderzocht: doe dat eerst.")
    elif not asked and not registration.network_refused_reason:
        sentences.append("Het netwerk is onderzocht; er is geen netwerkgezin gevonden.")
    return Rung.NETWORK, False if is_searched else None, sentences, []


def _family(session: Session, child_id: UUID) -> _Found:
    if has_begun(session, child_id):
        return Rung.FAMILY, True, ["Er is een pleeggezin gevraagd; de stap loopt."], []
    last = last_run_of(session, child_id)
    if last is None:
        return Rung.FAMILY, None, ["Er is nog geen matchrun geweest: vraag er een aan."], []
    day = f"{last.day.day}-{last.day.month}-{last.day.year}"
    if last.has_proposal:
        return Rung.FAMILY, True, [f"De matchrun van {day} stelt een pleeggezin voor."], []
    if last.why_not is not None:
        return Rung.FAMILY, False, [f"Matchrun van {day}: {last.why_not}"], []
    return Rung.FAMILY, None, [f"Het kind zat niet in de matchrun van {day}: vraag er een aan."], []


def _settings(session: Session, registration: Registration) -> Iterator[_Found]:
    today, child = today_in_amsterdam(), child_of(session, registration)
    near = _Nearness(session, registration, list_settings(session, SettingFilter()))
    for rung in _ORDINARY:
        of_kind = [row for row in near.rows if row.setting.kind is KIND_OF[rung]]
        fitting = [row for row in of_kind if fits(row, child, today) and near.is_outside(row)]
        shown = sorted((near.show(row) for row in fitting), key=lambda s: (s.km is None, s.km or 0))
        yield rung, bool(fitting), [_sentence(KIND_OF[rung], of_kind, fitting)], shown


def _sentence(kind: SettingKind, of_kind: Sequence[Listed], fitting: Sequence[Listed]) -> str:
    called = _CALLED.get(kind, kind.value)
    if not of_kind:
        return f"Er is in de regio geen {called} bekend."
    if not fitting:
        return (
            f"Geen {called} heeft nu een vrije plaats die past bij leeftijd, geslacht en "
            f"gebied ({len(of_kind)} bekend)."
        )
    many = "heeft" if len(fitting) == 1 else "hebben"
    return f"{len(fitting)} van {len(of_kind)} ({called}) {many} een vrije plaats die past."


def fits(row: Listed, child: Child, today: date) -> bool:
    """Return whether a setting has a free place for the age and gender of a child, today."""
    setting = row.setting
    born = child.born_on
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    of_gender = setting.gender in (GenderPreference.NONE, child.gender.value)
    is_open = setting.available_from is None or setting.available_from <= today
    return row.free > 0 and is_open and of_gender and setting.min_age <= age <= setting.max_age


class _Nearness:
    """How far settings are from the child's home, and which lie where it may not live."""

    def __init__(
        self, session: Session, registration: Registration, rows: Sequence[Listed]
    ) -> None:
        self.rows = rows
        self._home = pc4_of(registration.postcode)
        self._excluded = excluded_of(session, registration.id)
        areas = {self._home, *(pc4_of(area.postcode) for area in self._excluded)}
        self._points = points_of(
            session, sorted(areas | {pc4_of(row.setting.postcode) for row in rows})
        )

    def km(self, one: str, other: str) -> float | None:
        """Return the distance between two areas, None where one is not on the map."""
        if one not in self._points or other not in self._points:
            return None
        ends = [np.array(value) for point in (one, other) for value in self._points[point]]
        return round(float(distance_km(*ends)), 1)

    def is_outside(self, row: Listed) -> bool:
        """Return whether a setting lies outside every area where the child may not live.

        One of which the map does not say where it is, is no place for a child with such areas.
        """
        there = pc4_of(row.setting.postcode)
        for area in self._excluded:
            km = self.km(pc4_of(area.postcode), there)
            if pc4_of(area.postcode) == there or km is None or km <= area.radius_km:
                return False
        return True

    def show(self, row: Listed) -> FittingSetting:
        """Return a setting as the ladder shows it."""
        setting = row.setting
        return FittingSetting(
            provider=row.provider, number=setting.number, name=setting.name,
            place_name=setting.place_name, free=row.free,
            km=self.km(self._home, pc4_of(setting.postcode)), confirmed_on=setting.confirmed_on,
        )  # fmt: skip


def may_stay(session: Session, registration: Registration, row: Listed, today: date) -> bool:
    """Return whether a setting has a place that fits a child, outside where it may not live."""
    near = _Nearness(session, registration, [row])
    return fits(row, child_of(session, registration), today) and near.is_outside(row)
