"""Rights of the person: a copy of the file, a statement in it, its destruction, and its term."""
