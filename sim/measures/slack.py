"""By how much each serial could have ended later without holding up another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.runs import Run

OF, UNIT = "serial", "min"


def measure(run: Run) -> dict[str, float]:
    """Minutes from FINEX to the first COMEX after it of a serial that has one of its units or its area, or waits for it.

    Until the end of the exercise where there is none. 0 for one that the next had to wait for.
    """
    began = {record.serial: record for record in run.log.of("comex")}
    areas = {serial: record.details["area"] for serial, record in began.items()}
    units: dict[str, set[str]] = {}
    for record in run.log.of("assigned"):
        if record.serial is not None and record.unit is not None:
            units.setdefault(record.serial, set()).add(record.unit)
    waits = {serial.serial: {*serial.after, *serial.requires} for serial in run.plan.serials}
    found = {}
    for record in run.log.of("finex"):
        own = str(record.serial)
        shares = units.get(own, set())
        after = [comex.time for serial, comex in began.items()
                 if serial != own and comex.time >= record.time
                 and (not shares.isdisjoint(units.get(str(serial), ())) or own in waits.get(str(serial), ())
                      or (areas[own] is not None and areas[own] == areas[serial]))]  # fmt: skip
        found[own] = (min(after, default=run.plan.length) - record.time) / 60
    return found
