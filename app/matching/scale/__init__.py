"""The rules and the score for a whole country at once, with the very outcome of the plain code."""
