"""Placements: told, changed, moved, ended, judged, reviewed; and those of before the service."""
