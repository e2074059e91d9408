"""The shelf of drills: each file is one kind, found by its name."""
