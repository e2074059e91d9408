"""What agents share: the agenda, which does things at their exact moment, and waits for the first of several events."""

from hypothesis import given
from hypothesis import strategies as st

from sim.clock import Clock
from sim.setting import Agenda, Bell, first_of, when


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


@given(st.floats(0.0, 1e6), st.floats(0.0, 1e6))
def test_a_wait_ends_at_its_very_moment(start, time):
    """To the last bit, however near or far; at once when the moment has passed."""
    clock = Clock(start)
    clock.run(when(clock, time))

    assert max(start, time) == clock.now


def test_the_first_of_several_events_wakes_and_leaves_nothing_behind_at_the_others() -> None:
    env = Clock()
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
