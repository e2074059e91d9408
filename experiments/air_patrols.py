"""Plays the joint air patrols and writes docs/scenarios/air_patrols.md: what comes out against what was reported, and what readiness and warning are worth.

python experiments/air_patrols.py [--seeds 50]
"""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from math import fsum, isnan, nan
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from sim.geodesy import Plane
from sim.measures import zone_shadowed
from sim.plots._chart import Frame, chart, coast
from sim.plots._paths import paths
from sim.plots._places import outline
from sim.plots._style import DIM, FORCES, HALO, INK, LOOK, SMALL, TEXT, TITLE, figure, save
from sim.runs import Run, play
from sim.scenario.read import read, read_tree
from sim.scenario.tree import plant

ROOT = Path(__file__).parent.parent
SCENARIOS, LESSONS = ROOT / "scenarios", ROOT / "scenarios" / "lessons"
PAGE, PICTURE = ROOT / "docs" / "scenarios" / "air_patrols.md", ROOT / "docs" / "pictures" / "air_patrols.png"
DAY, SEED = 86_400.0, 7
PATROLS = {
    "H-6K": "chn",
    "J-11B": "chn",
    "Tu-95MS": "rus",
    "Su-35S": "rus",
}  # aircraft that are counted, by the name before their number
RANGES = (120, 150, 180, 210, 240)  # nmi, of the radars of the lesson
STATES = {"five minutes": ("5 min", "7 min", "12 min"), "fifteen minutes": ("12 min", "15 min", "25 min"),
          "one hour": ("45 min", "60 min", "90 min")}  # fmt: skip


class Reported(NamedTuple):
    """One patrol as it was reported: aircraft in the Korean zone by nation, first and last minute in it, hours in the air."""

    date: str
    chn: str
    rus: str
    first: str
    last: str
    stays: str
    hours: str
    source: str


REPORTED = {
    "3": Reported("23 Jul 2019", "2", "3 (2 bombers, A-50)", "06:44", "09:56", "06:44-07:14, 07:49-08:20, 08:40-09:04", "11", "A08, A09"),
    "4": Reported("22 Dec 2020", "4", "15", "after 08:00", "after 15:00", "not told apart", "-", "A10, A11"),
    "5": Reported("19 Nov 2021", "2", "7", "-", "-", "north-east of Dokdo", "-", "A12, A14"),
    "6": Reported("24 May 2022", "2", "4", "07:56", "10:15", "07:56-09:33, 09:58-10:15", "13", "A15, A16"),
    "7": Reported("30 Nov 2022", "2", "6", "05:48", "12:36", "05:48-06:13, 06:44-07:07, 12:18-12:36", "8", "A18, A19"),
    "8": Reported("6 Jun 2023", "4", "4", "11:52", "13:49", "one after another", "-", "A01, A07"),
}  # fmt: skip


class Day(NamedTuple):
    """What a run gives of one patrol. Times are s of the day, stays pairs of them."""

    chn: int
    rus: int
    first: float
    last: float
    stays: list[tuple[float, float]]
    korea: int
    japan: int
    seen: float
    hours: float


def main() -> None:
    """Runs, page and picture."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seeds", type=int, default=50)
    given = ask.parse_args()
    series = read(SCENARIOS / "air_patrol_series_2019_2023.yaml")
    days = {number: [] for number in REPORTED}  # type: dict[str, list[Day]]
    for seed in range(given.seeds):
        run = play(series, seed)
        for number, found in days.items():
            found.append(day_of(run, number))
    joint = read(SCENARIOS / "joint_air_patrol_2023.yaml")
    second = [flown_on(play(joint, seed), 1) for seed in range(given.seeds)]
    print("series played", file=sys.stderr)
    reaction = {
        state: [reaction_of(state, miles, max(6, given.seeds // 3)) for miles in RANGES] for state in STATES
    }
    picture(play(joint, SEED), reaction)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(page(days, second, reaction, given.seeds)) + "\n", encoding="utf-8")


# ----------------------------------------------------------------- what a run gives


def kind_of(unit: str | None) -> str | None:
    """The nation of an aircraft of the patrols; None for everybody else."""
    return PATROLS.get((unit or "").rsplit(" ", 1)[0])


def day_of(run: Run, number: str) -> Day:
    """One patrol of the series: its aircraft in the Korean zone, and the fighters sent against them that day."""
    began = run.outcomes[number].details["planned_s"] // DAY * DAY
    records = [record for record in run.log if began <= record.time < began + DAY]
    crossings = [
        each
        for each in records
        if each.kind in ("entered", "left") and each.details["area"] == "kadiz" and kind_of(each.unit)
    ]
    inside = sorted({each.unit for each in crossings if each.unit})
    counts = [sum(kind_of(unit) == nation for unit in inside) for nation in ("chn", "rus")]
    stays, here, since = [], 0, nan
    for each in crossings:
        was, here = here, here + (1 if each.kind == "entered" else -1)
        if was == 0:
            since = each.time - began
        elif here == 0:
            stays.append((since, each.time - began))
    up = [sum(each.kind == "launched" and each.serial == watch for each in records) for watch in ("1", "2")]
    seen = [each.time - began for each in records if each.kind == "intercepted" and each.serial == "1"]
    first, last = crossings[0].time - began, crossings[-1].time - began
    return Day(*counts, first, last, stays, *up, min(seen, default=nan), flown_on(run, int(began // DAY)))


def flown_on(run: Run, day: int) -> float:
    """Hours that the bomber longest in the air flew on a day of the exercise, counted from midnight of its first."""
    midnight = run.plan.begins.replace(hour=0, minute=0) - run.plan.begins
    start = midnight.total_seconds() + day * DAY
    times = [record.details["flown_s"] for record in run.log.of("landed")
             if start <= record.time < start + DAY and (record.unit or "").startswith(("H-6K", "Tu-95MS"))]  # fmt: skip
    return max(times, default=nan) / 3600.0


def reaction_of(state: str, miles: int, seeds: int) -> tuple[float, float, float]:
    """Of the lesson `scramble`: warning, time from entry to identification by sight, min, and share of the time in the zone shadowed."""
    low, mode, high = STATES[state]
    text = (LESSONS / "scramble.yaml").read_text(encoding="utf-8")
    sheet = (f"platforms:\n  watch:\n    like: air-surveillance-radar\n    sensors:\n      why: Varied.\n"
             f"      radar: {{antenna: 600 m (200 .. 1000 m), air: {miles} nmi ({miles} .. {miles} nmi), reference: 220 km (150 .. 300 km), look: 10 s (6 .. 12 s)}}\n\n")  # fmt: skip
    text = text.replace("platform: air-surveillance-radar", "platform: watch").replace(
        "serials:\n", sheet + "serials:\n", 1
    )
    said = f"    ready: {{low: {low}, mode: {mode}, high: {high}, why: Varied.}}\n    ready_next: {{low: {low}, mode: {mode}, high: {high}, why: Varied.}}\n"
    text = text.replace("    late:", said + "    look_ahead: 60 min (50 .. 60 min)\n    late:", 1)
    plan = read_tree(plant(text, "lesson.yaml"), LESSONS)
    warnings, delays, shares = [], [], []
    for seed in range(seeds):
        run = play(plan, seed)
        entry = next(iter(run.log.of("zone-entry")), None)
        met = next(iter(run.log.of("intercepted")), None)
        if entry is None:
            continue
        warnings.append(entry.details["warning_s"] / 60.0)
        if met is not None:
            delays.append((met.time - entry.time) / 60.0)
        shares.append(zone_shadowed.measure(run).get("1", 0.0))
    return mean(warnings), mean(delays), mean(shares)


def mean(values: list[float]) -> float:
    """Of those that are numbers; none of none."""
    known = [each for each in values if not isnan(each)]
    return fsum(known) / len(known) if known else nan


# ----------------------------------------------------------------- the page


def clock(seconds: float) -> str:
    """A time of the day."""
    return "-" if isnan(seconds) else f"{int(seconds // 3600):02}:{int(seconds % 3600 // 60):02}"


def spans(days: list[Day]) -> str:
    """The stays of the formation in the zone, by the run with the median number of them."""
    found = sorted(days, key=lambda day: (len(day.stays), day.last))[len(days) // 2]
    return ", ".join(f"{clock(start)}-{clock(end)}" for start, end in found.stays)


def page(
    days: dict[str, list[Day]],
    second: list[float],
    reaction: dict[str, list[tuple[float, float, float]]],
    seeds: int,
) -> list[str]:
    """Tables and what they say."""
    lines = ["# Joint air patrols, 2019 to 2023", "",
             f"Two scenarios: `joint_air_patrol_2023` (6 and 7 June 2023) and `air_patrol_series_2019_2023` (six patrols, one on each of six days running). Means of {seeds} seeds; "
             "written by `python experiments/air_patrols.py`. Times are Korean. The numbers A.. are the sources of `seeds/sources.yaml`.", "",
             "![6 June 2023 in one run, and what readiness and warning are worth](../pictures/air_patrols.png)", "",
             "## Simulated against reported", "",
             "Aircraft that were in the Korean identification zone (KADIZ), by nation; first and last minute in it; fighters that Korea and Japan sent up; and the hours of the "
             "bomber longest in the air.", "",
             "| patrol | Chinese, reported | simulated | Russian, reported | simulated | in the zone, reported | simulated | Korean fighters | Japanese | hours, reported | simulated | source |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for number, told in REPORTED.items():
        found = days[number]
        lines.append(
            f"| {told.date} | {told.chn} | {mean([day.chn for day in found]):.1f} | {told.rus} | {mean([day.rus for day in found]):.1f} | {told.first} to {told.last} "
            f"| {clock(mean([day.first for day in found]))} to {clock(mean([day.last for day in found]))} | {mean([day.korea for day in found]):.1f} "
            f"| {mean([day.japan for day in found]):.1f} | {told.hours} | {mean([day.hours for day in found]):.1f} | {told.source} |"
        )  # fmt: skip
    lines += [
        "",
        "Stays of the whole formation in the zone:",
        "",
        "| patrol | reported | simulated, one run in the middle |",
        "|---|---|---|",
    ]
    lines += [f"| {told.date} | {told.stays} | {spans(days[number])} |" for number, told in REPORTED.items()]
    lines += comment(days, second)
    lines += ["", "## What readiness and warning are worth", "",
              "The lesson `scramble`: one formation, two bases, radars whose range is set. Warning is the time from the first detection to the entry; the rule looks ahead as far as radar "
              "sees. Minutes from the entry to the identification by sight (less than nothing: before it), and the share of the time in the zone that the formation is shadowed.", "",
              "| radar, nmi | warning, min | " + " | ".join(f"{state}: min after entry | shadowed" for state in STATES) + " |",
              "|---|---|" + "---|---|" * len(STATES)]  # fmt: skip
    for place, miles in enumerate(RANGES):
        cells = [reaction[state][place] for state in STATES]
        lines.append(
            f"| {miles} | {cells[0][0]:.0f} | "
            + " | ".join(f"{delay:.0f} | {100 * share:.0f} %" for _, delay, share in cells)
            + " |"
        )
    lines += ["", *CONCLUSION]
    return lines


def comment(days: dict[str, list[Day]], second: list[float]) -> list[str]:
    """What agrees, and what does not."""
    last = days["8"]
    envelope = mean([(day.last - day.first) / 60.0 for day in last])
    seen = [day.seen - day.first for day in last if not isnan(day.seen)]
    answered = [sum(day.korea > 0 for found in days.values() for day in found), sum(map(len, days.values()))]
    return ["",
            f"What agrees. In June 2023 the envelope is {envelope:.0f} minutes; 117 are reported. Only its beginning is set (by COMEX), and that four and four aircraft enter follows from who flies "
            "where; its length is that of the ways at 720 km/h. Chinese bombers that go up by way of the zone's south enter it twice before the rendezvous, as in 2019 and November 2022, "
            f"for some twenty minutes each (23 to 31 are reported). Korean fighters go up in {answered[0]} of {answered[1]} patrols; it is reported of every one.", "",
            f"When they see it. The first Korean identification by sight comes {mean(seen) / 60.0:.0f} minutes after the first entry of 6 June 2023 (in {len(seen)} of {len(last)} runs). Korea says that "
            "it identified the aircraft before they entered: by radar and radio, and by fighters that are up already. A standing patrol is not played, and Russian aircraft come on to the plane only "
            "a quarter of an hour before the zone.", "",
            "What does not, and why.", "",
            "- 2020: fifteen Russian aircraft are reported, most of them not with the bombers; two bombers and two fighters are played. They stayed seven hours, so came in groups.",
            "- 2021: seven Russian aircraft are reported, with A-50U and more fighters; four are played.",
            "- 2019: A-50 and KJ-2000 are not played, nor what the A-50 did over Dokdo.",
            "- May 2022: the Chinese bombers stayed 97 minutes at first; the model crosses its south in half an hour and comes back an hour later. What they did there for so long is not public.",
            "- November 2022: between the second and the third entry lie five hours, with landings at each other's fields or a leg over the Pacific; the model meets at once, and is out three hours earlier.",
            f"- Hours: those in the air are less than reported, since Russian bombers come on to the plane in the air; 7 June 2023: {mean(second):.1f} h simulated, about 8 reported (A03), and the leg over the Pacific is cut by the plane.",
            "- Who was sent up, from where and when is not public: numbers of fighters cannot be compared, only that some went.",
            ]  # fmt: skip


CONCLUSION = [
    "At five-minute alert it takes 20 to 25 minutes from the order to the identification, more than "
    "half of them on the way out, and before that some five for the report, flight plans and the "
    "order. So half an hour of warning is needed to meet a formation at the border, more than ground "
    "radar gives here. Each minute of warning brings fighters at five-minute alert there about three "
    "quarters of a minute earlier; what lies between five- and fifteen-minute alert, 7 to 16 "
    "minutes, is worth ten to twenty minutes of warning, and ten are some 65 nautical miles of radar "
    "range at the speed of a bomber. One hour's notice is too late for stays of this length. Closed "
    "form: `sim.scramble.meet_off`; verification case AIR-01.",
]


# ----------------------------------------------------------------- the picture


def picture(run: Run, reaction: dict[str, list[tuple[float, float, float]]]) -> None:
    """The first day on the chart at the left; readiness and warning at the right."""
    with style.context(["default", LOOK]):
        made = figure(13.0, 7.6)
        where = made.add_axes((0.04, 0.07, 0.49, 0.82), label="chart")
        tracks(where, run)
        how = made.add_axes((0.60, 0.10, 0.37, 0.79), label="reaction")
        curves(how, reaction)
        made.text(
            0.04,
            0.945,
            "Joint air patrols: 6 June 2023 in one run, and what readiness and warning are worth",
            fontsize=TITLE,
            weight="bold",
            color=INK,
        )
        save(made, PICTURE)


SHOWN = {"russia": (FORCES[1], "Russian bombers and fighters"), "china": (FORCES[3], "Chinese bombers and fighters"),
         "korea": (FORCES[0], "Korean alert fighters"), "japan": (FORCES[2], "Japanese alert fighters")}  # fmt: skip


def tracks(axes: Axes, run: Run) -> None:
    """Zones, ways of one day, bases."""
    datum = run.plan.datum
    plane = Plane(datum.latitude, datum.longitude)
    corners = np.array([plane.to_plane(*place) for place in ((27.5, 121.0), (41.2, 137.5))])
    frame = Frame.around(corners, 0.0).shaped(0.49 * 13.0 / (0.82 * 7.6))
    chart(axes, plane, frame, coast(plane, frame))
    for name, label, at in (("kadiz", "KADIZ", (37.9, 124.6)), ("jadiz", "JADIZ", (38.3, 134.2))):
        points, _ = outline(run.plan.areas[name], plane)
        axes.add_patch(
            Polygon(points, facecolor="none", edgecolor=DIM, linewidth=1.0, linestyle=(0, (4, 2)), zorder=3)
        )
        axes.annotate(
            label, plane.to_plane(*at), fontsize=SMALL, color=DIM, weight="bold", path_effects=HALO, zorder=8
        )
    for path in paths(run):
        if path.force in SHOWN:
            for piece in path.pieces:
                kept = piece[piece[:, 0] < 15 * 3600.0]
                axes.plot(
                    kept[:, 1],
                    kept[:, 2],
                    color=SHOWN[path.force][0],
                    linewidth=1.3 if kind_of(path.unit) else 0.8,
                    alpha=0.85,
                    zorder=5,
                )
    for each in run.log.of("intercepted"):
        if each.time < 15 * 3600.0 and each.at is not None:
            axes.plot(
                *each.at, marker="o", markersize=5.5, markerfacecolor="none", markeredgecolor=INK, zorder=7
            )
    for base in run.plan.bases.values():
        axes.plot(
            *plane.to_plane(base.at.latitude, base.at.longitude),
            marker="^",
            markersize=5,
            color=INK,
            zorder=6,
        )
    marks: list[Any] = [Line2D([], [], color=colour, label=label) for colour, label in SHOWN.values()]
    marks += [Line2D([], [], marker="o", markerfacecolor="none", markeredgecolor=INK, linestyle="", label="identified by sight"),
              Line2D([], [], marker="^", color=INK, linestyle="", markersize=5, label="base, or where they come on to the plane")]  # fmt: skip
    axes.legend(
        handles=marks, loc="lower right", fontsize=SMALL, frameon=True, framealpha=0.95, edgecolor=DIM
    )
    day = run.plan.begins + timedelta(hours=0)
    axes.set_title(f"{day:%-d %B %Y}, seed {run.seed}", fontsize=TEXT, loc="left")


def curves(axes: Axes, reaction: dict[str, list[tuple[float, float, float]]]) -> None:
    """Minutes inside before the first identification, by warning and alert state."""
    for colour, (state, points) in zip((FORCES[0], FORCES[3], FORCES[1]), reaction.items(), strict=True):
        known = [(warning, delay, share) for warning, delay, share in points if not isnan(delay)]
        axes.plot(
            [each[0] for each in known], [each[1] for each in known], color=colour, marker="o", markersize=4
        )
        axes.annotate(
            f"alert of {state}",
            known[-1][:2],
            (6, 0),
            textcoords="offset points",
            fontsize=SMALL,
            color=colour,
            va="center",
            path_effects=HALO,
        )
    axes.axhline(0.0, color=INK, linewidth=1.0)
    axes.annotate(
        "at the border of the zone",
        (axes.get_xlim()[0], 0.0),
        (4, 4),
        textcoords="offset points",
        fontsize=SMALL,
        color=INK,
    )
    axes.set_xlabel("warning: first detection to entry, min", fontsize=TEXT)
    axes.set_ylabel("identified by sight, min after entry", fontsize=TEXT)
    low, high = axes.get_xlim()
    axes.set_xlim(low, high + 0.36 * (high - low))
    axes.grid(alpha=0.3)
    axes.set_title("Lesson scramble: radar ranges of 120 to 240 nmi", fontsize=TEXT, loc="left")


if __name__ == "__main__":
    main()
