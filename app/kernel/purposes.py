"""For what something is looked at or done (*doel*): a closed list, one for each operation."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why personal data were used (NEN 7513); which operation serves which: `doelen.toml`."""

    INTAKE = "aanmelden"
    FAMILIES = "gezinnen bijhouden"
    MATCHING = "matchen"
    PLACING = "plaatsen"
    SUPPORT = "begeleiden"
    CRISIS = "crisis"
    EMERGENCY = "noodtoegang"
    FIGURES = "verantwoorden"
    LEARNING = "leren van uitkomsten"
    OVERSIGHT = "toezicht"
    EXCHANGE = "gegevens uitwisselen"
    RIGHTS = "rechten van betrokkenen"
    ADMINISTRATION = "beheer"
    # Of a line from before purposes were noted.
    UNKNOWN = "niet vastgelegd"
