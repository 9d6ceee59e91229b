"""Tables, one noun a file, no rules."""
