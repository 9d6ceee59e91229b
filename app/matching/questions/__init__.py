"""Questions to a finished match, answered on its frozen input; the match itself stays as it is."""
