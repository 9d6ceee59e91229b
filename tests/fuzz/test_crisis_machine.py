"""The crisis desk beside the steps, in any order: a bed is locked, or held, or free; never two."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import Engine, select, update

from app.crisis.routes import router as crisis
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.words import CareForm
from app.models import BegunPair, BegunState, Family, Occupation, Place
from app.steps.routes import router as steps
from tests.doors import open_door, signed_in
from tests.fuzz.machines import OnDatabase, run_machine
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import COORDINATOR

TODAY = today_in_amsterdam()
DESK = signed_in("crisisdienst")
BEDS = {"SPI-1": 1, "SPI-2": 2}
CHILDREN = ("AM-1", "AM-2")
families, children = st.sampled_from(list(BEDS)), st.sampled_from(CHILDREN)
which = st.integers(0, 30)


@dataclass
class Report:
    """One crisis. wanted: children; locked: its beds, by family."""

    id: str
    wanted: int
    locked: Counter[str]
    state: str = "zoekt bed"


@dataclass
class Hold:
    """One step of a child with a family. is_stale: its term is over."""

    id: str
    child: str
    family: str
    is_stale: bool = False
    runs: bool = True


class CrisisMachine(OnDatabase):
    """Two families with three beds, wanted by children who wait and by children of the night."""

    def fill(self) -> None:
        """Make them; both families take a child for a night and for long."""
        self.reports: list[Report] = []
        self.holds: list[Hold] = []
        with self.session() as session:
            for family, beds in BEDS.items():
                make_family(
                    session, reference=family, places=beds, source_updated_at=now(),
                    forms=(CareForm.CRISIS, CareForm.LONG_TERM),
                )  # fmt: skip
            made = {n: make_registration(session, number=n) for n in CHILDREN}
            self.ids = {number: str(one.id) for number, one in made.items()}
        self.client = open_door(self.connection, crisis, steps)

    @rule(siblings=st.integers(0, 2))
    def report(self, siblings: int) -> None:
        """Somebody rings at night."""
        body = {
            "leeftijd": 6, "geslacht": "meisje", "veiligheid": [], "postcodeNu": "1012AB",
            "terugbelnummer": "06-12345678",
            "broersZussen": [{"leeftijd": 4, "geslacht": "jongen"}] * siblings,
        }  # fmt: skip
        answer = self.client.post("/v1/crisismeldingen", json=body, headers=DESK)
        assert answer.status_code == 201, answer.text
        self.reports.append(Report(answer.json()["id"], 1 + siblings, Counter()))

    @precondition(lambda self: self.reports)
    @rule(nth=which, family=families, outcome=st.sampled_from(["ja", "ja", "nee", "geen gehoor"]),
          is_day_told=st.booleans())  # fmt: skip
    def call(self, nth: int, family: str, outcome: str, *, is_day_told: bool) -> None:
        """A yes locks what is free; fewer beds than children only with a day to be together."""
        report = self._report(nth)
        body: dict[str, Any] = {"aanbieder": "spirit", "gezin": family, "uitkomst": outcome}
        if is_day_told:
            body["herenigenVoor"] = (TODAY + timedelta(days=5)).isoformat()
        beds = min(self._free(family), report.wanted) if outcome == "ja" else 0
        status = 201
        if report.state != "zoekt bed" or (outcome == "ja" and not beds):
            status = 409
        elif 0 < beds < report.wanted and not is_day_told:
            status = 400
        self._judge(f"crisismeldingen/{report.id}/belpogingen", body, DESK, status)
        if status == 201 and beds:
            report.locked[family] += beds
            report.state = "bed gevonden"

    @precondition(lambda self: self.reports)
    @rule(nth=which, beds=st.sampled_from([None, 1, 2]))
    def release(self, nth: int, beds: int | None) -> None:
        """All beds, or as many as children who did not come; without any it looks again."""
        report = self._report(nth)
        held = report.locked.total()
        is_open = held > 0 and (beds or 1) <= held
        body = {"reden": "Het ging niet door."} | ({"bedden": beds} if beds else {})
        self._judge(f"crisismeldingen/{report.id}/_vrijgeven", body, DESK, 200 if is_open else 409)
        if not is_open:
            return
        (family,) = (name for name, many in report.locked.items() if many)
        report.locked[family] -= beds or held
        if not report.locked.total():
            report.state = "zoekt bed"

    @precondition(lambda self: self.reports)
    @rule(nth=which)
    def close(self, nth: int) -> None:
        """No bed of here is needed any more: what was locked is free."""
        report = self._report(nth)
        is_open = report.state != "gesloten"
        body = {"reden": "Het kind blijft bij oma."}
        self._judge(f"crisismeldingen/{report.id}/_sluiten", body, DESK, 200 if is_open else 409)
        if is_open:
            report.state, report.locked = "gesloten", Counter()

    @rule(child=children, family=families)
    def begin(self, child: str, family: str) -> None:
        """Ask a family for a child who waits: that holds one of its beds."""
        is_open = self._free(family) > 0 and not any(
            one.child == child and one.runs and not one.is_stale for one in self.holds
        )
        body = {
            "aanbieder": "spirit", "gezin": family, "redenKeuze": "Vertrouwd.",
            "sinds": (TODAY - timedelta(days=3)).isoformat(),
        }  # fmt: skip
        where = f"kinderen/{self.ids[child]}/stappen"
        answer = self._judge(where, body, COORDINATOR, 201 if is_open else 409)
        if is_open:
            for one in self.holds:
                if one.is_stale and (one.child == child or one.family == family):
                    one.runs = False
            self.holds.append(Hold(answer.json()["id"], child, family))

    @precondition(lambda self: self.holds)
    @rule(nth=which, more=st.sampled_from(["_beeindigen", "_verlengen"]))
    def end_or_extend(self, nth: int, more: str) -> None:
        """A hold that was over goes on only where a bed is still free."""
        hold = self.holds[nth % len(self.holds)]
        is_open = hold.runs and (
            more == "_beeindigen" or not hold.is_stale or self._free(hold.family) > 0
        )
        body = (
            {"reden": "De moeder wil eerst praten."} if more == "_beeindigen"
            else {"totEnMet": (TODAY + timedelta(days=20)).isoformat()}
        )  # fmt: skip
        where = f"kinderen/{self.ids[hold.child]}/stappen/{hold.id}/{more}"
        self._judge(where, body, COORDINATOR, 200 if is_open else 409)
        if is_open and more == "_beeindigen":
            hold.runs = False
        elif is_open:
            hold.is_stale = False

    @precondition(lambda self: any(one.runs and not one.is_stale for one in self.holds))
    @rule(nth=which)
    def let_the_term_pass(self, nth: int) -> None:
        """The last day of a hold is yesterday: at night its bed counts as free."""
        running = [one for one in self.holds if one.runs and not one.is_stale]
        hold = running[nth % len(running)]
        with self.session() as session:
            passed = {"held_until": TODAY - timedelta(days=1)}
            session.execute(update(BegunPair).where(BegunPair.id == hold.id).values(passed))
        hold.is_stale = True

    @invariant()
    def no_bed_twice(self) -> None:
        """Locked or held once, and of each family as many as the model says."""
        beds = select(Family.reference, Place.id).join(Place, Place.family_id == Family.id)
        locked = beds.join(Occupation, Occupation.place_id == Place.id).where(
            Occupation.released_at.is_(None)
        )
        held = beds.join(BegunPair, BegunPair.place_id == Place.id).where(
            BegunPair.state == BegunState.RUNNING, BegunPair.held_until >= TODAY
        )
        with self.session() as session:
            rows = [*session.execute(locked), *session.execute(held)]
        assert len({bed for _, bed in rows}) == len(rows), "a bed is given twice"
        assert Counter(family for family, _ in rows) == +Counter(
            {family: beds - self._free(family) for family, beds in BEDS.items()}
        )

    @invariant()
    def each_report_is_what_the_model_says(self) -> None:
        """Its state, who keeps beds for it, and whom one may call: never one without a bed."""
        for report in self.reports:
            told = self.client.get(f"/v1/crisismeldingen/{report.id}", headers=DESK).json()
            assert told["stand"] == report.state, told
            locked = {home["gezin"]: home["beddenVast"] for home in told["vastgezet"]}
            assert locked == dict(+report.locked)
            if report.state == "zoekt bed":
                free = {bed["gezin"]: bed["bedden"] for bed in told["bedden"]}
                assert all(self._free(family) == many for family, many in free.items()), free

    def _judge(self, where: str, body: object, who: dict[str, str], status: int) -> Any:
        """Ask, and check the answer; what is refused is told in a sentence and changes nothing."""
        tables = ("crisis_report", "crisis_call", "occupation", "begun_pair")
        before = self.rows_of(*tables)
        answer = self.client.post(f"/v1/{where}", json=body, headers=who)
        assert answer.status_code == status, answer.text
        if status >= 400:
            assert answer.json()["detail"].endswith(".")
            assert self.rows_of(*tables) == before, "what was refused changed something"
        return answer

    def _free(self, family: str) -> int:
        held = sum(o.family == family and o.runs and not o.is_stale for o in self.holds)
        return BEDS[family] - held - sum(report.locked[family] for report in self.reports)

    def _report(self, nth: int) -> Report:
        return self.reports[nth % len(self.reports)]


@pytest.mark.drawn
@pytest.mark.timeout(1800)
def test_crisis_and_steps_in_any_order(engine: Engine) -> None:
    """Locks, holds, releases, terms that pass and reports that close, over three beds."""
    run_machine(CrisisMachine, engine, examples=4, soak=60, steps=25)
