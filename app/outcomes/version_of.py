"""Which version of the weights holds now, and by what; without fitting anything."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.kernel.errors import InputRefused, NotReady
from app.matching.risk.weights import Weights, load_weights, parse_weights
from app.outcomes.queries import texts_of
from app.outcomes.schemas import InForce, InForceBy
from app.settings import load_settings
from app.weights_in_force import accepted_text, standing_of_weights


def present_weights(session: Session) -> tuple[Weights, InForceBy]:
    """Return the weights that a run asked for now would use, and by what they hold."""
    accepted = accepted_text(session)
    if accepted is not None:
        return parse_weights(accepted, source="in werking"), InForceBy.REGION
    return _set_weights()


def _set_weights() -> tuple[Weights, InForceBy]:
    named = load_settings().weights
    if named is None:
        return load_weights(), InForceBy.SHIPPED
    try:
        return load_weights(named), InForceBy.SETTING
    except InputRefused as refusal:
        raise NotReady(f"PLEEGZORG_WEIGHTS is niet te gebruiken. {refusal}") from refusal


def present_version(session: Session) -> str:
    """Return the version of the present weights."""
    return present_weights(session)[0].version


def show_in_force(session: Session) -> InForce:
    """Return what holds, and what rolling back would lead to."""
    standing = standing_of_weights(session)
    weights, by = present_weights(session)
    return InForce(
        version=weights.version,
        by=by,
        is_calibrated=weights.is_calibrated,
        previous=_previous(standing.accepted),
        chances_off=standing.chances_off,
    )


def _previous(accepted: tuple[str, ...]) -> str | None:
    if not accepted:
        return None
    return accepted[-2] if len(accepted) > 1 else _set_weights()[0].version


def shapes_of(session: Session, versions: Iterable[str]) -> dict[str, float]:
    """Return the shape of the hazard in each version, of what ships where one is not known."""
    shipped = load_weights()
    texts = texts_of(session, versions)
    return {
        version: parse_weights(texts[version], source=version).shape
        if version in texts
        else shipped.shape
        for version in versions
    }
