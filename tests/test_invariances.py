"""What must not matter does not: units of measure, where on the earth, which way is north. And better is never worse."""

import re
from math import cos, isclose, pi, radians, sin, sqrt
from pathlib import Path
from statistics import mean, variance

import pytest
from small_exercise import PLATFORMS, living

from sim import shelves
from sim.geodesy import Plane
from sim.quantities import KNOT, NAUTICAL_MILE
from sim.runs import play
from sim.scenario.read import read_tree
from sim.scenario.tree import plant
from sim.units.target import Target
from sim.vigil import Vigil

LESSONS = Path(__file__).parents[1] / "scenarios" / "lessons"
OTHER = {"nmi": ("m", NAUTICAL_MILE), "kn": ("m/s", KNOT), "min": ("s", 60.0)}


def played(text, seed):
    return play(read_tree(plant(text, "lesson.yaml"), LESSONS), seed)


def in_other_units(text):
    """The same scenario with lengths in metres, speeds in metres a second and minutes in seconds."""
    for unit, (other, factor) in OTHER.items():
        number = r"(?<![\w.-])(\d+(?:\.\d+)?)"
        text = re.sub(
            rf"\({number} \.\. {number} {unit}\)",
            lambda found, other=other, factor=factor: (
                f"({float(found[1]) * factor!r} .. {float(found[2]) * factor!r} {other})"
            ),
            text,
        )
        text = re.sub(
            rf"{number} {unit}(?![\w-])",
            lambda found, other=other, factor=factor: f"{float(found[1]) * factor!r} {other}",
            text,
        )
    return text


@pytest.mark.parametrize(
    "name", ["anchorage_defence", "asw_search", "convoy_escort", "small_craft_defence", "search_and_rescue"]
)
def test_units_of_measure_do_not_matter(name):
    text = (LESSONS / f"{name}.yaml").read_text(encoding="utf-8")
    other = in_other_units(text)
    assert other != text
    assert not re.search(r"\d (nmi|kn)\b", other.partition("serials:")[2])
    assert played(text, 3).fingerprint == played(other, 3).fingerprint


@pytest.mark.parametrize(
    "name", ["anchorage_defence", "asw_prosecution", "air_defence", "boarding", "mine_disposal"]
)
def test_where_on_the_earth_does_not_matter(name):
    """Two degrees farther east, on the same parallel: the same records in the same order, at the same times."""
    text = (LESSONS / f"{name}.yaml").read_text(encoding="utf-8")
    moved = re.sub(r"\b13([1234])-(\d\d)E", lambda found: f"13{int(found[1]) + 2}-{found[2]}E", text)
    assert moved != text
    here, there = played(text, 4).log, played(moved, 4).log
    assert [record.kind for record in here] == [record.kind for record in there]
    # The sun rises earlier in the east; nothing here hangs on it.
    assert all(
        isclose(a.time, b.time, abs_tol=1e-3) for a, b in zip(here, there, strict=True) if a.kind != "sun"
    )


@pytest.mark.parametrize("turn", [37.0, 90.0, 200.0])
def test_which_way_is_north_does_not_matter_to_a_watch(turn):
    """A ship and drones on straight and altered courses, all turned about her: found and lost at the same times."""

    def watched(angle):
        exercise = living(platforms="\n" + PLATFORMS + "  drone: {like: air-target}\n")
        alpha = exercise.units["Alpha"]
        vigil = Vigil(exercise, "1", ["blue"], None)
        vigil.enlist(alpha)
        (x, y), c, s = alpha.position, cos(angle), sin(angle)
        alpha.steer(5.0 * s, 5.0 * c)
        for number, (dx, dy, vx, vy) in enumerate(
            [(-30e3, 9e3, 60.0, 0.0), (12e3, -20e3, 5.0, 40.0), (3e3, 3e3, 0.0, 0.0)]
        ):
            place = x + dx * c + dy * s, y - dx * s + dy * c
            target = Target(exercise, f"drone {number}", exercise.plan.platforms["drone"], None, place)
            target.fly(vx * c + vy * s, -vx * s + vy * c)
            vigil.add(target)
        exercise.env.run(until=600.0)
        alpha.steer(-8.0 * c, 8.0 * s)
        exercise.env.run(until=3600.0)
        return [(record.kind, record.other, record.time) for record in exercise.log.of("detected", "faded")]

    plain, turned = watched(0.0), watched(radians(turn))
    assert len(plain) > 3
    assert [row[:2] for row in plain] == [row[:2] for row in turned]
    assert all(isclose(a[2], b[2], abs_tol=1e-6) for a, b in zip(plain, turned, strict=True))


# A lesson, what is said in it, from worse to better, and the measure that must not fall, or must not rise (-1). The reach of shots is not
# among them: what a ship has ready limits her before that does, and earlier shots are not better ones.
BETTER = [
    ("air_defence", "single_shot: {} %", (40, 60, 80), "raiders-stopped", 1),
    ("anchorage_defence", "guard_speed: {} kn", (12, 18, 25), "raiders-stopped", 1),
    ("small_craft_defence", "aim_error: {} mrad", (12, 6, 2), "boats-stopped", 1),
    ("convoy_escort", "met_at: {} m", (300, 1000, 2000), "raiders-stopped", 1),
    ("mine_disposal", "aim_error: {} mrad", (12, 6, 2), "shots-fired", -1),
    ("search_and_rescue", "target: {}", ("person-in-water", "life-raft"), "survivors-recovered", 1),
    ("asw_search", "sea_state: {}", (5, 3, 1), "submarines-found", 1),
    ("helicopter_operations", "sea_state: {}", (4, 3, 1), "landings-done", 1),
    ("intruder_expulsion", "heeds_box: {} %", (20, 60, 100), "intruders-expelled", 1),
    ("coastal_strike", "clock_error: {} s", (20, 8, 1), "strikes-coordinated", 1),
    ("boarding", "sea_state: {}", (5, 3, 1), "searches-done", 1),
    ("photo_formation", "course_error: {} deg", (4, 2, 0.5), "stations-kept", 1),
]  # fmt: skip


def saying(text, said):
    """A lesson that says something else, in its serial or about its weather."""
    key = said.partition(":")[0]
    indent = "  " if key == "sea_state" else "    "
    lines = [line for line in text.splitlines() if not line.startswith(f"{indent}{key}:")]
    place = next(
        number
        for number, line in enumerate(lines)
        if line.startswith("  visibility:" if key == "sea_state" else "    late:")
    )
    lines.insert(place, f"{indent}{said}")
    return "\n".join(lines)


def mean_of(name, said, measure, seeds):
    """The mean of a measure over some seeds; nothing measured counts for nothing."""
    text = saying((LESSONS / f"{name}.yaml").read_text(encoding="utf-8"), said)
    values = []
    for seed in range(seeds):
        run = played(text, seed)
        found = shelves.module("measures", measure).measure(run).get("1")
        if found is not None:
            values.append(found)
    return sum(values) / len(values) if values else 0.0


def unranged(said):
    """A number alone; in a lesson every number wants a range, so it gets one about it."""
    key, _, value = said.partition(": ")
    number, _, unit = value.partition(" ")
    if not re.fullmatch(r"[\d.]+", number):
        return said
    spread = f"({number} .. {number} {unit})" if unit else f"({number} .. {number})"
    return f"{key}: {value} {spread}"


@pytest.mark.parametrize(
    ("name", "said", "values", "measure", "sign"),
    BETTER,
    ids=[f"{each[0]}-{each[1].partition(':')[0]}" for each in BETTER],
)
def test_better_is_never_worse_in_the_mean(name, said, values, measure, sign):
    """Under common random numbers, over twelve seeds."""
    means = [sign * mean_of(name, unranged(said.format(value)), measure, 12) for value in values]
    assert means == sorted(means)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "said", "values", "measure", "sign"),
    BETTER,
    ids=[f"{each[0]}-{each[1].partition(':')[0]}" for each in BETTER],
)
def test_better_is_never_worse_over_many_seeds(name, said, values, measure, sign):
    means = [sign * mean_of(name, unranged(said.format(value)), measure, 80) for value in values]
    assert means == sorted(means)
    assert means[-1] > means[0]


def turned_plane(monkeypatch, angle):
    """Has the exercise plane lie turned by an angle, rad: every place and every true course with it."""
    plain = {name: getattr(Plane, name) for name in ("to_plane", "to_earth", "grid_course", "true_course")}
    c, s = cos(angle), sin(angle)

    def on(x, y):
        return x * c + y * s, -x * s + y * c

    def back(x, y):
        return x * c - y * s, x * s + y * c

    turn = angle * 180.0 / pi
    monkeypatch.setattr(Plane, "to_plane", lambda self, lat, lon: on(*plain["to_plane"](self, lat, lon)))
    monkeypatch.setattr(Plane, "to_earth", lambda self, x, y: plain["to_earth"](self, *back(x, y)))
    monkeypatch.setattr(
        Plane,
        "grid_course",
        lambda self, x, y, true: (plain["grid_course"](self, *back(x, y), true) + turn) % 360.0,
    )
    monkeypatch.setattr(
        Plane,
        "true_course",
        lambda self, x, y, grid: plain["true_course"](self, *back(x, y), (grid - turn) % 360.0),
    )


TURNED = [("anchorage_defence", "closest-approach"), ("small_craft_defence", "closest-approach"), ("convoy_escort", "reaction-time"),
          ("photo_formation", "station-error"), ("mine_disposal", "time-to-find"), ("ceremony", "pass-error")]  # fmt: skip


def values_of(name, measure, seeds):
    """The measure of a lesson's serial, seed by seed."""
    text = (LESSONS / f"{name}.yaml").read_text(encoding="utf-8")
    found = (
        shelves.module("measures", measure).measure(played(text, seed)).get("1") for seed in range(seeds)
    )
    return [value for value in found if value is not None]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "measure"), TURNED)
def test_which_way_the_plane_lies_does_not_matter_in_the_mean(name, measure, monkeypatch):
    """Bearings are drawn on the plane, so some single runs differ; their law does not. Sixty seeds each way, 4 standard errors."""
    plain = values_of(name, measure, 60)
    x, _ = Plane(40.0, 134.0).to_plane(41.0, 134.0)
    turned_plane(monkeypatch, 1.1)
    assert Plane(40.0, 134.0).to_plane(41.0, 134.0)[0] > x + 50e3
    turned = values_of(name, measure, 60)
    error = sqrt(variance(plain) / len(plain) + variance(turned) / len(turned))
    assert abs(mean(plain) - mean(turned)) <= 4.0 * error
