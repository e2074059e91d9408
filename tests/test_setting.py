"""What agents share: the agenda, which does things at their exact moment, and waits for the first of several events."""

from math import inf, nextafter

import simpy
from hypothesis import given
from hypothesis import strategies as st

from sim.setting import Agenda, Bell, first_of, when


def test_things_are_done_in_time_and_in_order():
    """To the last bit of the clock, whatever the order of putting them down; ties in that order."""
    env = simpy.Environment()
    agenda, done = Agenda(env), []
    for time, name in ((3.3, "c"), (1.1, "a"), (2.2, "b"), (1.1, "a too"), (91_224.000000001, "d")):
        agenda.add(time, lambda name=name: done.append((env.now, name)))
    env.run()

    assert [(1.1, "a"), (1.1, "a too"), (2.2, "b"), (3.3, "c"), (91_224.000000001, "d")] == done


def test_what_is_done_may_put_more_down():
    """For later, for the same moment, and for one that has passed, which is done at once."""
    env = simpy.Environment()
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
    env = simpy.Environment()
    agenda, done = Agenda(env), []
    place = agenda.add(1.0, lambda: agenda.add(3.0, lambda: done.append("in parts"), place))
    agenda.add(3.0, lambda: done.append("in between"))
    agenda.add(2.0, lambda: agenda.add(3.0, lambda: done.append("anew")))
    env.run()

    assert ["in parts", "in between", "anew"] == done


def test_what_is_struck_is_not_done_and_costs_no_event_once_it_would_be_first():
    env = simpy.Environment()
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
    env = simpy.Environment()
    agenda, done = Agenda(env), []
    agenda.add(1.0, lambda: agenda.strike(place))
    place = agenda.add(1.0, lambda: done.append("struck"))
    agenda.add(1.0, lambda: done.append("kept"))
    env.run()

    assert ["kept"] == done


def test_one_event_for_each_moment():
    """A thousand things at ten moments, put down in order: ten events."""
    env = simpy.Environment()
    agenda, done = Agenda(env), []
    for number in range(1000):
        agenda.add(number // 100 + 1.0, lambda: done.append(env.now))
    events = 0
    while env.peek() < float("inf"):
        env.step()
        events += 1

    assert (10, 1000) == (events, len(done))


@given(st.floats(0.0, 1e6), st.floats(1e-3, 1e6))
def test_a_wait_never_ends_early(start, delay):
    """To the last bit where the clock can stand there, else a bit late; an agenda that woke early would sleep on for hours."""
    env = simpy.Environment(start)
    time, done = start + delay, []
    agenda = Agenda(env)
    agenda.add(time, lambda: done.append(env.now))
    env.run()

    assert time <= done[0] <= nextafter(time, inf)


def test_a_wait_that_steps_over_its_moment_ends_late():
    """The clock stands half a step of the later time aside, so every sum is a tie, and ties go to even moments only."""
    start, time = 1.0 + 2.0**-50, 10.0 + 2.0**-49
    assert all(start + (9.0 + number * 2.0**-49) != time for number in range(-3, 4))
    env = simpy.Environment(start)
    env.run(when(env, time))

    assert nextafter(time, inf) == env.now


def test_the_first_of_several_events_wakes_and_leaves_nothing_behind_at_the_others() -> None:
    env = simpy.Environment()
    bell = Bell(env)
    woken: list[float] = []

    def wait():  # type: ignore[no-untyped-def]  # a SimPy process
        for _ in range(3):
            yield first_of(env, bell.rung, when(env, env.now + 10))
            woken.append(env.now)

    env.process(wait())
    env.run(15)
    bell.ring()
    env.run(27)
    assert woken == [10.0, 15.0, 25.0]
    assert not bell.rung.callbacks
