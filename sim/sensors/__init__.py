"""The shelf of sensors: what sees whom, how far, and how often it looks."""
