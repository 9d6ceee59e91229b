"""The recipe: past placements and published weights in, fitted weights and their check out."""

from dataclasses import dataclass
from datetime import date

from app.learning.evaluate import Quality, evaluate
from app.learning.fit import Fitted, fit
from app.learning.history import History
from app.learning.prior import prior_of
from app.learning.sample import Sample, draw_up
from app.learning.write import Origin, explain_state, to_weights
from app.matching.risk.weights import Weights


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learnt. quality: None where there are too few outcomes for any check."""

    weights: Weights
    prior: Weights
    sample: Sample
    fitted: Fitted
    quality: Quality | None
    until: date

    @property
    def state(self) -> str:
        """Return in Dutch whether the chances may be shown as numbers, and why."""
        return explain_state(self.sample, self.quality)


def learn(history: History, prior: Weights, *, code_version: str) -> Learned:
    """Return the weights after a history: the same history always gives the same weights."""
    sample, before = draw_up(history), prior_of(prior)
    fitted = fit(sample, before)
    quality = evaluate(sample, before)
    origin = Origin(prior, history.until, code_version)
    weights = to_weights(fitted, origin, sample=sample, quality=quality)
    return Learned(weights, prior, sample, fitted, quality, history.until)
