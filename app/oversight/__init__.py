"""Looking back: for the auditor, who saw and changed what."""
