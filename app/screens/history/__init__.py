"""Who saw and changed what, for an auditor."""
