"""The jobs: learning makes a proposal, and then what it would have ranked differently."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import URL, text
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from app.cli.main import build_app
from app.db.opened import Database
from app.db.session import session_for
from app.jobs import LEARN, make_queue, queue_job
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.kernel.groups import WITH_SIBLINGS
from app.matching.policy import load_policy
from app.matching.risk.weights import load_weights, parse_weights
from app.outcomes.queries import newest_version
from app.outcomes.tasks import WEEKLY, register_tasks
from app.proposals.rerank import rerank
from app.settings import Settings
from tests.databases import copied, work_off
from tests.outcomes.made import drawn_history, insert_placements, told_of
from tests.problems import problem_in
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration


@pytest.fixture(scope="module")
def region(settings: Settings, reference: URL) -> Iterator[Database]:
    """Children who wait, a run, and placements that ended."""

    def fill(session: Session) -> None:
        today = today_in_amsterdam()
        rows = drawn_history(placements=300, today=today - timedelta(days=1))
        insert_placements(session, [told_of(row) for row in rows])
        for number in range(12):
            make_family(session, reference=f"SPI-{number}", experience_years=number)
            make_registration(session, number=f"AM-{number}")
        run_here(session)

    with copied(settings, reference, fill) as opened:
        yield opened


def test_a_worker_learns_and_says_what_would_change(region: Database) -> None:
    """A proposal, in force for nothing, with the last run ranked again."""
    with session_for(region.sessions, SYSTEM) as session:
        queue_job(make_queue(""), session, LEARN, lock=LEARN)
    work_off(region)
    with session_for(region.sessions, SYSTEM) as session:
        made = newest_version(session)
        failed = session.scalar(
            text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        )
        assert session.scalar(text("SELECT count(*) FROM weights_decision")) == 0
    assert failed == 0
    assert made is not None
    assert made.placements == 300
    assert made.reranking is not None
    assert (made.reranking["reden"], made.reranking["kinderen"]) == (None, 12)


def test_every_week_the_worker_looks_whether_there_is_anything_new(region: Database) -> None:
    """Without a new outcome there is no new proposal; the queue itself asks, in the night."""
    queue = make_queue("")
    register_tasks(queue, region.sessions)
    (weekly,) = [
        one for one in queue.periodic_registry.periodic_tasks.values() if LEARN in one.task.name
    ]
    assert weekly.cron == WEEKLY
    for week in (1, 2):
        with session_for(region.sessions, SYSTEM) as session:
            queue_job(make_queue(""), session, weekly.task.name, timestamp=week)
        work_off(region)
    with session_for(region.sessions, SYSTEM) as session:
        assert session.scalar(text("SELECT count(*) FROM weights_version")) == 1
        failed = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        assert session.scalar(failed) == 0


def test_the_command_line_learns_as_the_worker_does(region: Database) -> None:
    """The same outcomes again: nothing new, in one sentence."""
    url = region.url.render_as_string(hide_password=False)
    told = CliRunner().invoke(build_app("risk"), ["risk", "learn", "--database-url", url])
    assert told.exit_code == 0, told.output
    assert "niets nieuws" in told.output or "Dit is een voorstel" in told.output


def test_the_same_weights_change_nothing_and_others_do(session: Session) -> None:
    """Without the weight of experience nobody ranks by it."""
    for number in range(11):
        make_family(session, reference=f"SPI-{number}", experience_years=number)
        make_registration(session, number=f"AM-{number}", needs_wheelchair=False)
    run = run_here(session)
    problem, policy, here = problem_in(run), load_policy("maximaal"), load_weights()
    same = rerank(problem, policy, present=here, other=here, seed=0)
    assert (same["andereEersteKeus"], same["anderVoorstel"]) == (0, 0)
    # Experience is all in which these families differ.
    turned = here.text.replace("waarde = -0.03", "waarde = 0.0")
    other = parse_weights(turned, source="toets")
    told = rerank(problem, policy, present=here, other=other, seed=0)
    assert told["andereEersteKeus"] == 11
    groups = {grouping["naam"]: grouping["groepen"] for grouping in told["groepen"]}
    assert [g["kinderen"] for g in groups["leeftijd"]] == [11]
    assert groups["broers en zussen"][0]["groep"] != WITH_SIBLINGS


def test_small_groups_are_hidden_with_what_gives_them_away(session: Session) -> None:
    """One child in a wheelchair among eleven: neither group is told."""
    for number in range(11):
        make_family(session, reference=f"SPI-{number}", wheelchair=True)
        make_registration(session, number=f"AM-{number}", needs_wheelchair=number == 0)
    run = run_here(session)
    here = load_weights()
    told = rerank(problem_in(run), load_policy("maximaal"), present=here, other=here,
                  seed=0)  # fmt: skip
    groups = next(g["groepen"] for g in told["groepen"] if g["naam"] == "beperking")
    assert [group["kinderen"] for group in groups] == [None, None]
