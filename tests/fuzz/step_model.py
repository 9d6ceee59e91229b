"""What a step may do next, written down apart from the service: the judge of its state machine."""

from dataclasses import dataclass, field

PHASES = (
    "voorgesteld", "voorgelegd aan pleegouders", "voorgelegd aan ouders en kind", "kennismaking",
    "match", "wennen", "plaatsing",
)  # fmt: skip
BOTH = frozenset({"aanbieder", "verwijzer"})


@dataclass
class Step:
    """One child with one family. family: its number. is_stale: the term of its hold is over."""

    id: str
    child: str
    family: str
    phase: str = PHASES[0]
    state: str = "loopt"
    has_answer: bool = False
    consents: set[str] = field(default_factory=set)
    objections: dict[str, bool] = field(default_factory=dict)
    is_stale: bool = False

    @property
    def runs(self) -> bool:
        """Whether nothing ended it yet."""
        return self.state == "loopt"

    @property
    def holds(self) -> bool:
        """Whether its bed is held for it today."""
        return self.runs and not self.is_stale

    @property
    def has_open_objection(self) -> bool:
        """Whether somebody objected and nobody decided on that."""
        return any(self.objections.values())

    @property
    def follows(self) -> tuple[str, ...]:
        """The phases that follow: the next one; after a match settling in may be passed over."""
        if not self.runs:
            return ()
        at = PHASES.index(self.phase)
        return PHASES[5:7] if self.phase == "match" else PHASES[at + 1 : at + 2]

    def may_move(self, to: str) -> bool:
        """Whether all is recorded that a phase asks."""
        if not self.holds or to not in self.follows or self.has_open_objection:
            return False
        if to == PHASES[1]:
            return self.has_answer
        return to != "match" or self.consents >= BOTH

    def may_say_yes(self) -> bool:
        """Whether its provider is asked for a yes now."""
        if not self.holds:
            return False
        if self.phase == PHASES[0]:
            return not self.has_answer
        return self.phase == "kennismaking" and "aanbieder" not in self.consents

    def may_consent(self) -> bool:
        """Whether the referrer's yes is asked now."""
        return self.holds and self.phase == "kennismaking" and "verwijzer" not in self.consents
