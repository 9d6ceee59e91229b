"""Short names for what an explanation weighs, by the code that the API gives it."""

from app.screens.words import N_

# What a child brings along is so with every family: it cannot choose between families.
OF_CHILD = {
    "leeftijd_6_12": N_("Leeftijd 6 tot en met 12"),
    "leeftijd_13": N_("Leeftijd vanaf 13"),
    "leeftijd_0_3": N_("Jonger dan 4"),
    "leeftijd_12": N_("Twaalf jaar"),
    "zwaarte": N_("Veel tegelijk"),
    "gedrag": N_("Gedrag"),
    "sdq": N_("Vragenlijst SDQ"),
    "lvb": N_("Leert moeilijker"),
    "eerdere_plaatsingen": N_("Eerdere plaatsingen"),
    "eerdere_breakdowns": N_("Eerder vroeg gestopt"),
    "residentieel_verleden": N_("Woonde in een instelling"),
}
OF_PAIR = {
    "netwerk": N_("Kent het gezin al"),
    "netwerk_ernst": N_("Kent het gezin al, en er speelt iets"),
    "eigen_kind_zelfde_leeftijd": N_("Eigen kind van deze leeftijd"),
    "eigen_kind_1_jaar": N_("Eigen kind scheelt hoogstens 1 jaar"),
    "eigen_kind_2_3_jaar": N_("Eigen kind scheelt 2 tot 3 jaar"),
    "pleegkinderen": N_("Andere pleegkinderen"),
    "pleegkinderen_kwadraat": N_("Meer pleegkinderen tegelijk"),
    "vol_huis": N_("Vol huis"),
    "andere_kinderen": N_("Andere kinderen in huis"),
    "wens_pleegkinderen": N_("Wens over andere kinderen"),
    "bereidheid": N_("Bereidheid"),
    "steun_ernstig": N_("Steun bij wat ernstig speelt"),
    "nee_bij_licht": N_("Kiest hier liever niet voor"),
    "ervaring": N_("Ervaring"),
    "ervaring_zwaarte": N_("Ervaring bij veel tegelijk"),
    "training": N_("Passende training"),
    "trainingen": N_("Trainingen"),
    "trainingen_zwaarte": N_("Trainingen bij veel tegelijk"),
    "respijt": N_("Respijtzorg"),
    "respijt_zwaarte": N_("Respijtzorg bij veel tegelijk"),
    "leeftijdskloof": N_("Leeftijd van pleegouders"),
    "oudere_pleegouders": N_("Oudere pleegouders"),
    "afstand_ouders": N_("Afstand tot ouders"),
    "ver_van_huis": N_("Ver van huis"),
    "afstand_school": N_("Afstand tot school"),
    "verstaan": N_("Taal"),
    "geloofswens": N_("Geloof"),
    "samenwerking_ouders": N_("Samenwerking met ouders"),
    "broers_zussen_gesplitst": N_("Broers en zussen gesplitst"),
}
# What tells where a family lives: never said at a secret placement.
OF_PLACE = frozenset(
    {"afstand_ouders", "ver_van_huis", "afstand_school", "gebied_onzeker", "uitgesloten_gebied"}
)
HIDDEN = N_("De afstand telt mee, maar staat hier niet: de plaatsing is geheim.")


def label_of(code: str) -> str:
    """Return the short name of a factor, in Dutch; the code in words where there is none."""
    return OF_PAIR.get(code) or OF_CHILD.get(code) or code.replace("_", " ").capitalize()


def tells_place(code: str) -> bool:
    """Return whether a reason gives away how far a family lives."""
    return code.removesuffix("_onbekend") in OF_PLACE
