"""What is learnt from the service's own outcomes: what counts, and how good it is."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import URL, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.endings import EndLabel
from app.kernel.words import CareForm, FamilyKind
from app.learning.learn import fit_weights
from app.learning.sample import draw_up
from app.learning.side_by_side import judge, predict_by
from app.matching.risk.weights import load_weights, parse_weights
from app.models import PastPlacementRow, WeightsVersion
from app.outcomes.as_history import LeftOut, as_history
from app.outcomes.learning import learn_from_outcomes
from app.outcomes.queries import outcome_rows, past_rows
from app.settings import Settings
from tests.databases import copied
from tests.outcomes.made import TODAY, drawn_history, insert_placements, told_of

DAY = timedelta(days=1)
LAST_HALF_YEAR = date(2026, 5, 28)


@pytest.fixture(scope="module")
def region(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own with 1,600 placements of a drawn region."""

    def fill(session: Session) -> None:
        insert_placements(session, [told_of(row) for row in drawn_history(placements=1600)])

    with copied(settings, reference, fill) as opened:
        yield opened


@pytest.fixture(scope="module")
def learnt(region: Database) -> WeightsVersion:
    """What was learnt of them."""
    with session_for(region.sessions, SYSTEM) as session:
        made = learn_from_outcomes(session, until=TODAY)
    assert made is not None
    return made


def test_the_rows_say_what_the_file_would_have_said(region: Database) -> None:
    """The facts of the start, the days and the label give the very same placements."""
    with session_for(region.sessions, SYSTEM) as session:
        history, left_out = as_history(outcome_rows(session), until=TODAY)
        broke = session.scalar(
            text("SELECT count(*) FROM placement_ending WHERE label = 'voortijdig afgebroken'")
        )
    assert (len(history), left_out) == (1600, LeftOut())
    assert history.breakdowns == broke
    rows = drawn_history(placements=1600)
    assert sum(row["reden_einde"] == "voortijdig afgebroken" for row in rows) == broke


def test_learnt_weights_are_a_proposal_beside_those_in_force(learnt: WeightsVersion) -> None:
    """On the same placements; the published ones were in force, and learnt from nothing."""
    assert learnt.compared_with == "literatuur-2026-11"
    assert parse_weights(learnt.text, source="toets").version == learnt.version
    told = learnt.comparison
    assert told is not None
    assert told["geldendGeleerdVan"] == 0
    assert told["nieuw"]["gezien"] == told["geldend"]["gezien"]
    assert 0.8 <= told["nieuw"]["helling"]["waarde"] <= 1.2
    assert told["nieuw"]["brier"] < told["brierBasiskans"]
    for judged in (told["nieuw"], told["geldend"]):
        c = judged["concordantie"]
        assert c["laag"] < c["waarde"] < c["hoog"]
        assert sum(fifth["plaatsingen"] for fifth in judged["vijfden"]) == 1600


def test_learning_again_on_the_same_day_adds_nothing(
    region: Database, learnt: WeightsVersion
) -> None:
    """The same outcomes give the same version; the weekly job waits for a new outcome."""
    with session_for(region.sessions, SYSTEM) as session:
        assert learn_from_outcomes(session, until=TODAY) is None
        assert learn_from_outcomes(session, until=TODAY + DAY, only_if_new=True) is None
        assert session.scalar(text("SELECT count(*) FROM weights_version")) == 1


def test_what_it_learns_from_is_compared_and_not_how_often_it_broke(session: Session) -> None:
    """A placement that held is new; so is a breakdown that moved to another placement."""
    rows = [told_of(row) for row in drawn_history(placements=120)]
    insert_placements(session, rows[:100])

    def again(days: int) -> WeightsVersion | None:
        return learn_from_outcomes(session, until=TODAY + days * DAY, only_if_new=True)

    assert again(0) is not None
    assert again(1) is None
    held = [row for row in rows[100:] if row["label"] is not EndLabel.BROKEN]
    insert_placements(session, held)
    made = again(2)
    assert made is not None
    assert made.placements == 100 + len(held) > 100
    assert again(3) is None
    swap(session)
    moved = again(4)
    assert moved is not None
    assert moved.breakdowns == made.breakdowns


def swap(session: Session) -> None:
    """Judge two placements anew: one broke down after all, and one did not."""
    labels = ["voortijdig afgebroken", "volgens plan"]
    first = text("SELECT min(placement_id::text)::uuid FROM placement_ending WHERE label = :label")
    ids = [session.scalar(first, {"label": label}) for label in labels]
    for one, label in zip(ids, reversed(labels), strict=True):
        session.execute(
            text("UPDATE placement_ending SET label = :label WHERE placement_id = :one"),
            {"label": label, "one": one},
        )


@pytest.mark.parametrize("seed", [5, 8])
def test_weights_learnt_before_hold_on_the_last_half_year(session: Session, seed: int) -> None:
    """Slope between 0.8 and 1.2, and a better Brier score than the priors, on what came after.

    Learnt from what was known on the first day of it; judged on all that began since then.
    """
    insert_placements(session, [told_of(row) for row in drawn_history(placements=4000, seed=seed)])
    rows = outcome_rows(session)
    before, _ = as_history(rows, until=LAST_HALF_YEAR)
    after, _ = as_history([r for r in rows if r.began_on > LAST_HALF_YEAR], until=TODAY)
    prior = load_weights()
    learnt, sample = fit_weights(before, prior, code_version="toets"), draw_up(after)
    new, published = (judge(sample, predict_by(sample, w)) for w in (learnt, prior))
    assert 0.8 <= new.slope[0] <= 1.2
    assert new.brier < published.brier


def test_what_does_not_count_is_counted_aloud(session: Session) -> None:
    """A doubtful end is never an outcome; nor is an end of which nobody told anything."""
    facts = told_of(drawn_history(placements=1)[0])["facts"]
    began, ended = date(2026, 1, 1), date(2026, 3, 1)
    common = {"since": began, "facts": facts}
    insert_placements(
        session,
        [
            common | {"until": ended, "label": EndLabel.BROKEN},
            common | {"until": ended, "label": EndLabel.NEITHER},
            common | {"until": ended, "label": EndLabel.REVIEW},
            common | {"until": ended},
            common,
            {"since": began, "until": ended, "label": EndLabel.BROKEN},
            {"since": began, "facts": facts | {"ervaring_jaren": "veel"}},
            {"since": date(2026, 12, 24), "facts": facts},
        ],
    )
    history, left_out = as_history(outcome_rows(session), until=TODAY)
    assert left_out == LeftOut(to_review=1, no_ending=1, no_facts=1, unreadable=1, later=1)
    assert (len(history), history.breakdowns) == (3, 1)
    assert np.allclose(sorted(draw_up(history).months)[:2], [59 / 30.4375] * 2)


def test_an_outcome_of_after_the_day_is_not_known(session: Session) -> None:
    """On the day it still ran, whatever was told later."""
    facts = told_of(drawn_history(placements=1)[0])["facts"]
    one = {"since": date(2026, 1, 1), "until": date(2026, 3, 1), "facts": facts}
    insert_placements(session, [one | {"label": EndLabel.BROKEN}])
    history, _ = as_history(outcome_rows(session), until=date(2026, 2, 28))
    assert (len(history), history.breakdowns) == (1, 0)


def test_facts_may_be_told_as_json(session: Session) -> None:
    """Numbers, yes or no, lists and nothing at all read as the file would write them."""
    facts = told_of(drawn_history(placements=1)[0])["facts"] | {
        "ervaring_jaren": 4.5, "respijt_beschikbaar": True, "trainingen": ["lvb", "hechting"],
        "afstand_school_km": None,
    }  # fmt: skip
    insert_placements(session, [{"since": date(2026, 1, 1), "facts": facts}])
    (placement,) = as_history(outcome_rows(session), until=TODAY)[0].placements
    assert placement.family.experience_years == 4.5
    assert placement.family.has_respite
    assert placement.family.trainings == ("lvb", "hechting")
    assert placement.family.school_km is None


def test_too_few_outcomes_are_no_comparison(session: Session) -> None:
    """Weights are still made, near the published ones, and say that it is too little."""
    insert_placements(session, [told_of(row) for row in drawn_history(placements=60)])
    made = learn_from_outcomes(session, until=TODAY)
    assert made is not None
    assert made.comparison is None
    assert not made.is_calibrated
    assert made.report["toelichting"].startswith("Te weinig uitkomsten")


def test_placements_of_before_are_learnt_from(session: Session) -> None:
    """What ran when the file was made was followed until the last day that the file tells of."""
    facts = told_of(drawn_history(placements=1)[0])["facts"]
    common = {"facts": facts, "form": CareForm.LONG_TERM, "kind": FamilyKind.RECRUITED}
    began, ended, last = date(2024, 1, 1), date(2024, 6, 1), date(2025, 2, 1)
    session.add_all([
        PastPlacementRow(number="H-1", began_on=began, ended_on=ended, ending="volgens plan",
                         **common),
        PastPlacementRow(number="H-2", began_on=began, ended_on=last,
                         ending="voortijdig afgebroken", **common),
        PastPlacementRow(number="H-3", began_on=began, ended_on=None, ending="loopt", **common),
    ])  # fmt: skip
    session.flush()
    told = {row.number: (row.ended_on, row.label) for row in past_rows(session)}
    assert told == {
        "H-1": (ended, EndLabel.PLANNED),
        "H-2": (last, EndLabel.BROKEN),
        "H-3": (last, EndLabel.NEITHER),
    }
    history, left_out = as_history(outcome_rows(session), until=TODAY)
    assert (len(history), history.breakdowns, left_out) == (3, 1, LeftOut())
