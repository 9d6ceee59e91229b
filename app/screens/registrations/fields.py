"""The fields of a registration as people fill them in: by the names that they have in the API."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.screens.registrations import choices
from app.screens.registrations.choices import Options
from app.screens.words import N_


class Kind(StrEnum):
    """How a field is filled in."""

    TEXT = "tekst"
    STORY = "verhaal"
    DAY = "dag"
    WHOLE = "heel"
    DECIMAL = "getal"
    CHOICE = "keuze"
    RADIO = "rondjes"
    YES_NO = "janee"
    LIST = "lijst"  # several texts, with commas between
    TICKS = "vinkjes"
    LEVEL = "ernst"  # 0 to 3


@dataclass(frozen=True, slots=True)
class Field:
    """name: as in the API, with a point inside another field; may_lack: nobody has to know it.

    in_row: one of a row that may be left empty as a whole.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    options: Options = ()
    hint: str = ""
    may_lack: bool = False
    in_row: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of things with fields of their own: one row each, and an empty one to add."""

    name: str
    label: str
    fields: tuple[Field, ...]
    hint: str = ""


Part = Field | Rows


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a heading."""

    title: str
    parts: tuple[Part, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form; key: its place in the address."""

    key: str
    title: str
    groups: tuple[Group, ...]

    def parts(self) -> Iterator[Part]:
        """Yield every field and every list of rows."""
        for group in self.groups:
            yield from group.parts

    def names(self) -> set[str]:
        """Return the names of the outermost fields, as the API has them."""
        return {part.name.split(".")[0] for part in self.parts()}


def levels() -> tuple[Field, ...]:
    """Return a field for each kind of problem."""
    labels = (
        ("externaliserend", N_("Druk, boos of agressief gedrag")),
        ("internaliserend", N_("Angst, somberheid of teruggetrokken gedrag")),
        ("hechting", N_("Moeite met hechten")),
        ("lvb", N_("Licht verstandelijke beperking")),
        ("psychiatrie", N_("Psychiatrische problemen")),
        ("medisch", N_("Medische zorg")),
        ("seksueel_grensoverschrijdend", N_("Seksueel grensoverschrijdend gedrag")),
        ("weglopen", N_("Weglopen")),
        ("middelen", N_("Alcohol of drugs")),
    )
    return tuple(
        Field(f"problematiek.{name}", label, Kind.LEVEL, choices.SEVERITIES)
        for name, label in labels
    )


def domains() -> tuple[Field, ...]:
    """Return a field for each of the five things that keep a child at home."""
    labels = (
        ("wonen", N_("Wonen")),
        ("financien", N_("Geld")),
        ("werk_scholing", N_("Werk en school")),
        ("steunnetwerk", N_("Steun van anderen")),
        ("welzijn", N_("Welzijn")),
    )
    return tuple(
        Field(f"big5.{name}", label, Kind.CHOICE, choices.JUDGEMENTS) for name, label in labels
    )
