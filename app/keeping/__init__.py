"""Keeping the data: backups that only the holder of a key can read, and putting them back."""
