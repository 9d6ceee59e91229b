"""Writes Youké's export: nested JSON, willingness as 2 (yes), 1 (with support) or 0 (no)."""

import json
from collections.abc import Iterable
from typing import Any

from app.kernel.clock import AMSTERDAM
from app.kernel.words import PROBLEMS, Willingness
from app.simulation.family import Family
from app.simulation.phrasing import written_day

_DEGREES = {Willingness.YES: 2, Willingness.WITH_SUPPORT: 1, Willingness.NO: 0}
_DAY = "%Y-%m-%d"


def write_youke(families: Iterable[Family]) -> bytes:
    """Return `pleeggezinnen-youke.json`."""
    return json.dumps(
        [_entry(family) for family in families], indent=1, ensure_ascii=False
    ).encode()


def _entry(family: Family) -> dict[str, Any]:
    residents = family.residents
    return {
        "gezinId": family.reference,
        "naam": family.name,
        "type": family.kind,
        "status": family.status.upper(),
        "adres": {"postcode": family.address.postcode, "plaats": family.address.place},
        "pleegouders": [{"geboortejaar": year} for year in residents.carers],
        "huisgenoten": [
            *({"geboortejaar": year, "relatie": "eigen"} for year in residents.own_children),
            *({"geboortejaar": year, "relatie": "pleeg"} for year in residents.foster_children),
        ],
        "aanbod": _offer(family),
        "bereidheid": {
            problem: _DEGREES[answer]
            for problem, answer in zip(PROBLEMS, family.willingness, strict=True)
        },
        **_home(family),
        "gewijzigdOp": family.updated_at.replace(tzinfo=AMSTERDAM).isoformat(),
    }


def _offer(family: Family) -> dict[str, Any]:
    offer = family.offer
    return {
        "vormen": offer.forms,
        "plaatsenTotaal": offer.places_total,
        "plaatsenVrij": offer.places_free,
        "vanaf": written_day(offer.available_from, _DAY),
        "tot": written_day(offer.available_until, _DAY) or None,
        "leeftijd": {"min": offer.min_age, "max": offer.max_age},
        "geslacht": offer.gender_preference,
        "maxSiblings": offer.max_siblings,
        "respijt": offer.respite,
    }


def _home(family: Family) -> dict[str, Any]:
    skills, living = family.skills, family.living
    return {
        "ervaringJaren": skills.experience_years,
        "trainingen": skills.trainings,
        "samenwerkingOuders": skills.cooperation,
        "huisdieren": living.pets,
        "rookt": living.smokes,
        "rolstoel": living.wheelchair,
        "talen": living.languages,
        "geloof": living.faith,
        "vgbGeldigTot": written_day(family.papers.clearance_until, _DAY),
        "voorbereid": family.papers.prepared,
        "netwerkVoor": family.network_for,
    }
