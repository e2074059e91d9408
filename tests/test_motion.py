"""Motion in straight legs, and the rough look at who may come near whom."""

from random import Random
from types import SimpleNamespace

from sim.geometry import crossing_times
from sim.motion import Motion, nearing


def test_rough_look_overlooks_nobody():
    """Whoever comes within the distance by the exact solution, now or later, is among those nearing; most others are not."""
    draws, now, distance = Random(7), 5_000.0, 2_000.0

    def mover():
        x, y, vx, vy = (draws.uniform(-size, size) for size in (30e3, 30e3, 12.0, 12.0))
        return SimpleNamespace(motion=Motion(x, y, vx, vy, since=draws.uniform(0.0, now)))

    own, others = mover(), [mover() for _ in range(2_000)]
    (x, y), comes = own.motion.at(now), []
    for other in others:
        (u, v), her = other.motion.at(now), other.motion
        times = crossing_times(u - x, v - y, her.vx - own.motion.vx, her.vy - own.motion.vy, distance)
        if times is not None and times[1] >= 0.0:
            comes.append(other)
    found = list(nearing(own.motion, others, now, distance))
    assert [other for other in found if other in comes] == comes
    assert len(comes) <= len(found) <= len(comes) + 2  # one metre of slack at the most


def test_rough_look_at_those_who_keep_their_distance():
    """On the same course and speed only those already within the distance are near."""
    own = Motion(0.0, 0.0, 5.0, 5.0)
    near, far = (SimpleNamespace(motion=Motion(x, 0.0, 5.0, 5.0)) for x in (999.0, 1_500.0))
    assert list(nearing(own, [near, far], 100.0, 1_000.0)) == [near]
