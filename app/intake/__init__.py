"""Slice: registrations of children."""
