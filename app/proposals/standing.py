"""A finished run as it stands, ready for questions: built again from what it stored, never changed.

The run of before gives the same pairs and chances again, since its whole problem, its policy and
its weights were stored with it. The last few runs asked about stay in memory.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import Lock
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.errors import Conflict, NotFound
from app.matching.check import check_plan
from app.matching.explain.case import Case
from app.matching.look_ahead import price_places
from app.matching.pairs import find_pairs
from app.matching.placements import find_split
from app.matching.plan import GoalValue, Plan, Proof
from app.matching.policy import parse_policy
from app.matching.problem import Ints, Problem
from app.matching.questions.alternatives import Alternative, find_alternatives
from app.matching.questions.incremental import Incremental
from app.matching.questions.nearly import Nearly
from app.matching.questions.price import Pricer
from app.matching.questions.recruitment import Shortage, find_shortage
from app.matching.risk.score import score
from app.models import MatchRun, RunState
from app.proposals.name_queries import names_told
from app.proposals.names import Names, names_of
from app.proposals.question_queries import chances_of_run, problem_of_run
from app.proposals.runs import weights_of
from app.proposals.snapshot import load_problem

MOST_KEPT = 2
_NOT_DONE = "Deze matchrun is niet klaar: wacht tot hij klaar is, of kies een andere run."
_OTHER_CODE = (
    "Deze matchrun is gemaakt met een andere versie van de dienst en is niet meer na te rekenen: "
    "vraag een nieuwe run aan."
)
_NOT_IN_RUN = "Dit kind deed niet mee in deze matchrun: vraag een nieuwe aan."
_NO_FAMILY = "Dit gezin deed niet mee in deze matchrun: controleer aanbieder en nummer."


@dataclass(frozen=True, slots=True)
class Standing:
    """A run that questions are asked of. alternatives: those found before, by child.

    shared: what all "what ifs" of a large run share, once the first was asked. shortage: which
    families are missing, once that was asked: of 1,000 children a second of work. calls: those of
    its call list by child and family, without their gain.
    """

    run_id: UUID
    pricer: Pricer
    children: dict[str, int]
    names: Names
    alternatives: dict[int, tuple[Alternative, ...]] = field(default_factory=dict)
    shared: list[Incremental] = field(default_factory=list)
    shortage: list[Shortage] = field(default_factory=list)
    calls: dict[tuple[int, int], Nearly] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """Return the match itself."""
        return self.pricer.case

    def child(self, number: str) -> int:
        """Return the position of a child by its number; raises NotFound."""
        if number not in self.children:
            raise NotFound(_NOT_IN_RUN)
        return self.children[number]

    def family(self, provider: str, reference: str) -> int:
        """Return the position of a family by a name of now or before; raises NotFound."""
        if (provider, reference) not in self.names.found:
            raise NotFound(_NO_FAMILY)
        return self.names.found[provider, reference]

    def incremental(self) -> Incremental:
        """Return what changes one place at a time in a large run; made once."""
        if not self.shared:
            self.shared.append(Incremental(self.case))
        return self.shared[0]

    def find_shortage(self) -> Shortage:
        """Return who has fewer than three real options and who to recruit; found once."""
        if not self.shortage:
            self.shortage.append(find_shortage(self.case))
        return self.shortage[0]

    def alternatives_of(self, child: int) -> tuple[Alternative, ...]:
        """Return all real alternatives of a child, ranked; found once."""
        if child not in self.alternatives:
            self.alternatives[child] = find_alternatives(self.pricer, child)
        return self.alternatives[child]


_kept: OrderedDict[UUID, Standing] = OrderedDict()
_lock = Lock()


def standing_of(session: Session, run: MatchRun) -> Standing:
    """Return a run ready for questions; raises Conflict where it is not done or not replayable."""
    if run.state is not RunState.DONE:
        raise Conflict(_NOT_DONE)
    with _lock:
        kept = _kept.get(run.id)
    # Whoever asks first, the same run is kept for all: a manager, who may not read who is proposed
    # where, would else find a plan that is not whole.
    with as_system(session):
        standing = _build(session, run) if kept is None else _named_now(session, run, kept)
    with _lock:
        _kept[run.id] = standing
        _kept.move_to_end(run.id)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return standing


def _named_now(session: Session, run: MatchRun, kept: Standing) -> Standing:
    """Return a run that was kept, with what its families are called since."""
    if names_told(session) == kept.names.told:
        return kept
    return replace(kept, names=_names(session, run, kept.case.problem))


def _names(session: Session, run: MatchRun, problem: Problem) -> Names:
    return names_of(session, problem.families, run.started_at or run.created_at)


def _build(session: Session, run: MatchRun) -> Standing:
    stored = problem_of_run(session, run.id)
    if stored is None:
        raise Conflict(_OTHER_CODE)
    problem = load_problem(stored)
    policy = parse_policy(run.policy_text, source=run.policy_name)
    pairs = find_pairs(problem, policy)
    scores = score(problem, pairs, weights_of(run))
    if policy.look_ahead is not None:
        scores = replace(scores, scored=price_places(problem, scores.scored, policy))
    children = {number: at for at, number in enumerate(problem.children.number)}
    names = _names(session, run, problem)
    plan = _plan(run, problem, _families(session, run, children, names))
    if check_plan(problem, scores.scored, policy, plan):
        raise Conflict(_OTHER_CODE)
    pricer = Pricer(Case(problem, pairs, scores, plan, policy))
    return Standing(run.id, pricer, children, names)


def _families(session: Session, run: MatchRun, children: dict[str, int], names: Names) -> Ints:
    family = np.full(len(children), -1, dtype=np.int64)
    for number, family_id, _ in chances_of_run(session, run.id):
        if number not in children or family_id not in names.position:
            raise Conflict(_OTHER_CODE)
        family[children[number]] = names.position[family_id]
    return family


def _plan(run: MatchRun, problem: Problem, family: Ints) -> Plan:
    goals = tuple(
        GoalValue(
            goal["code"], goal["zin"], goal["richting"], goal["waarde"], goal["grens"],
            goal["eenheid"],
        )
        for goal in run.goals
    )  # fmt: skip
    split = tuple(bool(parted) for parted in find_split(problem, family))
    return Plan(
        family, split, goals, Proof(run.proof or Proof.EMPTY), run.solver or "", seed=run.seed
    )
