"""What became of placements, and what that says: learning, calibration, fairness."""
