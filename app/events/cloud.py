"""An event as CloudEvents 1.0 has it, in the NL GOV profile."""

from datetime import UTC
from typing import Any

from app.events.catalogue import KINDS, PREFIX
from app.models import Event
from app.settings import Settings

ONE = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"


def as_cloud_event(event: Event, settings: Settings) -> dict[str, Any]:
    """Return the event with its attributes, as JSON can hold it.

    `sequence` sorts as text in the order of the feed. `dataref` says where to read more: who asks
    there gets what its role may see at that moment.
    """
    subject = KINDS[event.kind].subject_of(event.data)
    return {
        "specversion": "1.0",
        "id": str(event.id),
        "source": settings.event_source,
        "type": PREFIX + event.kind,
        "subject": subject,
        "time": event.recorded_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataref": f"{settings.public_url.rstrip('/')}/v1/{subject}",
        "sequence": sequence_of(event),
        "data": event.data,
    }


def sequence_of(event: Event) -> str:
    """Return a place in the feed as a text that sorts as the places do."""
    return f"{event.era:04d}-{event.transaction_id:020d}-{event.sequence:019d}"
