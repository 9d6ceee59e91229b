"""Writing a log event: one JSON object a line on standard error."""

import logging
import sys

import structlog

from app.log.events import Event

Value = str | int | float | bool | None

_CONTEXT_FIELDS = frozenset({"request_id", "job_id", "trace_id"})


class FieldNotInCatalogue(ValueError):
    """A log call carries a field that its event may not carry."""


def configure_logs(*, level: int = logging.INFO) -> None:
    """Send events to standard error as JSON; libraries only from warnings up."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Looked up at each event: what is standard error now may be closed later.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def log(event: Event, **fields: Value) -> None:
    """Log an event; raises FieldNotInCatalogue for a field that the catalogue does not allow."""
    foreign = fields.keys() - event.fields
    if foreign:
        raise FieldNotInCatalogue(f"{event.code} may not carry {', '.join(sorted(foreign))}")
    structlog.get_logger().info(event.code, **fields)


def bind(**fields: str) -> None:
    """Let every later event of this request or job carry its id."""
    foreign = fields.keys() - _CONTEXT_FIELDS
    if foreign:
        raise FieldNotInCatalogue(f"the context may not carry {', '.join(sorted(foreign))}")
    structlog.contextvars.bind_contextvars(**fields)


def bound(name: str) -> str | None:
    """Return an id that was bound, such as that of the request."""
    found = structlog.contextvars.get_contextvars().get(name)
    return str(found) if found is not None else None


def unbind() -> None:
    """Forget the ids of the request or job that has ended."""
    structlog.contextvars.clear_contextvars()
