"""What a child needs, a line for each point; None where the child asks nothing there."""

from app.screens.proposals.about_pair import Pair
from app.screens.proposals.tongue import SEVERITIES, years_between
from app.screens.words import N_


def form(pair: Pair) -> str:
    """Return the care that is asked for, and from when."""
    _, child = pair.tongue.say, pair.of_child
    return _("%(vorm)s, %(ritme)s, nodig vanaf %(dag)s") % {
        "vorm": _(child["vorm"]),
        "ritme": _(child["ritme"]),
        "dag": pair.tongue.day(child["nodigVanaf"]),
    }


def age(pair: Pair) -> str:
    """Return age and gender."""
    _, child = pair.tongue.say, pair.of_child
    years = years_between(child["geboortedatum"], pair.today)
    return _("%(jaar)s jaar, %(geslacht)s") % {"jaar": years, "geslacht": _(child["geslacht"])}


def problem(pair: Pair, severity: int) -> str:
    """Return how severe something is."""
    return pair.tongue.say(SEVERITIES[severity])


def siblings(pair: Pair) -> str | None:
    """Return the wish for the group."""
    _, group = pair.tongue.say, pair.of_child["broersZussen"]
    return _("wens: %(wens)s") % {"wens": _(group["wens"])} if group else None


def company(pair: Pair) -> str | None:
    """Return the wish about other children."""
    _ = pair.tongue.say
    told = {"wel": _("liefst met andere kinderen"), "niet": _("liefst zonder andere kinderen")}
    return told.get(pair.of_child["andereKinderen"])


def school(pair: Pair) -> str | None:
    """Return whether the school should stay."""
    _, found = pair.tongue.say, pair.of_child["school"]
    return _("op de eigen school blijven") if found and found["behouden"] else None


def parents(pair: Pair) -> str | None:
    """Return how often and where the parents are seen."""
    _, child = pair.tongue.say, pair.of_child
    if not child["bezoekPerMaand"]:
        return None
    return _("%(keer)s keer per maand bezoek, plek: %(plek)s") % {
        "keer": pair.tongue.number(child["bezoekPerMaand"], child["bezoekPerMaand"] % 1 > 0),
        "plek": _(child["bezoekPlek"]),
    }


def house(pair: Pair) -> str | None:
    """Return what the home must be like for the child's health."""
    _, child = pair.tongue.say, pair.of_child
    pets = pair.tongue.listed(child["allergieen"])
    told = [_("geen huisdier: %(dier)s") % {"dier": pets}] if pets else []
    told += [_("rookvrij huis")] if child["rookvrijNodig"] else []
    told += [_("huis geschikt voor een rolstoel")] if child["rolstoel"] else []
    return ", ".join(told) or None


def language(pair: Pair) -> str | None:
    """Return the languages of the child."""
    return ", ".join(pair.of_child["talen"]) or None


def faith(pair: Pair) -> str | None:
    """Return the wish about faith."""
    found: str | None = pair.of_child["geloofswens"]
    return found


def support(pair: Pair) -> str | None:
    """Return how much there is that asks for experience."""
    _, severity = pair.tongue.say, pair.of_child["problematiek"].values()
    clear = sum(1 for grade in severity if grade >= 2)
    return _("%(aantal)s keer duidelijk of ernstig") % {"aantal": clear} if clear else None


def network(pair: Pair) -> str | None:
    """Return the network family that was named."""
    _, found = pair.tongue.say, pair.of_child["netwerkgezin"]
    return _("genoemd netwerkgezin: %(gezin)s") % {"gezin": found} if found else None


def law(pair: Pair) -> str:
    """Return what the law asks of every family."""
    return pair.tongue.say(N_("geldige VGB, voorbereiding afgerond"))
