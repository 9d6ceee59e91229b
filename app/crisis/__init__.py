"""Slice: the crisis desk, where a child needs a bed tonight."""
