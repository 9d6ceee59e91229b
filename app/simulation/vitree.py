"""Writes Vitree's export: XML, with the snapshot day on the root."""

from collections.abc import Iterable
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from app.kernel.words import PROBLEMS
from app.simulation.family import Family
from app.simulation.phrasing import written_day, yes_no

_DAY = "%Y-%m-%d"


def write_vitree(families: Iterable[Family], snapshot_day: date) -> bytes:
    """Return `pleeggezinnen-vitree.xml`."""
    attributes = {"peildatum": snapshot_day.isoformat(), "aanbieder": "Vitree"}
    root = Element("Pleeggezinnen", attributes)
    for family in families:
        _add_family(root, family)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_family(root: Element, family: Family) -> None:
    attributes = {"id": family.reference, "soort": family.kind, "status": family.status}
    entry = SubElement(root, "Pleeggezin", attributes)
    _add(entry, "Naam", family.name)
    _add(entry, "Postcode", family.address.postcode)
    _add(entry, "Woonplaats", family.address.place)
    _add_residents(entry, family)
    _add_offer(entry, family)
    for problem, answer in zip(PROBLEMS, family.willingness, strict=True):
        SubElement(entry, "Bereidheid", {"problematiek": problem}).text = answer
    _add_skills_and_living(entry, family)
    clearance = written_day(family.papers.clearance_until, _DAY)
    SubElement(entry, "VGB", {"geldigTot": clearance})
    _add(entry, "Voorbereiding", yes_no(family.papers.prepared))
    if family.network_for:
        _add(entry, "NetwerkVoor", family.network_for)
    _add(entry, "Gewijzigd", family.updated_at.isoformat())


def _add_residents(entry: Element, family: Family) -> None:
    for year in family.residents.carers:
        SubElement(entry, "Pleegouder", {"geboortejaar": str(year)})
    for relation, years in (
        ("eigen", family.residents.own_children),
        ("pleeg", family.residents.foster_children),
    ):
        for year in years:
            SubElement(entry, "Huisgenoot", {"geboortejaar": str(year), "relatie": relation})


def _add_offer(entry: Element, family: Family) -> None:
    offer = family.offer
    attributes = {
        "totaal": str(offer.places_total),
        "vrij": str(offer.places_free),
        "vanaf": written_day(offer.available_from, _DAY),
        "leeftijdVan": str(offer.min_age),
        "leeftijdTot": str(offer.max_age),
        "geslacht": str(offer.gender_preference),
        "maxBroersZussen": str(offer.max_siblings),
        "respijt": yes_no(offer.respite),
    }
    if offer.available_until:
        attributes["tot"] = written_day(offer.available_until, _DAY)
    element = SubElement(entry, "Aanbod", attributes)
    for form in offer.forms:
        _add(element, "Vorm", form)


def _add_skills_and_living(entry: Element, family: Family) -> None:
    skills, living = family.skills, family.living
    _add(entry, "Ervaring", str(skills.experience_years))
    for training in skills.trainings:
        _add(entry, "Training", training)
    _add(entry, "SamenwerkingOuders", str(skills.cooperation))
    for pet in living.pets:
        _add(entry, "Huisdier", pet)
    _add(entry, "Rookt", yes_no(living.smokes))
    _add(entry, "Rolstoel", yes_no(living.wheelchair))
    for language in living.languages:
        _add(entry, "Taal", language)
    _add(entry, "Geloof", living.faith)


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text
