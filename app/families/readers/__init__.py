"""Five readers: one file a dialect, each maps its columns to the one canonical family."""

from app.families.readers.registry import READERS, read_export

__all__ = ["READERS", "read_export"]
