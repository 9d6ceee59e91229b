"""The file of a child: registering in steps, reading, correcting."""
