"""Guns as a practice shoot sees them: flight, dispersion, spotting."""
