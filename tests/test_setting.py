"""What agents share: the agenda, which does things at their exact moment."""

from math import inf

from sim.clock import Clock
from sim.setting import Agenda


def test_things_are_done_in_time_and_in_order():
    """To the last bit of the clock, whatever the order of putting them down; ties in that order."""
    env = Clock()
    agenda, done = Agenda(env), []
    for time, name in ((3.3, "c"), (1.1, "a"), (2.2, "b"), (1.1, "a too"), (91_224.000000001, "d")):
        agenda.add(time, lambda name=name: done.append((env.now, name)))
    env.run()

    assert [(1.1, "a"), (1.1, "a too"), (2.2, "b"), (3.3, "c"), (91_224.000000001, "d")] == done


def test_what_is_done_may_put_more_down():
    """For later, for the same moment, and for one that has passed, which is done at once."""
    env = Clock()
    agenda, done = Agenda(env), []

    def first():
        agenda.add(5.0, lambda: done.append((env.now, "later")))
        agenda.add(2.0, lambda: done.append((env.now, "now")))
        agenda.add(1.0, lambda: done.append((env.now, "late")))

    agenda.add(2.0, first)
    env.run()

    assert [(2.0, "late"), (2.0, "now"), (5.0, "later")] == done


def test_what_goes_on_in_parts_keeps_its_place():
    """Among what is due at one moment; put down anew it is the last."""
    env = Clock()
    agenda, done = Agenda(env), []
    place = agenda.add(1.0, lambda: agenda.add(3.0, lambda: done.append("in parts"), place))
    agenda.add(3.0, lambda: done.append("in between"))
    agenda.add(2.0, lambda: agenda.add(3.0, lambda: done.append("anew")))
    env.run()

    assert ["in parts", "in between", "anew"] == done


def test_what_is_struck_is_not_done_and_costs_no_event_once_it_would_be_first():
    env = Clock()
    agenda, done = Agenda(env), []
    agenda.add(1.0, lambda: done.append(1.0))
    for time in (2.0, 3.0, 3.0, 4.0):
        place = agenda.add(time, lambda time=time: done.append(time))
        if time < 4.0:
            agenda.strike(place)
    agenda.add(3.0, lambda: done.append(3.0))
    moments = []
    while env.peek() < inf:
        env.step()
        moments.append(env.now)

    assert [1.0, 3.0, 4.0] == done == moments


def test_what_is_due_now_can_still_be_struck():
    env = Clock()
    agenda, done = Agenda(env), []
    agenda.add(1.0, lambda: agenda.strike(place))
    place = agenda.add(1.0, lambda: done.append("struck"))
    agenda.add(1.0, lambda: done.append("kept"))
    env.run()

    assert ["kept"] == done


def test_one_event_for_each_moment():
    """A thousand things at ten moments, put down in order: ten events."""
    env = Clock()
    agenda, done = Agenda(env), []
    for number in range(1000):
        agenda.add(number // 100 + 1.0, lambda: done.append(env.now))
    events = 0
    while env.peek() < float("inf"):
        env.step()
        events += 1

    assert (10, 1000) == (events, len(done))
