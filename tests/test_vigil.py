"""The vigil: detections against closed forms and against a clock that looks at every look."""

from math import ceil, hypot, sqrt

import pytest
from small_exercise import PLATFORMS, SOUND, living, sound

from sim.geometry import crossing_times
from sim.sensors._sensor import Overlook
from sim.sensors.radar import Radar
from sim.units.target import Target
from sim.vigil import DETECTED, FADED, REPORTED, Vigil


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """A radar all of whose looks in range have one and the same chance, so that times can be reckoned by hand."""
    monkeypatch.setattr(Radar, "confirm", (1, 1))
    for name in ("range_to", "chances"):
        monkeypatch.setattr(Radar, name, getattr(Overlook, name))


RADAR = "{antenna: 20 m, instrumented: 30 km, look: 10 s, chance: %s}"
DRONE = sound("drone", "air-target", altitude="2000 m")


def sea(chance="100 %", **more):
    """An exercise with a frigate that looks by radar alone, every ten seconds, and a drone."""
    watcher = sound(
        "watcher",
        "type-054a",
        equipment=f"{{propulsion: {SOUND}, radar: {SOUND}}}",
        sensors="{radar: " + RADAR % chance + "}",
    )
    return living(platforms="\n" + PLATFORMS + watcher + DRONE, forces="""
  blue: {name: Blue, flagship: Alpha, at: 40-00N 134-00E, units: [{platform: watcher, names: [Alpha, Bravo]}]}
  red: {name: Red, flagship: Golf, at: 42-00N 134-00E, units: [{platform: watcher, names: [Golf]}]}""", **more)  # fmt: skip


def drone(exercise, x, y, vx, vy, name="drone"):
    target = Target(exercise, name, exercise.plan.platforms["drone"], None, (x, y))
    target.fly(vx, vy)
    return target


def watching(exercise, *observers):
    """A vigil of some ships, by radar alone."""
    vigil = Vigil(exercise, "1", ["blue", "red"], None)
    for name in observers:
        vigil.enlist(exercise.units[name], sensors=("radar",))
    return vigil


def records(exercise, kind):
    return list(exercise.log.of(kind.word))


def test_with_certain_looks_a_contact_comes_with_the_first_look_in_range_and_goes_with_the_range():
    exercise = sea()
    vigil = watching(exercise, "Alpha")
    x, y = exercise.units["Alpha"].position
    vigil.add(drone(exercise, x - 50e3, y + 10e3, 100.0, 0.0))
    exercise.env.run(until=3000.0)
    enter, leave = crossing_times(-50e3, 10e3, 100.0, 0.0, 30e3)
    (gained,), (lost,) = records(exercise, DETECTED), records(exercise, FADED)
    phase = vigil.uniform("phase", "radar", "Alpha") * 10.0
    assert gained.time == phase + ceil((enter - phase) / 10.0) * 10.0
    assert lost.time == pytest.approx(leave, abs=1e-6)
    assert gained.details["range_m"] == pytest.approx(hypot(-50e3 + 100.0 * gained.time, 10e3), rel=1e-9)
    assert lost.details["held_s"] == pytest.approx(lost.time - gained.time)
    assert lost.cause == gained.number


def test_looks_that_find_by_chance_take_as_many_as_the_geometric_law_says():
    """SEN-07: 1/g glimpses in the mean."""
    exercise = sea("20 %")
    vigil = watching(exercise, "Alpha")
    x, y = exercise.units["Alpha"].position
    for number in range(4000):
        vigil.add(drone(exercise, x + 10e3, y, 0.0, 0.0, f"drone {number}"))
    exercise.env.run(until=2000.0)
    looks = [record.details["looks"] for record in records(exercise, DETECTED)]
    assert len(looks) == 4000
    assert sum(looks) / 4000 == pytest.approx(5.0, abs=4 * sqrt(0.8) / 0.2 / sqrt(4000))


def test_altering_in_between_changes_nothing_that_was_looked_before():
    """A drone that weaves inside the range has had the same looks as one that lies still."""
    found = []
    for turns in (0, 40):
        exercise = sea("15 %")
        vigil = watching(exercise, "Alpha")
        x, y = exercise.units["Alpha"].position
        targets = [drone(exercise, x + 5e3, y, 0.0, 0.0, f"drone {number}") for number in range(50)]
        for target in targets:
            vigil.add(target)
        for turn in range(turns):
            exercise.env.run(until=7.3 * (turn + 1))
            for target in targets:
                target.fly(0.0, 20.0 if turn % 2 else -20.0)
        exercise.env.run(until=1500.0)
        found.append([(record.other, record.time) for record in records(exercise, DETECTED)])
    assert found[0] == found[1]
    assert len(found[0]) == 50


def coming(speed):
    """Alpha on watch, and a drone forty kilometres west of her that comes on at a speed, m/s."""
    exercise = sea()
    vigil = watching(exercise, "Alpha")
    x, y = exercise.units["Alpha"].position
    target = drone(exercise, x - 40e3, y, speed, 0.0)
    vigil.add(target)
    return exercise, vigil, target


def test_who_comes_into_range_only_by_altering_back_is_looked_at_from_then_on():
    """Looks expected on a leg that never came into range count for nothing, and none is passed over."""
    exercise, vigil, target = coming(20.0)
    exercise.env.run(until=50.0)
    target.fly(-100.0, 0.0)
    exercise.env.run(until=60.0)
    target.fly(500.0, 0.0)
    exercise.env.run(until=200.0)
    (gained,) = records(exercise, DETECTED)
    enter, phase = 60.0 + (40e3 - 30e3) / 500.0, vigil.uniform("phase", "radar", "Alpha") * 10.0
    assert gained.time == phase + ceil((enter - phase) / 10.0) * 10.0
    assert gained.details["looks"] == 1


def test_an_earlier_alteration_makes_an_expected_contact_void():
    exercise, _, target = coming(100.0)
    exercise.env.run(until=90.0)
    target.fly(-100.0, 0.0)
    exercise.env.run(until=2000.0)
    assert records(exercise, DETECTED) == []


def test_a_silent_ship_has_no_radar_and_a_broken_one_neither():
    exercise = sea()
    alpha, bravo = exercise.units["Alpha"], exercise.units["Bravo"]
    vigil = watching(exercise, "Alpha", "Bravo")
    x, y = alpha.position
    target = drone(exercise, x + 10e3, y, 0.0, 0.0)
    alpha.radiates = False
    bravo.down["radar"] = 0
    bravo.tell()
    vigil.add(target)
    exercise.env.run(until=100.0)
    assert vigil.holders(target) == []
    alpha.radiates = True
    exercise.env.run(until=200.0)
    assert [contact.observer for contact in vigil.holders(target)] == [alpha]
    alpha.radiates = False
    assert vigil.holders(target) == []
    assert [record.time for record in records(exercise, FADED)] == [200.0]


def test_who_flies_low_comes_over_the_horizon_late():
    ranges = []
    for height in (2000.0, 5.0):
        exercise = sea()
        vigil = watching(exercise, "Alpha")
        x, y = exercise.units["Alpha"].position
        target = drone(exercise, x - 60e3, y, 200.0, 0.0)
        target.height = height
        vigil.add(target)
        exercise.env.run(until=300.0)
        ranges.append(vigil.first(target).range)
    assert ranges[0] == pytest.approx(30e3, abs=2000.0)
    horizon = sqrt(2.0 * 4.0 / 3.0 * 6.371e6) * (sqrt(20.0) + sqrt(5.0))
    assert horizon - 2000.0 <= ranges[1] <= horizon


def test_a_contact_is_reported_to_the_own_staff_first_and_across_the_boundary_later():
    exercise = sea()
    vigil = watching(exercise, "Alpha", "Bravo")
    x, y = exercise.units["Alpha"].position
    target = drone(exercise, x + 10e3, y, 0.0, 0.0)
    vigil.add(target)
    exercise.env.run(until=600.0)
    first = vigil.first(target)
    assert vigil.known_to("blue", target) == pytest.approx(first.since + 30.0)
    assert vigil.known_to("red", target) == pytest.approx(first.since + 120.0)
    assert [record.details["force"] for record in records(exercise, REPORTED)] == ["blue", "red"]
    assert {record.cause for record in records(exercise, REPORTED)} == {first.record}


def test_time_held_counts_once_however_many_hold():
    exercise = sea()
    vigil = watching(exercise, "Alpha", "Bravo")
    x, y = exercise.units["Alpha"].position
    target = drone(exercise, x + 10e3, y, 0.0, 0.0)
    vigil.add(target)
    exercise.env.run(until=500.0)
    since = vigil.first(target).since
    assert len(vigil.holders(target)) == 2
    assert vigil.held(target) == pytest.approx(500.0 - since)
    vigil.drop(target)
    exercise.env.run(until=600.0)
    assert vigil.held(target) == pytest.approx(500.0 - since)
    assert len(records(exercise, FADED)) == 2


def test_awaiting_a_contact_ends_with_it_or_at_its_time():
    exercise = sea()
    vigil = watching(exercise, "Alpha")
    x, y = exercise.units["Alpha"].position
    near, far = (
        drone(exercise, x - 32e3, y, 100.0, 0.0, "near"),
        drone(exercise, x + 90e3, y, 0.0, 0.0, "far"),
    )
    vigil.add(near)
    vigil.add(far)
    ended = {}

    def wait(target):
        ended[target.name] = (yield from vigil.await_contact(target, until=200.0)), exercise.env.now

    for target in (near, far):
        exercise.env.process(wait(target))
    exercise.env.run(until=1000.0)
    assert ended["near"][0].target is near
    assert ended["near"][1] == vigil.first(near).since
    assert ended["far"] == (None, 200.0)


def test_who_is_not_in_the_vigil_changes_no_contact():
    times = []
    for observers in (("Alpha",), ("Bravo", "Alpha")):
        exercise = sea("30 %")
        vigil = watching(exercise, *observers)
        x, y = exercise.units["Alpha"].position
        vigil.add(drone(exercise, x + 10e3, y, 0.0, 0.0))
        exercise.env.run(until=600.0)
        times.append([record.time for record in records(exercise, DETECTED) if record.unit == "Alpha"])
    assert times[0] == times[1]


def test_an_aircraft_sees_and_is_seen_while_it_is_in_the_air():
    exercise = living()
    vigil = Vigil(exercise, "1", ["blue"], None)
    kilo, golf = exercise.units["Kilo"], exercise.units["Golf"]
    vigil.enlist(kilo)
    vigil.add(golf)
    exercise.env.run(until=600.0)
    assert vigil.holders(golf) == []
    exercise.env.process(kilo.sortie(golf.position, 1800.0, "1", None))
    exercise.env.run(until=6 * 3600.0)
    gained, lost = records(exercise, DETECTED), records(exercise, FADED)
    launched, landed = (next(exercise.log.of(word)).time for word in ("launched", "landed"))
    assert gained
    assert len(gained) == len(lost)
    assert all(launched <= record.time <= landed for record in [*gained, *lost])
    assert lost[-1].time == landed
