"""Places, carers and prevention: figures against queries of the test's own."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from app.kernel.clock import today_in_amsterdam
from tests.insight.past import (
    BEGAN_AS,
    FIRST,
    IN_PERIOD,
    LAST,
    WAS_ON_LAST,
    agree,
    parts,
    told,
)

Ask = Callable[[str], Any]
END = date.fromisoformat(LAST)


STATES = ("inGebruik", "vastgehouden", "vrij", "nuNiet")


def judged(rows: Any, today: date) -> list[tuple[str, list[str], str, range]]:
    """Return state, forms, municipality and ages of each place, one by one."""
    used = {place for (place,) in rows("SELECT place_id FROM occupation WHERE released_at IS NULL")}
    held = {place for (place,) in rows("SELECT place_id FROM begun_pair WHERE state = 'loopt'")}
    forms: dict[Any, list[str]] = defaultdict(list)
    for family, form in rows("SELECT family_id, form FROM family_form"):
        forms[family].append(form)
    areas = dict(rows("SELECT pc4, municipality FROM postcode_area"))
    found = []
    for id_, family, offered, own, status, asked, postcode, low, high, start, end, *days in rows("""
        SELECT p.id, f.id, is_offered, forms, status, needs_confirmation, f.postcode, min_age,
               max_age, p.available_from, p.available_until, f.available_from, f.available_until
        FROM place p, family f WHERE f.id = p.family_id"""):
        is_open = (
            status == "actief" and not asked
            and all(day is None or day <= today for day in (start, days[0]))
            and all(day is None or day >= today for day in (end, days[1]))
        )  # fmt: skip
        state = (
            "inGebruik" if id_ in used else "vastgehouden" if id_ in held
            else "vrij" if is_open else "nuNiet"
        )  # fmt: skip
        if offered or id_ in used:
            area = areas.get(postcode[:4], "onbekend").removesuffix(" Municipality")
            found.append((state, own or forms[family], area, range(low, high + 1)))
    return found


def test_places(ask: Ask, rows: Any) -> None:
    """Each place judged by itself, then counted by form and by municipality."""
    board = ask("plekken")
    places = judged(rows, date.fromisoformat(board["peildatum"]))
    whole = Counter(state for state, *_ in places)
    agree({s: board["totaal"][s] for s in STATES}, whole)
    assert board["totaal"]["plekken"] == whole.total()
    for one in board["naarVorm"]:
        of_form = Counter(state for state, forms, *_ in places if one["groep"] in forms)
        agree({s: one[s] for s in STATES}, of_form)
        assert one["plekken"] == told(of_form.total())


def test_places_by_age(ask: Ask, rows: Any) -> None:
    """Each place with every age that its family takes, year by year."""
    board = ask("plekken")
    places = judged(rows, date.fromisoformat(board["peildatum"]))
    bounds = {"0–3": range(4), "4–7": range(4, 8), "8–11": range(8, 12), "12–15": range(12, 16),
              "16+": range(16, 24)}  # fmt: skip
    assert [one["groep"] for one in board["naarLeeftijd"]] == list(bounds)
    for one in board["naarLeeftijd"]:
        of_age = Counter(
            state for state, _, _, ages in places if set(ages) & set(bounds[one["groep"]])
        )
        agree({s: one[s] for s in STATES}, of_age)
        assert one["plekken"] == told(of_age.total())


def test_places_by_municipality(ask: Ask, rows: Any) -> None:
    """Those with few places are told as one, which takes another one along where it is small."""
    board = ask("plekken")
    places = judged(rows, date.fromisoformat(board["peildatum"]))
    by_area = Counter(area for _, _, area, _ in places)
    named = {one["groep"]: one for one in board["naarGemeente"]}
    for name in named.keys() & by_area.keys():
        of_area = Counter(state for state, _, area, _ in places if area == name)
        assert named[name]["plekken"] == of_area.total()
        assert all(named[name][s] in (None, of_area[s]) for s in STATES)
    few = [count for name, count in by_area.items() if name not in named]
    assert len([count for count in few if count >= 5]) <= 1
    assert named.get("overige gemeenten", {"plekken": 0})["plekken"] == sum(few)
    for state in STATES:
        away = [one for one in named.values() if one[state] is None]
        assert len(away) != 1


def test_carers_in_and_out(ask: Ask, rows: Any) -> None:
    """Month by month, on the wall clock of Amsterdam."""
    board = ask("plekken")["pleegouders"]
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    words = {"pauze": "gepauzeerd", "gestopt": "gestopt", "actief": "hervat"}
    for word, month in rows(f"""
        SELECT to_status, to_char(at AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM')
        FROM family_status_change
        WHERE (at AT TIME ZONE 'Europe/Amsterdam')::date {IN_PERIOD}"""):
        counted[words[word]][month] += 1
    for step in (*words.values(), "nieuw", "naarAndereAanbieder"):
        agree(parts(board["maanden"], "maand", step), counted[step])
        assert board["totaal"][step] == told(counted[step].total())
    assert board["totaal"]["gestopt"] > 20
    first = rows("SELECT min(at AT TIME ZONE 'Europe/Amsterdam')::date FROM family_status_change")
    assert board["standBekendSinds"] == str(first[0][0])


def test_prevention_before_placement(ask: Ask, rows: Any) -> None:
    """Registration by registration."""
    board = ask("preventie")
    found = rows(f"""
        SELECT network_researched, mentor, coalesce(prevention, '{{}}'), big5 FROM registration
        WHERE registered_on {IN_PERIOD}""")
    assert board["aanmeldingen"] == len(found)
    network, mentors = Counter(), Counter()
    domains: dict[str, Counter[str]] = defaultdict(Counter)
    for researched, mentor, told_, big5 in found:
        outcome = told_.get("netwerkonderzoekUitkomst", "uitkomst niet vastgelegd")
        skipped = "overgeslagen met reden"
        network[
            f"onderzocht, {outcome}"
            if researched
            else skipped
            if "netwerkonderzoekOvergeslagen" in told_
            else "niets vastgelegd"
        ] += 1
        mentors[
            "mentor gekozen" if mentor
            else skipped if "jimOvergeslagen" in told_ else "niets vastgelegd"
        ] += 1  # fmt: skip
        for domain in ("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"):
            domains[domain][big5.get(domain, "niet ingevuld")] += 1
    agree(parts(board["netwerkonderzoek"]), network)
    agree(parts(board["jim"]), mentors)
    for one in board["big5"]:
        agree(parts(one["oordelen"]), domains[one["leefgebied"]])
    assert len(network) >= 4


def respite_that_was(rows: Any) -> list[tuple[date, date | None]]:
    """Return first and last day of respite that was taken up, offer by offer.

    A no, and what never began in its placement, is none; it ends with its placement at the latest.
    """
    found = []
    kinds: Counter[str] = Counter()
    for taken, since, until, ended in rows("""
        SELECT taken_up, o.since, o.until, p.until FROM support_offer o, placement p
        WHERE p.id = o.placement_id AND kind = 'respijt' AND o.since IS NOT NULL"""):
        last = min((day for day in (until, ended) if day), default=None)
        is_late = bool(ended and ended < since)
        kinds["not taken" if taken != "ja" else "too late" if is_late else "was"] += 1
        kinds["outlived"] += bool(taken == "ja" and not is_late and not until and ended)
        if taken == "ja" and not is_late:
            found.append((since, last))
    assert all(kinds[word] for word in ("not taken", "too late", "was", "outlived")), kinds
    return found


def test_respite_and_roads_without_a_placement(ask: Ask, rows: Any) -> None:
    """Part-time placements, respite beside one, and searches that ended otherwise."""
    board = ask("preventie")
    part_time = "SELECT since, until FROM placement p WHERE NOT is_bridging AND {} = 'deeltijd'"
    beside = respite_that_was(rows)
    came, lasts = (rows(part_time.format(form)) + beside for form in (BEGAN_AS, WAS_ON_LAST))
    begun = sum(FIRST <= str(since) <= LAST for since, _ in came)
    running = sum(since <= END and not (until and until <= END) for since, until in lasts)
    searched = set()
    today = today_in_amsterdam()
    for family, forms, *days in rows("""
        SELECT f.id, b.forms, f.available_from, f.available_until, b.available_from,
               b.available_until
        FROM family f JOIN place b ON b.family_id = f.id AND b.is_offered
        WHERE f.status = 'actief' AND NOT f.needs_confirmation AND f.id IN (
          SELECT family_id FROM family_form WHERE form = 'deeltijd')"""):
        begins, ends = days[::2], days[1::2]
        is_now = all(d is None or d <= today for d in begins) and all(
            d is None or d >= today for d in ends
        )
        if is_now and (forms is None or "deeltijd" in forms):
            searched.add(family)
    families = len(searched)
    assert board["respijt"] == {
        "begonnen": told(begun), "looptAanHetEind": told(running),
        "gezinnenDieHetBieden": told(families),
    }  # fmt: skip
    ended = Counter(
        reason for reason, at in rows(
            "SELECT withdrawal_reason, withdrawn_at AT TIME ZONE 'Europe/Amsterdam' "
            "FROM registration WHERE state = 'ingetrokken'")
        if FIRST <= str(at.date()) <= LAST
    )  # fmt: skip
    agree(parts(board["zonderPlaatsingGeeindigd"]), ended)
    offers = rows(f"SELECT kind, helped FROM support_offer WHERE offered_on {IN_PERIOD}")
    agree(parts(board["ondersteuning"]["naarSoort"]), Counter(kind for kind, _ in offers))
    agree(parts(board["ondersteuning"]["naarUitkomst"]), Counter(word for _, word in offers))
