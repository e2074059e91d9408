"""Plays two exercises and writes what was reported of them against what runs show: docs/scenarios/northern_interaction_2023.md and gunnery_day.md.

python experiments/reported.py [--runs 100]
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from math import isnan
from pathlib import Path

from sim.estimates import Estimate, chance, mean, quantile
from sim.replications import replicate
from sim.reported import reported
from sim.runs import Run, play
from sim.scenario.facts import Fact, facts_used, read_facts
from sim.scenario.overrides import read_with
from sim.scenario.read import read
from sim.scenario.schema import Scenario
from sim.worker import Row

ROOT = Path(__file__).parent.parent
PAGES, SHEET = ROOT / "docs" / "scenarios", ROOT / "seeds" / "sea_of_japan_2023.yaml"
RUNS = 100
DONE = ("completed", "shortened")
WANTED = ("lateness", "finish_lateness", "serials_completed", "steps_taken", "submarines_ousted")

# The last day of July on which a drill can have been: by the words of each fact ("on 20 or 21 July"), or the day its source was published.
BY = {"opening-time": 20, "first-serial-escort": 20, "formation-drill": 21, "communications-drill": 21, "surface-shoot-national": 21,
      "aa-shoot": 21, "mine-drill": 21, "fast-target-drill": 21, "intruder-drill": 21, "asw-drill": 22, "joint-shoot-range": 22,
      "uav-drill": 23, "electronic-strike": 23, "anchorage-last": 23}  # fmt: skip
WAVES_2017 = [
    "serials.1.range=8 km (8 .. 9 km)",
    "environment.sea_state=5 (5 .. 5)",
    "serials.1.limits.sea_state=5 (5 .. 6)",
]


def main() -> None:
    """Runs and pages."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--runs", type=int, default=RUNS)
    count = ask.parse_args().runs
    facts = read_facts(SHEET).facts
    plan = read("northern_interaction_2023")
    rows = replicate(plan, 0, count, measures=WANTED)
    _write("northern_interaction_2023", four_days(plan, facts, rows))
    usual, rough = read("gunnery_day"), read_with("gunnery_day", WAVES_2017)
    _write(
        "gunnery_day",
        morning(facts, *([play(each, seed) for seed in range(count)] for each in (usual, rough))),
    )


def _write(name: str, lines: Sequence[str]) -> None:
    (PAGES / f"{name}.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def share(estimate: Estimate) -> str:
    """A chance with its interval, in words."""
    return f"{100 * estimate.value:.0f} % ({100 * estimate.low:.0f} to {100 * estimate.high:.0f})"


def middle(values: Sequence[float], digits: int = 1) -> str:
    """A mean with its interval, and where nine runs in ten fall."""
    found = mean(values)
    return (
        f"{found.value:.{digits}f} ({found.low:.{digits}f} to {found.high:.{digits}f}) "
        f"| {quantile(values, 0.05):.{digits}f} to {quantile(values, 0.95):.{digits}f}"
    )


# ----------------------------------------------------------------- the four days


def four_days(plan: Scenario, facts: dict[str, Fact], rows: Sequence[Row]) -> list[str]:
    """Quantities, days, and whether all was done."""
    good = [row for row in rows if row.fault is None]
    lines = ["# Northern/Interaction-2023: reported against simulated", "",
             f"`navdrill run northern_interaction_2023 -n {len(rows)}`: {len(rows)} replications of seed 0, {len(rows) - len(good)} of them with an error. Written by `python experiments/reported.py`; "
             "facts by their names in `seeds/sea_of_japan_2023.yaml`, which `navdrill facts northern_interaction_2023` shows with their sources. "
             "What breaks the schedule, and how well it was done, over 200 runs: [results.md](../results.md).", "",
             "## Quantities", "", "The mean of the runs with its 95 % interval, and where nine runs in ten fall. They agree when what was reported lies there.", "",
             "| fact | what | reported | mean of the runs | nine in ten | verdict |", "|---|---|---|---|---|---|"]  # fmt: skip
    for each in reported(plan, facts, rows):
        low, high = (each.shown(amount, plan) for amount in (each.low, each.high))
        span = f"{each.shown(each.value, plan)} ({low} to {high})" if low != high else low
        shown = [
            each.shown(amount, plan)
            for amount in (each.simulated.value, each.simulated.low, each.simulated.high, *each.usual)
        ]
        lines.append(
            f"| {each.fact} | {each.what} | {span} | {shown[0]} ({shown[1]} to {shown[2]}) | {shown[3]} to {shown[4]} | {each.verdict} |"
        )
    lines += ["", "## Days", "",
              "Each drill is reported for a day, or was published on one and so was over by then. The share of the runs in which its serial was carried out, and had begun by the end of that day. "
              "The schedule is made from these facts, so what is compared is not the plan but how much of it survives weather, traffic, casualties and delays.", "",
              "| fact | serial | by the end of | carried out, and by then | at any time |", "|---|---|---|---|---|"]  # fmt: skip
    missed = []
    for fact, serial in _serials(plan, facts):
        begun = [_comex(plan, row, serial) for row in good]
        done = [row.outcomes[serial][0] in DONE for row in good]
        ends = (plan.begins.replace(day=BY[fact], hour=0) + timedelta(days=1) - plan.begins).total_seconds()
        then = chance(sum(ok and at <= ends for ok, at in zip(done, begun, strict=True)), len(good))
        lines.append(
            f"| {fact} | {serial} {plan.serial(serial).title} | {BY[fact]} July | {share(then)} | {share(chance(sum(done), len(good)))} |"
        )
        missed.append(
            (then.value, f"serial {serial}, {plan.serial(serial).title} ({100 * then.value:.0f} %)")
        )
    whole = [sum(row.outcomes[each.serial][0] in DONE for each in plan.serials) for row in good]
    every = chance(sum(count == len(plan.serials) for count in whole), len(good))
    nearly = chance(sum(count >= 0.9 * len(plan.serials) for count in whole), len(good))
    worst = "; ".join(text for _, text in sorted(missed)[:4])
    return [*lines, "", "## Was everything done?", "",
            f"The Chinese agency reported that everything planned had been done (completion-claimed). All {len(plan.serials)} serials are carried out in {share(every)} of the runs, nine tenths of them or more in {share(nearly)}.", "",
            "## Honest misses", "",
            f"- Everything done is what happens in the lucky runs. Either the weather of those days was kind, or the plan was smaller or more patient than ours, or the claim passes over what was put off. Least often on its day: {worst}.",
            "- The submarine was driven off; ours is in some six runs of ten. The drill plays a boat that evades at her own will, where that of an exercise has her part in a script: she is to be found and to leave.",
            "- The intruder was taken through all five steps by the script; ours heeds one by a declared chance, so she is often through after fewer.",
            "- The last serial ends within half an hour of what was reported, but its COMEX is set from that; only its length and lateness are found.",
            "- Not compared, because nothing is public: rounds and hits of the shoots, contacts of the search, times of orders between the staffs, what was late or cancelled.",
            ]  # fmt: skip


def _serials(plan: Scenario, facts: dict[str, Fact]) -> list[tuple[str, str]]:
    """Dated facts with each serial that draws on them, in the order of the plan."""
    used = facts_used(plan)
    found = [
        (fact, number)
        for fact in BY
        if fact in facts
        for path in used.get(fact, [])
        for number in re.findall(r"^serials\[([^\]]+)\]", path)
    ]
    order = [each.serial for each in plan.serials]
    return sorted(dict.fromkeys(found), key=lambda each: order.index(each[1]))


def _comex(plan: Scenario, row: Row, serial: str) -> float:
    """When a serial began in one run, s; not a number when it did not."""
    late = row.measures.get("lateness_min", {}).get(serial, float("nan"))
    return float("nan") if isnan(late) else plan.serial(serial).comex.value + 60.0 * late


# ----------------------------------------------------------------- the morning of gunnery


def morning(facts: dict[str, Fact], usual: Sequence[Run], rough: Sequence[Run]) -> list[str]:
    """Three kinds of fire; slot, rounds and hits against those of other exercises."""
    shoots, waves = ([each for run in runs for each in run.log.of("string")] for runs in (usual, rough))
    carried = {kind: chance(sum(run.outcomes[serial].details["result"] in DONE for run in usual), len(usual))
               for kind, serial in (("artillery-maritime", "1"), ("artillery-coastal", "2"), ("artillery-air", "3"))}  # fmt: skip
    slot, rounds = ([each.details[key] for each in shoots] for key in ("seconds", "fired"))
    corvette = [float(each.details["hits"]) for each in waves if each.unit == "Aldar Tsydenzhapov"]
    calm = [float(each.details["hits"]) for each in shoots if each.unit == "Aldar Tsydenzhapov"]
    long = chance(sum(each > 1800.0 for each in slot), len(slot))
    settings = " ".join(f"--set '{each}'" for each in WAVES_2017)
    return ["# Gunnery day: reported against simulated", "",
            f"`navdrill run gunnery_day`, seeds 0 to {len(usual) - 1}; no run ends with an error. Written by `python experiments/reported.py`; facts by their names in `seeds/sea_of_japan_2023.yaml`. "
            "The morning itself is made up: nothing was reported of such a day. What can be compared are the kinds of fire that the report names, and what is public of gun shoots elsewhere.", "",
            "## The three kinds of fire", "", "| fact | reported | carried out in the runs |", "|---|---|---|",
            *(f"| {name} | {facts[name].statement} | {share(found)} |" for name, found in carried.items()), "",
            f"What keeps them from it, in runs of {len(usual)}: {_reasons(usual)}.", "",
            "## Slot, rounds and hits", "", "| fact | what | reported | mean of the runs (95 % interval) | nine in ten |", "|---|---|---|---|---|",
            f"| gunnery-slot | minutes a ship takes for her shoot | 30 | {middle([each / 60.0 for each in slot])} |",
            f"| gunnery-rounds | rounds for effect of a ship | 12 (6 to 20) | {middle(rounds)} |",
            f"| hits-2017 | hits of a corvette from 8 km in waves of 3 m | 6 and 4 | {middle(corvette)} |",
            f"| | her hits from 5 km in the season's weather | not reported | {middle(calm)} |", "",
            f"The third line is `navdrill run gunnery_day -n {len(rough)} {settings}`.", "",
            "## Honest misses", "",
            f"- Hits of 2017: the two corvettes scored six and four; ours scores {mean(corvette).value:.1f} of a dozen rounds. How many rounds they fired, at which target, and whether those of a string or of a whole contest are counted, "
            "was not published; a rapid-fire gun spends a dozen rounds in ten seconds, so a shoot of a hundred would explain it. The ship's motion is taken to widen the spread by 15 % for each sea state above 2; a stabilised mount may do better.",
            f"- The slot: our ships need two thirds of their half hour and overrun it in {share(long)} of the shoots, which stop at its end only while they fire for effect. What the rest of it was used for in 2016 is not public.",
            "- Rounds agree because they are drawn about what was reported; that is no test of anything.",
            ]  # fmt: skip


def _reasons(runs: Sequence[Run]) -> str:
    """Why serials were not carried out, the most frequent first."""
    found = Counter(
        each.details["reason"]
        for run in runs
        for each in run.outcomes.values()
        if each.details["result"] not in DONE
    )
    return ", ".join(f"{reason} {count} times" for reason, count in found.most_common())


if __name__ == "__main__":
    main()
