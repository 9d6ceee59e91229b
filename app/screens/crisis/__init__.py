"""The crisis desk: six fields, tonight's beds, calls."""
