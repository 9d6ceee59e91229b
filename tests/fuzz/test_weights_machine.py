"""Learnt weights in any order: people put them into force, put them aside, and take that back."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import Engine

from app.matching.risk.weights import DEFAULT
from app.outcomes.calibration_routes import router as calibration
from app.outcomes.routes import router as weights
from app.proposals.ask import weights_of_region
from app.weights_in_force import WITHOUT, hides_chances
from tests.doors import open_door
from tests.fuzz.machines import OnDatabase, run_machine
from tests.outcomes.versions import COMPARISON, make_version
from tests.steps.walking import COORDINATOR

REASON = {"reden": "Besproken in het regionaal overleg."}
# The newest in two of three: about those before it there is little left to decide.
which = st.sampled_from([-1, -1, -1, -1, 0, 1])


@dataclass
class Learnt:
    """A version. against: what it was compared with; judged: None until somebody decided."""

    name: str
    against: str
    has_comparison: bool
    judged: str | None = None


class WeightsMachine(OnDatabase):
    """Versions that a job learns, and what people decide about them and about the chances."""

    def fill(self) -> None:
        """Begin with what ships."""
        self.learnt: list[Learnt] = []
        self.in_turn: list[Learnt] = []
        self.is_off, self.decided = False, 0
        self.client = open_door(self.connection, weights, calibration)

    @rule(has_comparison=st.sampled_from([True, True, True, False]))
    def learn(self, *, has_comparison: bool) -> None:
        """The job proposes one beside what holds now; a proposal of before lapses."""
        one = Learnt(f"uitkomsten-{len(self.learnt)}", self._present(), has_comparison)
        with self.session() as session:
            make_version(
                session, one.name, compared_with=one.against,
                comparison=COMPARISON if has_comparison else None,
            )  # fmt: skip
        self.learnt.append(one)

    @precondition(lambda self: self.learnt)
    @rule(nth=which)
    def accept(self, nth: int) -> None:
        """The newest, where it could be compared, with what still holds."""
        one = self.learnt[nth % len(self.learnt)]
        is_open = (
            self._state(one) == "voorstel" and one.has_comparison
            and one.against == self._present()
        )  # fmt: skip
        self._judge(f"weegfactoren/{one.name}/_aanvaarden", 200 if is_open else 409)
        if is_open:
            one.judged = "aanvaard"
            self.in_turn.append(one)

    @rule()
    def learn_and_accept(self) -> None:
        """As most often: what was learnt is talked over and put into force."""
        self.learn(has_comparison=True)
        self.accept(-1)

    @precondition(lambda self: self.learnt)
    @rule(nth=which)
    def reject(self, nth: int) -> None:
        """Any that nobody decided about."""
        one = self.learnt[nth % len(self.learnt)]
        is_open = one.judged is None
        self._judge(f"weegfactoren/{one.name}/_afwijzen", 200 if is_open else 409)
        if is_open:
            one.judged = "afgewezen"

    @precondition(lambda self: self.in_turn or not self.learnt)
    @rule()
    def roll_back(self) -> None:
        """To what held before, as long as the region has put any into force."""
        self._judge("weegfactoren/_terugdraaien", 200 if self.in_turn else 409)
        if self.in_turn:
            self.in_turn.pop().judged = "teruggedraaid"

    @rule(off=st.booleans())
    def switch(self, *, off: bool) -> None:
        """Proposals carry a chance or not, whichever weights hold."""
        is_open = off is not self.is_off
        self._judge(f"kalibratie/{'_uitzetten' if off else '_aanzetten'}", 200 if is_open else 409)
        self.is_off = off

    @invariant()
    def each_version_is_what_the_model_says(self) -> None:
        """At the door: its state, whether it can be accepted, what holds and what was before."""
        told = self.client.get("/v1/weegfactoren?aantal=100", headers=COORDINATOR).json()
        assert {one["versie"]: one["stand"] for one in told["versies"]} == {
            one.name: self._state(one) for one in self.learnt
        }
        before = self.in_turn[-2].name if len(self.in_turn) > 1 else DEFAULT
        assert told["geldend"]["versie"] == self._present()
        assert told["geldend"]["vorige"] == (before if self.in_turn else None)
        assert told["geldend"]["kansenUitgezet"] is self.is_off
        assert len(told["besluiten"]) == min(self.decided, 50)

    @invariant()
    def the_next_run_uses_what_holds(self) -> None:
        """Its weights, and whether it tells a chance."""
        with self.session() as session:
            used = weights_of_region(session)
            held = WITHOUT if self.is_off else self._present()
            assert (used.version if used else DEFAULT) == held
            assert hides_chances(session, self._present()) is self.is_off

    def _judge(self, where: str, status: int) -> None:
        """Decide, and check the answer; what is refused is told in a sentence and keeps nothing."""
        before = self.rows_of("weights_decision", "weights_version")
        answer: Any = self.client.post(f"/v1/{where}", json=REASON, headers=COORDINATOR)
        assert answer.status_code == status, answer.text
        if status == 409:
            assert answer.json()["detail"].endswith(".")
            assert self.rows_of("weights_decision", "weights_version") == before
        else:
            self.decided += 1

    def _present(self) -> str:
        return self.in_turn[-1].name if self.in_turn else DEFAULT

    def _state(self, one: Learnt) -> str:
        if one.judged == "aanvaard":
            return "in werking" if one is self.in_turn[-1] else "vervangen"
        is_newest = one is self.learnt[-1]
        return one.judged or ("voorstel" if is_newest else "vervallen")


@pytest.mark.drawn
@pytest.mark.timeout(1800)
def test_weights_in_any_order(engine: Engine) -> None:
    """Learnt, put into force, put aside, taken back; and the chances switched off and on."""
    run_machine(WeightsMachine, engine, examples=6, soak=60, steps=40)
