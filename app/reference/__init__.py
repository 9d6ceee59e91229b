"""Slice: reference data (providers, postcode areas)."""
