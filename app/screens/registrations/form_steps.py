"""The form of a registration: its steps in order, and finding a field or a step by name."""

from collections.abc import Iterator

from app.screens.registrations.choices import SEVERITIES
from app.screens.registrations.fields import Field, Kind, Rows, Step
from app.screens.registrations.steps_child import CHILD, HOME, NEEDS
from app.screens.registrations.steps_wishes import LEGAL, PREVENTION, SIBLINGS, WISHES
from app.screens.words import N_

STEPS = (CHILD, HOME, NEEDS, SIBLINGS, WISHES, PREVENTION, LEGAL)
BSN = Field("bsn", N_("BSN"), hint=N_("Negen cijfers. Het wordt versleuteld en nergens getoond."))
WHOLES = {"problematiek": N_("Problemen"), "big5": N_("BIG5"), "school": N_("School")}
# Named apart in an address or an answer; they are no fact that somebody can dispute one by one.
_NOT_DISPUTED = frozenset({"aanmeldnummer", "netwerkgezinGeweigerd.reden"})


def step_by(key: str) -> Step | None:
    """Return a step by its place in the address, or None."""
    return next((step for step in STEPS if step.key == key), None)


def after(step: Step) -> Step | None:
    """Return the step that follows, or None after the last."""
    at = STEPS.index(step) + 1
    return STEPS[at] if at < len(STEPS) else None


def step_of(name: str) -> Step:
    """Return the step in which a field of the API is filled in; the first for one that is not."""
    outer = name.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
    return next((step for step in STEPS if outer in step.names()), CHILD)


def labels() -> dict[str, str]:
    """Return how each field is called, by its name in the API."""
    found = {field.name: field.label for field in fields()}
    rows = {part.name: part.label for step in STEPS for part in step.parts()}
    return {**WHOLES, BSN.name: BSN.label, **rows, **found}


def fields() -> Iterator[Field]:
    """Yield every field that stands by itself."""
    for step in STEPS:
        for part in step.parts():
            if isinstance(part, Field):
                yield part


def disputable() -> list[Field]:
    """Return the fields of which a disputed value can be corrected."""
    return [field for field in fields() if field.name not in _NOT_DISPUTED]


def field_by(name: str) -> Field | None:
    """Return a field that can be corrected, by its name in the API."""
    return next((field for field in disputable() if field.name == name), None)


def words_of(part: Field | Rows) -> dict[str, str]:
    """Return how the values of a field read."""
    options = part.options if isinstance(part, Field) else ()
    return dict(SEVERITIES if isinstance(part, Field) and part.kind is Kind.LEVEL else options)
