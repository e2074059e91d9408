"""The clock: waits that end at exact times, and waits for the first of several events."""

from hypothesis import given
from hypothesis import strategies as st

from sim.clock import Clock
from sim.setting import Bell, first_of, when


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
