"""Plays the passage to the exercise and the joint sea patrol of 2023, and writes docs/scenarios/sea_patrol.md: what comes out against what was reported.

python experiments/sea_patrol.py [--seeds 100]
"""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from math import fsum, nan
from pathlib import Path

from sim.quantities import DAY, HOUR, NAUTICAL_MILE
from sim.runs import Run, play
from sim.scenario.read import read

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "scenarios" / "sea_patrol.md"
LEGS = ("1", "3", "5", "8")
DRILLS = {
    "2": "submarine search",
    "4": "rescue at sea",
    "6": "air raid repulsed",
    "7": "helicopters on each other's decks",
}
DATE = (
    21 * DAY + 18 * HOUR
)  # s from the beginning of the patrol's scenario to 18 August, 00:00 Vladivostok time

Row = dict[str, float]


def main() -> None:
    """Runs and page."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seeds", type=int, default=100)
    given = ask.parse_args()
    found = {}
    for name, row_of in (("passage_to_the_area_2023", passage), ("joint_sea_patrol_2023", patrol)):
        plan = read(ROOT / "scenarios" / f"{name}.yaml")
        rows = []
        for seed in range(given.seeds):
            rows.append(row_of(play(plan, seed)))
            print(name, seed, file=sys.stderr)
        found[name] = rows
    PAGE.write_text("\n".join(page(*found.values(), given.seeds)).rstrip() + "\n", encoding="utf-8")


def passed(run: Run, serial: str, place: int) -> float:
    """When a group passed a place of its route, s; not a number when it never did."""
    records = run.log.of("way-point")
    return next(
        (each.time for each in records if each.serial == serial and each.details["place"] == place), nan
    )


def shadowing(run: Run, serial: str) -> Row:
    """Warning, share of the time in the zone that was shadowed, who was sent, and how near they came."""
    told = [each for each in run.log.of("shadowed") if each.serial == serial]
    inside = fsum(each.details["inside_s"] for each in told)
    entries = [each.details["warning_s"] / 60.0 for each in run.log.of("zone-entry") if each.serial == serial]
    near = [
        each.details["closest_m"] / NAUTICAL_MILE for each in run.log.of("parted") if each.serial == serial
    ]
    return {f"inside {serial}": inside / HOUR, f"sent {serial}": fsum(each.details["sent"] for each in told),
            f"share {serial}": fsum(each.details["covered_s"] for each in told) / inside if inside else nan,
            f"warning {serial}": entries[0] if entries else nan, f"near {serial}": min(near, default=nan)}  # fmt: skip


def passage(run: Run) -> Row:
    """What a run of the passage gives, times in s from its beginning."""
    met = max(passed(run, "1", 4), passed(run, "2", 1))
    lowest = min(each.details["lowest"] for each in run.log.of("sailed"))
    return {"seen": passed(run, "1", 2), "strait": passed(run, "1", 3), "chinese": passed(run, "1", 4), "russians": passed(run, "2", 1), "met": met,
            "lowest": lowest} | shadowing(run, "3")  # fmt: skip


def patrol(run: Run) -> Row:
    """What a run of the patrol gives."""
    sailed = {each.serial: each.details for each in run.log.of("sailed")}
    by_date = 0.0
    for serial in LEGS:
        points = [
            each.details["run_m"]
            for each in run.log.of("way-point")
            if each.serial == serial and each.time <= DATE
        ]
        by_date += max(points, default=0.0)
    done = {
        f"drill {serial}": float(run.outcomes[serial].details["result"] == "completed") for serial in DRILLS
    }
    return {"rebun": passed(run, "1", 1), "soya": passed(run, "1", 2), "kamchatka": passed(run, "3", 3), "miyako": passed(run, "8", 4),
            "by date": by_date / NAUTICAL_MILE, "in all": fsum(each["sailed_m"] for each in sailed.values()) / NAUTICAL_MILE,
            "company": fsum(each["together_s"] for each in sailed.values()) / DAY, "under way": fsum(each["taken_s"] for each in sailed.values()) / DAY,
            "served": fsum(each["replenishments"] for each in sailed.values()), "lowest": min(each["lowest"] for each in sailed.values()),
            "detached": fsum(each["detached"] for each in sailed.values()),
            "ended": float(all(run.outcomes[serial].details["result"] == "completed" for serial in LEGS))} | done | shadowing(run, "9") | shadowing(run, "10")  # fmt: skip


# ----------------------------------------------------------------- the page


def spread(rows: list[Row], key: str) -> tuple[float, float, float]:
    """Mean, and what nine of ten runs lie between, of those that say something."""
    known = sorted(row[key] for row in rows if row[key] == row[key])
    if not known:
        return nan, nan, nan
    last = len(known) - 1
    return fsum(known) / len(known), known[round(0.05 * last)], known[round(0.95 * last)]


def number(rows: list[Row], key: str, digits: int = 0, times: float = 1.0) -> str:
    """A number as a table shows it."""
    mean, low, high = (times * each for each in spread(rows, key))
    return f"{mean:,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def moment(rows: list[Row], key: str, name: str, zone: float) -> str:
    """A time as a table shows it, by a clock so many hours from the scenario's."""
    begins = read(ROOT / "scenarios" / f"{name}.yaml").begins
    mean, low, high = spread(rows, key)
    said = [begins + timedelta(seconds=each, hours=zone) for each in (mean, low, high)]
    return f"{said[0].day} {said[0]:%b %H:%M} ({said[1].day} {said[1]:%b %H:%M} to {said[2].day} {said[2]:%b %H:%M})"


def page(way: list[Row], cruise: list[Row], seeds: int) -> list[str]:
    """Tables and what they say."""
    one, two = "passage_to_the_area_2023", "joint_sea_patrol_2023"
    return [
        "# The passage to the exercise, and the joint sea patrol of 2023", "",
        f"Two scenarios: `{one}` (15 to 18 July 2023) and `{two}` (27 July to August 2023). Means of {seeds} seeds and, in brackets, what nine runs of ten lie between; "
        "written by `python experiments/sea_patrol.py`. S.. are the sources of `seeds/sources.yaml`, the facts stand in `seeds/sea_patrols.yaml`. All runs end without error.", "",
        "## The passage: simulated against reported", "",
        "| what | reported | simulated | source |", "|---|---|---|---|",
        f"| five ships some 130 km south-west of Tsushima, Japanese time | 17 July, about 01:00 | {moment(way, 'seen', one, 1.0)} | S10, S09 |",
        f"| in the strait, Japanese time | 17 July | {moment(way, 'strait', one, 1.0)} | S10 |",
        f"| Chinese ships at the rendezvous, Chinese time | 18 July, about 12:00 | {moment(way, 'chinese', one, 0.0)} | S13, S21 |",
        f"| Russian ships there, Chinese time | likewise; sailed on 18 July | {moment(way, 'russians', one, 0.0)} | S22 |",
        f"| all have met, Chinese time | 18 July, about 12:00; 19 July by S09 | {moment(way, 'met', one, 0.0)} | S13, S21, S09 |",
        f"| ships and aircraft sent to shadow | 3 ships, 1 aircraft | {number(way, 'sent 3', 1)} | S09 |",
        f"| hours about Tsushima, all tracks | - | {number(way, 'inside 3', 1)} | - |",
        f"| share of these shadowed | \"shadowed\" | {number(way, 'share 3', 0, 100.0)} % | S09 |",
        f"| nearest they came, nmi | - | {number(way, 'near 3', 1)} | - |",
        f"| lowest bunkers on arrival | - | {number(way, 'lowest', 0, 100.0)} % | - |", "",
        "## The patrol: simulated against reported", "",
        "| what | reported | simulated | source |", "|---|---|---|---|",
        f"| 200 km south-west of Rebun, Japanese time | 28 July, 15:00 | {moment(cruise, 'rebun', two, -1.0)} | S23 |",
        f"| Soya Strait, Japanese time | 28 and 29 July | {moment(cruise, 'soya', two, -1.0)} | S31, S37 |",
        f"| Kamchatka Strait, Vladivostok time | - | {moment(cruise, 'kamchatka', two, 0.0)} | - |",
        f"| between Okinawa and Miyako, Japanese time | by 17 August | {moment(cruise, 'miyako', two, -1.0)} | S31 |",
        f"| miles by 18 August | more than 6,400 | {number(cruise, 'by date')} | S28 |",
        f"| miles in all | more than 7,000 | {number(cruise, 'in all')} | S30 |",
        f"| days under way in company | more than three weeks in all | {number(cruise, 'company', 1)} | S30 |",
        f"| ships served alongside | Admiral Tributs by Taihu, among others | {number(cruise, 'served')} | S28 |",
        f"| lowest bunkers of any ship | - | {number(cruise, 'lowest', 0, 100.0)} % | - |",
        f"| ships detached for want of fuel | none | {number(cruise, 'detached', 1)} | - |",
        *(f"| {words} | done | in {100 * spread(cruise, f'drill {serial}')[0]:.0f} % of runs | S28, S29 |" for serial, words in DRILLS.items()),
        f"| whole route sailed | yes | in {100 * spread(cruise, 'ended')[0]:.0f} % of runs | S30 |",
        f"| share of the time about Soya shadowed | positions published | {number(cruise, 'share 9', 0, 100.0)} % | S23 |",
        f"| share of the time about Miyako shadowed | positions published | {number(cruise, 'share 10', 0, 100.0)} % | S31 |", "",
        *WORDS,
    ]  # fmt: skip


WORDS = [
    "## What agrees, and what does not", "",
    "Set are the hour of sailing, the places and the speed of advance; times at the places, fuel taken, who is in company and who is shadowed come out. The Chinese ships are off Tsushima and at the rendezvous "
    "within hours of what was reported with one speed for the whole way: what was reported asks for 11.7 knots before Tsushima and 13.2 after it.", "",
    "What does not, and why.", "",
    "- The Russian ships cannot be 185 miles off at noon Chinese time if they sailed on 18 July by their clocks at a usual hour: at 13 knots they need fourteen hours. The scenario has them sail at half past midnight; with a start in the "
    "morning they meet in the evening, or on 19 July as S09 has it. One of the reported times is about something else than the meeting of all ships, or the meeting was farther north.",
    "- Miles: the route drawn through the reported places is shorter than reported. What they sailed more, in areas of drills or along the Aleutians, is not public; nor is the way back to the home ports, which is in the 7,000 miles and not played.",
    "- A run that leaves out a leg of the route (see the share above) loses it to a drill that lasts on until the next leg is given up; a staff would have broken off the drill.",
    "- The eleventh ship, an intelligence collector, and aircraft of both nations that met the patrol on the way are not played.",
    "- All reported drills were done; the model loses some to fog and darkness, since it holds them on one day and place and does not try again.",
    "- Who shadowed the patrol is not public, so the shares about Soya and Miyako can only be compared with positions that were. About Tsushima two of four reported shadowers are usually enough for one group, and minesweepers are too slow to be first.",
    "- The weather is that of July in the Sea of Japan for all seas, too calm for the Pacific; the plane draws lengths across the line from the datum up to 4 % too long there, which costs the model up to a tenth more fuel at the far ends; ways and times are true.",
]  # fmt: skip


if __name__ == "__main__":
    main()
