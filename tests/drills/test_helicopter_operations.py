"""Helicopters on decks: flying course, wave-offs, spots, and landings across the boundary between navies."""

from itertools import pairwise

import pytest
from small_exercise import PLATFORMS, living, played, scenario, serial

from sim.drills.helicopter_operations import flying_course
from sim.errors import ScenarioError
from sim.exercise import Exercise

CALM = {"wave_off": "0 %", "wave_off_per_sea_state": "0 %"}


def decks(ships="[Golf, Alpha]", aircraft="[Kilo, Lima]", **more):
    """Landings of both helicopters."""
    said = {
        "duration": "2 h",
        "comex": "10:00",
        "cycles": "4",
        "roles": f"{{decks: {ships}, aircraft: {aircraft}}}",
    }
    return serial(1, "helicopter-operations", **said | more)


def weather(sea_state=2, wind=4):
    return f"{{sea_state: {sea_state}, visibility: 10 nmi, wind: {wind} m/s}}"


@pytest.mark.parametrize(("wind", "into", "speed", "over"), [
    (4.0, True, 6.0, 10.0),  # makes up what the wind lacks
    (0.0, True, 9.0, 9.0),  # as much as she may
    (12.0, True, 3.0, 15.0),  # no slower than she can steer
    (18.0, False, 8.0, 10.0),  # too much even so: before the wind
    (30.0, False, 9.0, 21.0),  # too much even before it
])  # fmt: skip
def test_flying_course_is_relative_wind(wind, into, speed, over):
    """Wanted 10 m/s, at most 18 over the deck, at 3 to 9 m/s of the ship."""
    assert (into, speed, over) == flying_course(wind, 10.0, 18.0, 3.0, 9.0)


def test_wind_over_the_deck_is_what_was_wanted():
    """The vector sum of the ship's leg and the wind: 20 knots from right ahead."""
    log = played(decks(wind_from="90 deg")).log
    taken = list(log.of("flying-course"))
    legs = {(leg.unit, leg.time): leg for leg in log.of("leg")}

    assert {"Golf", "Alpha"} == {record.unit for record in taken}
    for record in taken:
        leg = legs[record.unit, record.time]
        assert pytest.approx(record.details["speed_m_per_s"]) == leg.details["vx_m_per_s"]
        assert pytest.approx(20 * 1852 / 3600) == leg.details["vx_m_per_s"] + record.details["wind_m_per_s"]
        assert 0.02 > abs(leg.details["vy_m_per_s"]) / leg.details["vx_m_per_s"]  # convergence at the place


def test_the_other_navys_deck_comes_first():
    """Each helicopter lands across first; all landings asked for are made without wave-offs."""
    log = played(decks(**CALM)).log
    landed = list(log.of("deck-landing"))

    assert 8 == len(landed)
    first = {record.unit: record for record in reversed(landed)}
    assert {"Golf"} == {record.other for record in first.values()}
    assert all(record.details["across"] == int(record.other == "Golf") for record in landed)


def test_one_spot_takes_one_at_a_time():
    """From landing to take-off nobody else is on that deck, though both want it."""
    stays = {}
    for record in played(decks(ships="[Golf]", on_deck="12 min", **CALM)).log.of(
        "deck-landing", "deck-take-off"
    ):
        stays.setdefault(record.other, []).append((record.time, record.kind, record.unit))
    (found,) = stays.values()

    assert len(found) >= 6
    for one, other in pairwise(found):
        assert one[1] != other[1]
    assert {one[2] for one, other in pairwise(found) if one[1] == "deck-landing" and one[2] == other[2]} == {
        "Kilo",
        "Lima",
    }


def test_on_deck_it_moves_with_the_ship_and_is_seen_by_nobody():
    """Its place is hers to the metre, it shows on no sensor, and after FINEX it is home, watched by nobody."""
    exercise = living(decks(aircraft="[Kilo]", **CALM))
    kilo, golf, seen = exercise.units["Kilo"], exercise.units["Golf"], []

    def look():
        while True:
            yield exercise.env.timeout(60.0)
            if kilo.aboard is golf:
                seen.append((kilo.distance_to(golf.position), kilo.presence))

    exercise.env.process(look())
    exercise.run()

    assert seen
    assert all(off < 1.0 and presence is None for off, presence in seen)
    assert kilo.aboard is None
    assert kilo.phase == "home"


def test_finex_on_deck_lets_it_go_home():
    """Cut short in the middle of a stay: it lifts off and lands at home."""
    exercise = living(decks(aircraft="[Kilo]", on_deck="100 min", duration="45 min", **CALM))
    log = exercise.run()
    finex = next(record.time for record in log.of("finex"))
    (down,), (off,) = log.of("deck-landing"), log.of("deck-take-off")

    assert down.time < finex == off.time
    assert any(record.unit == "Kilo" and record.time > finex for record in log.of("landed"))
    assert exercise.units["Kilo"].aboard is None
    assert all(
        not ship.deck.users and not ship.watchers for ship in map(exercise.units.get, ("Alpha", "Golf"))
    )


def test_a_rougher_sea_waves_off_more_of_the_same_approaches():
    """With common random numbers: approach by approach, whoever lands in sea state 4 lands in 2."""
    worse = 0
    for seed in range(8):
        outcomes = []
        for sea in (2, 4):
            plan = scenario(decks(ships="[Golf]", aircraft="[Kilo]", cycles="6", duration="3 h"),
                            environment=weather(sea))  # fmt: skip
            outcomes.append(
                [record.kind for record in Exercise(plan, seed).run().of("deck-landing", "wave-off")]
            )
        for calm, rough in zip(*outcomes, strict=False):
            assert not (calm == "wave-off" and rough == "deck-landing")
            worse += calm != rough
    assert worse


def test_wave_offs_have_the_chance_declared():
    """Forty per cent at sea state 4: 10 + 2 x 15, within four standard errors."""
    tried = waved = 0
    plan = scenario(decks(aircraft="[Kilo, Lima]", cycles="6", duration="3 h", wave_off="10 %", wave_off_per_sea_state="15 %"),
                    environment=weather(4))  # fmt: skip
    for seed in range(12):
        for record in Exercise(plan, seed).run().of("deck-landing", "wave-off"):
            tried, waved = tried + 1, waved + (record.kind == "wave-off")

    assert tried > 100
    assert abs(waved / tried - 0.4) < 4 * (0.24 / tried) ** 0.5


def test_too_much_wind_over_the_deck_lets_nobody_land():
    """24 m/s is more than 15 knots even before the wind."""
    log = played(decks(aircraft="[Kilo]", over_deck="10 kn", most_over_deck="15 kn", limits="{wind: 40 m/s}"),
                 environment=weather(2, 24), platforms="\n" + PLATFORMS.replace(
                     "{like: ka-27,", "{like: ka-27, limits: {sea_state: 5, visibility: 1 nmi, wind: 40 m/s},")).log  # fmt: skip

    assert [] == list(log.of("deck-landing"))
    assert {"wind"} == {record.details["reason"] for record in log.of("wave-off")}


def test_a_deck_is_closed_beyond_its_sea():
    """No approach is flown to it."""
    small = PLATFORMS.replace(
        "{like: type-903a,", "{like: type-903a, deck: {spots: 1, hangar: 1, sea_state: 1},"
    )
    log = played(decks(ships="[Tango]", aircraft="[Kilo]"), platforms="\n" + small).log

    assert list(log.of("deck-closed"))
    assert [] == list(log.of("deck-landing", "wave-off"))


@pytest.mark.parametrize(("said", "fault"), [
    ({"steerage": "19 kn"}, "serials.0.steerage: more than the most speed"),
    ({"most_over_deck": "10 kn"}, "serials.0.over_deck: more wind wanted over the deck than is allowed"),
    ({"wave_off": "4"}, "serials.0.wave_off"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault):
        scenario(decks(**said))
