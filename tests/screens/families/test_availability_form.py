"""The form of availability: fields in, body out, and nothing of a bed lost on the way."""

from typing import Any

import pytest
from starlette.datastructures import FormData

from app.screens.families.availability_form import as_fields, as_told, body_of, names_of
from app.screens.form import Form

FAMILY: dict[str, Any] = {
    "status": "actief", "pauzeReden": None, "pauzeTot": None, "navragen": False,
    "beschikbaarVanaf": "2026-10-01", "beschikbaarTot": None,
    "plaatsen": [
        {"volgnummer": 1, "ritme": "voltijd", "isVrij": True, "nogIets": "a"},
        {"volgnummer": 2, "ritme": "oneven weekenden", "isVrij": False},
    ],
}  # fmt: skip


def sent(family: dict[str, Any], **changed: str) -> dict[str, Any]:
    fields = as_fields(family) | changed
    return body_of(Form(FormData(list(fields.items()))), family["plaatsen"])


def test_a_form_that_is_sent_as_it_came_changes_nothing() -> None:
    """What the API knows of a bed besides goes along; its rank is not ours to tell."""
    body = sent(FAMILY)
    assert body == as_told(FAMILY)
    assert body["plaatsen"][0] == {"ritme": "voltijd", "isVrij": True, "nogIets": "a"}
    assert body["pauze"] is None


def test_a_place_that_is_taken_away_takes_its_own_facts_with_it() -> None:
    """The others keep theirs."""
    body = sent(FAMILY, **{"plaats-1-ritme": "", "plaats-3-ritme": "vakanties"})
    assert body["plaatsen"] == [
        {"ritme": "oneven weekenden", "isVrij": False},
        {"ritme": "vakanties", "isVrij": True},
    ]


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
    assert named["plaats-2-stand"] == "Plaats 2, vrij of bezet"
