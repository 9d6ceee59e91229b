"""Slice: the providers' families, their exports in five dialects, their availability."""
