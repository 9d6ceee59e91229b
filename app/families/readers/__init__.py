"""Five readers: one file a dialect, each maps its columns to the one canonical family."""

from app.families.readers.registry import READERS, read_export, stream_export
from app.families.readers.stream import FamilyStream

__all__ = ["READERS", "FamilyStream", "read_export", "stream_export"]
