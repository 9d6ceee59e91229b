"""A provider's own families, its imports and what is asked of it."""
