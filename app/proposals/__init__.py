"""Slice: match runs and ranked proposals."""
