"""The form of availability: fields in, body out, and nothing of a bed lost on the way."""

from typing import Any

import pytest
from starlette.datastructures import FormData

from app.screens.families.availability_form import as_fields, as_told, body_of, names_of
from app.screens.families.bed_fields import beside_beds
from app.screens.form import Form

FAMILY: dict[str, Any] = {
    "status": "actief", "pauzeReden": None, "pauzeTot": None, "navragen": False,
    "beschikbaarVanaf": "2026-10-01", "beschikbaarTot": None,
    "plaatsen": [
        {"volgnummer": 1, "ritme": "voltijd", "isVrij": True, "vanBuitenDeRegio": False,
         "vormen": ["crisis"], "beschikbaarVanaf": "2026-11-01", "beschikbaarTot": None,
         "nogIets": "a"},
        {"volgnummer": 2, "ritme": "oneven weekenden", "isVrij": False, "vanBuitenDeRegio": True,
         "vormen": [], "beschikbaarVanaf": None, "beschikbaarTot": None},
    ],
}  # fmt: skip


def sent(family: dict[str, Any], **changed: str) -> dict[str, Any]:
    fields = as_fields(family) | changed
    return body_of(Form(FormData(list(fields.items()))), family["plaatsen"])


def test_a_form_that_is_sent_as_it_came_changes_nothing() -> None:
    """What the API knows of a bed besides goes along; its rank is not ours to tell."""
    body = sent(FAMILY)
    assert body == as_told(FAMILY)
    assert body["plaatsen"][0]["nogIets"] == "a"
    assert body["pauze"] is None


def test_a_place_that_is_taken_away_takes_its_own_facts_with_it() -> None:
    """The others keep theirs."""
    body = sent(FAMILY, **{"plaats-1-ritme": "", "plaats-3-ritme": "vakanties"})
    kept, added = body["plaatsen"]
    assert (kept["ritme"], kept["isVrij"], kept["vanBuitenDeRegio"]) == (
        "oneven weekenden", False, True,
    )  # fmt: skip
    assert (added["ritme"], added["isVrij"], added["vormen"]) == ("vakanties", True, [])


def test_what_a_bed_is_for_by_itself_can_be_changed() -> None:
    """Its forms, its days, and a child from outside who left it."""
    changed = {
        "plaats-1-vorm-crisis": "", "plaats-1-vorm-deeltijd": "ja",
        "plaats-1-vanaf": "", "plaats-1-tot": "2027-01-31", "plaats-2-stand": "bezet",
    }  # fmt: skip
    first, second = sent(FAMILY, **changed)["plaatsen"]
    assert first["vormen"] == ["deeltijd"]
    assert (first["beschikbaarVanaf"], first["beschikbaarTot"]) == (None, "2027-01-31")
    assert (second["isVrij"], second["vanBuitenDeRegio"]) == (False, False)


@pytest.mark.parametrize(
    ("field", "sentence", "beside"),
    [
        ("plaatsen", "Bed 2: beschikbaarTot ligt voor beschikbaarVanaf", "plaats-3-tot"),
        ("plaatsen", "Bed 1: heeft een vorm die het gezin niet biedt", "plaats-1-vorm"),
        ("plaatsen[2].beschikbaarVanaf", "Is geen datum", "plaats-3-vanaf"),
        ("plaatsen", "Heeft te veel regels", "plaatsen"),
        ("plaatsen", "Bed 9: is er niet", "plaatsen"),
    ],
)
def test_what_is_wrong_with_a_bed_stands_beside_its_row(
    field: str, sentence: str, beside: str
) -> None:
    """The API counts the beds that were sent; the form also has a row that was emptied."""
    fields = as_fields(FAMILY) | {"plaats-2-ritme": "", "plaats-3-ritme": "vakanties"}
    form = Form(FormData(list(fields.items())))
    told = beside_beds({"zin": sentence, "velden": {field: sentence}}, form)
    assert list(told["velden"]) == [beside]
    assert "beschikbaar" not in told["velden"][beside]


@pytest.mark.parametrize(
    "now", [{"status": "gestopt"}, {"status": "pauze"}, {"navragen": True}], ids=str
)
def test_what_cannot_be_said_again_offers_no_way_back(now: dict[str, Any]) -> None:
    """A stopped family, a pause without a reason, one that was confirmed by the change."""
    assert as_told(FAMILY | now) is None


def test_every_field_has_a_name() -> None:
    """For the list of errors and for two versions beside each other."""
    named = names_of(as_fields(FAMILY), str)
    assert set(as_fields(FAMILY)) <= set(named)
    assert named["plaats-1-vorm-crisis"] == "Plaats 1, alleen voor crisis"
    assert named["plaats-2-stand"] == "Plaats 2, vrij of bezet"
