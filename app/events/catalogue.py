"""The catalogue of events: what others may be told, and with which fields.

There is no other way to tell. No field holds a name, a BSN, a date or free text: only our own ids,
numbers that a provider gave, and words of closed lists. An entry is never removed or changed once
it has been told: what was stored under it must stay readable. A new one is one line.
"""

from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import Any
from urllib.parse import quote
from uuid import UUID

from app.kernel.phases import Phase
from app.kernel.reading import Unreadable, reference_number
from app.models import AlarmKind, ImportKind, ImportState, NoBy, WithdrawalReason

PREFIX = "nl.pleegzorg."


class FieldNotInCatalogue(ValueError):
    """An event is told with a field, or a value of a field, that its entry does not have."""


def _id(value: object) -> str | None:
    return str(value) if isinstance(value, UUID) else None


def _number(value: object) -> str | None:
    try:
        return reference_number(value) if isinstance(value, str) else None
    except Unreadable:
        return None


def _code(value: object) -> str | None:
    is_code = isinstance(value, str) and value.replace("-", "").isalnum() and value.islower()
    return str(value) if is_code else None


def _word_of(words: type[StrEnum]) -> Callable[[object], str | None]:
    return lambda value: value.value if isinstance(value, words) else None


# By the name in the code: the Dutch name in an event, and what makes a text of a value that it may
# have (None for any other).
_FIELDS: Mapping[str, tuple[str, Callable[[object], str | None]]] = {
    "child": ("kind", _id),
    "step": ("stap", _id),
    "placement": ("plaatsing", _id),
    "run": ("matchrun", _id),
    "import_id": ("import", _id),
    "provider": ("aanbieder", _code),
    "family": ("gezin", _number),
    "joined": ("opgegaan", _code),
    "import_kind": ("soort", _word_of(ImportKind)),
    "import_state": ("stand", _word_of(ImportState)),
    "reason": ("reden", _word_of(WithdrawalReason)),
    "by": ("door", _word_of(NoBy)),
    "phase": ("fase", _word_of(Phase)),
    "alarm": ("alarm", _word_of(AlarmKind)),
}
_CHILD = "kinderen/{kind}"
_STEP = "kinderen/{kind}/stappen/{stap}"
_FAMILY = "pleeggezinnen/{aanbieder}/{gezin}"
_FEED_OF_JOINED = "gebeurtenissen?aanbieder={opgegaan}"
_IMPORT = "imports/{import}"
_RUN = "matchruns/{matchrun}"
_TOLD_OF_STEP = {"child", "step", "provider", "family"}
_BOARD = "kalibratie"
_PLACEMENT = "plaatsingen/{plaatsing}"
_TOLD_OF_PLACEMENT = {"child", "placement", "provider", "family"}


class Occurrence(Enum):
    """Something that happened, in the past tense: kind, meaning, where to read more, fields."""

    REGISTRATION_ADDED = ("aanmelding.gedaan", "Een kind is aangemeld.", _CHILD, {"child"})
    REGISTRATION_CORRECTED = (
        "aanmelding.verbeterd", "Wat een aanmelding zegt is veranderd.", _CHILD, {"child"},
    )  # fmt: skip
    STATEMENT_ADDED = (
        "verklaring.toegevoegd", "Iemand verklaarde zelf iets over een dossier.", _CHILD, {"child"},
    )  # fmt: skip
    FILE_DESTROYED = (
        "dossier.vernietigd",
        "Een dossier is vernietigd: vernietig wat u van dit kind hebt (AVG artikel 19).", _CHILD,
        {"child"},
    )  # fmt: skip
    REGISTRATION_WITHDRAWN = (
        "aanmelding.ingetrokken", "Er wordt voor dit kind niet meer gezocht.", _CHILD,
        {"child", "reason"},
    )  # fmt: skip
    REGISTRATION_CLOSED = (
        "aanmelding.gesloten", "Een aanmelding is voorgoed gesloten.", _CHILD, {"child"},
    )  # fmt: skip
    CONSENT_WITHDRAWN = (
        "toestemming.ingetrokken", "Wie gezag heeft trok de toestemming voor een plaatsing in.",
        _CHILD, {"child"},
    )  # fmt: skip
    PLACEMENT_LOST_CONSENT = (
        "plaatsing.bespreken",
        "Van een kind dat in een gezin woont is een toestemming ingetrokken; het woont er nog.",
        _FAMILY, {"child", "provider", "family"},
    )  # fmt: skip
    FAMILY_ADDED = (
        "pleeggezin.toegevoegd", "Een gezin is nieuw.", _FAMILY, {"provider", "family"},
    )  # fmt: skip
    FAMILY_CHANGED = (
        "pleeggezin.gewijzigd", "Wat een gezin zegt of biedt is veranderd.", _FAMILY,
        {"provider", "family"},
    )  # fmt: skip
    FAMILY_BACK = (
        "pleeggezin.terug", "Een gezin waarnaar werd nagevraagd is er weer.", _FAMILY,
        {"provider", "family"},
    )  # fmt: skip
    FAMILY_CONFIRMED = (
        "pleeggezin.bevestigd", "De aanbieder zegt dat een gezin beschikbaar is.", _FAMILY,
        {"provider", "family"},
    )  # fmt: skip
    FAMILY_ASKED_ABOUT = (
        "pleeggezin.navragen", "Een gezin ontbrak in een export: de aanbieder moet antwoorden.",
        _FAMILY, {"provider", "family"},
    )  # fmt: skip
    PROVIDER_JOINED = (
        "aanbieder.opgegaan",
        "Een andere aanbieder ging in deze op: lees ook wat die nog niet had gelezen.",
        _FEED_OF_JOINED, {"provider", "joined"},
    )  # fmt: skip
    IMPORT_FINISHED = (
        "import.beeindigd", "Een bestand is verwerkt, aangehouden, geweigerd of mislukt.", _IMPORT,
        {"import_id", "import_kind", "import_state"},
    )  # fmt: skip
    RUN_FINISHED = ("matchrun.klaar", "Een matchrun heeft voorstellen.", _RUN, {"run"})
    RUN_FAILED = ("matchrun.mislukt", "Een matchrun is gestopt.", _RUN, {"run"})
    STEP_BEGUN = (
        "stap.begonnen", "Een gezin is voor een kind gevraagd.", _STEP, _TOLD_OF_STEP,
    )  # fmt: skip
    STEP_EXTENDED = (
        "stap.verlengd", "De laatste dag van een stap is een andere.", _STEP, _TOLD_OF_STEP,
    )  # fmt: skip
    STEP_LAPSED = (
        "stap.verstreken", "De laatste dag van een stap is voorbij: hij houdt geen plek meer vast.",
        _STEP, _TOLD_OF_STEP,
    )  # fmt: skip
    STEP_REFUSED = (
        "stap.nee", "Gezin of aanbieder zei nee.", _STEP, _TOLD_OF_STEP | {"by"},
    )  # fmt: skip
    STEP_MOVED = (
        "stap.verder", "Een stap is een fase verder of terug.", _STEP, _TOLD_OF_STEP | {"phase"},
    )  # fmt: skip
    STEP_PLACED = ("stap.geplaatst", "Het kind is geplaatst.", _STEP, _TOLD_OF_STEP)
    BED_LOCKED = (
        "crisisbed.vast", "Een gezin zei ja in crisis: het bed ligt vast.", _FAMILY,
        {"provider", "family"},
    )  # fmt: skip
    BED_RELEASED = (
        "crisisbed.vrij", "Een crisisbed is weer vrij.", _FAMILY, {"provider", "family"},
    )  # fmt: skip
    STEP_ENDED = (
        "stap.beeindigd", "Een stap eindigde zonder nee.", _STEP, _TOLD_OF_STEP,
    )  # fmt: skip

    PLACEMENT_TOLD = (
        "plaatsing.gemeld", "Een plaatsing die buiten de dienst om begon is gemeld.", _PLACEMENT,
        _TOLD_OF_PLACEMENT,
    )  # fmt: skip
    PLACEMENT_CHANGED = (
        "plaatsing.gewijzigd", "Van een plaatsing is iets gewijzigd.", _PLACEMENT,
        _TOLD_OF_PLACEMENT,
    )  # fmt: skip
    PLACEMENT_MOVED = (
        "plaatsing.verplaatst", "Een kind is naar een ander gezin verplaatst.", _PLACEMENT,
        _TOLD_OF_PLACEMENT,
    )  # fmt: skip
    PLACEMENT_ENDED = (
        "plaatsing.beeindigd", "Een plaatsing is geëindigd.", _PLACEMENT, _TOLD_OF_PLACEMENT,
    )  # fmt: skip
    PLACEMENT_JUDGED = (
        "plaatsing.beoordeeld", "Iemand zei waarvoor het einde telt.", _PLACEMENT,
        _TOLD_OF_PLACEMENT,
    )  # fmt: skip
    PLACEMENT_REVIEWED = (
        "plaatsing.geevalueerd", "Een evaluatie is vastgelegd.", _PLACEMENT, _TOLD_OF_PLACEMENT,
    )  # fmt: skip
    BREAKDOWN_RECORDED = (
        "plaatsing.afbreukverslag", "Van een (bijna) afgebroken plaatsing is een verslag.",
        _PLACEMENT, _TOLD_OF_PLACEMENT,
    )  # fmt: skip

    SCORE_ALARM = (
        "kansen.alarm", "Het bord 'Kloppen de kansen' slaat alarm: zoek uit wat er veranderde.",
        _BOARD, {"alarm"},
    )  # fmt: skip
    SCORE_ALARM_OVER = (
        "kansen.rustig", "Een alarm van het bord 'Kloppen de kansen' is voorbij.", _BOARD,
        {"alarm"},
    )  # fmt: skip

    def __init__(self, kind: str, meaning: str, path: str, fields: set[str]) -> None:
        self.kind = kind
        self.meaning = meaning
        self.path = path
        self.fields = frozenset(fields)

    @property
    def type(self) -> str:
        """Return its CloudEvents type, in reverse domain name notation."""
        return PREFIX + self.kind

    def data_of(self, fields: Mapping[str, Any]) -> dict[str, str]:
        """Return fields by Dutch name, as text; raises FieldNotInCatalogue."""
        if fields.keys() != self.fields:
            wrong = ", ".join(sorted(fields.keys() ^ self.fields))
            raise FieldNotInCatalogue(f"{self.kind} must carry exactly its fields; see {wrong}")
        return dict(_text_of(name, value) for name, value in fields.items())

    def subject_of(self, data: Mapping[str, str]) -> str:
        """Return the path under /v1 of what it is about, for the data of an event."""
        return self.path.format(**{name: quote(text, safe="") for name, text in data.items()})


def _text_of(field: str, value: object) -> tuple[str, str]:
    name, read = _FIELDS[field]
    text = read(value)
    if text is None:
        # Never the value: it may be what must not be told.
        raise FieldNotInCatalogue(f"{field} is neither an id nor a word of its list")
    return name, text


KINDS: Mapping[str, Occurrence] = {occurrence.kind: occurrence for occurrence in Occurrence}
