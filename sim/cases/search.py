"""Search: random and parallel, barriers, datums, dips, a missing person, and what steps of time would miss."""

from __future__ import annotations

from math import inf, tau

from sim import detection, search
from sim.audit import Audit
from sim.cases._case import Answer, Got, Trial, case, mean, relative, share, within
from sim.cases._played import exercise, put
from sim.geometry import Circle, crossing_times, velocity
from sim.patterns import barrier
from sim.quantities import KNOT
from sim.quantities import NAUTICAL_MILE as NMI
from sim.variates import chance, exponential, normal, uniform

RANDOM = "range 4 nmi, 16 kn, 6 h, 60 by 40 nmi; looks placed anyhow"


@case("SRCH-01", "paper", "Random search", "sim.search.random_search", RANDOM, "K46", "W02", "EAG",
      p_detect=relative(0.273851, 2e-6), mean_time_h=relative(18.75))  # fmt: skip
def random_search(trial: Trial) -> Answer:
    """The sweep width is twice the range. Nautical miles and hours throughout."""
    return {
        "p_detect": search.random_search(8.0, 16.0, 6.0, 2400.0),
        "mean_time_h": search.mean_time(8.0, 16.0, 2400.0),
    }


@case("SRCH-01", "drawn", "Random search", "sim.search.mean_time", RANDOM, "K46", "W02", "EAG",
      p_detect=within(0.273851), mean_time_h=within(18.75))  # fmt: skip
def random_search_drawn(trial: Trial) -> Answer:
    """Times to find without memory, by their mean: those within six hours."""
    draws = trial.draws("times")
    times = [exponential(draws, search.mean_time(8.0, 16.0, 2400.0)) for _ in range(trial.count(112_000))]
    return {"p_detect": share(sum(time <= 6.0 for time in times), len(times)), "mean_time_h": mean(times)}


SWEEPS = "coverage .8; tracks without end"
SWEEPS_WANTED = {"p_definite": 0.8, "p_inverse_cube": 0.6839709, "p_random": 0.550671}


@case("SRCH-03", "paper", "Parallel sweeps", "sim.search.parallel_sweeps", SWEEPS, "K46", "EAG",
      **{name: relative(value, 2e-6) for name, value in SWEEPS_WANTED.items()})  # fmt: skip
def sweeps(trial: Trial) -> Answer:
    """Three laws."""
    return {
        f"p_{law.replace('-', '_')}": search.parallel_sweeps(0.8, 1.0, law)
        for law in ("definite", "inverse-cube", "random")
    }


@case("SRCH-03", "drawn", "Parallel sweeps", "sim.detection.inverse_cube", SWEEPS, "K46", "EAG",
      p_definite=within(0.8), p_inverse_cube=within(0.6839709))  # fmt: skip
def sweeps_drawn(trial: Trial) -> Answer:
    """A target anywhere between tracks a mile apart, each of the next hundred on either side passing it once."""
    speed = 15.0
    constant = (0.8 / detection.inverse_cube_width(1.0, speed)) ** 2  # the width goes with the root of k h
    found = {}
    for name, curve, tracks, full in (
        ("p_definite", detection.definite(0.4), 1, 11_000),
        ("p_inverse_cube", lambda miss: detection.inverse_cube(constant, miss, speed), 100, 20_000),
    ):
        draws, hits, count = trial.draws(name), 0, trial.count(full)
        for _ in range(count):
            place = uniform(draws, -0.5, 0.5)
            missed = 1.0
            for track in range(-tracks, tracks + 1):
                missed *= 1.0 - curve(place - track)
            hits += chance(draws, 1.0 - missed)
        found[name] = share(hits, count)
    return found


LINE = "channel 40 nmi, range 5 nmi, patrol 16 kn, target 8 kn at a random place and phase; and a picket that lies still"


@case("SRCH-05", "paper", "Back-and-forth barrier", "sim.search.barrier", LINE, "W02", "derived",
      p_back_and_forth=relative(0.480892, 2e-6), p_stationary=relative(0.25))  # fmt: skip
def crossover(trial: Trial) -> Answer:
    """A patrol that moves covers more than one that waits."""
    return {
        "p_back_and_forth": search.barrier(40.0, 5.0, 16.0, 8.0),
        "p_stationary": search.barrier(40.0, 5.0, 0.0, 8.0),
    }


@case("SRCH-05", "drawn", "Back-and-forth barrier", "sim.geometry.crossing_times", LINE, "W02", "derived",
      p_back_and_forth=within(0.480892))  # fmt: skip
def crossover_drawn(trial: Trial) -> Answer:
    """Targets through the line at time 0: whether they are in range on one of the legs before and after."""
    draws, count, leg, hits = trial.draws("targets"), trial.count(46_000), 40.0 / 16.0, 0
    for _ in range(count):
        place, phase = uniform(draws, 0.0, 40.0), uniform(draws, 0.0, 2.0 * leg)
        for number in range(-2, 4):
            begins, ahead = number * leg - phase, number % 2 == 0
            start, speed = (0.0, 16.0) if ahead else (40.0, -16.0)
            inside = crossing_times(place - start, 8.0 * begins, -speed, 8.0, 5.0)
            if inside is not None and inside[0] < leg and inside[1] > 0.0:
                hits += 1
                break
    return {"p_back_and_forth": share(hits, count)}


@case("SRCH-05", "engine", "Back-and-forth barrier", "sim.units.ship.Ship.patrol", LINE, "W02", "derived",
      p_back_and_forth=within(0.480892, 0.02), p_stationary=within(0.25, 0.02))  # fmt: skip
def crossover_at_sea(trial: Trial) -> Answer:
    """Four hundred targets a run through the line of a patrol, then through that of a picket; the contacts of both."""
    seen, targets = {"Patrol": 0, "Still": 0}, 0
    for number in range(trial.count(20, 2)):
        played, draws = exercise("crowd", number), trial.draws("targets", number)
        put(played.units["Watcher"], 0.0, -900 * NMI)
        put(played.units["Mark"], 0.0, -950 * NMI)
        put(played.units["Still"], 20 * NMI, 20 * NMI)
        patrol = played.units["Patrol"]
        put(patrol, 0.0, 0.0)
        played.env.process(patrol.patrol(barrier((0.0, 0.0), (40 * NMI, 0.0)), 16 * KNOT))
        marks = [name for name in played.units if name.startswith("mark ")]
        for name in marks:
            put(
                played.units[name],
                uniform(draws, 0.0, 40.0) * NMI,
                -uniform(draws, 15.0, 55.0) * NMI,
                0.0,
                8.0,
            )
        found = dict.fromkeys((record.unit, record.other) for record in played.run().of("contact"))
        for unit, _ in found:
            seen[unit or ""] += 1
        targets += len(marks)
    return {"p_back_and_forth": share(seen["Patrol"], targets), "p_stationary": share(seen["Still"], targets)}


DATUM = "width 6 nmi, searcher 90 kn, target 8 kn, first look after 1 h, until 3 h and for ever"


@case("SRCH-07", "paper", "Datum search", "sim.search.datum_search", DATUM, "W02", "DAN",
      p_by_3h=relative(0.8331221), p_ever=relative(0.9318292))  # fmt: skip
def datum(trial: Trial) -> Answer:
    """The circle grows faster than it is searched: never certain."""
    return {
        "p_by_3h": search.datum_search(6.0, 90.0, 8.0, 1.0, 3.0),
        "p_ever": search.datum_search(6.0, 90.0, 8.0, 1.0, inf),
    }


DIPS = "target 8 kn, range 2.5 nmi, dips each quarter of an hour from .75 to 1.75 h; ten dips at random in 900 sq nmi"
TIMES = (0.75, 1.0, 1.25, 1.5, 1.75)


@case("SRCH-09", "paper", "Dips on the circle and at random", "sim.search.dips_on_the_circle", DIPS, "BEN",
      p_five_dips=relative(0.436627, 2e-6), p_random_dips=relative(0.1979475))  # fmt: skip
def dips(trial: Trial) -> Answer:
    """Arcs apart from each other, and discs anywhere."""
    return {
        "p_five_dips": search.dips_on_the_circle(2.5, 8.0, TIMES),
        "p_random_dips": search.random_dips(2.5, 900.0, 10),
    }


@case("SRCH-09", "drawn", "Dips on the circle and at random", "sim.geometry.Circle", DIPS, "BEN",
      p_five_dips=within(0.436627), p_random_dips=within(0.1979475))  # fmt: skip
def dips_drawn(trial: Trial) -> Answer:
    """Courses drawn, against dips a fifth of the circle apart; dips drawn on a square whose edges meet, against one place."""
    places = [(time, Circle(*velocity(tau * at / 5, 8.0 * time), 2.5)) for at, time in enumerate(TIMES)]
    draws, count, found = trial.draws("courses"), trial.count(54_000), 0
    for _ in range(count):
        course = uniform(draws, 0.0, tau)
        found += any(dip.contains(*velocity(course, 8.0 * time)) for time, dip in places)
    draws, many, hits, target = trial.draws("dips"), trial.count(170_000), 0, Circle(0.0, 0.0, 2.5)
    for _ in range(many):
        hits += any(
            target.contains(uniform(draws, -15.0, 15.0), uniform(draws, -15.0, 15.0)) for _ in range(10)
        )
    return {"p_five_dips": share(found, count), "p_random_dips": share(hits, many)}


MISSING = "normal error of 5 nmi, square of half side 6 nmi, coverage .9 at random"


@case("SRCH-11", "paper", "A missing person: POC, POD, POS", "sim.search.success", MISSING, "IAM", "K46",
      poc=relative(0.5926854), pod=relative(0.5934303), pos=relative(0.3517175))  # fmt: skip
def missing(trial: Trial) -> Answer:
    """Containment, detection and success."""
    return {
        "poc": search.containment(5.0, 6.0),
        "pod": search.detection(0.9),
        "pos": search.success(5.0, 6.0, 0.9),
    }


@case("SRCH-11", "drawn", "A missing person: POC, POD, POS", "sim.variates.normal", MISSING, "IAM", "K46",
      poc=within(0.5926854), pos=within(0.3517175))  # fmt: skip
def missing_drawn(trial: Trial) -> Answer:
    """Places drawn about the datum, found by the chance of the coverage when they are inside."""
    draws, count, inside, found = trial.draws("places"), trial.count(78_000), 0, 0
    for _ in range(count):
        held = abs(normal(draws, 0.0, 5.0)) <= 6.0 and abs(normal(draws, 0.0, 5.0)) <= 6.0
        seen = chance(draws, search.detection(0.9))
        inside += held
        found += held and seen
    return {"poc": share(inside, count), "pos": share(found, count)}


STEPS = "range 4 nmi; steps of 4, 1 and 10 nmi of relative way"
ACROSS = 10.0  # nmi on which tracks are laid, more than the width of 8


@case(
    "SRCH-13", "engine", "What steps of time would miss", "sim.audit.Audit", STEPS, "derived",
    w_eff_step_4nm=within(7.652892, 0.01), w_eff_step_1nm=within(7.979118, 0.01),
    w_eff_step_10nm=within(5.026548, 0.01), w_true=relative(8, 1e-3),
)  # fmt: skip
def steps(trial: Trial) -> Answer:
    """Tracks at even distances across, each at a random phase; contacts as they are, and as an audit by steps sees them."""
    runs, speed = trial.count(26, 2), 20 * KNOT
    exact, stepped, tracks = 0, {4: 0, 1: 0, 10: 0}, 0
    for number in range(runs):
        audit = Audit()
        played, draws = exercise("crowd", number, audit), trial.draws("phases", number)
        for away, name in enumerate(("Patrol", "Still", "Mark")):
            put(played.units[name], 0.0, (1000 + 100 * away) * NMI)
        put(played.units["Watcher"], 0.0, 0.0)
        marks = [name for name in played.units if name.startswith("mark ")]
        for at, name in enumerate(marks):
            across = ACROSS * ((at * runs + number + 0.5) / (len(marks) * runs) - 0.5)
            put(played.units[name], across * NMI, uniform(draws, 20.0, 40.0) * NMI, 180.0, 20.0)
        played.run()
        for way in stepped:
            (finding,) = audit.stepped(way * NMI / speed)
            stepped[way] += finding.entries - finding.missed
        exact += finding.entries
        tracks += len(marks)
    widths = {way: share(seen, tracks) for way, seen in stepped.items()}
    return {
        "w_true": ACROSS * exact / tracks,
        **{
            f"w_eff_step_{way}nm": Got(ACROSS * each.value, ACROSS * (each.error or 0.0))
            for way, each in widths.items()
        },
    }


FUNCTION_ONLY = {
    "SRCH-01": "drills sweep and dip as crews do, not anyhow; the coverage they tell is held against this law",
    "SRCH-03": "no searcher passes on tracks without end; the area of a drill has edges",
    "SRCH-07": "a submarine that is prosecuted evades by rules, it does not run at one speed on any course",
    "SRCH-09": "dips of a drill are spread for search or for tracking, not laid on one circle",
    "SRCH-11": "a drill for a missing person drifts its target; containment is what its plan is made with",
}
