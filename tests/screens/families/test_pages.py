"""Families for who works at a provider: the list, confirming, changing what a family offers."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.screens.served import mark_in

Make = Callable[..., TestClient]
FORM = "/beschikbaarheid"


@pytest.fixture
def matcher(client_as: Make) -> TestClient:
    return client_as("aanbieder-matcher", "spirit")


@pytest.fixture
def family(matcher: TestClient) -> str:
    """Where the first family of Spirit that takes part has its page."""
    page = matcher.get("/gezinnen?status=actief&vrij=true").text
    return _after(page.split('id="lijst"')[1], 'href="')


def fields_of(page: str) -> dict[str, str]:
    """What the form of availability holds, as a browser would send it back."""
    form = page.split('<form method="post" data-waarschuw>', 1)[1].split("</form>", 1)[0]
    sent = {"_merk": mark_in(form), "_versie": _after(form, 'name="_versie" value="')}
    for name in ("pauze.reden", "pauze.tot", "beschikbaarVanaf", "beschikbaarTot"):
        field = form.split(f'name="{name}"', 1)[1].split(">", 1)[0]
        sent[name] = _after(field, 'value="')
    for n in range(1, 6):
        for what in ("ritme", "stand"):
            if f'name="plaats-{n}-{what}"' in form:
                chosen = form.split(f'name="plaats-{n}-{what}"', 1)[1].split("</select>", 1)[0]
                before = chosen.split(" selected", 1)[0]
                is_chosen = " selected" in chosen
                sent[f"plaats-{n}-{what}"] = (
                    before.rsplit('value="', 1)[1].split('"', 1)[0] if is_chosen else ""
                )
        for what in ("vanaf", "tot"):
            if f'name="plaats-{n}-{what}"' in form:
                field = form.split(f'name="plaats-{n}-{what}"', 1)[1].split(">", 1)[0]
                sent[f"plaats-{n}-{what}"] = _after(field, 'value="')
        ticked = re.findall(rf'name="plaats-{n}-vorm-(\w+)" value="ja" checked', form)
        sent |= {f"plaats-{n}-vorm-{one}": "ja" for one in ticked}
    return sent | {"meedoen": "ja"}


def _after(text: str, mark: str) -> str:
    return unescape(text.split(mark, 1)[1].split('"', 1)[0])


def send(client: TestClient, where: str, given: dict[str, str], **more: Any) -> Any:
    return client.post(where, data=given, follow_redirects=False, **more)


def test_a_matcher_sees_own_families_and_staff_all(client_as: Make, matcher: TestClient) -> None:
    """Without the others, who do not exist for a provider; staff choose a provider."""
    page = matcher.get("/gezinnen").text
    assert "SPI-" in page
    assert "YOU-" not in page
    staff = client_as("coordinator")
    assert 'name="aanbieder"' in staff.get("/gezinnen").text
    assert "met een vrije plaats" not in staff.get("/gezinnen").text
    assert "met een vrije plaats" in staff.get("/gezinnen?cijfers=ja").text
    youke = staff.get("/gezinnen?aanbieder=youke").text.split('id="lijst"')[1]
    assert "YOU-" in youke
    assert "SPI-" not in youke
    other = "/gezinnen/youke/" + youke.split('href="/gezinnen/youke/', 1)[1].split('"', 1)[0]
    assert matcher.get(other).status_code == 404


def test_filters_stand_in_the_address_and_an_empty_list_says_what_to_do(
    matcher: TestClient,
) -> None:
    """The form shows what is filtered; nothing found offers the way back."""
    page = matcher.get("/gezinnen?nummer=BESTAAT-NIET&vorm=crisis").text
    assert 'value="BESTAAT-NIET"' in page
    assert "Geen gezin past bij deze filters" in page
    wrong = matcher.get("/gezinnen?vorm=iets")
    assert wrong.status_code == 400
    assert "vorm" in wrong.text


def test_confirming_goes_back_to_the_list_or_gives_the_row(
    matcher: TestClient, family: str
) -> None:
    """A plain form goes back to its filters; htmx takes one row, with the button still in it."""
    given = {"_merk": mark_in(matcher.get("/gezinnen").text), "naar": "/gezinnen?vrij=true"}
    plain = send(matcher, f"{family}/bevestig", given)
    assert (plain.status_code, plain.headers["location"]) == (303, "/gezinnen?vrij=true")
    assert "van dit gezin is vandaag gehoord" in matcher.get("/gezinnen?vrij=true").text
    row = send(matcher, f"{family}/bevestig", given, headers={"hx-request": "true"})
    assert row.status_code == 200
    assert row.text.count('<tr id="gezin-') == 1
    assert 'id="bevestig-' in row.text
    elsewhere = send(matcher, f"{family}/bevestig", given | {"naar": "https://elders.example"})
    assert elsewhere.headers["location"] == family


def test_a_confirmation_is_undone_from_the_note(matcher: TestClient, family: str) -> None:
    """With a plain form that goes back to the same filters; a second time says that it is late."""
    where = "/gezinnen?status=actief"
    given = {"_merk": mark_in(matcher.get(where).text), "naar": where}
    send(matcher, f"{family}/bevestig", given)
    page = matcher.get(where).text
    assert f'<form method="post" action="{family}/bevestig/ongedaan"' in page
    assert "Ongedaan maken" not in matcher.get(where).text, "the note is there once"
    assert "bevestigd" in matcher.get(family).text
    undone = send(matcher, f"{family}/bevestig/ongedaan", given)
    assert (undone.status_code, undone.headers["location"]) == (303, where)
    assert "de bevestiging geldt niet meer" in matcher.get(where).text
    late = send(matcher, f"{family}/bevestig/ongedaan", given, headers={"hx-request": "true"})
    assert late.status_code == 200
    assert "kan niet meer ongedaan" in late.text
    assert late.text.count('<tr id="gezin-') == 1
    assert f'value="{where}"' in late.text, "the row keeps the filters of its list"


def test_a_form_of_another_session_does_nothing(matcher: TestClient, family: str) -> None:
    """Without the mark of this session the answer is a page that says so."""
    refused = send(matcher, f"{family}/bevestig", {"_merk": "van-elders"})
    assert refused.status_code == 403
    assert "eerdere sessie" in refused.text


def test_a_pause_is_kept_with_its_reason_and_can_be_undone(
    matcher: TestClient, family: str
) -> None:
    """The page says so, offers the way back at once, and the way back puts all of it back."""
    before = fields_of(matcher.get(family + FORM).text)
    paused = before | {"meedoen": "nee", "pauze.reden": "Verbouwing", "pauze.tot": "2099-01-01"}
    kept = send(matcher, family + FORM, paused)
    assert (kept.status_code, kept.headers["location"]) == (303, family)
    page = matcher.get(family).text
    assert "Verbouwing" in page
    assert "Ongedaan maken" in page
    undone = send(matcher, f"{family}/ongedaan", {"_merk": mark_in(page)})
    assert undone.status_code == 303
    again = matcher.get(family).text
    assert "Verbouwing" not in again
    assert "Ongedaan maken" not in again
    after = fields_of(matcher.get(family + FORM).text)
    assert {k: v for k, v in after.items() if k[0] != "_"} == {
        k: v for k, v in before.items() if k[0] != "_"
    }


def test_undoing_too_late_says_what_to_do_instead(matcher: TestClient, family: str) -> None:
    """The cookie with what it was is gone after ten seconds: nothing changes."""
    page = matcher.get(family).text
    late = send(matcher, f"{family}/ongedaan", {"_merk": mark_in(page)})
    assert late.status_code == 303
    assert "tot tien seconden erna" in matcher.get(family).text


def test_what_is_wrong_stands_beside_its_field_and_all_that_was_typed_stays(
    matcher: TestClient, family: str
) -> None:
    """A pause without a reason, and a last day before the first."""
    typed = fields_of(matcher.get(family + FORM).text) | {
        "beschikbaarVanaf": "2099-05-01", "beschikbaarTot": "2099-01-01",
    }  # fmt: skip
    answer = send(matcher, family + FORM, typed)
    assert answer.status_code == 400
    assert 'id="beschikbaarTot-fout"' in answer.text
    assert 'value="2099-05-01"' in answer.text
    no_reason = send(matcher, family + FORM, typed | {"meedoen": "nee", "beschikbaarTot": ""})
    assert no_reason.status_code == 400
    assert 'id="pauze.reden-fout"' in no_reason.text


def test_what_somebody_else_changed_meanwhile_is_shown_beside(
    client_as: Make, matcher: TestClient, family: str
) -> None:
    """Both versions, nothing kept; a second time it is kept on the version that was shown."""
    mine = fields_of(matcher.get(family + FORM).text) | {"beschikbaarTot": "2098-01-01"}
    other = client_as("aanmeldpunt")
    theirs = fields_of(other.get(family + FORM).text) | {"beschikbaarTot": "2097-01-01"}
    assert send(other, family + FORM, theirs).status_code == 303
    conflict = send(matcher, family + FORM, mine)
    assert conflict.status_code == 412
    assert "Intussen door iemand anders gewijzigd" in conflict.text
    assert "2098-01-01</td><td>2097-01-01" in conflict.text
    again = mine | {"_versie": _after(conflict.text, 'name="_versie" value="')}
    assert send(matcher, family + FORM, again).status_code == 303
    assert "1 jan 2098" in matcher.get(family).text


def test_a_place_is_added_and_taken_away(matcher: TestClient, family: str) -> None:
    """The empty row adds one; a row without a rhythm is no place any more."""
    given = fields_of(matcher.get(family + FORM).text)
    rows = [name for name in given if name.endswith("-ritme")]
    assert given[rows[-1]] == ""
    more = given | {rows[-1]: "oneven weekenden"}
    assert send(matcher, family + FORM, more).status_code == 303
    assert "oneven weekenden" in matcher.get(family).text
    now = fields_of(matcher.get(family + FORM).text)
    assert send(matcher, family + FORM, now | {rows[-1]: ""}).status_code == 303
    assert "oneven weekenden" not in matcher.get(family).text


@pytest.mark.parametrize("role", ["regiomanager", "verwijzer", "auditor", "beheerder"])
def test_who_has_no_part_in_families_gets_a_page_that_says_so(client_as: Make, role: str) -> None:
    """The API refuses, and the screen says for whom it is not."""
    client = client_as(role, "gi-a" if role == "verwijzer" else "")
    for path in ("/gezinnen", "/gezinnen/import", "/vragen"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "niet voor uw rol" in answer.text


def test_a_bed_is_kept_for_a_form_and_a_time_of_its_own(matcher: TestClient, family: str) -> None:
    """As it was filled in; what cannot be is said beside the row, and nothing typed is lost."""
    page = matcher.get(family + FORM).text
    form = re.search(r'name="plaats-1-vorm-(\w+)"', page)
    assert form is not None
    own = {
        f"plaats-1-vorm-{form[1]}": "ja",
        "plaats-1-vanaf": "2097-01-01",
        "plaats-1-tot": "2096-01-01",
    }
    wrong = send(matcher, family + FORM, fields_of(page) | own)
    assert wrong.status_code == 400
    assert "Laatste dag ligt voor de eerste dag" in wrong.text
    typed = fields_of(wrong.text)
    assert typed["plaats-1-vanaf"] == "2097-01-01"
    assert send(matcher, family + FORM, typed | {"plaats-1-tot": "2098-01-01"}).status_code == 303
    now = fields_of(matcher.get(family + FORM).text)
    assert {name: now[name] for name in own} == own | {"plaats-1-tot": "2098-01-01"}
