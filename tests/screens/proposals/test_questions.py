"""Compare, why not, all choices, whom to call, what if, and the page for the table talk."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.models import Registration
from tests.screens.proposals.finding import Region
from tests.screens.served import mark_in

As = Callable[..., TestClient]


def key(option: dict[str, Any]) -> str:
    """Return a family as an address names it."""
    return f"{option['aanbieder']}/{option['gezin']}"


def refused_family(region: Region, number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a family that a rule refuses for a child, and the answer about it."""
    for one in region.get("/pleeggezinnen?aantal=100")["pleeggezinnen"]:
        path = f"/kinderen/{region.ids[number]}/waarom-niet/{one['aanbieder']}/{one['nummer']}"
        answer = region.get(path)
        if answer["oordeel"] == "geweigerd":
            return one, answer
    raise AssertionError("no family is refused")


def test_up_to_four_families_stand_beside_each_other(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """A fifth is left out and said; one of another provider that no run proposed may be in it."""
    said = region.said[number]
    refused, _ = refused_family(region, number)
    keys = [key(said["voorstel"]), f"{refused['aanbieder']}/{refused['nummer']}"]
    keys += [key(one) for one in said["alternatieven"][:3]]
    query = "&".join(f"gezin={one}" for one in keys)
    page = client_as("coordinator").get(f"{child}/vergelijk?{query}").text
    head = page.split("<thead>")[1].split("</thead>")[0]
    assert head.count("<th ") == 5
    assert "past niet" in page
    assert ("meer dan vier" in page) is (len(keys) > 4)


def test_comparing_nothing_asks_what_to_compare(client_as: As, child: str) -> None:
    """An empty state that says what to do, with the families of the run to choose from."""
    page = client_as("coordinator").get(f"{child}/vergelijk").text
    assert "Nog geen gezin gekozen" in page
    assert 'type="checkbox" name="gezin"' in page


def test_a_family_that_does_not_exist_is_named_and_left_out(client_as: As, child: str) -> None:
    """A number that no provider has is said; the page still comes."""
    answer = client_as("coordinator").get(f"{child}/vergelijk?gezin=spirit/BESTAAT-NIET")
    assert answer.status_code == 200
    assert "BESTAAT-NIET" in answer.text


def test_what_choices_cost_comes_on_asking(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """Without script the price is behind a link to the same page."""
    said = region.said[number]
    query = f"gezin={key(said['voorstel'])}&gezin={key(said['alternatieven'][0])}"
    client = client_as("coordinator")
    assert "prijs=ja" in client.get(f"{child}/vergelijk?{query}").text
    priced = client.get(f"{child}/vergelijk?{query}&prijs=ja").text
    assert "niets extra: dit is het plan" in priced


def test_why_not_answers_in_words_for_any_family_without_its_provider(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """What stands in the way with its kind, and the smallest change that would admit it."""
    refused, answer = refused_family(region, number)
    page = client_as("coordinator").get(f"{child}/waarom-niet?gezin={refused['nummer']}").text
    assert "Dit gezin kan nu niet" in page
    assert answer["geweigerdDoor"][0]["zin"] in page
    assert answer["kleinsteWijziging"]["zin"] in page
    assert any(kind in page for kind in ("een regel", "een wens", "een gegeven ontbreekt"))


def test_why_not_says_who_would_lose_what(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """The exact price of a family that could: goals, and every child for whom it is otherwise."""
    found = region.get(f"{child}/alternatieven")["alternatieven"]
    dearest = max(found, key=lambda one: len(one["prijs"]["kinderen"]))
    page = client_as("coordinator").get(
        f"{child}/waarom-niet?aanbieder={dearest['aanbieder']}&gezin={dearest['gezin']}"
    )
    for moved in dearest["prijs"]["kinderen"]:
        assert moved["aanmeldnummer"] in page.text


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Vul het nummer"), ("XYZ-1", "Er is geen gezin met dit nummer")]
)
def test_a_number_that_is_nobody_is_said_beside_the_field(
    client_as: As, child: str, typed: str, said: str
) -> None:
    """A 400 with the sentence at the field; what was typed stays."""
    answer = client_as("coordinator").get(f"{child}/waarom-niet?gezin={typed}")
    assert answer.status_code == 400
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{typed}"' in answer.text


def test_all_choices_stand_in_the_order_of_the_api(
    client_as: As, region: Region, child: str
) -> None:
    """The least regret first, each with what it costs."""
    found = region.get(f"{child}/alternatieven")["alternatieven"]
    page = client_as("coordinator").get(f"{child}/keuzes?prijs=ja").text
    places = [page.index(f"Gezin {one['gezin']}") for one in found]
    assert places == sorted(places)


def test_nearly_fitting_families_are_a_call_list(client_as: As, region: Region) -> None:
    """Each with the question to ask; a child with none gets a sentence that says what to do."""
    for number in (region.without(), region.with_choice()):
        child = region.ids[number]
        calls = region.get(f"/kinderen/{child}/bijna-passend")["belregels"]
        page = client_as("coordinator").get(f"/kinderen/{child}/bijna-passend?prijs=ja").text
        for call in calls:
            assert call["vraag"] in page
        assert calls or "Geen gezin dat bijna past" in page, number


def counted(database: Database) -> list[int]:
    """Return how many runs, proposals and steps there are."""
    with session_for(database.sessions, SYSTEM) as session:
        tables = ("match_run", "proposal", "begun_pair")
        return [session.scalar(text(f"SELECT count(*) FROM {name}")) for name in tables]


def test_what_if_shows_the_difference_and_keeps_nothing(
    client_as: As, region: Region, number: str, screens_database: Database
) -> None:
    """A pin and a place more at once, by forms alone; afterwards all is as it was."""
    said = region.said[number]
    other = said["alternatieven"][0]
    client, path = client_as("coordinator"), f"/runs/{said['matchrun']}/wat-als"
    before = counted(screens_database)
    mark = mark_in(client.get(path).text)
    pin = {"soort": "vastzetten", "kind": number, "aanbieder": other["aanbieder"],
           "gezin": other["gezin"]}  # fmt: skip
    added = client.post(path, data={"_merk": mark, **pin, "doe": "erbij"}).text
    assert f"{number} gaat naar {other['gezin']}" in added
    carried = re.search(r'name="wijziging" value="([^"]+)"', added)
    assert carried
    place = {"soort": "plaats erbij", "aanbieder": other["aanbieder"], "gezin": other["gezin"],
             "aantal": "1", "ritme": "voltijd"}  # fmt: skip
    sent = {"_merk": mark, "wijziging": carried[1], **place, "doe": "reken"}
    answer = client.post(path, data=sent)
    assert answer.status_code == 200, answer.text[-300:]
    assert "Er is niets bewaard" in answer.text
    assert number in answer.text.split("Het verschil")[1]
    assert counted(screens_database) == before


def test_a_change_can_be_taken_away_again(client_as: As, region: Region, number: str) -> None:
    """The line goes, what was typed stays."""
    said = region.said[number]
    client, path = client_as("coordinator"), f"/runs/{said['matchrun']}/wat-als"
    mark = mark_in(client.get(path).text)
    sent = {"_merk": mark, "wijziging": f"uitsluiten|{number}|spirit|SPI-1|1|voltijd", "weg": "0",
            "gezin": "SPI-2"}  # fmt: skip
    page = client.post(path, data=sent).text
    assert 'name="wijziging"' not in page
    assert 'value="SPI-2"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "ten minste één wijziging"),
        ({"kind": "AM-0", "gezin": "NIEMAND", "aanbieder": "spirit"}, ""),
        ({"soort": "plaats erbij", "gezin": "NIEMAND", "aanbieder": "spirit", "aantal": "x"}, ""),
        ({"soort": "plaats erbij", "gezin": "NIEMAND", "aanbieder": "spirit", "aantal": "²"}, ""),
    ],
)
def test_a_change_that_makes_no_sense_comes_back_with_a_sentence(
    *, client_as: As, region: Region, number: str, typed: dict[str, str], said: str
) -> None:
    """Refused in words, and all that was typed is still there."""
    client, path = client_as("coordinator"), f"/runs/{region.said[number]['matchrun']}/wat-als"
    mark = mark_in(client.get(path).text)
    answer = client.post(path, data={"_merk": mark, "doe": "reken", **typed})
    assert answer.status_code == 400
    assert 'id="fouten"' in answer.text
    assert said in answer.text
    for value in typed.values():
        assert value in answer.text


def test_an_auditor_asks_no_what_if(client_as: As, region: Region, number: str) -> None:
    """Who may not ask the API sees no way to it, and no form to send."""
    path = f"/runs/{region.said[number]['matchrun']}/wat-als"
    assert client_as("auditor").get(path).status_code == 403
    child = f"/kinderen/{region.ids[number]}"
    assert "/wat-als" not in client_as("auditor").get(f"{child}/voorstellen").text


def _active(session: Session, number: str) -> Registration:
    return session.scalars(select(Registration).where(Registration.number == number)).one()


def test_the_summary_names_the_child_by_its_number_alone(
    *, client_as: As, screens_database: Database, region: Region, number: str, child: str
) -> None:
    """No name, birth date, postcode or BSN, also not in what people typed."""
    told = region.child(number)
    voice = f"Ik ben {told['voornaam']} uit {told['postcode']}, BSN 999990019. Ik wil een hond."
    with session_for(screens_database.sessions, SYSTEM) as session:
        _active(session, number).child_voice = voice
    page = client_as("coordinator").get(f"{child}/samenvatting").text
    assert "Ik wil een hond." in page
    assert number in page
    for hidden in (told["voornaam"], told["postcode"], told["geboortedatum"], "999990019"):
        assert hidden not in page
    for option in [region.said[number]["voorstel"], *region.said[number]["alternatieven"][:3]]:
        assert option["gezin"] in page


def test_the_name_of_a_brother_or_sister_is_not_on_the_summary_either(
    client_as: As, screens_database: Database, region: Region
) -> None:
    """A child that speaks of its sister says her name; on the sheet it is left out."""
    number = region.sibling()
    child = f"/kinderen/{region.ids[number]}"
    (other, *_) = region.get(f"{child}/broers-zussen")["broersZussen"]
    name = region.get(f"/kinderen/{other['id']}")["voornaam"]
    with session_for(screens_database.sessions, SYSTEM) as session:
        _active(session, number).child_voice = f"Ik wil bij {name} blijven."
    page = client_as("coordinator").get(f"{child}/samenvatting").text
    assert "Ik wil bij [naam] blijven." in page
    assert name not in page
