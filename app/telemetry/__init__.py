"""What is measured and traced: processings by person, and figures without anything of a person."""
