"""What a registration, or a draft of one, does not say yet; what each gap stops, and why.

It is judged on what was told, by the names of the interface, so that a draft and a registration
are judged alike, and on what the file of a registration says of the own network since. A field
that is asked in every registration can only be missing in a draft.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.intake.checks import age_on, is_end_untold
from app.intake.why_asked import ASKED, BIG5, BIG5_OPEN, PARTS
from app.kernel.ladder import NetworkPurpose
from app.kernel.network import Asked, is_mentor_answered, outcome_of
from app.kernel.words import CareForm, SiblingWish

Told = Mapping[str, Any]
SCHOOL_AGE = 4
# A judgement: from here on young people are asked for one; the law gives twelve a say of its own.
MENTOR_AGE = 12


class Need(StrEnum):
    """What a gap stops, the most pressing first (*nodigVoor*)."""

    SEARCH = "zoeken"
    RANKING = "rangorde"
    PLACEMENT = "plaatsing"
    JUDGEMENT = "afweging"


@dataclass(frozen=True, slots=True)
class Missing:
    """One field that is not known, what it is needed for, and why it matters (in Dutch)."""

    field: str
    need: Need
    why: str


@dataclass(frozen=True, slots=True)
class _Question:
    """A field that may be unknown in a registration too, and when that is a gap."""

    missing: Missing
    is_open: Callable[[Told, date], bool]


def missing_in_draft(told: Told, today: date) -> list[Missing]:
    """Return what a draft misses, what stops the search first.

    told: fields by Dutch name; None counts as not told. `bsnBekend` stands for the BSN.
    """
    asked = [
        Missing(name, Need.SEARCH, why) for name, why in ASKED.items() if told.get(name) is None
    ]
    parts = [
        Missing(f"{whole}.{part}", Need.SEARCH, why)
        for whole, (names, why) in PARTS.items()
        for part in names
        if told.get(whole) is not None and told[whole].get(part) is None
    ]
    named = {one.field for one in asked}
    open_too = [one for one in missing_in_registration(told, today) if one.field not in named]
    return _ordered([*asked, *parts, *open_too])


def missing_in_registration(told: Told, today: date) -> list[Missing]:
    """Return what a registration misses; what every registration must tell is there already."""
    return _ordered(q.missing for q in _QUESTIONS if q.is_open(told, today))


def _ordered(found: Iterable[Missing]) -> list[Missing]:
    return sorted(found, key=lambda one: list(Need).index(one.need))


def _leaves_unknown(told: Told, _: date) -> bool:
    where = told.get("verblijftNu")
    known = (told.get("moetWegOp"), told.get("eindeOnbekendOmdat"))
    return where is not None and is_end_untold(where, *known)


def _should_have_left(told: Told, today: date) -> bool:
    leave_by = told.get("moetWegOp")
    return leave_by is not None and leave_by < today


def _has_no_school(told: Told, today: date) -> bool:
    born = told.get("geboortedatum")
    is_of_age = born is not None and age_on(born, today) >= SCHOOL_AGE
    return is_of_age and told.get("school") is None


def _is_network_unsought(told: Told, _: date) -> bool:
    is_told = (
        told.get("netwerkonderzoekGedaan") is not False or told.get("netwerkgezin") is not None
    )
    return not is_told and outcome_of(_asked(told)) is None


def _asked(told: Told) -> Sequence[Asked]:
    """Return who was asked since, by the file: that is a search too."""
    return told.get("netwerkvragen") or ()


def _has_no_order(told: Told, _: date) -> bool:
    return told.get("juridischKader") in ("OTS", "VOTS") and told.get("machtiging") is None


def _tried(told: Told, name: str) -> Any:
    return (told.get("preventie") or {}).get(name)


def _has_no_outcome(told: Told, _: date) -> bool:
    is_sought = told.get("netwerkonderzoekGedaan") is True
    is_told = _tried(told, "netwerkonderzoekUitkomst") is not None
    return is_sought and not is_told and outcome_of(_asked(told)) is None


def _is_network_skipped(told: Told, _: date) -> bool:
    is_unsought = told.get("netwerkonderzoekGedaan") is False
    is_begun = any(one.purpose is not NetworkPurpose.MENTOR for one in _asked(told))
    is_told = _tried(told, "netwerkonderzoekOvergeslagen") is not None
    return is_unsought and not is_told and not is_begun


def _has_no_mentor(told: Told, today: date) -> bool:
    born = told.get("geboortedatum")
    is_of_age = born is not None and age_on(born, today) >= MENTOR_AGE
    is_told = told.get("jim") is not None or _tried(told, "jimOvergeslagen") is not None
    is_recorded = told.get("jimTraject") or is_mentor_answered(_asked(told))
    return is_of_age and not is_told and not is_recorded


def _apart(told: Told) -> bool:
    return (told.get("broersZussen") or {}).get("wens") == SiblingWish.APART


def _is_split_unexplained(told: Told, _: date) -> bool:
    return _apart(told) and told["broersZussen"].get("apartOmdat") is None


def _is_reunion_open(told: Told, _: date) -> bool:
    is_crisis = told.get("vorm") == CareForm.CRISIS
    return is_crisis and _apart(told) and told["broersZussen"].get("herenigenVoor") is None


def _is_big5_open(told: Told, _: date) -> bool:
    big5 = told.get("big5")
    if _tried(told, "big5Overgeslagen") is not None:
        return False
    return big5 is not None and any(big5.get(name) in (None, "onbekend") for name in BIG5)


def _is_nothing(name: str) -> Callable[[Told, date], bool]:
    return lambda told, _: not told.get(name)


_QUESTIONS = (
    _Question(
        Missing(
            "moetWegOp",
            Need.SEARCH,
            "Wanneer het huidige verblijf ophoudt, bepaalt wie het eerst een plek moet hebben; is "
            "dat niet bekend, zeg dan waarom (eindeOnbekendOmdat).",
        ),
        _leaves_unknown,
    ),
    _Question(
        Missing(
            "moetWegOp",
            Need.RANKING,
            "Deze dag is voorbij: vraag na waar het kind nu is en tot wanneer dat kan, of verbeter "
            "de datum.",
        ),
        _should_have_left,
    ),
    _Question(
        Missing(
            "netwerkonderzoekGedaan",
            Need.RANKING,
            "Een gezin uit het eigen netwerk gaat voor; ernaar zoeken is nog niet gedaan.",
        ),
        _is_network_unsought,
    ),
    _Question(
        Missing(
            "school",
            Need.RANKING,
            "Hoe ver een gezin van de eigen school woont, telt mee in de volgorde.",
        ),
        _has_no_school,
    ),
    _Question(
        Missing(
            "talen",
            Need.RANKING,
            "Of kind en pleegouders elkaar verstaan, telt mee in de volgorde.",
        ),
        _is_nothing("talen"),
    ),
    _Question(
        Missing(
            "sdqTotaal",
            Need.RANKING,
            "De SDQ-score maakt de inschatting van de kans op afbreken minder onzeker.",
        ),
        lambda told, _: told.get("sdqTotaal") is None,
    ),
    _Question(
        Missing(
            "bsn",
            Need.PLACEMENT,
            "Zonder BSN kan hulp niet op naam van dit kind worden geleverd (Jeugdwet 7.2).",
        ),
        _is_nothing("bsnBekend"),
    ),
    _Question(
        Missing(
            "machtiging",
            Need.PLACEMENT,
            "Onder een ondertoezichtstelling vraagt een plaatsing een machtiging (BW 1:265b).",
        ),
        _has_no_order,
    ),
    _Question(
        Missing(
            "stemVanHetKind",
            Need.JUDGEMENT,
            "Wat het kind zelf wil hoort in het voorstel te staan.",
        ),
        _is_nothing("stemVanHetKind"),
    ),
    _Question(
        Missing(
            "preventie.netwerkonderzoekUitkomst",
            Need.JUDGEMENT,
            "Wat het netwerkonderzoek opleverde zegt of een plaatsing buiten het netwerk nodig is.",
        ),
        _has_no_outcome,
    ),
    _Question(
        Missing(
            "preventie.netwerkonderzoekOvergeslagen",
            Need.JUDGEMENT,
            "Eerst thuis, dan het eigen netwerk: sla dat alleen met een reden over.",
        ),
        _is_network_skipped,
    ),
    _Question(
        Missing(
            "jim",
            Need.JUDGEMENT,
            "Een volwassene die de jongere zelf kiest (JIM) kan een plaatsing voorkomen of dragen; "
            "noem die, of zeg waarom die er niet is.",
        ),
        _has_no_mentor,
    ),
    _Question(
        Missing(
            "broersZussen.apartOmdat",
            Need.PLACEMENT,
            "Broers en zussen gaan alleen uit elkaar met een vastgelegde reden.",
        ),
        _is_split_unexplained,
    ),
    _Question(
        Missing(
            "broersZussen.herenigenVoor",
            Need.PLACEMENT,
            "Wie in een crisis uit elkaar gaat, hoort te weten wanneer dat ophoudt.",
        ),
        _is_reunion_open,
    ),
    _Question(Missing("big5", Need.JUDGEMENT, BIG5_OPEN), _is_big5_open),
)
