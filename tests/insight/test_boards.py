"""Every figure of a board equals a query of the test's own, written by another road."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from statsmodels.duration.survfunc import SurvfuncRight

from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from tests.insight.past import (
    FIRST,
    IN_PERIOD,
    LAST,
    LIVED_IN,
    STAY,
    agree,
    parts,
    told,
    untimed,
)
from tests.signing import bearer

Ask = Callable[[str], Any]
END = date.fromisoformat(LAST)


def test_months_of_waiting(ask: Ask, rows: Any) -> None:
    """Each child followed by hand: from when to when it waited."""
    board = ask("wachttijden")
    children = rows("""
        SELECT registered_on, least(registered_on, coalesce(clock_from, registered_on)), state,
               (withdrawn_at AT TIME ZONE 'Europe/Amsterdam')::date,
               (SELECT since FROM placement p WHERE p.registration_id = r.id AND NOT is_bridging
                ORDER BY since LIMIT 1),
               (SELECT at::date FROM stage_change s WHERE s.registration_id = r.id
                AND to_stage IN ('geplaatst', 'gesloten', 'ingetrokken') ORDER BY at LIMIT 1)
        FROM registration r""")
    waited: dict[date, list[int]] = defaultdict(list)
    came, placed, otherwise = Counter(), Counter(), Counter()
    lasts = [date.fromisoformat(month["peildatum"]) for month in board["maanden"]]
    for registered, since, state, withdrawn, began, stepped in children:
        over = None if state == "zoekt" else began or withdrawn or stepped
        came[f"{registered:%Y-%m}"] += 1
        if over:
            (placed if began else otherwise)[f"{over:%Y-%m}"] += 1
        for day in lasts:
            if registered <= day and (over is None or over > day):
                waited[day].append((day - since).days)
    assert len(lasts) == 12
    for month, day in zip(board["maanden"], lasts, strict=True):
        assert month["wachtenden"] == told(len(waited[day]))
        expected = median(waited[day]) if len(waited[day]) >= 5 else None
        assert month["mediaanDagen"] == expected
        assert month["aangemeld"] == told(came[month["maand"]])
        assert month["geplaatst"] == told(placed[month["maand"]])
        assert month["andersGeeindigd"] == told(otherwise[month["maand"]])
    assert sum(len(several) for several in waited.values()) > 100


def test_rungs(ask: Ask, rows: Any) -> None:
    """Family and network by placements; the others by stays and by steps to home."""
    board = ask("plaatsingen")
    told_of = Counter(), Counter()
    for kind, name in (("bestand", "pleeggezin"), ("netwerk", "eigen netwerk")):
        found = rows(f"""
            SELECT since, until, {STAY}, {LIVED_IN} FROM placement p WHERE family_id IN
            (SELECT id FROM family WHERE kind = '{kind}')""")
        begun = sum(FIRST <= str(since) <= LAST for since, _, came, _ in found if came)
        running = sum(
            since <= END and not (until and until <= END)
            for since, until, _, lives in found
            if lives
        )
        told_of[0][name], told_of[1][name] = begun, running
    for kind, since in rows(
        "SELECT kind, since FROM setting_stay JOIN care_setting c ON c.id = setting_id"
    ):
        told_of[0][kind] += FIRST <= str(since) <= LAST
    for day, rung in rows("SELECT day, rung FROM ladder_step"):
        told_of[0]["thuis met steun"] += rung == "thuis met steun" and FIRST <= str(day) <= LAST
    told_of[1].update(_rungs_at_the_end(rows))
    agree(parts(board["treden"], "trede", "begonnen"), told_of[0])
    agree(parts(board["treden"], "trede", "looptAanHetEind"), told_of[1])
    assert min(*told_of[0].values(), *told_of[1].values()) > 0
    assert board["treden"][0]["trede"] == "thuis met steun"


def _rungs_at_the_end(rows: Any) -> Counter[str]:
    """Each child followed by hand, as it stood on the last day: on one rung beyond a family."""
    of = "JOIN registration r ON r.id = registration_id"
    families, where = defaultdict(list), {}
    for child, since, until, came, lives in rows(
        f"SELECT child_id, since, until, {STAY}, {LIVED_IN} FROM placement p {of} "
        f"WHERE since <= '{LAST}'"
    ):
        families[child].append((since, came, lives and (until is None or until > END)))
    for child, day, rung in rows(f"SELECT child_id, day, rung FROM ladder_step {of} "
                                 f"WHERE day <= '{LAST}' ORDER BY day"):  # fmt: skip
        where[child] = (day, rung)
    at = {child: found for child, found in where.items() if found[1] == "thuis met steun"}
    for child, since, kind, until in rows(
        f"SELECT child_id, since, kind, until FROM setting_stay {of} "
        f"JOIN care_setting c ON c.id = setting_id WHERE since <= '{LAST}' ORDER BY since"
    ):
        if (until is None or until > END) and child not in at:
            at[child] = (since, kind)
    return Counter(
        rung
        for child, (day, rung) in at.items()
        if not any(lives or (came and since >= day) for since, came, lives in families[child])
    )


def test_siblings_distance_and_school(ask: Ask, rows: Any) -> None:
    """Placement by placement."""
    board = ask("plaatsingen")
    found = rows(f"""
        SELECT together, (SELECT facts FROM placement_basis b WHERE b.placement_id = p.id)
        FROM placement p WHERE {STAY} AND since {IN_PERIOD}""")
    siblings = Counter(
        {"ja": "met broer of zus", "nee": "zonder broer of zus die er ook is"}.get(
            at_first(together, facts), "geen broer of zus, of niet vastgelegd"
        )
        for together, facts in found
    )
    assert any(at_first(together, facts) != at_first(together, None) for together, facts in found)
    agree(parts(board["broersZussen"]), siblings)
    kms = [
        float(facts["afstand_huis_km"]) for _, facts in found if facts and facts["afstand_huis_km"]
    ]
    assert board["afstand"]["mediaanKm"] == pytest.approx(median(kms))
    groups = Counter(
        "tot 5 km" if km < 5 else "5 tot 15 km" if km < 15 else
        "15 tot 30 km" if km < 30 else "30 km en verder" for km in kms
    )  # fmt: skip
    groups["onbekend"] = len(found) - len(kms)
    agree(parts(board["afstand"]["groepen"]), groups)
    schools = Counter(
        {"ja": "behouden", "nee": "niet behouden"}.get(
            (facts or {}).get("school_behouden"), "onbekend"
        )
        for _, facts in found
    )
    agree(parts(board["school"]), schools)
    assert len(found) > 50


def at_first(together: bool | None, facts: dict[str, str] | None) -> str:
    """What was kept of the first day; the placement itself is corrected after a reunion."""
    return facts["samen_geplaatst"] if facts else {True: "ja", False: "nee", None: ""}[together]


def test_breakdown_by_half_year(ask: Ask, rows: Any) -> None:
    """Curves as statsmodels draws them from single placements; doubtful ends left out, aloud."""
    board = ask("plaatsingen")["afbreuk"]
    found = rows(f"""
        SELECT since, until, (SELECT label FROM placement_ending e WHERE e.placement_id = p.id)
        FROM placement p WHERE {STAY} AND since BETWEEN '2022-07-01' AND '{LAST}'""")
    ended = [label for _, until, label in found if until and until <= END]
    assert board["teBeoordelen"] == told(ended.count("te beoordelen"))
    assert board["zonderVastgelegdEinde"] == told(ended.count(None))
    halves: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for since, until, label in found:
        is_over = until is not None and until <= END
        if is_over and label in (None, "te beoordelen"):
            continue
        days = (min(until or END, END) - since).days
        broke = int(is_over and label == "voortijdig afgebroken")
        halves[f"{since.year}-{1 + (since.month > 6)}"].append((days, broke))
        halves["alle"].append((days, broke))
    assert [one["halfjaar"] for one in board["halfjaren"]] == sorted(halves.keys() - {"alle"})
    broken = {
        name: sum(b for _, b in several) for name, several in halves.items() if name != "alle"
    }
    agree({one["halfjaar"]: one["afgebroken"] for one in board["halfjaren"]}, broken)
    told_of = 0
    for curve in [board["alle"], *board["halfjaren"]]:
        several = halves[curve["halfjaar"]]
        assert curve["plaatsingen"] == told(len(several))
        if curve["punten"] is None:
            continue
        told_of += 1
        _check_curve(curve["punten"], several)
    assert told_of >= 3


def _check_curve(points: list[dict[str, Any]], several: list[tuple[int, int]]) -> None:
    times, broke = np.array([d for d, _ in several]), np.array([b for _, b in several])
    judge = SurvfuncRight(times, broke)
    before = 0
    assert points
    for point in points:
        day = point["maand"] * 365.25 / 12
        upto = judge.surv_times <= day
        share = judge.surv_prob[upto][-1] if upto.any() else 1.0
        assert point["houdtStand"] == pytest.approx(share, abs=1e-4)
        so_far = int(broke[times <= day].sum())
        assert so_far == before or so_far - before >= 5
        before = so_far
        at_risk = int((times > day).sum())
        assert point["nogGevolgd"] == at_risk - at_risk % 5
        assert point["laag"] is None or point["laag"] <= point["houdtStand"] <= point["hoog"]
    assert broke.sum() == before or broke.sum() - before >= 5


def test_the_country_beside_the_region(ask: Ask) -> None:
    """The region's values are those of the boards; each figure of the country has its source."""
    told_ = {one["sleutel"]: one for one in ask("vergelijkingen")["cijfers"]}
    placed, waiting = ask("plaatsingen"), ask("wachttijden")
    assert told_["wachtend"]["regio"] == waiting["maanden"][-1]["wachtenden"]
    assert told_["afstand"]["regio"] == placed["afstand"]["mediaanKm"]
    together = parts(placed["broersZussen"])
    both = together["met broer of zus"], together["zonder broer of zus die er ook is"]
    assert told_["samen"]["regio"] == pytest.approx(100 * both[0] / sum(both), abs=0.05)
    for one in told_.values():
        assert (one["landelijk"] is None) == (one["bron"] is None) == (one["jaar"] is None)
        assert (one["landelijk"] is None) == (one["vergelijkbaar"] == "onbekend")
    assert told_["samen"]["toelichting"] == "Geen landelijk cijfer bekend."


def test_more_months_than_can_be_shown_are_refused(past_client: TestClient) -> None:
    """With a sentence; the other boards take any period."""
    headers = bearer(ActorRole.MANAGER)
    long = "?van=2001-01-01&totEnMet=2025-12-31"
    answer = past_client.get(f"/v1/regiocijfers/wachttijden{long}", headers=headers)
    assert answer.status_code == 400
    assert "hoogstens 10 jaar" in answer.json()["detail"]
    assert (
        past_client.get(f"/v1/regiocijfers/plaatsingen{long}", headers=headers).status_code == 200
    )


def test_the_yearly_report_is_the_boards_of_a_year(ask: Ask, past_client: TestClient) -> None:
    """The same figures, with what they mean; a year that has not begun is refused.

    But for what is of today on a board, and of its end in the report.
    """
    headers = bearer(ActorRole.MANAGER)
    report = past_client.get("/v1/jaarverslagen/2025", headers=headers)
    assert report.status_code == 200, report.text
    told_ = report.json()
    assert (told_["van"], told_["totEnMet"], told_["voorlopig"]) == (FIRST, LAST, False)
    # Of today on the board; nothing was kept of that year (test_months.py).
    respite = told_["preventie"]["respijt"]
    assert respite["gezinnenDieHetBieden"] is None
    respite["gezinnenDieHetBieden"] = ask("preventie")["respijt"]["gezinnenDieHetBieden"]
    for key, board in (
        ("wachttijden", "wachttijden"), ("plaatsingen", "plaatsingen"), ("preventie", "preventie"),
    ):  # fmt: skip
        assert untimed(told_[key]) == untimed(ask(board)), key
    assert told_["plekken"]["pleegouders"] == ask("plekken")["pleegouders"]
    end = told_["wachttijden"]["maanden"][-1]
    waiting = told_["cijfers"]["wachtenden"]
    assert (waiting["peildatum"], waiting["aantal"]) == (LAST, end["wachtenden"])
    assert waiting["mediaanDagen"] == end["mediaanDagen"]
    assert waiting["concepten"] is None
    assert sum(group["aantal"] or 0 for group in waiting["naarVorm"]) <= waiting["aantal"]
    missing = told_["plekken"]["tekorten"]
    assert (missing["peildatum"], missing["aantal"]) == (None, None)  # no run in that year
    beside = {row["sleutel"]: row["regio"] for row in told_["vergelijking"]["cijfers"]}
    board = {row["sleutel"]: row["regio"] for row in ask("vergelijkingen")["cijfers"]}
    apart = {"pleeggezinnen", "zonder_voorstel"}
    assert {key: value for key, value in beside.items() if key not in apart} == {
        key: value for key, value in board.items() if key not in apart
    }
    assert {beside[key] for key in apart} == {None}
    assert len(told_["definities"]) >= 10
    today = today_in_amsterdam()
    this_year = past_client.get(f"/v1/jaarverslagen/{today.year}", headers=headers).json()
    assert this_year["voorlopig"] is ((today.month, today.day) != (12, 31))
    late = past_client.get(f"/v1/jaarverslagen/{today.year + 1}", headers=headers)
    assert late.status_code == 400


def test_a_change_of_status_is_noted_by_the_database(rows: Any, past_client: TestClient) -> None:
    """Whoever writes it; the same status again is no change."""
    rows("SELECT 1")
    before = rows("SELECT count(*) FROM family_status_change")[0][0]
    rows("""UPDATE family SET status = CASE WHEN status = 'pauze' THEN 'actief' ELSE 'pauze' END
            WHERE id = (SELECT min(id::text)::uuid FROM family) RETURNING id""")
    rows("UPDATE family SET status = status RETURNING id")
    assert rows("SELECT count(*) FROM family_status_change")[0][0] == before + 1
