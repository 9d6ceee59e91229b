"""Placements under strain: signals, the watch list, support, and respite."""
