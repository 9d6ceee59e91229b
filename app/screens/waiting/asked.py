"""What somebody asks of the waiting list: filters and order, as they stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from app.screens.words import N_

FILTERS = (
    "stand", "urgentie", "vorm", "gemeente", "leeftijdVan", "leeftijdTotEnMet", "minstensDagen",
    "hoogstensOpties", "metBroersZussen",
)  # fmt: skip
URGENT_FIRST = "urgentie"
# (order in the API, heading, whether the last comes first at a first click)
COLUMNS = (
    ("urgentie", N_("Urgentie"), False),
    ("vorm", N_("Vorm"), False),
    ("leeftijd", N_("Leeftijd"), False),
    ("gemeente", N_("Gebied"), False),
    ("wachttijd", N_("Wacht"), False),
    ("moetWegOp", N_("Moet weg op"), False),
    ("opties", N_("Opties"), False),
    ("ontbreekt", N_("Ontbreekt"), True),
    ("stand", N_("Stand"), False),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """filters: as typed, without what is empty; order: a column of the API."""

    filters: Mapping[str, str]
    order: str = URGENT_FIRST
    backwards: bool = False
    cursor: str | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """Return what an address asks; what is not known in it is left out."""
        filters = {name: query[name].strip() for name in FILTERS if query.get(name, "").strip()}
        return cls(
            filters,
            query.get("sorteer") or URGENT_FIRST,
            query.get("omgekeerd") == "true",
            query.get("cursor") or None,
        )

    def query(self) -> dict[str, str]:
        """Return it for the API, without the page."""
        order = {} if self.order == URGENT_FIRST else {"sorteer": self.order}
        return {**self.filters, **order, **({"omgekeerd": "true"} if self.backwards else {})}

    def address(self, path: str = "/wachtlijst", **changes: str | None) -> str:
        """Return the address of this list with changes; None takes something out."""
        query = {k: v for k, v in {**self.query(), **changes}.items() if v}
        return f"{path}?{urlencode(query)}" if query else path

    def sorted_by(self, column: str, *, last_first: bool) -> str:
        """Return the address of this list by a column; the other way round if it is already."""
        backwards = not self.backwards if self.order == column else last_first
        return self.address(
            sorteer=None if column == URGENT_FIRST else column,
            omgekeerd="true" if backwards else None,
        )

    def direction(self, column: str) -> str | None:
        """Return how a column is sorted, in the words of aria-sort, or None."""
        if column != self.order:
            return None
        return "descending" if self.backwards else "ascending"
