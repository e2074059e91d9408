"""What the sensors answer a vigil: never worse for a nearer target, a calmer sea, a clearer day."""

from itertools import pairwise

import pytest

from sim import shelves
from sim.scenario.library import platform
from sim.scenario.sheets import fitted
from sim.sensors._sensor import Shown, height
from sim.setting import Conditions

CALM, ROUGH = Conditions(1, 20e3, True), Conditions(5, 20e3, True)
FOG, NIGHT = Conditions(1, 2e3, True), Conditions(1, 20e3, False)


def made(kind, carrier):
    sheet = platform(carrier)
    return shelves.kind("sensors", kind)(fitted(sheet)[kind], sheet)


def shown(name, speed=5.0, radiates=True):
    sheet = platform(name)
    return Shown(sheet, height(sheet), speed, radiates)


PAIRS = [("radar", "udaloy", "fast-boat"), ("radar", "udaloy", "raider-drone"), ("lookout", "udaloy", "floating-mine"),
         ("lookout", "ka-27", "person-in-water"), ("sonar", "udaloy", "submarine-target"), ("sonar", "sonobuoy", "submarine-target"),
         ("dipping-sonar", "ka-27", "submarine-target"), ("esm", "type-054a", "udaloy"),
         ("diver-sonar", "udaloy", "diver")]  # fmt: skip


@pytest.mark.parametrize(("kind", "carrier", "target"), PAIRS)
def test_nearer_and_calmer_is_never_worse(kind, carrier, target):
    sensor, own, other = made(kind, carrier), shown(carrier, 0.5), shown(target)
    assert sensor.range_to(own, other, CALM) >= sensor.range_to(own, other, ROUGH) > 0.0
    reach = sensor.range_to(own, other, CALM)
    calm, rough = sensor.chances(own, other, CALM), sensor.chances(own, other, ROUGH)
    chances = [calm(reach * part / 20) for part in range(1, 21)]
    assert all(near >= far for near, far in pairwise(chances))
    assert all(0.0 < chance <= 1.0 for chance in chances)
    for part in range(1, 21):
        at = reach * part / 20
        assert calm(at) >= rough(at)


def test_small_things_are_made_out_nearer_than_large_ones():
    lookout, own = made("lookout", "udaloy"), shown("udaloy")
    ranges = [
        lookout.range_to(own, shown(name), CALM)
        for name in ("person-in-water", "floating-mine", "life-raft", "fast-boat")
    ]
    assert ranges == sorted(ranges)
    assert ranges[0] == pytest.approx(1000.0)
    assert lookout.range_to(own, shown("fast-boat"), FOG) == 2e3
    assert lookout.range_to(own, shown("floating-mine"), NIGHT) < lookout.range_to(
        own, shown("floating-mine"), CALM
    )


def test_half_the_looks_hear_at_the_figure_of_merit():
    """SEN-09 on the shelf."""
    sonar, own, other = made("sonar", "udaloy"), shown("udaloy"), shown("submarine-target", 0.0)
    assert sonar.chances(own, other, CALM)(sonar.cap(CALM)) == pytest.approx(0.5, abs=1e-6)


def test_speed_deafens_the_hunter_and_betrays_the_hunted():
    own, fast = shown("udaloy", 7.0), shown("udaloy", 14.0)
    active, passive = made("sonar", "udaloy"), made("sonar", "sonobuoy")
    slow, quick = shown("submarine-target", 2.0), shown("submarine-target", 8.0)
    assert active.range_to(fast, slow, CALM) < active.range_to(own, slow, CALM)
    assert active.range_to(own, quick, CALM) == active.range_to(own, slow, CALM)
    assert passive.range_to(shown("sonobuoy", 0.0), quick, CALM) > passive.range_to(
        shown("sonobuoy", 0.0), slow, CALM
    )


def test_a_receiver_hears_only_who_radiates():
    esm, radar, own = made("esm", "type-054a"), made("radar", "type-054a"), shown("type-054a")
    assert esm.range_to(own, shown("il-38"), CALM) > radar.range_to(own, shown("il-38"), CALM)
    assert esm.range_to(own, shown("il-38", radiates=False), CALM) == 0.0
    assert esm.range_to(own, shown("floating-mine"), CALM) == 0.0


def test_the_air_is_watched_farther_than_the_sea():
    radar, own = made("radar", "udaloy"), shown("udaloy")
    assert (
        radar.range_to(own, shown("su-30sm"), CALM)
        > 24 * 1852.0
        >= radar.range_to(own, shown("udaloy"), CALM)
    )


def test_a_diver_sonar_is_for_divers_and_ships_at_anchor():
    """Nothing of a boat, nothing under way; eight in a hundred of its reach go with each sea state."""
    sonar, still, diver = made("diver-sonar", "udaloy"), shown("udaloy", 0.0), shown("diver", 0.5)
    assert sonar.range_to(still, shown("fast-boat"), CALM) == 0.0
    assert sonar.range_to(shown("udaloy", 3.0), diver, CALM) == 0.0
    assert sonar.range_to(still, diver, CALM) == pytest.approx(400.0 * 0.92)
    assert sonar.range_to(still, diver, ROUGH) == pytest.approx(400.0 * 0.6)
    assert all(
        made(kind, "udaloy").showing(platform("diver")) is None for kind in ("radar", "lookout", "sonar")
    )
