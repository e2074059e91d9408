"""What can become of a serial, and what counts as done and as on time: said once, for whoever judges."""

from __future__ import annotations

RESULTS = ("completed", "shortened", "stopped", "cancelled")
DONE = ("completed", "shortened")  # results of a serial that was carried out
PUNCTUAL = 15 * 60.0  # s: a start within a quarter of an hour of the plan is on time
