"""A run as tables: a row for each serial, unit, measure and leg, in the order of the plan, units in the column names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from math import isnan
from typing import Any

from sim import shelves
from sim.measures.score import mark
from sim.records import COLUMNS, cells
from sim.runs import Run
from sim.scenario.roles import muster


def headline(run: Run) -> dict[str, Any]:
    """The measures of the exercise as a whole."""
    names = [name for name in shelves.names("measures") if shelves.module("measures", name).OF == "exercise"]
    return run.measures(*(name.replace("-", "_") for name in names))


def serial_rows(run: Run) -> Iterator[dict[str, Any]]:
    """One row for each serial: planned, actual, outcome, reason, score."""
    found = run.measures("lateness", "technical", "score", "gunnery_hits", "presentations_hit", "shore_hits")
    areas = {record.serial: record.details["area"] for record in run.log.of("comex")}
    for number, record in run.outcomes.items():
        serial, details = run.serial(number), record.details
        score = found["score"][number]
        yield {
            "serial": number,
            "title": serial.title,
            "drill": serial.drill,
            "area": areas.get(number, serial.area),
            "planned_comex": clock(run, details["planned_s"]),
            "comex": clock(run, details["comex_s"]),
            "planned_finex": clock(run, serial.planned_finex),
            "finex": clock(run, details["finex_s"]),
            "result": details["result"],
            "reason": details["reason"],
            "late_min": _round(found["lateness"].get(number)),
            "share": _round(details["share"], 3),
            "technical": _round(found["technical"].get(number), 3),
            "score": _round(score, 3),
            "mark": mark(score),
            "gunnery_hit_rate": _round(found["gunnery_hits"].get(number), 3),
            "presentations_hit_rate": _round(found["presentations_hit"].get(number), 3),
            "shore_hit_rate": _round(found["shore_hits"].get(number), 3),
        }


def unit_rows(run: Run) -> Iterator[dict[str, Any]]:
    """One row for each unit: what it is and what it did."""
    found = run.measures("distance", "fuel", "rounds", "sorties", "unit_utilisation")
    for unit in muster(run.plan):
        flies = unit.platform.family in ("helicopter", "aircraft")
        yield {
            "unit": unit.name,
            "force": unit.force,
            "platform": unit.platform.platform,
            "family": unit.platform.family,
            "distance_nmi": _round(found["distance"].get(unit.name, 0.0)),
            "fuel_t": None if flies else _round(found["fuel"].get(unit.name, 0.0)),
            "rounds": found["rounds"].get(unit.name, 0),
            "sorties": found["sorties"].get(unit.name, 0) if flies else None,
            "utilisation_share": _round(found["unit_utilisation"].get(unit.name, 0.0), 4),
        }


def measure_rows(run: Run) -> Iterator[dict[str, Any]]:
    """Every measure in long form: what it is of, the value, the unit."""
    for name in shelves.names("measures"):
        module = shelves.module("measures", name)
        value = module.measure(run)
        for key, each in value.items() if isinstance(value, dict) else [("", value)]:
            row = {"measure": name.replace("-", "_"), "of": module.OF, "key": key}
            yield row | {"value": plain(each), "unit": module.UNIT}


def leg_lines(run: Run) -> str:
    """Every leg of every unit as CSV, written in columns: exact tracks are rebuilt from these."""
    legs = run.log.table("leg")
    if not legs:
        return ""
    columns = {"time_s": legs["time"], "unit": legs["unit"], "serial": legs["serial"], "x_m": legs["x"],
               "y_m": legs["y"], **{name: column for name, column in legs.items() if name not in COLUMNS}}  # fmt: skip
    rows = zip(*(cells(column) for column in columns.values()), strict=True)
    return "".join(",".join(row) + "\n" for row in chain([tuple(columns)], rows))


def clock(run: Run, seconds: float) -> str | None:
    """A time of the run on the exercise's own clock; None for never."""
    if isnan(seconds):
        return None
    return (run.plan.begins + timedelta(seconds=round(seconds))).isoformat(sep=" ")


def plain(value: Any) -> Any:
    """A value JSON can hold: what is not a number becomes null."""
    return None if isinstance(value, float) and isnan(value) else value


def _round(value: float | None, digits: int = 1) -> float | None:
    return None if value is None or isnan(value) else round(float(value), digits)
