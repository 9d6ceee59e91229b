"""Fits the weights of the risk score from past placements; the only room of the statistics."""
