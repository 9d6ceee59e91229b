"""The road of a registration (*stand*): which step may follow which, and who may ask for none."""

from collections.abc import Mapping
from enum import StrEnum

from app.kernel.errors import Conflict


class Stage(StrEnum):
    """Where a registration stands (*stand*), in the order of the road."""

    DRAFT = "concept"
    COMPLETE = "compleet"
    SEARCHING = "zoekt"
    PROPOSED = "voorgesteld"
    PLACED = "geplaatst"
    CLOSED = "gesloten"
    WITHDRAWN = "ingetrokken"


# Before a registration counts in the search it is a draft; PROPOSED is SEARCHING while people are
# busy with one family. A breakdown opens a new registration, so nothing leads back from PLACED.
NEXT: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.DRAFT: (Stage.COMPLETE, Stage.WITHDRAWN),
    Stage.COMPLETE: (Stage.DRAFT, Stage.SEARCHING, Stage.WITHDRAWN),
    Stage.SEARCHING: (Stage.PROPOSED, Stage.CLOSED, Stage.WITHDRAWN),
    Stage.PROPOSED: (Stage.SEARCHING, Stage.PLACED, Stage.CLOSED, Stage.WITHDRAWN),
    Stage.PLACED: (Stage.CLOSED,),
    Stage.CLOSED: (),
    Stage.WITHDRAWN: (),
}
DRAFTS = frozenset({Stage.DRAFT, Stage.COMPLETE})
# One of these a child has at a time.
ACTIVE = frozenset({Stage.SEARCHING, Stage.PROPOSED})


class StepNotOpen(Conflict):
    """A step that does not follow from where a registration stands; it names those that do."""

    def __init__(self, stage: Stage, wanted: Stage) -> None:
        super().__init__(
            f"stand: deze aanmelding is '{stage.value}' en kan niet naar '{wanted.value}'; "
            f"{open_from(stage)}."
        )


def open_from(stage: Stage) -> str:
    """Return which steps are open, as the end of a sentence."""
    open_steps = " of ".join(f"'{step.value}'" for step in NEXT[stage])
    return f"van hier kan alleen {open_steps}" if open_steps else "van hier leidt geen stap meer"


def require_step(stage: Stage, wanted: Stage) -> None:
    """Raise StepNotOpen unless a registration may go from one stage to another."""
    if wanted not in NEXT[stage]:
        raise StepNotOpen(stage, wanted)


def stage_of(stored: str, *, is_proposed: bool) -> Stage:
    """Return the stage of a registration by its stored state; proposed while a step runs."""
    stage = Stage(stored)
    return Stage.PROPOSED if is_proposed and stage is Stage.SEARCHING else stage
