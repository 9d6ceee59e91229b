"""Writes fitted weights as a weights file of the engine, with where they come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import numpy as np

from app.learning.evaluate import ENOUGH, Quality, can_calibrate
from app.learning.fit import Fitted
from app.learning.sample import Sample
from app.matching.risk.factors import CODES
from app.matching.risk.weights import SIGNS, Weights, parse_weights

_DIRECTIONS = {sign: word for word, sign in SIGNS.items()}
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Origin:
    """Where weights come from: the prior, the day that the history is about, the code."""

    prior: Weights
    until: date
    code_version: str


def to_weights(
    fitted: Fitted, origin: Origin, *, sample: Sample, quality: Quality | None
) -> Weights:
    """Return the weights as they will be read back from their file; `text` is that file."""
    body = "\n".join(_lines(fitted, origin, sample, quality))
    digest = sha256(body.encode()).hexdigest()[:_DIGITS]
    version = f"uitkomsten-{origin.until.isoformat()}-{digest}"
    head = [
        "# Gewichten van de breakdownkans, geschat op uitkomsten van plaatsingen.",
        "# Gemaakt door `pleegzorg risk fit`: verander hier niets met de hand, maar schat opnieuw.",
        f"versie = {_text(version)}",
        f"geldig_vanaf = {origin.until.isoformat()}",
    ]
    return parse_weights("\n".join([*head, body]) + "\n", source=version)


def explain_state(sample: Sample, quality: Quality | None) -> str:
    """Return in Dutch whether the outcomes bear out chances as numbers, and by which rule."""
    broke, held = int(sample.broke.sum()), int((~sample.broke).sum())
    if min(broke, held) < ENOUGH or quality is None:
        return (
            f"Te weinig uitkomsten: {broke} voortijdig afgebroken en {held} niet. Pas vanaf "
            f"{ENOUGH} van elk zegt een controle of de kansen kloppen iets (Vergouwe 2005; "
            "Collins 2016); tot die tijd blijft het een inschatting uit literatuur, waarin deze "
            "uitkomsten meewegen."
        )
    if can_calibrate(sample, quality):
        return (
            f"Gecontroleerd op plaatsingen die niet meetelden bij het schatten: verwacht "
            f"{quality.expected:.1%} afbreuk in een jaar, gezien {quality.observed:.1%}."
        )
    return f"{_why_not(quality)} Het blijft een inschatting uit literatuur."


def _why_not(quality: Quality) -> str:
    """Return what the check found wrong: the level, or that it tells no placements apart."""
    if not quality.has_right_level:
        return (
            "De kansen kloppen niet op plaatsingen die niet meetelden bij het schatten: verwacht "
            f"{quality.expected:.1%} afbreuk in een jaar, gezien {quality.observed:.1%}."
        )
    return (
        "Op plaatsingen die niet meetelden bij het schatten voorspellen de kansen niet beter dan "
        f"één kans voor iedereen (Brier {quality.brier:.4f} tegen {quality.brier_base:.4f})."
    )


def _lines(
    fitted: Fitted, origin: Origin, sample: Sample, quality: Quality | None
) -> Iterator[str]:
    told = f"bijgesteld op {len(sample)} plaatsingen, {int(sample.broke.sum())} afgebroken"
    yield from [
        "",
        "[basis]",
        f"kans_jaar = {_number(-np.expm1(-np.exp(fitted.level)))}",
        f"vorm = {_number(min(fitted.shape, 1.0))}",
        f"fout = {_number(fitted.level_error)}",
        f"bron = {_text(told[0].upper() + told[1:])}",
    ]
    for at, code in enumerate(CODES):
        yield from [
            "",
            f"[factor.{code}]",
            f"label = {_text(origin.prior.labels[at])}",
            f"eenheid = {_text(origin.prior.units[at])}",
            f"waarde = {_number(fitted.value[at])}",
            f"fout = {_number(fitted.error[at])}",
            f"richting = {_text(_DIRECTIONS[float(origin.prior.sign[at])])}",
            f"gemiddeld = {_number(fitted.centre[at])}",
            f"bron = {_text(f'{origin.prior.sources[at]}; {told}')}",
        ]
    yield from _estimate(fitted, origin, sample, quality)


def _estimate(
    fitted: Fitted, origin: Origin, sample: Sample, quality: Quality | None
) -> Iterator[str]:
    yield from [
        "",
        "[schatting]",
        f"uitgangspunt = {_text(origin.prior.version)}",
        f"plaatsingen = {len(sample)}",
        f"breakdowns = {int(sample.broke.sum())}",
        f"peildatum = {origin.until.isoformat()}",
        f"codeversie = {_text(origin.code_version)}",
        f"gekalibreerd = {str(can_calibrate(sample, quality)).lower()}",
        f"toelichting = {_text(explain_state(sample, quality))}",
        "",
        "[schatting.covariantie]  # de onderste helft; kolommen in de volgorde van de factoren",
    ]
    for at, code in enumerate(CODES):
        row = ", ".join(_number(value) for value in fitted.covariance[at, : at + 1])
        yield f"{code} = [{row}]"


def _number(value: float) -> str:
    """Return a TOML float that is read back as written; ten digits are more than is known."""
    text = f"{float(value):.10g}"
    return text if any(sign in text for sign in ".en") else f"{text}.0"


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
