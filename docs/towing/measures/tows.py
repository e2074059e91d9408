"""How long ships were towed, by serial."""

from __future__ import annotations

OF, UNIT = "serial", "min"


def measure(run):
    """The minutes of all tows, added up."""
    found = {}
    for record in run.log.of("towed"):
        found[record.serial] = found.get(record.serial, 0.0) + record.details["towed_min"]
    return found
