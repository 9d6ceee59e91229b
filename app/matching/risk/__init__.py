"""The chance of breakdown of each pair."""
