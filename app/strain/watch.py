"""The watch list (*volglijst*): placements under strain, with the reasons in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.strain import SignalKind, WeekendNeed
from app.kernel.words import CareForm
from app.models import StrainSignal
from app.strain.queries import (
    Review,
    Watched,
    declined_respite,
    nearly_broke,
    open_signals,
    reviews_of,
    running_placements,
    with_respite,
)
from app.strain.rules import StrainRules, load_rules

_HEAVY = "belasting hoog"
_OVERLOADED = (_HEAVY, f"signaal {SignalKind.OVERLOADED}")
_DOUBT = {
    "onveilig": "Bij de laatste evaluatie is de situatie onveilig gevonden.",
    "twijfel": "Bij de laatste evaluatie was er twijfel over de veiligheid.",
}


@dataclass(frozen=True, slots=True)
class StrainReason:
    """One reason: its code, a sentence, how grave (1..3), since when, and why that counts."""

    code: str
    sentence: str
    gravity: int
    since: date
    why: str


@dataclass(frozen=True, slots=True)
class RespiteNeed:
    """In which weekends respite is to be looked for, and why."""

    weekends: WeekendNeed
    why: str


@dataclass(frozen=True, slots=True)
class Strained:
    """A placement under strain. need: the respite to look for; has_respite: it has it."""

    watched: Watched
    reasons: tuple[StrainReason, ...]
    need: RespiteNeed | None
    has_respite: bool

    @property
    def gravity(self) -> int:
        """Return how grave its reasons are together."""
        return sum(reason.gravity for reason in self.reasons)

    @property
    def since(self) -> date:
        """Return since when there is a reason."""
        return min(reason.since for reason in self.reasons)


def watch_list(session: Session, today: date) -> list[Strained]:
    """Return the placements under strain that the asker may see.

    The gravest reason goes first, then the sum of all, then who stands on it longest.
    """
    rules = load_rules()
    running = running_placements(session, today)
    ids = [row.placement.id for row in running]
    signals, reviews = open_signals(session), reviews_of(session, ids)
    broke = nearly_broke(session, today - timedelta(days=rules.nearly_broke.threshold))
    respite, declined = with_respite(session, today), declined_respite(session)
    found = [
        Strained(
            row,
            reasons,
            _asked(signals.get(row.placement.id, ()))
            or _unasked(row, reasons, rules, declined.get(row.placement.id)),
            row.placement.id in respite,
        )
        for row in running
        if (
            reasons := (
                *_from_signals(signals.get(row.placement.id, ()), rules),
                *_from_reviews(reviews.get(row.placement.id, ()), rules, today),
                *_from_record(broke.get(row.placement.id), rules),
            )
        )
    ]
    return sorted(found, key=_order)


def _order(strained: Strained) -> tuple[int, int, date, UUID]:
    gravest = max(reason.gravity for reason in strained.reasons)
    return -gravest, -strained.gravity, strained.since, strained.watched.placement.id


def _asked(signals: Sequence[StrainSignal]) -> RespiteNeed | None:
    """Return the respite that the newest open signal with a wish asks for."""
    asked = [
        RespiteNeed(signal.respite_need, f"Gevraagd bij het signaal van {_told(signal.day)}.")
        for signal in signals
        if signal.respite_need is not None
    ]
    return asked[-1] if asked else None


def _unasked(
    row: Watched, reasons: Sequence[StrainReason], rules: StrainRules, declined: date | None
) -> RespiteNeed | None:
    """Return the respite to look for where carers are overloaded and nobody said a rhythm.

    Not after they said no to it, until something new says that it is too heavy; and not of a child
    that is there in weekends only.
    """
    heavy = [reason for reason in reasons if reason.code in _OVERLOADED]
    if row.placement.form is CareForm.PART_TIME or not heavy:
        return None
    newest = max(heavy, key=lambda reason: reason.since)
    if declined is not None and newest.since <= declined:
        return None
    return RespiteNeed(
        rules.need,
        f"Niemand noemde een ritme; er wordt gezocht voor {rules.need.value}. {newest.sentence}",
    )


def _from_signals(signals: Sequence[StrainSignal], rules: StrainRules) -> Iterator[StrainReason]:
    for signal in signals:
        rule = rules.signals[signal.kind]
        sentence = f"Gemeld op {_told(signal.day)}: {signal.kind.value}."
        yield StrainReason(f"signaal {signal.kind}", sentence, rule.gravity, signal.day, rule.why)


def _from_record(day: date | None, rules: StrainRules) -> Iterator[StrainReason]:
    if day is not None:
        rule = rules.nearly_broke
        sentence = f"Volgens het verslag van {_told(day)} brak de plaatsing bijna af."
        yield StrainReason("verslag bijna afgebroken", sentence, rule.gravity, day, rule.why)


def _from_reviews(
    reviews: Sequence[Review], rules: StrainRules, today: date
) -> Iterator[StrainReason]:
    held = sorted((r for r in reviews if r.held_on is not None), key=lambda r: (r.held_on, r.due))
    if held:
        yield from _from_last(held[-1], rules)
    if len(held) > 1:
        yield from _from_two(held[-2], held[-1], rules)
    missed = rules.reviews["gemist"]
    for review in reviews:
        late = (today - review.due).days
        if review.held_on is None and late >= missed.threshold:
            sentence = f"De evaluatie van {_told(review.due)} is nog niet gehouden."
            yield StrainReason("evaluatie gemist", sentence, missed.gravity, review.due, missed.why)


def _from_last(last: Review, rules: StrainRules) -> Iterator[StrainReason]:
    day = last.held_on or last.due
    heavy, unsafe = rules.reviews["belasting_hoog"], rules.reviews["onveilig"]
    if last.strain is not None and last.strain >= heavy.threshold:
        sentence = f"Pleegouders noemen de belasting {last.strain} van 5 ({_told(day)})."
        yield StrainReason(_HEAVY, sentence, heavy.gravity, day, heavy.why)
    if last.safety in _DOUBT:
        yield StrainReason(
            "veiligheid bij evaluatie", _DOUBT[last.safety], unsafe.gravity, day, unsafe.why
        )


def _from_two(before: Review, last: Review, rules: StrainRules) -> Iterator[StrainReason]:
    """What rose between two reviews; what one of them does not say is no rise."""
    day = last.held_on or last.due
    compared = (
        ("problemen_stijgen", "problemen stijgen", "De problemen van het kind", before.problems,
         last.problems),
        ("contact_stijgt", "contact met hulp stijgt", "De contacten met hulp per maand",
         before.contacts, last.contacts),
        ("belasting_stijgt", "belasting stijgt", "De belasting van pleegouders", before.strain,
         last.strain),
    )  # fmt: skip
    for key, code, what, was, now in compared:
        rule = rules.reviews[key]
        if was is not None and now is not None and now - was >= rule.threshold:
            sentence = f"{what} gingen van {was:g} naar {now:g} ({_told(day)})."
            if key == "belasting_stijgt":
                sentence = f"{what} ging van {was:g} naar {now:g} ({_told(day)})."
            yield StrainReason(code, sentence, rule.gravity, day, rule.why)


def _told(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
