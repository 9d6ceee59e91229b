"""The ladder of a child, care settings, the own network and JIM."""
