"""Shared room: who asks (tokens), what they may do (routes) and what they may see (fields)."""
