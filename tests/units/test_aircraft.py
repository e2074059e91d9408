"""Aircraft: one sortie after another, never longer than the fuel."""

import pytest
import simpy
from small_exercise import PLATFORMS, living


def flying(**changes):
    """A helicopter on Alpha, in an exercise without serials."""
    exercise = living(**changes)
    return exercise, exercise.units["Kilo"]


def words(exercise, unit):
    """What is told of a unit, in order."""
    return [
        (record.kind, record.time) for record in exercise.log if record.unit == unit and record.kind != "leg"
    ]


def test_a_sortie_lasts_as_long_as_its_fuel():
    """Twenty minutes to start, out, on task, home with the reserve left, twenty to recover and an hour to turn round."""
    exercise, kilo = flying()
    exercise.env.process(kilo.sortie((0.0, 30e3), 0.0, "1"))
    exercise.env.run(until=5.9 * 3600)
    told = dict(words(exercise, "Kilo"))

    assert ["launched", "on-task", "off-task", "landed"] == list(told)
    assert 1200.0 == told["launched"]
    assert pytest.approx(3.5 * 3600 - 1200, abs=70) == told["landed"] - told["launched"]
    assert "home" == kilo.phase
    assert kilo.is_ready


def test_nobody_flies_twice_at_once():
    """An aircraft that is not home cannot be sent, from the moment it is told."""
    exercise, kilo = flying()
    exercise.env.process(kilo.sortie((0.0, 30e3), 0.0, "1"))

    with pytest.raises(RuntimeError, match="Kilo is sent while starting"):
        kilo.sortie((0.0, 30e3), 0.0, "1")


def test_recalled_on_deck_it_stays_home():
    """No take-off, no turn-round, and the deck is free."""
    exercise, kilo = flying()
    going = exercise.env.process(kilo.sortie((0.0, 30e3), 0.0, "1"))
    exercise.env.run(until=600.0)
    going.interrupt()
    exercise.env.run(until=700.0)

    assert "home" == kilo.phase
    assert [] == words(exercise, "Kilo")
    assert 0 == exercise.units["Alpha"].deck.count


def test_recalled_in_the_air_it_comes_home_to_where_its_ship_is():
    """The ship has moved ten miles meanwhile."""
    exercise, kilo = flying()
    going = exercise.env.process(kilo.sortie((0.0, 30e3), 0.0, "1"))
    exercise.env.run(until=3600.0)
    exercise.units["Alpha"].steer(-8.0, 0.0)
    going.interrupt()
    exercise.env.run(until=7200.0)
    (landed,) = exercise.log.of("landed")

    assert (pytest.approx(-8.0 * (landed.time - 3600)), pytest.approx(0.0)) == landed.at
    assert exercise.units["Alpha"].position == kilo.position


def test_landing_goes_before_launching():
    """With one spot the one in the air has it first; the other's launch waits."""
    exercise, _kilo = flying()
    lima, alpha = exercise.units["Lima"], exercise.units["Alpha"]
    lima.home = alpha
    order = []

    def use(unit, at, priority):
        yield exercise.env.timeout(at)
        with alpha.deck.request(priority) as spot:
            yield spot
            order.append(unit)
            yield exercise.env.timeout(100.0)

    for unit, at, priority in (("first", 0, 1), ("launch", 1, 1), ("land", 2, 0)):
        exercise.env.process(use(unit, at, priority))
    exercise.env.run(until=1000.0)

    assert ["first", "land", "launch"] == order
    assert isinstance(alpha.deck, simpy.PriorityResource)


def test_a_deck_that_is_never_clear_is_cleared_for_the_last_of_the_fuel():
    """Nobody flies beyond his endurance."""
    exercise, kilo = flying()

    def blocks():
        with exercise.units["Alpha"].deck.request(0) as spot:
            yield spot
            yield exercise.env.timeout(1e6)

    exercise.env.process(kilo.sortie((0.0, 30e3), 0.0, "1"))
    exercise.env.run(until=1300.0)
    exercise.env.process(blocks())
    exercise.env.run(until=5 * 3600.0)
    (landed,) = exercise.log.of("landed")

    assert pytest.approx(3.5 * 3600) == landed.details["flown_s"]


def test_it_starts_when_its_limits_allow():
    """The sea at its deck counts too; it waits below, off the deck."""
    exercise, kilo = flying(environment="{sea_state: 6, visibility: 10 nmi, wind: 4 m/s}")
    exercise.env.process(kilo.sortie((0.0, 30e3), 0.0, "1"))
    exercise.env.run(until=3600.0)
    assert [("grounded", 0.0)] == words(exercise, "Kilo")
    assert 0 == exercise.units["Alpha"].deck.count

    exercise.weather.sea_state = 3
    exercise.news.ring()
    exercise.env.run(until=3 * 3600.0)
    assert ("launched", 4800.0) in words(exercise, "Kilo")


def test_a_deck_has_its_own_sea_state():
    """Below the helicopter's limit, above the deck's."""
    sheets = "\n" + PLATFORMS.replace(
        "like: type-054a,", "like: type-054a, deck: {spots: 1, hangar: 1, sea_state: 3},"
    )
    _, kilo = flying(environment="{sea_state: 4, visibility: 10 nmi, wind: 4 m/s}", platforms=sheets)

    assert ["sea"] == kilo.limits_broken()


def test_a_failed_check_takes_it_off_for_an_hour():
    """And the record of it is why it cannot be had; then there is news."""
    exercise, kilo = flying(
        platforms="\n" + PLATFORMS.replace("serviceability: 100 %", "serviceability: 0 %", 1)
    )
    heard = []
    assert not kilo.check("1")
    assert ("aircraft", kilo.why) == kilo.unfit((), (0.0, 0.0))

    def listen():
        while True:
            yield exercise.news.rung
            heard.append(exercise.env.now)

    exercise.env.process(listen())
    exercise.env.run(until=4000.0)
    assert 3600.0 in heard
    assert kilo.unfit((), (0.0, 0.0)) is None


def test_while_the_deck_is_not_clear_it_waits_in_company_with_its_ship():
    """For ten minutes, in which she steams and turns; it touches down beside her, not where she was."""
    exercise, kilo = flying()
    alpha, env = exercise.units["Alpha"], exercise.env
    going = env.process(kilo.sortie((0.0, 30e3), 0.0, "1"))

    def busy():
        with alpha.deck.request(0) as spot:
            yield spot
            yield env.timeout(3600.0)

    def steam():
        for vx, vy in ((8.0, 0.0), (0.0, 8.0), (-6.0, 3.0)):
            alpha.steer(vx, vy)
            yield env.timeout(1500.0)

    env.run(until=1500.0)
    env.process(busy())
    env.process(steam())
    env.run(until=2400.0)
    going.interrupt()
    env.run(until=9000.0)
    (landed,) = exercise.log.of("landed")
    leg = [record for record in exercise.log.of("leg") if record.unit == "Kilo"][-1]
    ended = landed.time - leg.time

    assert landed.time >= 5100.0
    assert landed.at == pytest.approx(
        (leg.at[0] + leg.details["vx_m_per_s"] * ended, leg.at[1] + leg.details["vy_m_per_s"] * ended),
        abs=100.0,
    )
