"""The words of lists as people read them; translated where they are shown."""

from typing import Any

from app.screens.words import N_

FORMS = {
    "crisis": N_("crisis"),
    "hulpverlening": N_("hulpverlening"),
    "opvoeding": N_("opvoeding"),
    "deeltijd": N_("deeltijd"),
}
RHYTHMS = {
    "voltijd": N_("voltijd"),
    "doordeweeks": N_("doordeweeks"),
    "oneven weekenden": N_("oneven weekenden"),
    "even weekenden": N_("even weekenden"),
    "vakanties": N_("vakanties"),
}
STATUSES = {"actief": N_("doet mee"), "pauze": N_("pauze"), "gestopt": N_("gestopt")}
PROBLEMS = {
    "externaliserend": N_("druk of opstandig gedrag"),
    "internaliserend": N_("angst of somberheid"),
    "hechting": N_("hechting"),
    "lvb": N_("licht verstandelijke beperking"),
    "psychiatrie": N_("psychiatrische problemen"),
    "medisch": N_("medische zorg"),
    "seksueel_grensoverschrijdend": N_("seksueel grensoverschrijdend gedrag"),
    "weglopen": N_("weglopen"),
    "middelen": N_("alcohol en drugs"),
}
SEVERITIES = {1: N_("licht"), 2: N_("duidelijk"), 3: N_("ernstig")}
WILLINGNESS = {"ja": N_("ja"), "met steun": N_("met steun"), "nee": N_("nee")}
PREFERENCES = {
    "geen voorkeur": N_("geen voorkeur"),
    "jongen": N_("jongens"),
    "meisje": N_("meisjes"),
}
GENDERS = {"jongen": N_("jongen"), "meisje": N_("meisje"), "x": N_("kind")}
KINDS = {"bestand": N_("geworven gezin"), "netwerk": N_("netwerkgezin van één kind")}
PETS = {"hond": N_("hond"), "kat": N_("kat"), "overig": N_("ander dier")}
URGENCIES = {"crisis": N_("crisis"), "spoed": N_("spoed"), "regulier": N_("regulier")}
PHASES = {
    "voorgesteld": N_("voorgesteld"),
    "voorgelegd aan pleegouders": N_("voorgelegd aan pleegouders"),
    "voorgelegd aan ouders en kind": N_("voorgelegd aan ouders en kind"),
    "kennismaking": N_("kennismaking"),
    "match": N_("match"),
    "wennen": N_("wennen"),
    "plaatsing": N_("plaatsing"),
}
REASONS = {
    "gezin niet beschikbaar": N_("gezin niet beschikbaar"),
    "problematiek te zwaar": N_("problematiek te zwaar"),
    "leeftijd": N_("leeftijd"),
    "afstand": N_("afstand"),
    "gezinssamenstelling": N_("gezinssamenstelling"),
    "veiligheid": N_("veiligheid"),
    "voorkeur ander gezin": N_("voorkeur voor een ander gezin"),
    "ouders of kind bezwaar": N_("bezwaar van ouders of kind"),
    "anders": N_("anders, namelijk (licht het toe)"),
}
NO_BY = {
    "gezin": N_("het gezin"),
    "aanbieder": N_("de aanbieder"),
    "ouders": N_("de ouders"),
    "kind": N_("het kind"),
    "verwijzer": N_("de verwijzer"),
}
OUTCOMES = {
    "nee": N_("nee"),
    "verlopen": N_("geëindigd"),
    "geplaatst": N_("geplaatst"),
    "loopt": N_("loopt"),
}
SIBLING_WISHES = {
    "samen": N_("samen in één gezin"),
    "samen, tenzij": N_("samen, tenzij dat niet kan"),
    "apart": N_("niet in hetzelfde gezin"),
}
COMPANY = {
    "geen voorkeur": N_("geen voorkeur"),
    "wel": N_("graag met andere kinderen"),
    "niet": N_("liever zonder andere kinderen"),
}
IMPORT_STATES = {
    "ontvangen": N_("wacht op verwerking"),
    "bezig": N_("wordt verwerkt"),
    "verwerkt": N_("verwerkt"),
    "ongewijzigd": N_("verwerkt, niets veranderd"),
    "aangehouden": N_("aangehouden"),
    "geweigerd": N_("geweigerd"),
    "mislukt": N_("mislukt"),
}
CHANGES = {
    "nieuw": N_("nieuw"),
    "gewijzigd": N_("gewijzigd"),
    "navragen": N_("ontbreekt: navragen"),
    "terug": N_("weer in de export"),
}
WORDS: dict[str, dict[Any, Any]] = {
    "vormen": FORMS,
    "ritmes": RHYTHMS,
    "standen": STATUSES,
    "problemen": PROBLEMS,
    "ernst": SEVERITIES,
    "bereid": WILLINGNESS,
    "voorkeuren": PREFERENCES,
    "geslachten": GENDERS,
    "soorten": KINDS,
    "dieren": PETS,
    "urgenties": URGENCIES,
    "fasen": PHASES,
    "redenen": REASONS,
    "door": NO_BY,
    "uitkomsten": OUTCOMES,
    "broerszussen": SIBLING_WISHES,
    "gezelschap": COMPANY,
    "importstanden": IMPORT_STATES,
    "wijzigingen": CHANGES,
}
