"""Random numbers, estimates and the clock."""

from __future__ import annotations

from math import pi, sin
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.cases._case import Answer, Gap, Trial, about, absolute, case, exactly, mean, share, spread, within
from sim.cases._played import exercise, go, plan
from sim.designs import morris as trajectories
from sim.designs import nearly_orthogonal_latin_hypercube as hypercube
from sim.designs import saltelli
from sim.designs._design import greatest_correlation
from sim.estimates import mean as estimated
from sim.estimates import variance
from sim.exercise import Exercise
from sim.indices import morris, sobol
from sim.streams import Streams
from sim.variates import chance, exponential, lognormal, normal, poisson, triangular, weibull

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from numpy.random import Generator as Draws


@case("STA-03", "drawn", "Coverage of the t interval", "sim.estimates.mean", "95 % of ten normal values, of twenty exponential ones",
      "LK", coverage_normal_n10=within(0.95), coverage_exponential_n20=within(0.9187))  # fmt: skip
def coverage(trial: Trial) -> Answer:
    """Intervals that hold the true mean, counted."""
    return {
        "coverage_normal_n10": _covered(trial, 10, lambda draws: normal(draws, 5.0, 2.0), 5.0),
        "coverage_exponential_n20": _covered(trial, 20, lambda draws: exponential(draws, 3.0), 3.0),
    }


def _covered(trial: Trial, size: int, draw: Callable[[Draws], float], true: float) -> Any:
    draws, count = trial.draws(f"samples of {size}"), trial.count(6_000)
    held = 0
    for _ in range(count):
        found = estimated([draw(draws) for _ in range(size)])
        held += found.low <= true <= found.high
    return share(held, count)


@case("STA-05", "drawn", "Common random numbers", "sim.streams.Streams", "hits of .30 and .36 a round, from one stream and from two", "LK",
      var_crn=about(0.0564, 0.03), var_indep=about(0.4404, 0.03), reduction=about(7.808511, 0.03))  # fmt: skip
def common_numbers(trial: Trial) -> Answer:
    """The variance of the difference of hits, when both sides ask a stream of the same name and when not."""
    count = trial.count(400_000)

    def hits(name: str, single: float) -> list[bool]:
        draws = Streams(5)("hits", name)
        return [chance(draws, single) for _ in range(count)]

    one, same, other = hits("one", 0.30), hits("one", 0.36), hits("other", 0.36)
    common, apart = (
        spread([there - here for here, there in zip(one, each, strict=True)]).value ** 2
        for each in (same, other)
    )
    return {"var_crn": common, "var_indep": apart, "reduction": apart / common}


@case(
    "STA-07", "drawn", "Sobol' indices", "sim.indices.sobol",
    "Ishigami's function with 7 and .1, by 4,096 rows of Saltelli's scheme", "ISH", "SAL",
    S1=absolute(0.3139052, 0.02), S2=absolute(0.4424111, 0.02), S3=absolute(0, 0.02),
    ST1=absolute(0.5575889, 0.02), ST2=absolute(0.4424111, 0.02), ST3=absolute(0.2436837, 0.02),
    variance=absolute(13.84459, 0.02), mean=absolute(3.5, 0.02),
)  # fmt: skip
def ishigami(trial: Trial) -> Answer:
    """First and total indices of three factors; mean and variance of A and B together."""
    rows, found = 4_096, []
    for point in saltelli.design([None] * 3, 5 * rows, seed=0).points.tolist():
        one, two, three = (pi * (2 * each - 1) for each in point)
        found.append(sin(one) + 7 * sin(two) ** 2 + 0.1 * three**4 * sin(one))
    blocks = np.array(found).reshape(5, rows)
    indices = sobol(blocks[0], blocks[1], blocks[2:])
    return {
        **{f"S{at}": each.first.value for at, each in enumerate(indices, 1)},
        **{f"ST{at}": each.total.value for at, each in enumerate(indices, 1)},
        "variance": variance(found[: 2 * rows]),
        "mean": estimated(found[: 2 * rows]).value,
    }


@case(
    "STA-09", "drawn", "Morris screening", "sim.indices.morris", "2 x - 5 y + .5 z by ten trajectories", "MOR",
    mu_star_1=absolute(2, 1e-9), mu_star_2=absolute(5, 1e-9), mu_star_3=absolute(0.5, 1e-9), mu_2=absolute(-5, 1e-9),
    sigma_1=absolute(0, 1e-9), sigma_2=absolute(0, 1e-9), sigma_3=absolute(0, 1e-9),
)  # fmt: skip
def screening(trial: Trial) -> Answer:
    """Elementary effects of what is linear."""
    made = trajectories.design([None] * 3, 40, seed=0)
    points = made.points.reshape(made.structure["trajectories"], 4, 3)
    found = morris(points, [[2 * x - 5 * y + 0.5 * z for x, y, z in way] for way in points.tolist()])
    return {
        **{f"mu_star_{at}": each.size.value for at, each in enumerate(found, 1)},
        "mu_2": found[1].mean.value,
        **{f"sigma_{at}": each.spread.value for at, each in enumerate(found, 1)},
    }


@case("STA-11", "drawn", "Orthogonal Latin hypercube", "sim.designs.nearly_orthogonal_latin_hypercube.design",
      "17 points of six factors", "YE", "CL", max_abs_rho=absolute(0, 1e-12), strata_violations=absolute(0, 1e-12))  # fmt: skip
def orthogonal(trial: Trial) -> Answer:
    """The greatest correlation of two columns, and cells that a factor does not have just once."""
    points = hypercube.design([None] * 6, 17, seed=0).points
    cells = np.floor(points * len(points)).astype(np.int64)
    return {
        "max_abs_rho": greatest_correlation(cells),
        "strata_violations": sum(len(column) - len(np.unique(column)) for column in cells.T),
    }


@case(
    "STA-14", "drawn", "Samplers", "sim.variates",
    "exponential of mean 30; triangle 4, 6, 11; lognormal of mean .5 and cv .8; Weibull 1.5, 100; Poisson 3.2", "LK",
    exp_mean=within(30, 0.002), exp_sd=within(30, 0.002), tri_mean=within(7, 0.002), tri_sd=within(1.47196, 0.002),
    lognorm_mean=within(0.5, 0.002), lognorm_sd=within(0.4, 0.002), weib_mean=within(90.27453, 0.002),
    weib_sd=within(61.29358, 0.002), poisson_p0_mean3p2=within(0.0407622, 0.002),
)  # fmt: skip
def samplers(trial: Trial) -> Answer:
    """Means and deviations of draws."""
    found: dict[str, Any] = {}
    for name, full, draw in (
        ("exp", 540_000, lambda draws: exponential(draws, 30.0)),
        ("tri", 150_000, lambda draws: triangular(draws, 4.0, 6.0, 11.0)),
        ("lognorm", 1_500_000, lambda draws: lognormal(draws, 0.5, 0.8)),
        ("weib", 250_000, lambda draws: weibull(draws, 1.5, 100.0)),
    ):
        draws = trial.draws(name)
        values = [draw(draws) for _ in range(trial.count(full))]
        found[f"{name}_mean"], found[f"{name}_sd"] = mean(values), spread(values)
    draws, count = trial.draws("poisson"), trial.count(6_000_000)
    found["poisson_p0_mean3p2"] = share(sum(poisson(draws, 3.2) == 0 for _ in range(count)), count)
    return found


@case("STA-15", "engine", "Order of events and the clock", "sim.exercise.Exercise",
      "a thousand processes that wait for one moment; 36,000 steps of .1 s", "SIM",
      order_violations=exactly(0), clock_after_36000_steps_of_0p1s=exactly(3600))  # fmt: skip
def order_and_clock(trial: Trial) -> Answer:
    """Who waited first goes first; ticks do not add up their roundings."""
    played, order = exercise("meeting"), []

    def wait(number: int) -> Generator[Any, Any, None]:
        yield played.env.timeout(100.0)
        order.append(number)

    for number in range(1000):
        played.env.process(wait(number))
    go(played, 200.0)
    stepped = Exercise(plan("meeting"), tick=0.1)
    for _ in range(36_000):
        stepped.step()
    return {
        "order_violations": sum(there != number for number, there in enumerate(order))
        + abs(1000 - len(order)),
        "clock_after_36000_steps_of_0p1s": stepped.env.now,
    }


FUNCTION_ONLY = {
    "STA-03": "what many runs say is reckoned after the runs",
    "STA-05": "two scenarios with one seed are compared in pairs by a study; the streams they share are tested here",
    "STA-07": "indices are of any response; a study's are reckoned by the same functions",
    "STA-09": "elementary effects are of any response; a study's are reckoned by the same functions",
    "STA-11": "a design is made before anything is played",
    "STA-14": "drills draw from these functions; what they make of it is their own cases",
}
GAPS = (
    Gap(
        "STA-01",
        "Values of numbered streams",
        "our streams are known by the words of purpose and owner, hashed into the key, not by a number",
    ),
)
