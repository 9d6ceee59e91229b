"""What a drawn family and a drawn child look like as they are sent to the API."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.kernel.clock import AMSTERDAM
from app.kernel.words import PROBLEMS
from app.simulation.child import Child
from app.simulation.family import Family
from app.simulation.registrations import write_registrations

Body = dict[str, Any]


def family_body(family: Family, *, status: str = "actief", told_on: date) -> Body:
    """A family with the places that it has free; who lives there is not registered here."""
    offer, living, skills = family.offer, family.living, family.skills
    return {
        "naam": family.name,
        "soort": family.kind.value,
        "status": status,
        "postcode": family.address.postcode,
        "woonplaats": family.address.place,
        "pleegoudersGeboren": list(family.residents.carers),
        "eigenKinderenGeboren": list(family.residents.own_children),
        "pleegkinderenGeboren": [],
        "vormen": [form.value for form in offer.forms],
        "plaatsenTotaal": offer.places_free,
        "plaatsenVrij": offer.places_free,
        "beschikbaarVanaf": None,
        "beschikbaarTot": None,
        "leeftijdVan": offer.min_age,
        "leeftijdTotEnMet": offer.max_age,
        "voorkeurGeslacht": offer.gender_preference.value,
        "maxBroersZussen": offer.max_siblings,
        "bereidheid": {
            problem.value: answer.value
            for problem, answer in zip(PROBLEMS, family.willingness, strict=True)
        },
        "ervaringJaren": skills.experience_years,
        "trainingen": list(skills.trainings),
        "samenwerkingOuders": skills.cooperation,
        "huisdieren": list(living.pets),
        "rookt": living.smokes,
        "rolstoel": living.wheelchair,
        "talen": list(living.languages),
        "geloof": living.faith,
        "vgbGeldigTot": (told_on + timedelta(days=1500)).isoformat(),
        "voorbereid": True,
        "respijt": offer.respite,
        "netwerkVoor": None,
        "gewijzigdOp": datetime.combine(told_on, datetime.min.time(), AMSTERDAM).isoformat(),
    }


def child_body(child: Child, *, number: str, on: date) -> Body:
    """A child as it is registered on a day, alone and without anything that would hold it up."""
    request = replace(child.household.request, registered_on=on, needed_from=on, leave_by=None)
    home = replace(child.household, request=request, network_family=None)
    line = write_registrations([replace(child, number=number, household=home)])
    body: Body = json.loads(line)
    body["machtiging"] = None
    body["juridischKader"] = "vrijwillig"
    if body["verblijftNu"] != "thuis":
        body["eindeOnbekendOmdat"] = "Er is nog niets afgesproken."
    return body


FRAME: Body = {
    "gezag": [{"soort": "ouder", "toestemming": "ja"}],
    "verantwoordelijkeGemeente": "Amsterdam",
}


def after_crisis(child: Any) -> dict[str, str]:
    """Return what a step says when it places a child (an answer of the door) in a crisis."""
    is_crisis = child.json()["vorm"] == "crisis"
    return {"redenGeenVervolg": "Gaat na het weekend naar huis."} if is_crisis else {}


def after_breakdown(child: Child) -> Child:
    """The child as it is registered again: alone, with a placement and a breakdown more."""
    history = child.history
    return replace(
        child,
        household=replace(child.household, siblings=None),
        history=replace(
            history, placements=history.placements + 1, breakdowns=history.breakdowns + 1
        ),
    )
