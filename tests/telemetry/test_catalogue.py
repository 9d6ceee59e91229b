"""Only what the catalogue allows can be measured; no label holds an id or anything of a person."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from app.db.opened import Database
from app.http.templates import route_templates
from app.main import create_app
from app.telemetry.activities import load_register
from app.telemetry.answers import CHILD, FAMILY_FIELDS, NUMBER, path_reference
from app.telemetry.catalogue import Kind, Label, Metric
from app.telemetry.exposed import all_figures
from app.telemetry.figures import Figure, admit_words, read_figures, widest_gap
from app.telemetry.meters import LabelNotInCatalogue, count, switch_off, switch_on, words_of
from app.telemetry.words import OTHER, admit, admitted, word_for
from app.worker import run_worker  # noqa: F401  (its tasks are known once it is imported)

ROOT = Path(__file__).parents[2]
DOCUMENT = json.loads((ROOT / "openapi" / "openapi.json").read_text("utf-8"))
NAMED = re.compile(r"\bpleegzorg_[a-z_]+")
_ENDINGS = ("_total", "_bucket", "_count", "_sum")


@pytest.fixture
def measuring() -> Iterator[None]:
    switch_on()
    yield
    switch_off()


def told_names() -> set[str]:
    """Return every name by which Prometheus may be asked for a figure."""
    names = set()
    for metric in Metric:
        told = metric.told
        if told.kind is Kind.COUNTER:
            names.add(f"{told.name}_total")
        elif told.kind is Kind.SECONDS:
            names |= {f"{told.name}{ending}" for ending in _ENDINGS[1:]}
        else:
            names.add(told.name)
    return names


def operations() -> dict[str, tuple[str, dict[str, object]]]:
    return {
        given["operationId"]: (path, given)
        for path, item in DOCUMENT["paths"].items()
        for given in item.values()
        if isinstance(given, dict) and "operationId" in given
    }


def fields_in(given: dict[str, object]) -> list[set[str]]:
    """Return the names of the fields of each object that an answer may hold."""
    schemas, seen = DOCUMENT["components"]["schemas"], set[str]()
    good = {s: a for s, a in given["responses"].items() if s.startswith("2")}  # type: ignore[attr-defined]
    waiting = re.findall(r"schemas/(\w+)", json.dumps(good))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += re.findall(r"schemas/(\w+)", json.dumps(schemas[name]))
    return [set(schemas[name].get("properties", {})) for name in seen]


def test_every_operation_has_an_activity_or_is_about_nobody() -> None:
    """And none is both; the register file names nothing that is not there."""
    register = load_register()
    tasks = {name for name in register.operations if "-" in name or name.islower()}
    assert operations().keys() == (register.operations.keys() - tasks) | register.without_persons
    assert not register.operations.keys() & register.without_persons
    assert set(register.operations.values()) == set(register.activities)


def test_every_task_has_an_activity() -> None:
    """Whatever a worker can be asked to do."""
    from app.families.tasks import register_tasks as families
    from app.intake.tasks import register_tasks as intake
    from app.jobs import make_queue
    from app.notify.tasks import register_tasks as notify
    from app.outcomes.tasks import register_tasks as outcomes
    from app.placements.tasks import register_tasks as placements
    from app.proposals.tasks import register_tasks as proposals
    from app.rights.tasks import register_tasks as rights
    from app.strain.tasks import register_tasks as strain

    queue = make_queue("")
    for teach in (families, intake, placements, notify, rights):
        teach(queue, None, None)  # type: ignore[arg-type]
    for teach in (outcomes, proposals, strain):
        teach(queue, None)  # type: ignore[arg-type,call-arg]
    own = {name for name in queue.tasks if not name.startswith(("builtin:", "procrastinate."))}
    assert own == {name for name in load_register().operations if name not in operations()}


@pytest.mark.parametrize("name", sorted(load_register().operations.keys() & operations().keys()))
def test_whom_an_operation_is_about_can_be_told(name: str) -> None:
    """By its path, by a field of its answer, or there is a reason why not."""
    register, (path, given) = load_register(), operations()[name]
    parameters = dict.fromkeys(re.findall(r"{(\w+)}", path), "x")
    by_answer = any(
        {NUMBER, CHILD} & fields or any(set(pair) <= fields for pair in FAMILY_FIELDS)
        for fields in fields_in(given)
    )
    is_told = path_reference(path, parameters) or by_answer or name in register.ids
    assert bool(is_told) != (name in register.unrecognised)


def test_a_label_outside_the_catalogue_is_refused() -> None:
    """Nothing can be told apart by a person, even by mistake."""
    with pytest.raises(LabelNotInCatalogue, match="kind"):
        words_of(Metric.JOBS, {"taak": "matchrun", "kind": "AM-1"})
    with pytest.raises(LabelNotInCatalogue):
        words_of(Metric.REQUESTS_BUSY, {"route": "/kinderen"})


@pytest.mark.parametrize(
    "value", ["AM-2026-1", "Noor", "999530410", "/kinderen/Noor", "", "200; x"]
)
def test_a_label_holds_a_closed_word(value: str) -> None:
    """Whatever else is given becomes one word that says nothing."""
    assert {word_for(label, value) for label in Label} == {OTHER}


def test_no_admitted_word_holds_an_id(database: Database) -> None:
    """Routes are templates; no word has a number in it but a status."""
    admit(Label.ROUTE, route_templates(create_app(database)))
    admit_words()
    for label in set(Label) - {Label.STATUS}:
        assert admitted(label)
        assert not [word for word in admitted(label) if re.search(r"\d", word)]


def test_names_and_labels_are_plain() -> None:
    """Each name once, with our prefix; at most three labels."""
    names = [metric.told.name for metric in Metric]
    assert len(set(names)) == len(names)
    assert all(NAMED.fullmatch(name) for name in names)
    assert all(len(metric.told.labels) <= 3 for metric in Metric)


def test_what_is_read_is_what_the_catalogue_tells(database: Database, measuring: None) -> None:
    """From a real database: the figures stand there, and no other ones."""
    count(Metric.JOBS, taak="matchrun", uitkomst="gelukt")
    count(Metric.JOBS, taak="Noor", uitkomst="gelukt")
    shown = generate_latest(all_figures(lambda: read_figures(database.sessions))).decode()
    found = list(text_string_to_metric_families(shown))
    samples = {sample.name for family in found for sample in family.samples}
    assert {name.removesuffix("_created") for name in samples} <= told_names() | {
        metric.told.name for metric in Metric
    }
    assert "pleegzorg_database_up 1.0" in shown
    assert "pleegzorg_workers" in shown
    assert "pleegzorg_memory_bytes" in shown
    assert 'pleegzorg_jobs_total{taak="anders",uitkomst="gelukt"} 1.0' in shown
    assert "Noor" not in shown


def test_the_gap_of_a_run() -> None:
    """Of the goal that stayed farthest from its bound; nothing told is nothing open."""
    goals = [{"waarde": 90, "grens": 100}, {"waarde": 5.0, "grens": 5.0}, {"waarde": None}]
    assert widest_gap(goals) == pytest.approx(0.1)
    assert widest_gap([]) == 0.0


def test_a_figure_of_an_unknown_state_is_summed(measuring: None) -> None:
    """Two states that nobody admitted are one word, counted together."""
    figures = [Figure(Metric.RUNS, 1, "x1"), Figure(Metric.RUNS, 2, "x2")]
    shown = generate_latest(all_figures(lambda: figures)).decode()
    assert 'pleegzorg_runs{stand="anders"} 3.0' in shown


def test_dashboard_and_alarms_name_only_what_is_measured() -> None:
    """And the dashboard shows every figure of the catalogue."""
    board = (ROOT / "deploy/grafana/pleegzorg.json").read_text("utf-8")
    alarms = (ROOT / "deploy/prometheus/alarms.yml").read_text("utf-8")
    assert set(NAMED.findall(alarms)) <= told_names()
    assert set(NAMED.findall(board)) <= told_names()
    shown = set(NAMED.findall(board))
    missing = [m for m in Metric if not any(n.startswith(m.told.name) for n in shown)]
    assert missing == []


def test_every_alarm_has_its_paragraph() -> None:
    """What it means and what to do; and no paragraph is about an alarm that is gone."""
    alarms = (ROOT / "deploy/prometheus/alarms.yml").read_text("utf-8")
    told = (ROOT / "docs/alarmen.md").read_text("utf-8")
    named = re.findall(r"^ +- alert: (\w+)$", alarms, re.M)
    titles = re.findall(r"^## (\w+)$", told, re.M)
    assert named == titles
    parts = re.split(r"^## \w+$", told, flags=re.M)[1:]
    assert all("**Betekent.**" in part and "**Doen.**" in part for part in parts)
    # Prometheus sends whoever is on duty to the paragraph.
    assert re.findall(r"docs/alarmen\.md#(\w+)", alarms) == [name.lower() for name in named]
