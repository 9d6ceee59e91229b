"""The fields of a registration by their Dutch names, so that a change can be named."""

from app.db.encryption import digest_content
from app.imports.changes import digest_fields
from app.intake.schemas import RegistrationIn
from app.settings import Settings


def field_digests(record: RegistrationIn, settings: Settings) -> dict[str, str]:
    """Return a keyed digest of each field that says something, by its name in the interface.

    They differ from number to number: two registrations with one BSN do not show it by them.
    """
    told = record.model_dump(mode="json", by_alias=True, exclude={"number"})
    return digest_fields(told, lambda text: digest_content(f"{record.number} {text}", settings))


def content_hash(record: RegistrationIn, settings: Settings) -> str:
    """Return a keyed digest of all that a registration says: equal means nothing changed."""
    return digest_content(record.model_dump_json(by_alias=True), settings)
