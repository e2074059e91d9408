"""What must not matter does not: units of measure, where on the earth, which way is north."""

import re
import sys
from math import cos, isclose, isnan, pi, radians, sin, sqrt
from statistics import mean, variance

import pytest
from lessons import plan_of, played, text_of, values_of
from small_exercise import PLATFORMS, living

from sim import assembly, exercise, shelves
from sim.assembly import stations
from sim.geodesy import Plane
from sim.quantities import KNOT, NAUTICAL_MILE
from sim.runs import play
from sim.units.target import Target
from sim.variates import uniform
from sim.vigil import Vigil

OTHER = {"nmi": ("m", NAUTICAL_MILE), "kn": ("m/s", KNOT), "min": ("s", 60.0)}


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


DRILLS = [name.replace("-", "_") for name in shelves.names("drills")]
SAME = 1e-6  # s, and share of a number: rounding of an angle added to another, and no more


@pytest.mark.parametrize("name", DRILLS)
def test_units_of_measure_do_not_matter(name):
    text = text_of(name)
    other = in_other_units(text)
    assert other != text
    assert not re.search(r"\d (nmi|kn)\b", other.partition("serials:")[2])
    assert played(text, 3).fingerprint == played(other, 3).fingerprint


class Elsewhere(Plane):
    """The same sheet with another north and another middle: turned to the right, then shifted."""

    turn, shift = 0.0, (0.0, 0.0)  # deg, m

    @property
    def _plain(self):
        return Plane(self.latitude, self.longitude)

    def _back(self, x, y):
        return turned((x - self.shift[0], y - self.shift[1]), -self.turn)

    def to_plane(self, lat, lon):
        x, y = turned(self._plain.to_plane(lat, lon), self.turn)
        return x + self.shift[0], y + self.shift[1]

    def to_earth(self, x, y):
        return self._plain.to_earth(*self._back(x, y))

    def convergence(self, x, y):
        return (self._plain.convergence(*self._back(x, y)) - self.turn + 180.0) % 360.0 - 180.0

    def grid_course(self, x, y, true):
        return (self._plain.grid_course(*self._back(x, y), true) + self.turn) % 360.0

    def true_course(self, x, y, grid):
        return self._plain.true_course(*self._back(x, y), grid - self.turn)


def turned(place, degrees):
    """A place turned to the right about the origin."""
    (x, y), c, s = place, cos(radians(degrees)), sin(radians(degrees))
    return x * c + y * s, y * c - x * s


def played_elsewhere(plan, seed, turn, shift, monkeypatch):
    """The log with another plane. What the code chooses by itself turns along: bearings drawn at random, and the forming up."""

    def drawn(draws, low, high):
        return uniform(draws, low, high) + (radians(turn) if (low, high) == (0.0, 2 * pi) else 0.0)

    def formed(centre, count):
        offsets = (turned((x - centre[0], y - centre[1]), turn) for x, y in stations(centre, count))
        return [(centre[0] + x, centre[1] + y) for x, y in offsets]

    monkeypatch.setattr(exercise, "Plane", type("Moved", (Elsewhere,), {"turn": turn, "shift": shift}))
    monkeypatch.setattr(assembly, "stations", formed)
    for name, module in list(sys.modules.items()):
        if name.startswith("sim.") and getattr(module, "uniform", None) is uniform:
            monkeypatch.setattr(module, "uniform", drawn)
    return play(plan, seed).log


def happened(log):
    """What happened when, by moments: what falls on one is in no order. Directions and places are left out; so are orders to a unit
    to go on as before, which rounding brings about."""
    found, motion = [], {}
    for record in log:
        details = {
            key: each for key, each in record.details.items() if not key.endswith(("_deg", "_m_per_s"))
        }
        if record.kind == "leg":
            now = record.details["vx_m_per_s"], record.details["vy_m_per_s"]
            before, motion[record.unit] = motion.get(record.unit), now
            if before is not None and max(abs(now[0] - before[0]), abs(now[1] - before[1])) < SAME:
                continue
        found.append(
            (record.time, (record.kind, record.serial or "", record.unit or "", record.other or ""), details)
        )
    moments, since = [], -1.0
    for each in found:
        if each[0] > since + SAME:
            moments.append([])
        since = each[0]
        moments[-1].append(each)
    return [sorted(each, key=lambda one: (one[1], str(sorted(one[2].items())))) for each in moments]


def assert_same(here, there):
    here, there = happened(here), happened(there)
    for moment, other in zip(here, there, strict=True):
        assert [each[1] for each in moment] == [each[1] for each in other]
        for (time, what, details), (later, _, more) in zip(moment, other, strict=True):
            assert isclose(time, later, abs_tol=SAME), what
            for key, value in details.items():
                if isinstance(value, float):
                    assert isclose(value, more[key], rel_tol=SAME, abs_tol=1e-4) or isnan(value), (what, key)
                else:
                    assert value == more[key], (what, key)


@pytest.mark.parametrize("name", DRILLS)
def test_where_the_middle_of_the_plane_is_does_not_matter(name, monkeypatch):
    """Seven kilometres east and eleven south: the same happens at the same times, whatever the drill."""
    plan = plan_of(text_of(name))
    assert_same(play(plan, 1).log, played_elsewhere(plan, 1, 0.0, (7000.0, -11000.0), monkeypatch))


@pytest.mark.parametrize("name", DRILLS)
def test_which_way_is_north_does_not_matter(name, monkeypatch):
    """Turned by 37 degrees: courses and bearings the scenario says are true, and turn along."""
    plan = plan_of(text_of(name))
    assert_same(play(plan, 2).log, played_elsewhere(plan, 2, 37.0, (0.0, 0.0), monkeypatch))


def test_without_turning_what_is_drawn_it_would():
    """The test above can fail: bearings that stay where they are give another run."""
    plan = plan_of(text_of("air_defence"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exercise, "Plane", type("Moved", (Elsewhere,), {"turn": 37.0}))
        other = play(plan, 2).log
    with pytest.raises((AssertionError, ValueError)):
        assert_same(play(plan, 2).log, other)


@pytest.mark.parametrize(
    "name", ["anchorage_defence", "asw_prosecution", "air_defence", "boarding", "mine_disposal"]
)
def test_where_on_the_earth_does_not_matter(name):
    """Two degrees farther east, on the same parallel: the same records in the same order, at the same times."""
    text = text_of(name)
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


TURNED = [("anchorage_defence", "closest-approach"), ("small_craft_defence", "closest-approach"), ("convoy_escort", "reaction-time"),
          ("photo_formation", "station-error"), ("mine_disposal", "time-to-find"), ("ceremony", "pass-error")]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("name", "measure"), TURNED)
def test_which_way_the_plane_lies_does_not_matter_in_the_mean(name, measure, monkeypatch):
    """Bearings are drawn on the plane, so some single runs differ; their law does not. Sixty seeds each way, 4 standard errors."""
    plain = values_of(text_of(name), measure, 60)
    monkeypatch.setattr(exercise, "Plane", type("Moved", (Elsewhere,), {"turn": 63.0}))
    other = values_of(text_of(name), measure, 60)
    error = sqrt(variance(plain) / len(plain) + variance(other) / len(other))
    assert abs(mean(plain) - mean(other)) <= 4.0 * error
