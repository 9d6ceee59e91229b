"""Five readers: one file a dialect, each maps its columns to the one canonical family."""
