"""What goes with the beginning of every placement, whichever slice begins it."""
