"""The room of placements: the list, one with its story, the acts on it, ends to judge."""
