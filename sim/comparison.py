"""Two plans, or two points of a study, compared run by run: the same replication of both has the same luck.

What differs is then what the plans differ in, and its interval is far narrower than that of two means.
Source: Law, Simulation Modeling and Analysis, 5th ed., sections 10.2 and 11.2, paired intervals and common random numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

from sim.archive import read_archive
from sim.archive import values as values_of
from sim.errors import FolderError
from sim.estimates import Estimate, chance, mean, paired, paired_chance
from sim.outcomes import DONE, PUNCTUAL
from sim.shown import signed
from sim.worker import Row


class Compared(NamedTuple):
    """One question asked of both. one, other: mean or chance of each; difference: other less one, of pairs."""

    name: str
    one: Estimate
    other: Estimate
    difference: Estimate

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return not isnan(self.difference.low) and not self.difference.low <= 0.0 <= self.difference.high


def read_side(said: str) -> tuple[str, list[Row]]:
    """Rows that a command line names: a folder of replications, or FOLDER@POINT of a study; with a title. Raises FolderError."""
    folder, _, point = said.partition("@")
    about, held = read_archive(Path(folder))
    if "study" not in about:
        return about["title"], held[0][1] if held else []
    if not point.isdigit() or int(point) >= len(held):
        raise FolderError(f"{folder} is a study of {len(held)} points; say which, like {folder}@0")
    title, rows = held[int(point)]
    return title, rows


def compare(ones: Sequence[Row], others: Sequence[Row]) -> list[Compared]:
    """Each measure of the exercise, and of each serial the chances that it is carried out and begins on time.

    Runs that one of the two lacks are left out. Raises FolderError when there is no pair.
    """
    mine = {row.replication: row for row in ones if row.fault is None}
    theirs = {row.replication: row for row in others if row.fault is None}
    both = sorted(mine.keys() & theirs.keys())
    if not both:
        raise FolderError("the two have no replication in common")
    pairs = [(mine[number], theirs[number]) for number in both]
    found = []
    sides = [(_numbers(one), _numbers(other)) for one, other in pairs]
    for name in dict.fromkeys(name for one, _ in sides for name in one):
        values = [(one[name], other[name]) for one, other in sides if name in one and name in other]
        if values:
            mine_of, theirs_of = ([pair[at] for pair in values] for at in (0, 1))
            found.append(Compared(name, mean(mine_of), mean(theirs_of), paired(theirs_of, mine_of)))
    questions = [("carried out", _done)]
    if all("lateness_min" in row.measures for pair in pairs for row in pair):
        questions.append(("began on time", _punctual))
    for serial in dict.fromkeys(serial for pair in pairs for row in pair for serial in row.outcomes):
        for question, ask in questions:
            before = [int(ask(one, serial)) for one, _ in pairs]
            after = [int(ask(other, serial)) for _, other in pairs]
            found.append(Compared(f"{serial} {question}", chance(sum(before), len(pairs)), chance(sum(after), len(pairs)),
                                  paired_chance(after, before)))  # fmt: skip
    return found


def _numbers(row: Row) -> dict[str, float]:
    """The measures of a row that have a value, those of serials as `score_share.15`."""
    return {
        f"{measure}.{key}" if key else measure: float(value)
        for measure, key, value in values_of(row)
        if key is not None and value is not None
    }


def _done(row: Row, serial: str) -> bool:
    return row.outcomes.get(serial, ("", ""))[0] in DONE


def _punctual(row: Row, serial: str) -> bool:
    late: Any = row.measures.get("lateness_min")
    return isinstance(late, dict) and serial in late and 60.0 * late[serial] <= PUNCTUAL


def telling(compared: Sequence[Compared], everything: bool = False) -> list[Compared]:
    """What is worth telling: of serials only those that differ, unless all are asked for."""
    return [
        each
        for each in compared
        if everything or each.is_sure or ("." not in each.name and not each.name[0].isdigit())
    ]


def told(each: Compared) -> tuple[str, str, str, str]:
    """A row of a table: name, one, other, and the difference with its interval."""
    change = each.difference
    return (each.name.replace("_", " "), f"{each.one.value:.3g}", f"{each.other.value:.3g}",
            f"{signed(change.value)} ({signed(change.low, 2)} .. {signed(change.high, 2)}){' *' if each.is_sure else ''}")  # fmt: skip
