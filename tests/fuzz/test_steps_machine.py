"""Steps in any order: what is open is done, and what is not is refused and changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import Engine, select, update

from app.kernel.clock import today_in_amsterdam
from app.models import BegunPair, BegunState, Occupation, Place, Registration
from tests.fuzz.machines import OnDatabase, run_machine
from tests.fuzz.step_model import PHASES, Step
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import COORDINATOR, Walk, open_steps

TODAY = today_in_amsterdam()
CHILDREN, FAMILIES = ("AM-1", "AM-2", "AM-3"), ("SPI-1", "SPI-2")
children, families = st.sampled_from(CHILDREN), st.sampled_from(FAMILIES)
# Which of the steps so far: mostly a running one, now and then any.
which = st.tuples(st.integers(0, 3), st.integers(0, 30))


class StepsMachine(OnDatabase):
    """Three children, two families with one bed each."""

    def fill(self) -> None:
        """Make them, all searched for and in order by law."""
        self.steps: list[Step] = []
        self.noes: set[tuple[str, str]] = set()
        self.placed: dict[str, str] = {}
        self.told: dict[str, set[str]] = {}
        with self.session() as session:
            for family in FAMILIES:
                make_family(session, reference=family)
            made = {n: make_registration(session, number=n) for n in CHILDREN}
            self.ids = {number: str(one.id) for number, one in made.items()}
            self.registered = {number: one.registered_on for number, one in made.items()}
        self.client = open_steps(self.connection)

    @rule(child=children, family=families)
    def begin(self, child: str, family: str) -> None:
        """Ask a family for a child; one that is asked, full or said no is refused."""
        holders = [one for one in self.steps if one.holds]
        is_open = (
            child not in self.placed
            and family not in self.placed.values()
            and (child, family) not in self.noes
            and not any(one.child == child or one.family == family for one in holders)
        )
        body = {
            "aanbieder": "spirit", "gezin": family, "redenKeuze": "Vertrouwd.",
            "sinds": (TODAY - timedelta(days=3)).isoformat(),
        }  # fmt: skip
        where = f"/v1/kinderen/{self.ids[child]}/stappen"
        answer = self.client.post(where, json=body, headers=COORDINATOR)
        self._judge(answer, is_open=is_open, ok=201)
        if is_open:
            self._expire(child, family)
            self.steps.append(Step(answer.json()["id"], child, family))

    @precondition(lambda self: self.steps)
    @rule(one=which, to=st.sampled_from(PHASES), follow=st.integers(0, 3))
    def move(self, one: tuple[int, int], to: str, follow: int) -> None:
        """Take a step to a phase: mostly one that follows."""
        step = self._step(one)
        self._move(step, step.follows[0] if follow and step.follows else to)

    def _move(self, step: Step, to: str) -> None:
        is_open = step.may_move(to)
        answer = self._walk(step).move(to)
        self._judge(answer, is_open=is_open)
        if not is_open:
            if step.holds and to not in step.follows:
                assert all(f"'{phase}'" in answer.json()["detail"] for phase in step.follows)
            return
        step.phase = to
        if to == "plaatsing":
            step.state = "geplaatst"
            self.placed[step.child] = step.family

    @precondition(lambda self: self.steps)
    @rule(one=which)
    def say_yes(self, one: tuple[int, int]) -> None:
        """The provider says yes: to the proposal, and during the acquaintance to the placement."""
        self._say_yes(self._step(one))

    def _say_yes(self, step: Step) -> None:
        is_open = step.may_say_yes()
        self._judge(self._walk(step).answer(), is_open=is_open, refused=(404, 409))
        if is_open and step.phase == PHASES[0]:
            step.has_answer = True
        elif is_open:
            step.consents.add("aanbieder")

    @precondition(lambda self: self.steps)
    @rule(one=which)
    def consent(self, one: tuple[int, int]) -> None:
        """The intake records the yes of the referrer."""
        self._consent(self._step(one))

    def _consent(self, step: Step) -> None:
        is_open = step.may_consent()
        self._judge(self._walk(step).consent(), is_open=is_open)
        if is_open:
            step.consents.add("verwijzer")

    @precondition(lambda self: any(step.holds for step in self.steps))
    @rule(one=which, times=st.integers(2, 12), consents=st.booleans())
    def press_on(self, one: tuple[int, int], times: int, *, consents: bool) -> None:
        """Do what comes next, some times; drawn one by one no step would come far."""
        holding = [step for step in self.steps if step.holds]
        step = holding[one[1] % len(holding)]
        for _ in range(times):
            is_decided = step.phase == "kennismaking"
            if step.may_say_yes() and (consents or not is_decided):
                self._say_yes(step)
            elif step.may_consent() and consents:
                self._consent(step)
            elif step.follows:
                self._move(step, step.follows[0])

    @precondition(lambda self: self.steps)
    @rule(one=which)
    def object_to(self, one: tuple[int, int]) -> None:
        """The parents object: under a voluntary frame that is a veto."""
        step = self._step(one)
        answer = self._walk(step).object_to()
        self._judge(answer, is_open=step.runs, ok=201)
        if step.runs:
            step.objections[answer.json()["id"]] = True

    @precondition(lambda self: any(step.objections for step in self.steps))
    @rule(one=which, outcome=st.sampled_from(["doorgaan", "ingetrokken", "ingetrokken", "stoppen"]))
    def decide(self, one: tuple[int, int], outcome: str) -> None:
        """Record what came of an objection; nobody goes on past a veto."""
        objected = [step for step in self.steps if step.objections]
        step = objected[one[1] % len(objected)]
        objection = list(step.objections)[one[0] % len(step.objections)]
        is_open = step.runs and step.objections[objection] and outcome != "doorgaan"
        self._judge(self._walk(step).decide(objection, outcome), is_open=is_open)
        if is_open:
            step.objections[objection] = False
            if outcome == "stoppen":
                self._end(step, "nee")

    @precondition(lambda self: self.steps)
    @rule(one=which, by=st.sampled_from(["gezin", "aanbieder", "verwijzer"]))
    def say_no(self, one: tuple[int, int], by: str) -> None:
        """A no ends the step for good, also past its term."""
        step = self._step(one)
        body = {"door": by, "afwijsreden": "afstand"}
        is_open = step.runs
        answer = self.client.post(f"{self._walk(step).at}/_nee", json=body, headers=COORDINATOR)
        self._judge(answer, is_open=is_open)
        if is_open:
            self._end(step, "nee")

    @precondition(lambda self: self.steps)
    @rule(one=which)
    def stop(self, one: tuple[int, int]) -> None:
        """An end without a no: the family may be asked again."""
        step = self._step(one)
        body = {"reden": "De moeder wil eerst praten."}
        where, is_open = f"{self._walk(step).at}/_beeindigen", step.runs
        self._judge(self.client.post(where, json=body, headers=COORDINATOR), is_open=is_open)
        if is_open:
            self._end(step, "verlopen")

    @precondition(lambda self: self.steps)
    @rule(one=which)
    def extend(self, one: tuple[int, int]) -> None:
        """A longer term makes a step that was over go on; it never gives a second hold."""
        step = self._step(one)
        body = {"totEnMet": (TODAY + timedelta(days=20)).isoformat()}
        where, is_open = f"{self._walk(step).at}/_verlengen", step.runs
        self._judge(self.client.post(where, json=body, headers=COORDINATOR), is_open=is_open)
        if is_open:
            step.is_stale = False

    @precondition(lambda self: any(step.holds for step in self.steps))
    @rule(one=which)
    def let_the_term_pass(self, one: tuple[int, int]) -> None:
        """The last day of a hold is yesterday."""
        holding = [step for step in self.steps if step.holds]
        step = holding[one[1] % len(holding)]
        with self.session() as session:
            passed = {"held_until": TODAY - timedelta(days=1)}
            session.execute(update(BegunPair).where(BegunPair.id == step.id).values(passed))
        step.is_stale = True
        self.told = self._recorded()

    @invariant()
    def no_bed_twice(self) -> None:
        """A bed is used or held by one child at most, and by whom the model says."""
        with self.session() as session:
            beds = session.scalars(select(Place.id)).all()
            used = session.scalars(
                select(Occupation.place_id).where(Occupation.released_at.is_(None))
            ).all()
            held = session.scalars(
                select(BegunPair.place_id).where(
                    BegunPair.state == BegunState.RUNNING, BegunPair.held_until >= TODAY
                )
            ).all()
        assert len(beds) == len(FAMILIES)
        taken = [*used, *held]
        assert len(taken) == len(set(taken))
        assert len(used) == len(self.placed)
        assert len(held) == sum(step.holds for step in self.steps)

    @invariant()
    def the_clock_goes_on(self) -> None:
        """Nothing that happens to steps touches the day of registration."""
        with self.session() as session:
            rows = session.execute(
                select(Registration.number, Registration.registered_on, Registration.state)
            ).all()
        assert {number: day for number, day, _ in rows} == self.registered
        placed = {number for number, _, state in rows if state.value == "geplaatst"}
        assert placed == set(self.placed)

    @invariant()
    def each_step_is_what_the_model_says(self) -> None:
        """Phase, state and which phases are open."""
        shown = {}
        for child in self.ids.values():
            told = self.client.get(f"/v1/kinderen/{child}/stappen", headers=COORDINATOR).json()
            shown.update({one["id"]: one for one in told["stappen"]})
        assert len(shown) == len(self.steps)
        for step in self.steps:
            one = shown[step.id]
            assert (one["fase"], one["stand"]) == (step.phase, step.state), one
            # Past its term nothing is open until it is longer; what it waits for is to be told.
            assert one["openFasen"] == (list(step.follows) if step.holds else [])
            assert one["wachtOp"] or step.holds or not step.runs

    def _judge(
        self, answer: Any, *, is_open: bool, ok: int = 200, refused: tuple[int, ...] = (409,)
    ) -> None:
        """Check an answer: done, or refused in a sentence with everything as it was."""
        before, after = self.told, self._recorded()
        for name, rows in before.items():
            assert rows <= after[name], f"{name}: what was recorded is gone or changed"
        if is_open:
            assert answer.status_code == ok, answer.text
        else:
            assert answer.status_code in refused, answer.text
            assert answer.json()["detail"].endswith(".")
            assert after == before or not before, "a refused step changed something"
        self.told = after

    def _recorded(self) -> dict[str, set[str]]:
        """Return what may only grow."""
        tables = ("step_move", "step_message", "step_consent", "recorded_no", "stage_change")
        return self.rows_of(*tables)

    def _step(self, one: tuple[int, int]) -> Step:
        running = [step for step in self.steps if step.runs]
        among = running if one[0] and running else self.steps
        return among[one[1] % len(among)]

    def _walk(self, step: Step) -> Walk:
        return Walk(self.client, self.ids[step.child], step.id)

    def _expire(self, child: str, family: str) -> None:
        """Beginning ends what is over, of this child or with this family."""
        for step in self.steps:
            if step.runs and step.is_stale and (step.child == child or step.family == family):
                self._end(step, "verlopen")

    def _end(self, step: Step, state: str) -> None:
        step.state = state
        if state == "nee":
            self.noes.add((step.child, step.family))


@pytest.mark.drawn
@pytest.mark.timeout(1800)
def test_steps_in_any_order(engine: Engine) -> None:
    """Holds, yeses, objections, noes, terms and placements of three children and two beds."""
    run_machine(StepsMachine, engine, examples=4, soak=60, steps=25)
