"""The open word lists of one problem: sorted, so that the order of input never matters."""

from dataclasses import dataclass

from app.models import Family, Registration
from app.proposals.columns import vocabulary

NO_FAITH = "geen"


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """Every word that occurs among children and families."""

    pets: tuple[str, ...]
    languages: tuple[str, ...]
    faiths: tuple[str, ...]
    trainings: tuple[str, ...]

    @staticmethod
    def of(registrations: list[Registration], families: list[Family]) -> "Vocabularies":
        """Return the words of all rows."""
        return Vocabularies(
            pets=vocabulary([*(r.allergies for r in registrations), *(f.pets for f in families)]),
            languages=vocabulary(
                [*(r.languages for r in registrations), *(f.languages for f in families)]
            ),
            faiths=vocabulary(
                [*([r.faith_wish] for r in registrations), *([faith_of(f)] for f in families)]
            ),
            trainings=vocabulary(f.trainings for f in families),
        )


def faith_of(family: Family) -> str | None:
    """Return a family's faith, None for none."""
    # "geen" is the absence of a faith, not a faith that could meet a child's wish.
    return None if family.faith == NO_FAITH else family.faith
