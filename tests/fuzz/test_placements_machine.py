"""Placements told of, moved, corrected, ended and judged in any order: never two homes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.models import Occupation, Placement, Registration
from tests.fuzz.machines import OnDatabase, run_machine
from tests.placements.living import COORDINATOR, agreed, open_placements
from tests.rows import make_family
from tests.steps.settled import make_registration

TODAY = today_in_amsterdam()
CHILDREN, FAMILIES = ("AM-1", "AM-2", "AM-3"), ("SPI-1", "SPI-2")
children, families = st.sampled_from(CHILDREN), st.sampled_from(FAMILIES)
which = st.integers(0, 30)
# Codes of JZ588 with what they count as; None where a person must say.
CODES = {"31": "volgens plan", "33": "voortijdig afgebroken", "34": None, "36": None}
SETTLED = ("thuis", "zelfstandig")
APPEND_ONLY = ("placement_change", "ending_judgement", "stage_change")


@dataclass
class Stay:
    """One placement. began, ended: days from today, ended None while it runs."""

    id: str
    child: str
    family: str
    began: int
    ended: int | None = None
    code: str = ""
    label: str | None = None


class PlacementsMachine(OnDatabase):
    """Three children, two families with one bed each."""

    def fill(self) -> None:
        """Make them, all searched for."""
        self.stays: list[Stay] = []
        self.closed: set[str] = set()
        self.beds: dict[str, str | None] = dict.fromkeys(FAMILIES)  # whose each bed is
        with self.session() as session:
            for family in FAMILIES:
                make_family(session, reference=family)
            made = {number: _registered(session, number) for number in CHILDREN}
            self.ids = {number: str(one.id) for number, one in made.items()}
        self.client = open_placements(self.connection)
        self.told = self._recorded()

    @rule(child=children, family=families, began=st.integers(-20, -1))
    def tell(self, child: str, family: str, began: int) -> None:
        """Tell of a placement: refused for who lives somewhere then, or is not searched for."""
        is_open = child not in self.closed and not self._lives(child, began)
        answer = self._ask("/v1/plaatsingen", is_open=is_open, ok=201, body={
            "kind": self.ids[child], "aanbieder": "spirit", "gezin": family,
            "van": _day(began), "grond": "overgenomen", "reden": "Het kind woonde al bij oma.",
        })  # fmt: skip
        if answer:
            self.stays.append(Stay(answer["plaatsing"]["id"], child, family, began))
            self.beds[family] = self.beds[family] or child  # what ran already needs none

    @precondition(lambda self: self.stays)
    @rule(at=which, code=st.sampled_from(["31", "33"]))
    def move(self, at: int, code: str) -> None:
        """Move a child to the other family today: refused where that has no free bed."""
        stay = self._stay(at)
        to = next(family for family in FAMILIES if family != stay.family)
        is_free = self.beds[to] is None
        is_open = stay.ended is None and not self._lives(stay.child, 0, besides=stay) and is_free
        answer = self._ask(f"/v1/plaatsingen/{stay.id}/_verplaats", is_open=is_open, ok=201, body={
            "aanbieder": "spirit", "gezin": to, "dag": _day(0), "code": code,
            "reden": "De moeder werd ziek.", **agreed(),
        })  # fmt: skip
        if answer:
            stay.ended, stay.code, stay.label = 0, code, CODES[code]
            self.stays.append(Stay(answer["plaatsing"]["id"], stay.child, to, 0))
            self._give_up_bed(stay.child)
            self.beds[to] = stay.child

    @precondition(lambda self: self.stays)
    @rule(
        at=which,
        code=st.sampled_from(list(CODES)),
        went_to=st.sampled_from([*SETTLED, "ander pleeggezin", "leefhuis"]),
        ago=st.integers(0, 5),
    )
    def end(self, at: int, code: str, went_to: str, ago: int) -> None:
        """End a placement, once; who has a place of its own is searched for no more."""
        stay = self._stay(at)
        day = max(-ago, stay.began)
        body = {"dag": _day(day), "code": code, "vervolgplek": went_to}
        is_open = stay.ended is None
        if self._ask(f"/v1/plaatsingen/{stay.id}/_beeindig", body, is_open=is_open):
            stay.ended, stay.code, stay.label = day, code, CODES[code]
            self._give_up_bed(stay.child)
            if went_to in SETTLED:
                self.closed.add(stay.child)

    @precondition(lambda self: self.stays)
    @rule(at=which, label=st.sampled_from(["volgens plan", "voortijdig afgebroken"]))
    def judge(self, at: int, label: str) -> None:
        """Judge an end whose code says nothing; again is allowed, and adds a judgement."""
        stay = self._stay(at)
        body = {"uitkomst": label, "reden": "Besproken met de aanbieder."}
        is_open = stay.ended is not None and CODES[stay.code] is None
        if self._ask(f"/v1/plaatsingen/{stay.id}/_beoordeel", body, is_open=is_open):
            stay.label = label

    @precondition(lambda self: self.stays)
    @rule(at=which, is_read=st.booleans(), number=st.integers(1, 99))
    def correct(self, at: int, number: int, *, is_read: bool) -> None:
        """Correct a placement: only on the version that was read."""
        where = f"/v1/plaatsingen/{self._stay(at).id}"
        etag = self.client.get(where).headers["ETag"] if is_read else '"999"'
        body = {"toewijzingsnummer": f"TW-{number}", "reden": "Stond verkeerd."}
        answer = self.client.patch(where, json=body, headers=COORDINATOR | {"If-Match": etag})
        self._judge(answer, is_open=is_read, refused=412)

    @invariant()
    def nobody_lives_in_two_homes(self) -> None:
        """Each child in one family at most, and no bed used by two."""
        with self.session() as session:
            runs = session.scalars(
                select(Placement.registration_id).where(Placement.until.is_(None))
            ).all()
            used = session.execute(
                select(Occupation.place_id, Occupation.registration_id).where(
                    Occupation.released_at.is_(None)
                )
            ).all()
            states = dict(session.execute(select(Registration.number, Registration.state)).all())
        model = [self.ids[stay.child] for stay in self.stays if stay.ended is None]
        assert sorted(map(str, runs)) == sorted(model)
        assert len(model) == len(set(model))
        assert len({place for place, _ in used}) == len(used) <= len(FAMILIES)
        assert {child for _, child in used} <= set(runs), "a bed of a child that lives elsewhere"
        in_bed = [self.ids[child] for child in self.beds.values() if child is not None]
        assert sorted(str(child) for _, child in used) == sorted(in_bed)
        for child, state in states.items():
            placed = any(stay.child == child for stay in self.stays)
            expected = "gesloten" if child in self.closed else "geplaatst" if placed else "zoekt"
            assert state.value == expected, child

    @invariant()
    def each_stay_is_what_the_model_says(self) -> None:
        """Its days and what its end counts as; its own history tells each act."""
        for stay in self.stays:
            shown = self.client.get(f"/v1/plaatsingen/{stay.id}").json()
            assert shown["van"] == _day(stay.began)
            assert shown["tot"] == (None if stay.ended is None else _day(stay.ended))
            if stay.ended is not None:
                assert shown["uitkomst"] == (stay.label or "te beoordelen")

    def _ask(self, where: str, body: dict[str, Any], *, is_open: bool, ok: int = 200) -> Any:
        answer = self.client.post(where, json=body, headers=COORDINATOR)
        self._judge(answer, is_open=is_open, ok=ok)
        return answer.json() if is_open else None

    def _judge(self, answer: Any, *, is_open: bool, ok: int = 200, refused: int = 409) -> None:
        """Check an answer: done, or refused in a sentence; what is recorded only grows."""
        before, after = self.told, self._recorded()
        for name, rows in before.items():
            assert rows <= after[name], f"{name}: what was recorded is changed"
        assert answer.status_code == (ok if is_open else refused), answer.text
        if not is_open:
            assert answer.json()["detail"].endswith(".")
            assert after == before, "a refused act changed something"
        self.told = after

    def _recorded(self) -> dict[str, set[str]]:
        """Return what may only grow."""
        return self.rows_of(*APPEND_ONLY)

    def _give_up_bed(self, child: str) -> None:
        self.beds = {family: None if who == child else who for family, who in self.beds.items()}

    def _stay(self, at: int) -> Stay:
        return self.stays[at % len(self.stays)]

    def _lives(self, child: str, since: int, *, besides: Stay | None = None) -> bool:
        """Whether a child lives somewhere on a day or later; the day of leaving is free again."""
        return any(
            stay.child == child
            and stay is not besides
            and (stay.ended is None or stay.ended > since)
            for stay in self.stays
        )


def _registered(session: Session, number: str) -> Registration:
    """Insert a child that is registered today; the law is settled."""
    return make_registration(session, number=number, registered_on=TODAY)


def _day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


@pytest.mark.drawn
@pytest.mark.timeout(1800)
def test_placements_in_any_order(engine: Engine) -> None:
    """Telling, moving, ending, judging and correcting, of three children and two beds."""
    run_machine(PlacementsMachine, engine, examples=4, soak=60, steps=30)
