"""Plays the main exercise over many seeds and prints what happened, as Markdown: `python experiments/four_days.py`.

The figures of docs/results.md come from here; `--page docs/results.md` puts them there. Seeds run from 0 up; each run is independent of the others.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import io
import math
import re
import statistics
import sys
import time
from pathlib import Path

import sim

HERE = Path(__file__).parent
DONE = ("completed", "shortened")


def main() -> None:
    """Runs and prints."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--scenario", default=str(HERE.parent / "scenarios" / "northern_interaction_2023.yaml"))
    ask.add_argument("--seeds", type=int, default=200)
    ask.add_argument(
        "--page", type=Path, help="a page whose tables, from the line '200 seeds of ...' on, are replaced"
    )
    given = ask.parse_args()
    plan = sim.load(given.scenario)
    runs = []
    began = time.process_time()
    for seed in range(given.seeds):
        runs.append(sim.run(plan, seed))
        if sys.stderr.isatty():
            print(f"\r{seed + 1} of {given.seeds}", end="", file=sys.stderr)
    cpu = time.process_time() - began
    if given.page is None:
        report(plan, runs, cpu)
        return
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        report(plan, runs, cpu)
    written = given.page.read_text("utf-8")
    given.page.write_text(
        re.sub(r"^\d+ seeds of .*", lambda _: printed.getvalue(), written, flags=re.M | re.S), "utf-8"
    )


def report(plan, runs, cpu: float) -> None:  # type: ignore[no-untyped-def]
    """Prints the tables."""
    count = len(runs)
    measures = [run.measures("serials_completed", "serials_on_time", "hit_rate", "mean_score", "cooperation_delay")
                for run in runs]  # fmt: skip
    done = sorted(each["serials_completed"] for each in measures)
    print(
        f"{count} seeds of {plan.exercise}, {len(plan.serials)} serials; {1e3 * cpu / count:.0f} ms of CPU a run\n"
    )
    print("| measure | mean | 5 % | median | 95 % |\n|---|---|---|---|---|")
    for name in measures[0]:
        values = sorted(each[name] for each in measures if not math.isnan(each[name]))
        cut = [values[min(len(values) - 1, int(share * len(values)))] for share in (0.05, 0.5, 0.95)]
        print(
            f"| {name} | {statistics.fmean(values):.3g} | " + " | ".join(f"{each:.3g}" for each in cut) + " |"
        )
    print(
        f"\nSerials carried out: {sum(15 <= each <= 21 for each in done)} of {count} runs between 15 and 21.\n"
    )
    print("| serials carried out | runs |\n|---|---|")
    for number, times in sorted(collections.Counter(done).items()):
        print(f"| {number} | {times} |")
    _reasons(runs)
    _serials(plan, runs)
    _hits(runs)


def _reasons(runs) -> None:  # type: ignore[no-untyped-def]
    table: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for run in runs:
        for record in run.outcomes.values():
            result, reason = record.details["result"], record.details["reason"]
            if reason:
                table[reason][result if result != "completed" else "late"] += 1
    kinds = ("late", "shortened", "stopped", "cancelled")
    print("\n| reason | " + " | ".join(kinds) + " |\n|---|---|---|---|---|")
    for reason, counts in sorted(table.items(), key=lambda each: -each[1].total()):
        print(f"| {reason} | " + " | ".join(str(counts[kind]) for kind in kinds) + " |")


def _serials(plan, runs) -> None:  # type: ignore[no-untyped-def]
    print(
        "\n| serial | title | carried out | on time | mean lateness, min | mean score |\n|---|---|---|---|---|---|"
    )
    for serial in plan.serials:
        outcomes = [run.outcomes[serial.serial].details for run in runs]
        late = [
            (each["comex_s"] - each["planned_s"]) / 60 for each in outcomes if not math.isnan(each["comex_s"])
        ]
        carried = sum(each["result"] in DONE for each in outcomes) / len(runs)
        on_time = sum(each <= 15 for each in late) / len(runs)
        score = statistics.fmean(run.measures("score")["score"][serial.serial] for run in runs)
        print(
            f"| {serial.serial} | {serial.title} | {carried:.2f} | {on_time:.2f} | {statistics.fmean(late):.0f} | {score:.2f} |"
        )


def _hits(runs) -> None:  # type: ignore[no-untyped-def]
    """Hit rates of the surface shoots by the sea state they were fired in."""
    table: dict[int, list[int]] = collections.defaultdict(lambda: [0, 0, 0])
    for run in runs:
        sea = 0
        for record in run.log.of("weather", "string"):
            if record.kind == "weather":
                sea = record.details["sea_state"]
            else:
                row = table[sea]
                row[0] += 1
                row[1] += record.details["fired"]
                row[2] += record.details["hits"]
    print("\n| sea state | strings | rounds for effect | hits | hit rate |\n|---|---|---|---|---|")
    for sea, (strings, fired, hits) in sorted(table.items()):
        print(f"| {sea} | {strings} | {fired} | {hits} | {hits / fired:.2f} |")


if __name__ == "__main__":
    main()
