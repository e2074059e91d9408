"""Contacts over four days: exact crossings against a detector that looks at all pairs every ten seconds.

    python tests/benchmarks/bench_contacts.py [--quick]

Prints one table and the figures P3 and P4. Compare ratios taken in one run, not seconds between machines.
"""

import argparse
import math
import platform
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import numpy as np

from sim.crossings import Crossings, Reach, Tracks, crossings

NMI = 1852.0
KNOT = NMI / 3600.0
DURATION = 4 * 86_400.0  # s
STEP = 10.0  # s
ROOM = 400.0  # nmi2 a unit: 15 units in a box of 77 nmi, 5,000 in one of 1,414
LEG, LONGEST = (
    1800.0,
    5400.0,
)  # s, mean before the cut and the cut; the longest leg fits half the smallest box
SEED = 20
BLOCK = 32_768  # pairs the stepped detector handles at once; its working rows then stay in the cache
LOOKS = {1000: 2160, 5000: 120}  # how many steps are really taken; the others take all
REPEATS = {5000: 1}


def fleet(count: int) -> tuple[Tracks, Reach]:
    """Ships at 8 to 20 knots in a square box, a new course and speed about every half hour."""
    rng = np.random.default_rng((SEED, count))
    side = math.sqrt(ROOM * count) * NMI
    now, x, y = np.zeros(count), *rng.uniform(0.0, side, (2, count))
    parts = []
    while (now < DURATION).any():
        end = np.minimum(now + np.minimum(rng.exponential(LEG, count), LONGEST), DURATION)
        course, speed = rng.uniform(0.0, math.tau, count), rng.uniform(8.0, 20.0, count) * KNOT
        vx, vy = speed * np.sin(course), speed * np.cos(course)
        vx = np.where(np.abs(x + vx * (end - now) - side / 2) > side / 2, -vx, vx)
        vy = np.where(np.abs(y + vy * (end - now) - side / 2) > side / 2, -vy, vy)
        parts.append((np.arange(count), now, end, x, y, vx, vy))
        now, x, y = end, x + vx * (end - now), y + vy * (end - now)
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    kept = np.flatnonzero(columns[1] < columns[2])
    order = kept[np.argsort(columns[0][kept], kind="stable")]
    looking, showing, cap = (rng.uniform(*span, count) * NMI for span in ((5, 9), (4, 8), (10, 14)))
    return Tracks(*(column[order] for column in columns)), Reach(looking, showing, cap)


def stepped(tracks: Tracks, reach: Reach, looks: int) -> list[np.ndarray]:
    """Look at all ordered pairs at every step; gives (look, observer * count + target) of each new contact."""
    count = reach.looking.size
    everyone = np.arange(count)
    ranges = reach.ranges(np.repeat(everyone, count), np.tile(everyone, count)).reshape(count, count)
    square = np.where(ranges > 0.0, ranges * ranges, -1.0)
    near, before = np.zeros((2, count, count), dtype=np.bool_)
    height = max(1, BLOCK // count)
    dx, dy = np.empty((2, height, count))
    leg = np.searchsorted(tracks.owner, everyone)
    found = []
    for look in range(looks):
        now = look * STEP
        while (over := tracks.end[leg] <= now).any():
            leg += over
        x = tracks.x[leg] + tracks.vx[leg] * (now - tracks.start[leg])
        y = tracks.y[leg] + tracks.vy[leg] * (now - tracks.start[leg])
        for first in range(0, count, height):
            rows = slice(first, min(first + height, count))
            across, along = dx[: rows.stop - first], dy[: rows.stop - first]
            np.subtract(x[rows, None], x, out=across)
            np.subtract(y[rows, None], y, out=along)
            np.multiply(across, across, out=across)
            np.multiply(along, along, out=along)
            np.add(across, along, out=across)
            np.less_equal(across, square[rows], out=near[rows])
            if not np.array_equal(near[rows], before[rows]):
                new = np.flatnonzero(near[rows] & ~before[rows]) + first * count
                found.append(np.stack((np.full(new.size, look), new)))
                before[rows] = near[rows]
    return list(np.concatenate(found, axis=1))


def compare(exact: Crossings, look: np.ndarray, code: np.ndarray, count: int, looks: int) -> list[str]:
    """Missed and mean delay of the stepped detector; missed and late of ours, judged by what it saw."""
    own = exact.observer * count + exact.target
    look, code = look[look > 0], code[look > 0]  # who starts inside is no news to either
    entering = exact.entering & ~exact.initial & (exact.time <= (looks - 1) * STEP)
    time_in, own = exact.time[entering], own[entering]
    seen = code * (looks + 2) + look
    due = own * (looks + 2) + np.ceil(time_in / STEP).astype(np.int64)  # the look that should have it
    hit = np.isin(due, seen)
    delay = np.ceil(time_in[hit] / STEP) * STEP - time_in[hit]
    missed = due.size - np.unique(due[hit]).size
    unforeseen = seen[~np.isin(seen, due)]
    late = int(np.isin(unforeseen + 1, due).sum())
    share = 100.0 * missed / due.size
    return [
        str(due.size),
        f"{missed} ({share:.2f} %)",
        f"{delay.mean():.1f}",
        str(unforeseen.size - late),
        str(late),
    ]


def cpu(work, *arguments):
    """CPU seconds of one call, and what it gave."""
    begin = time.process_time()
    given = work(*arguments)
    return time.process_time() - begin, given


def machine() -> str:
    """Processor, versions and date."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    return (
        f"{model or platform.machine()}; Python {platform.python_version()}, NumPy {np.__version__}; "
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    )


def main() -> None:
    """Measure, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="without the 5,000 units")
    sizes = (15, 50, 200, 1000) if parser.parse_args().quick else (15, 50, 200, 1000, 5000)
    print(machine())
    print(
        f"CPU seconds for four days; {ROOM:.0f} nmi2 a unit, ranges 9 to 14 nmi, other for each ordered pair;"
    )
    print("stepped: NumPy, all ordered pairs every 10 s. ~ scaled up from the part of the time compared.")
    heads = (
        "units",
        "box nmi",
        "exact",
        "stepped",
        "ratio",
        "compared h",
        "contacts",
        "stepped missed",
        "delay s",
    )
    print(" | ".join((*heads, "exact missed", "exact late")))
    all_looks = int(DURATION / STEP)
    seconds, ratios = {}, {}
    for count in sizes:
        tracks, reach = fleet(count)
        crossings(tracks, reach, 0.0, 3600.0)
        runs = [cpu(crossings, tracks, reach, 0.0, DURATION) for _ in range(REPEATS.get(count, 3))]
        seconds[count] = median(run[0] for run in runs)
        looks = LOOKS.get(count, all_looks)
        part, (look, code) = cpu(stepped, tracks, reach, looks)
        whole = part * all_looks / looks
        ratios[count] = whole / seconds[count]
        cells = [str(count), f"{math.sqrt(ROOM * count):.0f}", f"{seconds[count]:.4f}"]
        cells += [
            f"{'~' if looks < all_looks else ''}{whole:.2f}",
            f"{ratios[count]:.0f}",
            f"{looks * STEP / 3600:.1f}",
        ]
        print(" | ".join(cells + compare(runs[0][1], look, code, count, looks)), flush=True)
    print(f"P3: at 1,000 units {ratios[1000]:.0f} times faster (wanted: 150)")
    top = sizes[-1]
    growth = math.log(seconds[top] / seconds[200]) / math.log(top / 200)
    print(f"P4: growth exponent from 200 to {top:,} units {growth:.2f} (wanted: at most 1.4, to 5,000)")


if __name__ == "__main__":
    main()
