"""Draws synthetic regions."""
