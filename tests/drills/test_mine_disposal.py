"""Mine disposal: a search of strips, a stand-off that is kept, and bursts by their closed form."""

from math import exp, fsum, hypot, sqrt

import pytest
from small_exercise import PLATFORMS, living, played, result, scenario, serial

from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.measures import closest_approach, mines_destroyed, rounds, shots_fired, time_to_destroy, time_to_find
from sim.quantities import KNOT, NAUTICAL_MILE
from sim.runs import Run
from sim.units.ship import CASUALTY
from sim.weapons.dispersion import at_least_one, chance_in_disc_offset, shoot_look_shoot

STEADY = {"roughness": "0", "ready": "1 min", "look": "10 s"}
SPREAD = 2e-3  # rad, of the gun of the small exercise as set below
GUNS = "{h-pj-11: {like: h-pj-11, dispersion_deflection: 2 mrad}}"


def mine(hunters="[Alpha, Golf]", **more):
    """Two frigates hunt one mine on the range."""
    said = {"area": "range", "duration": "6 h", "roles": f"{{hunters: {hunters}}}", **STEADY}
    return serial(1, "mine-disposal", **said | more)


def burst_hits(count, aim_error, distance, radius=0.45):
    """Chance that one burst hits: the mean over the Rayleigh error of aim of 1 - (1 - p)^n, by quadrature."""
    sd, steps = aim_error * distance, 4000
    width = 8.0 * sd / steps
    return fsum(
        (e := (step + 0.5) * width) / sd**2 * exp(-(e**2) / 2 / sd**2) * width
        * at_least_one(chance_in_disc_offset(radius, SPREAD * distance, e), count)
        for step in range(steps)
    )  # fmt: skip


def test_bursts_hit_by_their_closed_form():
    """GUN-01, GUN-07, GUN-09, agents: bursts until the first hit, (1 - q^n) / p; 150 mines, four standard errors."""
    plan = scenario(
        mine("[Alpha]", sector="1 nmi", burst="5", aim_error="3 mrad", most_bursts="40"), guns=GUNS
    )
    bursts = []
    for seed in range(150):
        log = Exercise(plan, seed).run()
        shots = list(log.of("shots"))
        assert all(record.details["range_m"] == pytest.approx(300.0, abs=0.01) for record in shots)
        assert all(record.details["hits"] == 0 for record in shots[:-1])
        bursts.append(len(shots))
    single = burst_hits(5, 3e-3, 300.0)
    paper = shoot_look_shoot(single, 40)

    assert 0.2 < single < 0.8
    assert abs(sum(bursts) / 150 - paper.mean_rounds) < 4 * sqrt(1 - single) / single / sqrt(150)


def place(log, name, time):
    """Where a unit was, by its legs."""
    leg = [record for record in log.of("leg") if record.unit == name and record.time <= time][-1]
    return (leg.at[0] + leg.details["vx_m_per_s"] * (time - leg.time),
            leg.at[1] + leg.details["vy_m_per_s"] * (time - leg.time))  # fmt: skip


def test_nobody_comes_near_once_it_is_found():
    """Second by second from the legs: she who shoots lies at the stand-off, the others stay clear, and the measure tells the least."""
    for seed in range(4):
        run = played(mine(sector="1 nmi"), seed=seed)
        (over,), shot = run.log.of("mine-drill-over"), next(iter(run.log.of("shots")))
        (found,), (x, y) = run.log.of("mine-found"), over.at
        begun = max(record.time for record in run.log.of("acknowledged") if record.time < found.time)
        away = {
            time: min(
                hypot(u - x, v - y) for u, v in (place(run.log, name, time) for name in ("Alpha", "Golf"))
            )
            for time in range(int(begun) + 1, int(over.time))
        }
        least = min(away.values())

        assert pytest.approx(300.0, abs=0.01) == shot.details["range_m"]
        assert {"1": pytest.approx(least, abs=3.0)} == closest_approach.measure(run)
        assert (
            min(each for time, each in away.items() if time > found.time)
            >= min(200.0, away[int(found.time)]) - 5.0
        )


def test_the_whole_sector_is_found_in_one_pass():
    """Seen farther off than half the spacing, a mine is found before the strips have been run once."""
    sector, spacing, speed = 2 * NAUTICAL_MILE, 0.5 * NAUTICAL_MILE, 8 * KNOT
    strips = 2  # of each ship: half the sector over the spacing
    once = (strips * (sector - spacing) + (strips - 1) * spacing) / speed
    for seed in range(20):
        run = played(mine(), seed=seed)
        begun = next(record.time for record in run.log.of("acknowledged") if record.time > 7200.0)
        assert time_to_find.measure(run)["1"] < once + 2 * NAUTICAL_MILE / speed
        assert begun <= next(iter(run.log.of("mine-found"))).time


def test_more_ships_find_it_sooner_on_the_average():
    """The same forty mines; strips are shared."""
    found = {}
    for hunters in ("[Alpha]", "[Alpha, Bravo, Golf, Hotel]"):
        plan = scenario(mine(hunters))
        found[hunters] = fsum(
            next(iter(Exercise(plan, seed).run().of("mine-found"))).details["searched_s"]
            for seed in range(40)
        )

    assert found["[Alpha, Bravo, Golf, Hotel]"] < 0.6 * found["[Alpha]"]


def test_thicker_weather_never_finds_it_sooner():
    """With the same draws and tracks."""
    for seed in range(5):
        times = []
        for sight in ("10 nmi", "1 nmi", "0.5 nmi"):
            run = played(mine(limits="{visibility: 0.1 nmi}"), seed=seed,
                         environment=f"{{sea_state: 2, visibility: {sight}, wind: 4 m/s}}")  # fmt: skip
            times.append(time_to_find.measure(run)["1"])
        assert times == sorted(times)


def test_a_better_aim_never_takes_more_bursts():
    """With the same draws."""
    for seed in range(10):
        fired = [shots_fired.measure(played(mine("[Alpha]", aim_error=f"{error} mrad"), seed=seed, guns=GUNS))["1"]
                 for error in (1, 3, 6)]  # fmt: skip
        assert fired == sorted(fired)


def test_a_helicopter_searches_and_does_not_shoot():
    run = played(serial(1, "mine-disposal", area="range", duration="6 h",
                        roles="{hunters: [Alpha], aircraft: Kilo}", **STEADY))  # fmt: skip

    assert {"Alpha"} == {record.unit for record in run.log.of("shots")}
    assert {"Kilo"} < {record.unit for record in run.log.of("leg") if record.serial == "1"}


def test_the_next_ship_tries_when_one_has_fired_all_she_may():
    """A mine too small to be hit: each ship fires her bursts, and the drill ends without."""
    run = played(mine(most_bursts="3", target="pea"),
                 platforms="\n" + PLATFORMS + "  pea: {like: floating-mine, radius: 1 mm}\n")  # fmt: skip
    fired = [record.unit for record in run.log.of("shots")]

    assert 6 == len(fired)
    assert {"Alpha": 3, "Golf": 3} == {name: fired.count(name) for name in fired}
    assert ({"1": 0.0}, {}) == (mines_destroyed.measure(run), time_to_destroy.measure(run))
    assert ("shortened", 0.5) == (result(run, "1")[0], run.outcomes["1"].details["share"])
    assert {"Alpha": 30, "Golf": 30} == rounds.measure(run)


def test_a_ship_that_breaks_down_hands_over():
    """Found, and the one that closes it fails: after the thirty minutes of the rule the other shoots."""
    exercise = living(mine())
    while not list(exercise.log.of("mine-found")):
        exercise.env.step()
    contact = next(iter(exercise.log.of("detected")))
    ships = [exercise.units[name] for name in ("Alpha", "Golf")]
    nearest = min(
        ships, key=lambda ship: hypot(ship.position[0] - contact.at[0], ship.position[1] - contact.at[1])
    )
    nearest.down["propulsion"] = exercise.log.write(
        CASUALTY, exercise.env.now, unit=nearest.name, equipment="propulsion"
    )
    nearest.stop()
    nearest.tell()
    exercise.news.ring()
    run = Run(exercise.plan, 0, 0, exercise.run())

    assert {"1": 1.0} == mines_destroyed.measure(run)
    assert {nearest.name} == {record.unit for record in run.log.of("dropped-out")}
    assert nearest.name not in {record.unit for record in run.log.of("shots")}


@pytest.mark.parametrize(("said", "fault"), [
    ({"spacing": "3 nmi"}, "serials.0.spacing: tracks so far apart"),
    ({"stand_clear": "150 m"}, "serials.0.stand_clear: ships would shoot from nearer than is safe"),
    ({"hits": "0"}, "serials.0.hits"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(mine(**said))


def test_the_quadrature_is_right():
    """With bursts of one round and aim and spread of one size, sigma sqrt 2 on a disc: 1 - exp(-r^2 / 4 sigma^2)."""
    assert burst_hits(1, SPREAD, 300.0) == pytest.approx(
        1 - exp(-(0.45**2) / (4 * (SPREAD * 300.0) ** 2)), rel=1e-4
    )
