"""Structured logs: a closed catalogue of events, and the fields that each may carry."""
