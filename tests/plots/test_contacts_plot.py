"""Contacts over time are the gains less the losses of the log."""

import numpy as np
import pytest

from sim.plots import contacts
from sim.quantities import HOUR
from sim.scenario.roles import muster


@pytest.fixture(scope="module")
def drawn(run):
    return contacts.draw(run)


def test_contacts_held_are_gains_less_losses(run, drawn):
    """At every tenth hour, for each sensor, counted anew from the log; the line drawn says the same."""
    (axes,) = [axes for axes in drawn.axes if axes.get_label() == "Contacts held, by sensor"]
    records = list(run.log.of("contact", "lost"))
    for line in axes.lines:
        sensor = str(line.get_gid()).removeprefix("held ")
        if not str(line.get_gid()).startswith("held "):
            continue
        hours, numbers = line.get_data()
        for time in np.arange(1800.0, run.plan.length, 36000.0):
            wanted = sum(1 if record.kind == "contact" else -1 for record in records
                         if record.details["sensor"] == sensor and record.time <= time)  # fmt: skip
            assert numbers[np.searchsorted(hours, time / HOUR, "right") - 1] == wanted, (sensor, time)


def test_a_force_holds_what_any_of_its_units_holds(run):
    """Each vessel counts once, however many hold it and with whatever."""
    forces = {name: force for force, units in _units(run).items() for name in units}
    held, time = {}, run.plan.length / 2
    for record in run.log.of("contact", "lost"):
        if record.time <= time:
            mine = held.setdefault(forces[record.unit], set())
            key = record.unit, record.other, record.details["sensor"]
            (mine.add if record.kind == "contact" else mine.discard)(key)
    for each in contacts.by_force(run):
        number = each.course[np.searchsorted(each.course[:, 0], time, "right") - 1, 1]
        assert number == len({other for _, other, _ in held.get(each.of, ())})


def _units(run):
    found = {}
    for unit in muster(run.plan):
        found.setdefault(unit.force, []).append(unit.name)
    return found


def test_nobody_holds_less_than_nothing(run):
    for found in (contacts.by_sensor(run), contacts.by_force(run), contacts.of_serials(run)):
        for held in found:
            assert held.course[:, 1].min() == 0
            assert (np.diff(held.course[:, 0]) >= 0).all()


def test_contacts_on_targets_end_with_their_serials(foul_weather):
    found = contacts.of_serials(foul_weather)
    assert found
    for held in found:
        assert held.course[-1, 1] == 0
        assert held.most > 0


def test_marks_stand_on_the_lines(drawn, points):
    for axes in drawn.axes:
        for line in axes.lines:
            if str(line.get_gid()).startswith("mark "):
                sensor = str(line.get_gid()).removeprefix("mark ")
                course = {tuple(place) for place in points(drawn, f"held {sensor}", axes.get_label())}
                assert {tuple(place) for place in np.column_stack(line.get_data())} <= course


def test_words_stay_inside(drawn, within):
    within(drawn)


def test_a_run_without_contacts_says_so(nothing_logged, says_so):
    says_so(contacts.draw(nothing_logged))
