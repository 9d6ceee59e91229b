"""The columns of `plaatsingen-historie.csv`: how each is written, and which are looked at."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.kernel.reading import (
    Unreadable,
    decimal_number,
    lower_text,
    member,
    optional,
    reference_number,
    separated,
    whole_number,
    word,
)
from app.kernel.reading_days import DayStyle, day
from app.kernel.words import PROBLEMS, CareForm, FamilyKind, OtherChildrenWish, Willingness
from app.learning.placement import Course, Ending, PastChild, PastFamily, PastPlacement

_yes_no = word({"ja": True, "nee": False})
_day = day(DayStyle.ISO)
_count = whole_number(0, 50)
_km = optional(decimal_number(0, 500))
_carer_age = optional(whole_number(18, 110))
SEVERITY, WILLING = "ernst_", "bereidheid_"
Parse = Callable[[object], Any]

# Columns that stand in the file and are not named here (such as geslacht) are never read.
COLUMNS: Mapping[str, Parse] = {
    "plaatsing_id": reference_number,
    "gezin_type": member(FamilyKind),
    "vorm": member(CareForm),
    "start": _day,
    "einde": optional(_day),
    "reden_einde": member(Ending),
    "leeftijd_bij_start": decimal_number(0, 23),
    **{SEVERITY + problem: whole_number(0, 3) for problem in PROBLEMS},
    **{WILLING + problem: optional(member(Willingness)) for problem in PROBLEMS},
    "eerdere_plaatsingen": _count,
    "eerdere_breakdowns": _count,
    "residentieel_verleden": _yes_no,
    "ervaring_jaren": decimal_number(0, 80),
    "trainingen": separated("|", lower_text),
    "eigen_kind_leeftijdsverschil_jaren": optional(decimal_number(0, 40)),
    "aantal_pleegkinderen_in_gezin": whole_number(0, 20),
    "afstand_huis_km": _km,
    "afstand_school_km": _km,
    "school_behouden": _yes_no,
    "bezoek_per_maand": optional(decimal_number(0, 62)),
    "samenwerking_ouders": optional(whole_number(1, 5)),
    "taal_gedeeld": optional(_yes_no),
    "geloofswens_vervuld": optional(_yes_no),
    "oudste_pleegouder_leeftijd": _carer_age,
    "jongste_pleegouder_leeftijd": _carer_age,
    "respijt_beschikbaar": _yes_no,
    "samen_geplaatst": optional(_yes_no),
    "wens_andere_kinderen": member(OtherChildrenWish),
}


class RowWrong(Exception):
    """A row that cannot be used: the column, and a Dutch clause that says what to do."""

    def __init__(self, field: str, clause: str) -> None:
        super().__init__(f"'{field}' {clause}")
        self.field = field
        self.clause = clause


def read_placement(cells: Mapping[str, str], *, latest: date) -> PastPlacement:
    """Return the placement that a row tells of; raises RowWrong, also for a day after `latest`."""
    found = {name: _cell(name, parse, cells) for name, parse in COLUMNS.items()}
    placement = PastPlacement(_course(found), _child(found), _family(found))
    _check_course(placement.course, latest)
    if found["eerdere_breakdowns"] > found["eerdere_plaatsingen"]:
        raise RowWrong(
            "eerdere_breakdowns", "is meer dan 'eerdere_plaatsingen'; verbeter een van beide"
        )
    return placement


def _cell(name: str, parse: Parse, cells: Mapping[str, str]) -> Any:
    try:
        return parse(cells.get(name))
    except Unreadable as error:
        raise RowWrong(name, str(error)) from error


def _course(found: Mapping[str, Any]) -> Course:
    return Course(
        number=found["plaatsing_id"],
        began_on=found["start"],
        ended_on=found["einde"],
        ending=found["reden_einde"],
        care_form=found["vorm"],
    )


def _check_course(course: Course, latest: date) -> None:
    if course.began_on > latest:
        raise RowWrong("start", "ligt in de toekomst; verbeter de datum")
    if course.ending is Ending.RUNNING:
        if course.ended_on is not None:
            raise RowWrong(
                "einde", "is ingevuld bij een plaatsing die loopt; maak het leeg of geef de reden"
            )
        return
    if course.ended_on is None:
        raise RowWrong("einde", "is leeg bij een plaatsing die is geëindigd; vul de datum in")
    if course.ended_on < course.began_on:
        raise RowWrong("einde", "ligt voor 'start'; verbeter een van beide datums")
    if course.ended_on > latest:
        raise RowWrong("einde", "ligt in de toekomst; verbeter de datum")


def _child(found: Mapping[str, Any]) -> PastChild:
    return PastChild(
        age=found["leeftijd_bij_start"],
        severity=tuple(found[SEVERITY + problem] for problem in PROBLEMS),
        placements=found["eerdere_plaatsingen"],
        breakdowns=found["eerdere_breakdowns"],
        was_residential=found["residentieel_verleden"],
        visits_per_month=found["bezoek_per_maand"],
        other_children=found["wens_andere_kinderen"],
        faith_wish_met=found["geloofswens_vervuld"],
        with_siblings=found["samen_geplaatst"],
        keeps_school=found["school_behouden"],
    )


def _family(found: Mapping[str, Any]) -> PastFamily:
    return PastFamily(
        kind=found["gezin_type"],
        willingness=tuple(found[WILLING + problem] for problem in PROBLEMS),
        experience_years=found["ervaring_jaren"],
        trainings=found["trainingen"],
        own_child_gap=found["eigen_kind_leeftijdsverschil_jaren"],
        foster_children=found["aantal_pleegkinderen_in_gezin"],
        home_km=found["afstand_huis_km"],
        school_km=found["afstand_school_km"],
        cooperation=found["samenwerking_ouders"],
        shares_language=found["taal_gedeeld"],
        oldest_carer=found["oudste_pleegouder_leeftijd"],
        youngest_carer=found["jongste_pleegouder_leeftijd"],
        has_respite=found["respijt_beschikbaar"],
    )
