"""How fast, how exact, how big, as one table: `python tests/benchmarks/bench.py [--quick] [--only NAME ...]`.

CPU time throughout, but where a row says otherwise, and ratios taken in one run: machines differ, and nothing is
asserted. `--quick` only shows that it runs. docs/performance.md says what is measured and how.
"""

from __future__ import annotations

import argparse

import contacts
import lasting
import replication
import series
from measuring import machine

PARTS = {
    "replication": replication.rows,
    "contacts": contacts.rows,
    "series": series.rows,
    "lasting": lasting.rows,
}


def main() -> None:
    """Prints the table as Markdown."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument(
        "--quick", action="store_true", help="a small scenario and fleets: only to show that it runs"
    )
    ask.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="NAME",
                     help=f"some of: {', '.join(PARTS)}")  # fmt: skip
    asked = ask.parse_args()
    print("| # | what | wanted | measured | met |\n|---|---|---|---|---|")
    for row in machine():
        print(row)
    for name in asked.only:
        for row in PARTS[name](asked.quick):
            print(row, flush=True)


if __name__ == "__main__":
    main()
