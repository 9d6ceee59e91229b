"""The words of signals, support and respite as people choose them."""

from app.screens.words import N_

SIGNALS = (
    ("problemen nemen toe", N_("Problemen nemen toe")),
    ("meer contact met hulp", N_("Meer contact met hulp")),
    ("pleegouders overbelast", N_("Pleegouders overbelast")),
    ("bijna afgebroken", N_("Bijna afgebroken")),
    ("veiligheid", N_("Veiligheid")),
    ("school", N_("School")),
    ("anders", N_("Anders, zie toelichting")),
)
NEEDS = (
    ("om het weekend", N_("Om het weekend, even of oneven")),
    ("elk weekend", N_("Elk weekend")),
    ("even weekenden", N_("Alleen even weekenden")),
    ("oneven weekenden", N_("Alleen oneven weekenden")),
)
KINDS = (
    ("respijt", N_("Respijt")),
    ("ambulante hulp", N_("Ambulante hulp")),
    ("training", N_("Training")),
    ("vervoer", N_("Vervoer")),
    ("financieel", N_("Financieel")),
    ("anders", N_("Anders, zie toelichting")),
)
TAKEN = (("nog niet", N_("Nog niet")), ("ja", N_("Ja")), ("nee", N_("Nee")))
HELPED = (
    ("nog niet bekend", N_("Nog niet bekend")),
    ("ja", N_("Ja")),
    ("deels", N_("Deels")),
    ("nee", N_("Nee")),
)
GRAVITY = {1: N_("licht"), 2: N_("duidelijk"), 3: N_("zwaar")}
STATES = {"wacht": N_("Wordt gezocht"), "klaar": N_("Klaar"), "mislukt": N_("Mislukt")}
SUPPORT_NAMES = {
    "nummer": N_("Eigen nummer"),
    "naam": N_("Naam"),
    "bijSignalen": N_("Bij welke signalen"),
    "gemeenten": N_("Gemeenten"),
    "plaatsenVrij": N_("Plaatsen nu vrij"),
    "wachtweken": N_("Wachttijd in weken"),
}
LOOKED = {
    "gevonden": N_("er is hulp die past"),
    "niets past": N_("niets past nu bij deze signalen en deze gemeente"),
    "heeft al hulp": N_("er is al hulp, of een aanbod dat op antwoord wacht"),
    "niet op de volglijst": N_("de plaatsing staat niet op de volglijst; meld eerst een signaal"),
}
NAMES = {
    "dag": N_("Dag"),
    "soort": N_("Soort"),
    "toelichting": N_("Toelichting"),
    "vraagtRespijt": N_("Respijt"),
    "reden": N_("Reden"),
    "aangebodenOp": N_("Aangeboden op"),
    "opgepakt": N_("Opgepakt"),
    "redenNietOpgepakt": N_("Waarom niet"),
    "vanaf": N_("Eerste dag"),
    "totEnMet": N_("Laatste dag"),
    "geholpen": N_("Geholpen"),
    "toelichtingGeholpen": N_("Wat het opleverde"),
    "straalKm": N_("Straal"),
    "gezinAkkoord": N_("Akkoord van het gezin"),
}
