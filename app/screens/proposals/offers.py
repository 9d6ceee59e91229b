"""What a family offers, a line for each point; None where its provider told nothing of it."""

from app.screens.proposals.about_pair import Pair


def form(pair: Pair) -> str:
    """Return forms and free places, and from when to when."""
    _, family = pair.tongue.say, pair.of_family
    told = _("%(vormen)s; %(vrij)s van %(totaal)s plaatsen vrij") % {
        "vormen": pair.tongue.listed(family["vormen"]),
        "vrij": family["plaatsenVrij"],
        "totaal": family["plaatsenTotaal"],
    }
    first, last = family["beschikbaarVanaf"], family["beschikbaarTot"]
    if first:
        told += _(", vanaf %(dag)s") % {"dag": pair.tongue.day(first)}
    return told + (_(", tot en met %(dag)s") % {"dag": pair.tongue.day(last)} if last else "")


def age(pair: Pair) -> str:
    """Return which children the family takes."""
    _, family = pair.tongue.say, pair.of_family
    first, last = family["leeftijdVan"], family["leeftijdTotEnMet"]
    several = _("%(van)s tot en met %(tot)s jaar") % {"van": first, "tot": last}
    ages = _("%(van)s jaar") % {"van": first} if first == last else several
    wish = family["voorkeurGeslacht"]
    only = _("%(leeftijden)s, alleen %(geslacht)s")
    return ages if wish == "geen voorkeur" else only % {"leeftijden": ages, "geslacht": _(wish)}


def willingness(pair: Pair, answer: str | None) -> str:
    """Return what the family said to a problem."""
    _ = pair.tongue.say
    return _("zegt: %(antwoord)s") % {"antwoord": _(answer)} if answer else _("niet gevraagd")


def siblings(pair: Pair) -> str:
    """Return how many children of one family it takes."""
    _ = pair.tongue.say
    return _("neemt hoogstens %(aantal)s uit één gezin") % {
        "aantal": pair.of_family["maxBroersZussen"]
    }


def company(pair: Pair) -> str:
    """Return who lives there already."""
    _, family, year = pair.tongue.say, pair.of_family, int(pair.today[:4])
    told = []
    for name, words in (
        ("eigenKinderenGeboren", _("eigen kinderen van %(leeftijden)s jaar")),
        ("pleegkinderenGeboren", _("pleegkinderen van %(leeftijden)s jaar")),
    ):
        ages = [str(year - born) for born in sorted(family[name], reverse=True)]
        if ages:
            told.append(words % {"leeftijden": pair.tongue.listed(ages)})
    return ", ".join(told) or _("geen andere kinderen")


def school(pair: Pair) -> str | None:
    """Return the distance to school."""
    return pair.km("school")


def parents(pair: Pair) -> str | None:
    """Return the distance to the child's home, and how well carers work with parents."""
    _, grade = pair.tongue.say, pair.of_family["samenwerkingOuders"]
    km = pair.km("huis")
    told = [_("%(km)s van huis") % {"km": km}] if km else []
    told.append(
        _("samenwerking met ouders: %(cijfer)s van 5") % {"cijfer": grade}
        if grade
        else _("samenwerking met ouders: onbekend")
    )
    return ", ".join(told)


def house(pair: Pair) -> str:
    """Return pets, smoke and wheelchair."""
    _, family = pair.tongue.say, pair.of_family
    pets = pair.tongue.listed(family["huisdieren"])
    told = [_("huisdieren: %(dier)s") % {"dier": pets} if pets else _("geen huisdieren")]
    told.append(_("er wordt gerookt") if family["rookt"] else _("rookvrij"))
    if pair.child is None or pair.child["rolstoel"]:
        told.append(_("rolstoel kan") if family["rolstoel"] else _("rolstoel kan niet"))
    return ", ".join(told)


def language(pair: Pair) -> str | None:
    """Return the languages at home."""
    return ", ".join(pair.of_family["talen"]) or None


def faith(pair: Pair) -> str | None:
    """Return the faith at home."""
    _, found = pair.tongue.say, pair.of_family["geloof"]
    return _(found) if found else None


def support(pair: Pair) -> str:
    """Return experience, trainings and respite."""
    _, family = pair.tongue.say, pair.of_family
    years = pair.tongue.number(family["ervaringJaren"])
    told = [_("%(jaar)s jaar ervaring") % {"jaar": years}]
    if family["ervaringJaren"] < 1:
        told = [_("minder dan een jaar ervaring")]
    if family["trainingen"]:
        told.append(_("training: %(namen)s") % {"namen": pair.tongue.listed(family["trainingen"])})
    return ", ".join(told + ([_("respijtzorg mogelijk")] if family["respijt"] else []))


def network(pair: Pair) -> str:
    """Return whether this is the child's own network."""
    _ = pair.tongue.say
    is_network = pair.of_family["soort"] == "netwerk"
    return _("netwerkgezin") if is_network else _("gezin uit het bestand")


def law(pair: Pair) -> str:
    """Return clearance and preparation."""
    _, family = pair.tongue.say, pair.of_family
    until = family["vgbGeldigTot"]
    told = _("VGB tot %(dag)s") % {"dag": pair.tongue.day(until)} if until else _("geen VGB bekend")
    done = _("voorbereiding afgerond") if family["voorbereid"] else _("voorbereiding loopt nog")
    return f"{told}, {done}"
