"""The placements by their forms alone, without a browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.models import MatchRun
from tests.screens.plaatsingen.living import (
    STAFF,
    TODAY,
    Home,
    agreed,
    make_late,
    settle,
    settle_law,
)

ClientAs = Callable[..., TestClient]
HEARD = {
    "gehoord_kind": "ja", "gehoord_pleegouders": "ja", "gehoord_ouders": "kon niet",
    "reden_ouders": "Moeder was opgenomen.",
}  # fmt: skip
HELD = {
    "gehoudenOp": TODAY.isoformat(), **HEARD, "problemen": "2", "contactenPerMaand": "1,5",
    "belasting": "4", "veiligheid": "veilig", "wie_1": "kind", "onderwerp_1": "school",
    "oordeel_1": "zorg", "tekst_1": "Vindt het moeilijk.",
}  # fmt: skip


@pytest.fixture
def home(client_as: ClientAs) -> Home:
    """A child that has just been told to live with its first choice."""
    return settle(client_as("coordinator"))


@pytest.mark.parametrize("is_calibrated", [False, True])
def test_a_chance_at_the_start_is_a_figure_only_where_outcomes_bear_it(
    client_as: ClientAs, screens_database: Database, is_calibrated: bool
) -> None:
    """Else a class, with the words of what it rests on; of a child that came after the run."""
    day = TODAY.isoformat()
    home = settle(client_as("coordinator"), 1, van=day, **agreed(day))
    start = home.api("GET").json()["bijStart"]
    with session_for(screens_database.sessions, SYSTEM) as session:
        session.execute(
            update(MatchRun)
            .where(MatchRun.id == UUID(start["matchrun"]))
            .values(is_calibrated=is_calibrated)
        )
    told = " ".join(home.client.get(home.at).text.split())
    figure = f"een kans van {round(100 * start['breakdownKans'])}%"
    words = f"<strong>{start['klasse']}</strong> (inschatting uit literatuur)"
    assert (figure in told, words in told) == (is_calibrated, not is_calibrated)
    assert home.api("GET").json()["bijStart"]["klasse"] == start["klasse"]


def test_a_review_is_recorded_and_shown(home: Home, screens_database: Database) -> None:
    """Overdue before, and no more after; what was said stands in the story."""
    make_late(screens_database)
    page = home.client.get(home.at).text
    assert "Evaluatie te laat." in page and f'href="{home.at}/evaluatie"' in page
    assert home.id in home.client.get("/plaatsingen/evaluaties").text
    sent = home.send("evaluatie", **HELD)
    assert sent.url.path == home.at and "De evaluatie is vastgelegd" in sent.text
    assert "Vindt het moeilijk." in sent.text and "Moeder was opgenomen." in sent.text
    assert "1,5 per maand" in " ".join(sent.text.split())
    assert "Evaluatie te laat." not in sent.text
    assert home.id not in home.client.get("/plaatsingen/evaluaties").text


def test_a_review_that_is_not_whole_comes_back_as_typed(home: Home) -> None:
    """With the sentence at the part that is wrong, and a link to it that leads somewhere."""
    sent = home.send("evaluatie", **HELD | {"gehoord_ouders": "nee", "reden_ouders": ""})
    assert sent.status_code == 400
    assert 'href="#stemmen"' in sent.text and 'id="stemmen"' in sent.text
    assert "Vindt het moeilijk." in sent.text
    wrong = home.send("evaluatie", **HELD | {"belasting": ""})
    assert wrong.status_code == 400 and 'href="#belasting"' in wrong.text


def test_an_end_says_what_it_counts_as_and_waits_for_a_judgement(home: Home) -> None:
    """The doubtful one is judged from the list; then it waits no more."""
    told = {"dag": TODAY.isoformat(), "code": "34", "vervolgplek": "thuis"}
    done = home.send("einde", **told)
    assert "Een coördinator beoordeelt dit" in done.text and "gesloten" in done.text
    listed = home.client.get("/plaatsingen/te-beoordelen").text
    assert f"{home.at}/beoordelen" in listed
    judged = home.send("beoordelen", uitkomst="volgens plan", reden="Terug naar huis was het doel.")
    assert judged.url.path == "/plaatsingen/te-beoordelen" and home.id not in judged.text
    assert "Terug naar huis was het doel." in home.client.get(home.at).text


def test_a_wrong_end_is_put_right_and_the_story_keeps_both(home: Home) -> None:
    """The form begins with what stands there; without a reason it comes back as typed."""
    home.send("einde", dag=TODAY.isoformat(), code="33", vervolgplek="leefhuis")
    assert f"{home.at}/einde-verbeteren" in home.client.get(home.at).text
    form = home.client.get(f"{home.at}/einde-verbeteren").text
    assert '<option value="33" selected' in form and '<option value="leefhuis" selected' in form
    wrong = home.send("einde-verbeteren", code="31", vervolgplek="thuis", reden="")
    assert wrong.status_code == 400 and 'id="reden-fout"' in wrong.text
    home.send("einde-verbeteren", code="31", vervolgplek="thuis", reden="De code was verwisseld.")
    story = home.client.get(home.at).text
    assert "Einde verbeterd" in story and "33 → 31" in story and "De code was verwisseld." in story


def test_a_breakdown_asks_for_its_record(home: Home) -> None:
    """The end leads to the form; with it the gap is filled."""
    told = {"dag": TODAY.isoformat(), "code": "33", "vervolgplek": "leefhuis"}
    assert f"{home.at}/afbreukverslag" in home.send("einde", **told).text
    fields = {
        "soort": "afgebroken", "dag": TODAY.isoformat(), "initiatief": "pleegouders",
        "redenen": ["loyaliteit", "veiligheid"], "geprobeerd": ["respijtzorg"],
    }  # fmt: skip
    wrong = home.send("afbreukverslag", **fields | {"redenen": ["anders"]})
    assert wrong.status_code == 400 and 'id="toelichting-fout"' in wrong.text
    assert 'value="respijtzorg" checked' in wrong.text
    done = home.send("afbreukverslag", **fields)
    assert "Loyaliteit van het kind, Veiligheid" in done.text
    assert "Afbreukverslag ontbreekt" not in done.text


def test_an_end_in_the_future_comes_back_beside_its_field(home: Home) -> None:
    """Everything typed is kept."""
    day = (TODAY + timedelta(days=2)).isoformat()
    sent = home.send("einde", dag=day, code="31", vervolgplek="thuis", toelichting="Bijna zover.")
    assert sent.status_code == 400 and 'id="dag-fout"' in sent.text
    assert day in sent.text and "Bijna zover." in sent.text
    home.api("POST", "/_beeindig", dag=TODAY.isoformat(), code="31", vervolgplek="thuis")


def test_somebody_elses_change_is_shown_beside_ones_own(home: Home) -> None:
    """Both versions; what was typed is still there."""
    page = home.client.get(f"{home.at}/verbeteren").text
    tag = home.api("GET").headers["ETag"]
    changed = home.client.patch(
        f"/v1{home.at}", json={"steunplan": "Van een ander."},
        headers={"If-Match": tag, **STAFF},
    )  # fmt: skip
    assert changed.status_code == 200, changed.text
    mark = page.split('name="_merk" value="', 1)[1].split('"', 1)[0]
    typed = {"_merk": mark, "_versie": tag, "steunplan": "Van mij."}
    sent = home.client.post(f"{home.at}/verbeteren", data=typed)
    assert sent.status_code == 412
    assert "Intussen door iemand anders gewijzigd" in sent.text
    assert "Van een ander." in sent.text and "Van mij." in sent.text
    # A mistake in between hands over no newer version: the other's change is still shown first.
    wrong = home.client.post(f"{home.at}/verbeteren", data=typed | {"toewijzingsnummer": "9" * 99})
    assert wrong.status_code == 400
    again = wrong.text.split('name="_versie" value="', 1)[1].split('"', 1)[0]
    assert again.replace("&#34;", '"') == tag
    home.send("einde", dag=TODAY.isoformat(), code="31", vervolgplek="thuis")


def is_cleared(client: TestClient, family: dict[str, Any]) -> bool:
    """Return whether a family of a list has a clearance that is valid today."""
    at = f"/v1/pleeggezinnen/{family['aanbieder']}/{family['nummer']}"
    until = client.get(at, headers=STAFF).json()["vgbGeldigTot"]
    return bool(until) and until >= TODAY.isoformat()


def test_a_move_leads_to_the_next_placement_with_its_chain(home: Home) -> None:
    """With two yeses; the chain leads back."""
    shown = home.api("GET").json()
    families = home.client.get(
        "/v1/pleeggezinnen",
        params={"aanbieder": shown["aanbieder"], "vrij": True, "vorm": shown["vorm"]},
        headers={**STAFF},
    ).json()["pleeggezinnen"]  # fmt: skip
    other = next(
        f for f in families if f["nummer"] != shown["gezin"] and is_cleared(home.client, f)
    )
    day = TODAY.isoformat()
    done = home.send(
        "verplaatsen", aanbieder=shown["aanbieder"], gezin=other["nummer"], dag=day,
        code="33", reden="Te zwaar geworden.", **agreed(day),
    )  # fmt: skip
    assert done.status_code == 200, done.text
    assert "Verplaatst: de plaats in het vorige gezin is vrij." in done.text
    after = home.client.get(home.at).text
    assert "Waar het kind woonde" in after and other["nummer"] in after


def test_a_provider_and_a_referrer_see_what_is_theirs(client_as: ClientAs, home: Home) -> None:
    """No chance, no forms that are not theirs; another provider meets nothing."""
    shown = home.api("GET").json()
    matcher = client_as("aanbieder-matcher", shown["aanbieder"])
    page = matcher.get(home.at)
    assert page.status_code == 200
    assert "Wat bij de start bekend was" not in page.text
    assert "Wie hier woont" in page.text and shown["voornaam"] in page.text
    assert "Wie hier woont" not in home.client.get(home.at).text  # staff has the registration
    assert f"{home.at}/einde" in page.text and f"{home.at}/verplaatsen" not in page.text
    assert matcher.get(f"{home.at}/verplaatsen").status_code == 403
    other = "youke" if shown["aanbieder"] != "youke" else "spirit"
    stranger = client_as("aanbieder-matcher", other)
    assert stranger.get(home.at).status_code == 404
    assert home.id not in stranger.get("/plaatsingen").text
    manager = client_as("regiomanager")
    assert manager.get("/plaatsingen").status_code == 403
    assert 'href="/plaatsingen"' not in manager.get("/regio").text


def test_a_filter_that_cannot_be_is_said(client_as: ClientAs) -> None:
    """On the page itself, and the filters are still there."""
    page = client_as("coordinator").get("/plaatsingen?vorm=kasteel")
    assert "Zo kan de lijst niet worden gevraagd" in page.text and 'id="stand"' in page.text


def test_a_placement_is_told_of_by_its_form(client_as: ClientAs) -> None:
    """By the number of the registration; a mistake comes back beside its field."""
    client = client_as("coordinator")
    made = settle(client)
    page = client.get("/plaatsingen/nieuw").text
    mark = page.split('name="_merk" value="', 1)[1].split('"', 1)[0]
    searched = client.get("/v1/kinderen", params={"stand": "zoekt"}, headers=STAFF).json()
    which, number = (searched["kinderen"][0][name] for name in ("id", "aanmeldnummer"))
    assert f'value="{number}"' in client.get(f"/plaatsingen/nieuw?kind={which}").text
    shown = made.api("GET").json()
    typed = {
        "_merk": mark, "aanmeldnummer": number, "aanbieder": shown["aanbieder"],
        "gezin": "BESTAAT-0",
        "van": TODAY.isoformat(), "reden": "Woonde daar al.", **agreed(TODAY.isoformat()),
    }  # fmt: skip
    settle_law(client, which)
    wrong = client.post("/plaatsingen/nieuw", data=typed)
    assert wrong.status_code == 400 and "Woonde daar al." in wrong.text
    unknown = client.post("/plaatsingen/nieuw", data=typed | {"aanmeldnummer": number[:-1]})
    assert unknown.status_code == 404 and "geen aanmelding met dit nummer" in unknown.text
    form = client.get(f"/v1/kinderen/{which}", headers=STAFF).json()["vorm"]
    free = client.get(
        "/v1/pleeggezinnen", params={"vrij": True, "vorm": form}, headers=STAFF
    ).json()["pleeggezinnen"]
    home = next(f for f in free if is_cleared(client, f))
    where = {"aanbieder": home["aanbieder"], "gezin": home["nummer"]}
    if form == "crisis":
        where |= {"grond": "acuut", "redenGeenVervolg": "Gaat morgen naar huis."}
    done = client.post("/plaatsingen/nieuw", data=typed | where)
    assert done.status_code == 200 and "De plaatsing is gemeld." in done.text, done.text
