"""The fields of a family by their Dutch names, so that a change can be named."""

import hashlib
from dataclasses import asdict, replace

from app.families.canonical import FamilyRecord
from app.families.schemas import FamilyIn
from app.imports.changes import digest_fields

# The moment of change is no change itself; the number is what a family is known by.
_NAMES = {
    name: field.alias or name
    for name, field in FamilyIn.model_fields.items()
    if name != "updated_at"
}


def field_digests(record: FamilyRecord) -> dict[str, str]:
    """Return a digest of each field that says something, by its name in the interface."""
    content = asdict(replace(record, willingness={})) | {"willingness": record.willingness}
    return digest_fields({dutch: content[name] for name, dutch in _NAMES.items()}, _digest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
