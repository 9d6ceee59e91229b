"""Replays a made-up region over a year, policies side by side on the same chance."""
