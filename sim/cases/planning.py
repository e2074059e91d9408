"""The schedule: critical path, floats, and how long a chain of uncertain serials takes."""

from __future__ import annotations

from sim.cases._case import Answer, Trial, case, mean, relative, within
from sim.cases._played import plan
from sim.critical_path import Activity, Network, in_series, mean_of_longest, three_point
from sim.exercise import Exercise
from sim.quantities import HOUR
from sim.scenario.schema import Scenario
from sim.variates import exponential

DAY = (
    Activity("T", 1.0), Activity("S1", 2.0, ("T",)), Activity("S2", 3.0, ("T",)), Activity("S3", 1.5, ("S1",)),
    Activity("S4", 2.5, ("S1", "S2")), Activity("S5", 4.0, ("S2",)), Activity("S6", 1.0, ("S3", "S4")),
    Activity("S7", 2.0, ("S5",)), Activity("S8", 1.5, ("S6", "S7")), Activity("R", 1.0, ("S8",)),
)  # fmt: skip
GIVEN = "T 1; S1 2 and S2 3 after T; S3 1.5 after S1; S4 2.5 after S1, S2; S5 4 after S2; S6 1 after S3, S4; S7 2 after S5; " \
    "S8 1.5 after S6, S7; R 1 after S8; hours"  # fmt: skip
WANTED = {
    "makespan_h": relative(12.5), "float_S1_h": relative(3.5), "float_S4_h": relative(2.5),
    "early_start_S8_h": relative(10.0), "n_critical": relative(6),
}  # fmt: skip


@case("PLAN-01", "paper", "Critical path", "sim.critical_path.Network", GIVEN, "MAL", **WANTED)
def path(trial: Trial) -> Answer:
    """Both passes."""
    day = Network(DAY)
    return {
        "makespan_h": day.makespan, "float_S1_h": day.times["S1"].total_float, "float_S4_h": day.times["S4"].total_float,
        "early_start_S8_h": day.times["S8"].early_start, "n_critical": len(day.critical),
    }  # fmt: skip


@case("PLAN-01", "engine", "Critical path", "sim.conductor.Conductor", GIVEN, "MAL", **WANTED)
def path_conducted(trial: Trial) -> Answer:
    """Serials that wait for others, from the first COMEX to the last FINEX; played again with each of them longer.

    A float is what of two hours and more a serial may take without anything being noticed at the end; those are critical
    of which six minutes are noticed.
    """
    day = plan("day")
    begun, whole = _played(day)
    critical = sum(_played(_longer(day, each.name, 0.1))[1] - whole > 0.05 for each in DAY)
    floats = {name: 5.0 - (_played(_longer(day, name, 5.0))[1] - whole) for name in ("S1", "S4")}
    return {
        "makespan_h": whole, "float_S1_h": floats["S1"], "float_S4_h": floats["S4"],
        "early_start_S8_h": begun["S8"], "n_critical": critical,
    }  # fmt: skip


def _played(day: Scenario) -> tuple[dict[str, float], float]:
    """When each serial began and when the last was over, h after the first."""
    outcomes = {record.serial or "": record.details for record in Exercise(day).run().of("outcome")}
    first = outcomes["T"]["comex_s"]
    begun = {name: (each["comex_s"] - first) / HOUR for name, each in outcomes.items()}
    return begun, (max(each["finex_s"] for each in outcomes.values()) - first) / HOUR


def _longer(day: Scenario, name: str, hours: float) -> Scenario:
    """The same day with one serial longer."""
    serials = []
    for serial in day.serials:
        if serial.serial == name:
            took = serial.duration
            longer = type(took)(took.value + hours * HOUR, took.dimension)
            serial = serial.model_copy(update={"duration": longer})
        serials.append(serial)
    return day.model_copy(update={"serials": tuple(serials)})


CHAIN = "estimates (2, 3, 6), (1, 2, 4), (4, 5, 9) h one after another; four exponential serials of mean 2 h side by side"


@case(
    "PLAN-02", "paper", "Uncertain durations", "sim.critical_path.in_series", CHAIN, "MAL",
    pert_mean_h=relative(11.0), pert_sd_h=relative(1.17851130198), p_within_13h=relative(0.955156989115),
    beta_pert_sd_h=relative(1.250397, 0.01), mean_max_4_exp_h=relative(4.166667),
)  # fmt: skip
def chain(trial: Trial) -> Answer:
    """The planners' deviation and that of the beta law, which is the larger."""
    legs = [three_point(2, 3, 6), three_point(1, 2, 4), three_point(4, 5, 9)]
    planned = in_series(legs)
    return {
        "pert_mean_h": planned.mean, "pert_sd_h": planned.stdev, "p_within_13h": planned.cdf(13.0),
        "beta_pert_sd_h": in_series(legs, beta=True).stdev, "mean_max_4_exp_h": mean_of_longest(4, 2.0),
    }  # fmt: skip


@case("PLAN-02", "drawn", "Uncertain durations", "sim.critical_path.Network", CHAIN, "MAL",
      mean_max_4_exp_h=within(4.166667))  # fmt: skip
def side_by_side(trial: Trial) -> Answer:
    """Makespans of four serials side by side."""
    draws = trial.draws("durations")
    return {"mean_max_4_exp_h": mean([
        Network(Activity(f"{number}", exponential(draws, 2.0)) for number in range(4)).makespan
        for _ in range(trial.count(18_000))
    ])}  # fmt: skip


FUNCTION_ONLY = {"PLAN-02": "exercises draw durations from triangles, not from beta laws or exponentials"}
