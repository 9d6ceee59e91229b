"""Which job works off which upload: one step a job, one source at a time."""

from dataclasses import dataclass, field
from typing import Any

from procrastinate import RetryStrategy

from app.imports.steps import MAX_ATTEMPTS, PASSING

FAMILY_IMPORT = "pleeggezinnen-inlezen"
REGISTRATION_IMPORT = "aanmeldingen-inlezen"
HISTORY_IMPORT = "plaatsingshistorie-inlezen"

# Seconds between attempts grow: 2, 4, 8.
RETRY = RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=2, retry_exceptions=set(PASSING))


@dataclass(frozen=True, slots=True)
class StepJob:
    """A job to be queued: its task, the lock that keeps a source's jobs in order, arguments."""

    task: str
    lock: str
    arguments: dict[str, Any] = field(default_factory=dict)


def family_step(provider: str) -> StepJob:
    """Return the job that takes the next step of a provider's imports."""
    return StepJob(FAMILY_IMPORT, f"inlezen:{provider}", {"provider": provider})


def history_step() -> StepJob:
    """Return the job that takes the next step of the imports of past placements."""
    return StepJob(HISTORY_IMPORT, "inlezen:plaatsingshistorie")


def registration_step() -> StepJob:
    """Return the job that takes the next step of the imports of registrations."""
    return StepJob(REGISTRATION_IMPORT, "inlezen:aanmeldingen")
