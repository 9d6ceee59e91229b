"""What is learnt from outcomes, whether chances hold, and whether groups are treated alike."""
