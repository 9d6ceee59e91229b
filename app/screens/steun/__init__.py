"""Placements under strain: the watch list, signals and support, and respite."""
