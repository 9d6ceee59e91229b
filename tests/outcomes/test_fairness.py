"""The fairness board: figures by another road, planted disparities found, a twin left quiet."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import URL, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.words import Rhythm
from app.models import BegunPair, BegunState, Placement
from app.outcomes.fair_measures import median_wait, normal_p, shares_apart, waits_apart
from app.outcomes.fair_schemas import FairGroup, FairnessOut
from app.outcomes.fairness import show_fairness
from app.settings import Settings
from tests.databases import copied
from tests.outcomes.made import TODAY, insert_placements
from tests.outcomes.worlds import draw_world, plant_disparities
from tests.rows import make_family

FIRST = TODAY - timedelta(days=1500)
PLANTED_NO = "vitree"
CHILDREN = """
    WITH child_of AS (
      SELECT r.id, r.municipality AS gemeente, c.gender AS geslacht, r.care_form AS vorm,
             v.name AS aanbieder,
             CASE WHEN r.needs_wheelchair OR coalesce(rp.severity, 0) > 0
               THEN 'met beperking' ELSE 'zonder beperking' END AS beperking,
             CASE WHEN ages.years < 4 THEN '0 t/m 3' WHEN ages.years < 8 THEN '4 t/m 7'
               WHEN ages.years < 12 THEN '8 t/m 11' WHEN ages.years < 16 THEN '12 t/m 15'
               ELSE '16 en ouder' END AS leeftijd,
             CASE WHEN cardinality(r.languages) = 0 THEN 'niet ingevuld'
               WHEN 'nederlands' IN (SELECT lower(unnest(r.languages))) THEN 'met Nederlands'
               ELSE 'zonder Nederlands' END AS taal,
             'allen' AS allen, p.id AS placement, p.since - r.registered_on AS days, b.chance,
             e.label = 'voortijdig afgebroken' AS broke,
             least((coalesce(p.until, :today) - p.since) / 365.25::float8, 1.0) AS part,
             e.label = 'voortijdig afgebroken' AND p.until - p.since <= 365.25 AS in_year,
             :today - p.since >= 365.25 AS due
        FROM registration r JOIN child c ON c.id = r.child_id
        CROSS JOIN LATERAL (SELECT (r.registered_on - c.born_on) / 365.25 AS years) ages
        LEFT JOIN registration_problem rp ON rp.registration_id = r.id AND rp.problem = 'lvb'
        LEFT JOIN placement p ON p.registration_id = r.id
        LEFT JOIN provider v ON v.id = p.provider_id
        LEFT JOIN placement_basis b ON b.placement_id = p.id
        LEFT JOIN placement_ending e ON e.placement_id = p.id
       WHERE r.registered_on BETWEEN :first AND :today)
"""
FIGURES = """
    , steps AS (
      SELECT s.{name} AS name, s.part, count(*) AS ended,
             (SELECT count(*) FROM child_of o WHERE o.{name} = s.{name} AND o.due
                AND o.part >= s.part) AS n
        FROM child_of s WHERE s.in_year AND s.due GROUP BY 1, 2),
    kept AS (SELECT name, 1 - exp(sum(ln(1 - ended::float8 / n))) AS broken FROM steps GROUP BY 1)
    SELECT child_of.{name}, count(*), avg(chance), avg((placement IS NOT NULL)::int), max(broken),
           percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
           count(*) FILTER (WHERE due AND part >= 1)
      FROM child_of LEFT JOIN kept ON kept.name = child_of.{name} GROUP BY 1
"""


def fill(session: Session, told: list[dict[str, Any]], *, is_planted: bool) -> None:
    ids = insert_placements(session, told)
    dice = np.random.default_rng(6)
    for placement, one in zip(session.query(Placement).order_by(Placement.id), told, strict=True):
        assert placement.id in ids
        often = 0.6 if is_planted and one["provider"] == PLANTED_NO else 0.3
        is_no = bool(dice.random() < often)
        session.add(
            BegunPair(
                registration_id=placement.registration_id, family_id=placement.family_id,
                rhythm=Rhythm.FULL_TIME, is_request=True, begun_on=one["since"],
                held_until=one["since"], ended_at=text("now()"), actor="toets",
                state=BegunState.NO if is_no else BegunState.EXPIRED, reason="toets",
                no_by="gezin" if is_no else None,
            )
        )  # fmt: skip


def world(settings: Settings, reference: URL, *, is_planted: bool) -> Iterator[Database]:
    spoken = (["Nederlands"], ["nederlands", "Turks"], ["Tigrinya"], [])
    told = [
        one | {"registration": dict(one.get("registration", {})) | {"languages": spoken[at % 4]}}
        for at, one in enumerate(draw_world(2500, seed=21))
    ]
    told = plant_disparities(told) if is_planted else told

    def made(session: Session) -> None:
        fill(session, told, is_planted=is_planted)

    with copied(settings, reference, made) as opened:
        yield opened


@pytest.fixture(scope="module")
def fair(settings: Settings, reference: URL) -> Iterator[Database]:
    """A region that treats all alike."""
    yield from world(settings, reference, is_planted=False)


@pytest.fixture(scope="module")
def unfair(settings: Settings, reference: URL) -> Iterator[Database]:
    """Its twin, with three planted disparities."""
    yield from world(settings, reference, is_planted=True)


def board(database: Database) -> FairnessOut:
    with session_for(database.sessions, SYSTEM) as session:
        return show_fairness(session, first=FIRST, last=TODAY, today=TODAY)


@pytest.fixture(scope="module")
def told(fair: Database) -> FairnessOut:
    return board(fair)


def groups_of(told: FairnessOut, name: str) -> dict[str, FairGroup]:
    if name == "allen":
        return {"allen": told.everyone}
    return {g.name: g for one in told.groupings if one.name == name for g in one.groups}


@pytest.mark.parametrize(
    "name", ["allen", "leeftijd", "geslacht", "vorm", "beperking", "gemeente", "aanbieder", "taal"]
)
def test_every_group_equals_an_independent_query(
    fair: Database, told: FairnessOut, name: str
) -> None:
    """Count, chance, placed, Kaplan-Meier of breakdown and the median wait, worked out in SQL."""
    query = text(CHILDREN + FIGURES.format(name=name))
    with session_for(fair.sessions, SYSTEM) as session:
        rows = session.execute(query, {"today": TODAY, "first": FIRST}).all()
    groups = groups_of(told, name)
    assert groups.keys() == {row[0] for row in rows}
    for group_name, count, chance, placed, broken, wait, held in rows:
        group = groups[group_name]
        assert group.children == count
        assert group.chance is not None
        assert group.chance.value == pytest.approx(chance, abs=6e-5)
        assert (group.broken is None) == (held < 10), group_name  # crisis care is over by then
        assert not group.broken or group.broken.value == pytest.approx(broken, abs=6e-5)
        assert group.wait is not None
        assert group.wait.value == wait
        if name != "aanbieder":
            assert group.placed is not None
            assert group.placed.value == pytest.approx(float(placed))


def test_how_often_a_no_was_said_equals_an_independent_query(
    fair: Database, told: FairnessOut
) -> None:
    """By the provider whose family was asked."""
    query = text("""
        SELECT v.name, avg((b.state = 'nee')::int) FROM begun_pair b
          JOIN family f ON f.id = b.family_id JOIN provider v ON v.id = f.provider_id
         WHERE b.state <> 'loopt' GROUP BY 1""")
    with session_for(fair.sessions, SYSTEM) as session:
        rows = dict(session.execute(query).all())
    found = {name: group.declined for name, group in groups_of(told, "aanbieder").items()}
    assert {name: round(float(value), 4) for name, value in rows.items()} == {
        name: no.value for name, no in found.items() if no is not None
    }


def test_a_region_that_treats_all_alike_is_left_quiet(told: FairnessOut) -> None:
    """Differences by chance alone are no finding."""
    assert told.findings == []


def test_planted_disparities_are_found(unfair: Database) -> None:
    """Each of the three, in its own group; and they are named in a sentence."""
    found = board(unfair)
    with session_for(unfair.sessions, SYSTEM) as session:
        names = dict(session.execute(text("SELECT code, name FROM provider")).all())
    assert "Beperking, met beperking: wacht langer." in found.findings
    assert f"Aanbieder, {names['wsp']}: breekt vaker af dan genoemd." in found.findings
    assert f"Aanbieder, {names[PLANTED_NO]}: vaker nee." in found.findings


def test_small_groups_are_hidden_and_cannot_be_worked_out(session: Session) -> None:
    """Nine girls among sixty: no figure of the girls, nor of the boys."""
    told = draw_world(60, seed=5)
    for at, one in enumerate(told):
        one["gender"] = "meisje" if at < 9 else "jongen"
    insert_placements(session, told)
    found = show_fairness(session, first=FIRST, last=TODAY, today=TODAY)
    for group in groups_of(found, "geslacht").values():
        told_of_it = group.model_dump(exclude={"name", "stands_out", "joined"})
        assert set(told_of_it.values()) == {None}


def test_a_provider_that_always_says_no_is_on_the_board(session: Session) -> None:
    """It has no placement; its no's are counted, and one that was asked seldom is hidden."""
    told = draw_world(60, seed=5)
    for at, one in enumerate(told):
        one["provider"] = "vitree" if at < 45 else "wsp"
    fill(session, told, is_planted=False)
    session.execute(text("UPDATE begun_pair SET state = 'verlopen', no_by = NULL"))
    asked = {"spirit": 12, "youke": 3, "leger-des-heils": 8}
    for code, times in asked.items():
        provider = session.scalar(
            text("SELECT id FROM provider WHERE code = :code"), {"code": code}
        )
        family = make_family(session, reference=f"NEE-{code}", provider_id=provider)
        for placement in session.query(Placement).order_by(Placement.id).limit(times):
            session.add(
                BegunPair(
                    registration_id=placement.registration_id, family_id=family.id,
                    rhythm=Rhythm.FULL_TIME, is_request=True, begun_on=placement.since,
                    held_until=placement.since, ended_at=text("now()"), actor="toets",
                    state=BegunState.NO, reason="toets", no_by="aanbieder",
                )
            )  # fmt: skip
    session.flush()
    names = dict(session.execute(text("SELECT code, name FROM provider")).all())
    found = show_fairness(session, first=FIRST, last=TODAY, today=TODAY)
    groups = groups_of(found, "aanbieder")
    assert groups.keys() == {names[code] for code in ("vitree", "wsp", *asked)}
    never = groups[names["spirit"]]
    assert never.declined is not None
    assert (never.declined.value, never.children, never.broken) == (1.0, 0, None)
    assert groups[names["youke"]].declined is None
    assert sum(group.declined is None for group in groups.values()) >= 2  # not by subtraction
    assert f"Aanbieder, {names['spirit']}: vaker nee." in found.findings
    assert not any(names["youke"] in finding for finding in found.findings)


def test_an_empty_period_has_a_board(session: Session) -> None:
    """Nothing is told and nothing stands out."""
    found = show_fairness(session, first=date(2001, 1, 1), last=date(2001, 2, 1), today=TODAY)
    assert (found.everyone.children, found.findings) == (None, [])


def test_the_tests_are_those_of_a_textbook() -> None:
    """Against SciPy and statsmodels: log-rank, two shares, and the median of plain days."""
    from scipy import stats  # here: every process collects this file, one runs it
    from statsmodels.duration.survfunc import survdiff

    dice = np.random.default_rng(2)
    inside = dice.random(300) < 0.4
    days = np.ceil(dice.exponential(np.where(inside, 90, 60)))
    placed = dice.random(300) < 0.8
    z = waits_apart(days, placed, inside, ["a"] * 300)
    chi_square, p = survdiff(days, placed.astype(float), inside)
    assert z**2 == pytest.approx(chi_square)
    assert normal_p(z) == pytest.approx(p)
    assert z > 0
    table = [[int((placed & inside).sum()), int((~placed & inside).sum())],
             [int((placed & ~inside).sum()), int((~placed & ~inside).sum())]]  # fmt: skip
    plain = stats.chi2_contingency(table, correction=False)
    assert shares_apart(placed, inside) ** 2 == pytest.approx(plain.statistic)
    found = median_wait(days, np.ones(300, np.bool_))
    assert found is not None
    assert found.value == np.sort(days)[149]
    assert found.low < found.value < found.high
