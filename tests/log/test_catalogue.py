"""Only what the catalogue allows can be logged."""

import json

import pytest

from app.log.events import Event
from app.log.write import FieldNotInCatalogue, bind, configure_logs, log, unbind

FORBIDDEN = {"name", "naam", "first_name", "bsn", "text", "message", "postcode", "born_on", "value"}


def test_an_event_is_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Code, level, instant and fields stand in one object."""
    configure_logs()
    log(Event.RUN_STARTED, run_id="a")
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "run_started"
    assert line["run_id"] == "a"
    assert line["timestamp"].endswith("Z")


def test_a_field_outside_the_catalogue_is_refused() -> None:
    """A name or a BSN cannot be logged even by mistake."""
    with pytest.raises(FieldNotInCatalogue, match="bsn"):
        log(Event.RUN_STARTED, bsn="999530410")


def test_no_event_may_carry_a_personal_field() -> None:
    """The catalogue itself names no field for a person or for free text."""
    assert not {field for event in Event for field in event.fields} & FORBIDDEN


def test_the_request_id_travels_along(capsys: pytest.CaptureFixture[str]) -> None:
    """Bound once, it stands in every event until the request ends."""
    configure_logs()
    bind(request_id="r-1")
    log(Event.RUN_STARTED, run_id="a")
    unbind()
    log(Event.RUN_STARTED, run_id="b")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert first["request_id"] == "r-1"
    assert "request_id" not in second
