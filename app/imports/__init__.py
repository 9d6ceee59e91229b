"""What every import has in common: its report, and the record that it leaves."""
