"""Command: orders that take their time, are misheard, and get easier with practice."""

from math import sqrt

import pytest
from small_exercise import SECTIONS, living

COMMAND = SECTIONS["command"].replace(
    "misunderstood: {national: 0 %, across: 0 %}", "misunderstood: {national: 0 %, across: 30 %}"
)


def told(exercise, force, *names):
    """One order of a staff, and when each has acknowledged."""
    staff, units = exercise.commanders[force], [exercise.units[name] for name in names]
    process = exercise.env.process(staff.order(units, "do", None))
    last = exercise.env.run(until=process)
    return last, list(exercise.log.of("acknowledged"))


def test_an_order_takes_longer_between_navies():
    """Half a minute inside, two between; it is done when the last has acknowledged."""
    exercise = living()
    last, answers = told(exercise, "blue", "Golf", "Bravo")

    assert [("Bravo", 30.0), ("Golf", 120.0)] == [(record.unit, record.time) for record in answers]
    assert [0, 1] == [record.details["across"] for record in answers]
    assert answers[-1].number == last
    assert 120.0 == exercise.env.now


def test_practice_makes_both_faster_down_to_the_floor():
    """floor + (1 - floor) l^n; nobody is faster with himself."""
    exercise = living()
    staff = exercise.commanders["blue"]
    for done in range(30):
        assert pytest.approx(0.4 + 0.6 * 0.9**done) == staff.factor("red")
        staff.learn("red", "1", None)

    assert 1.0 == staff.factor("blue")
    assert 0.4 < staff.factor("red") < 0.43
    assert 1.0 == exercise.commanders["red"].factor("blue")
    assert list(range(1, 31)) == [record.details["serials"] for record in exercise.log.of("practised")]


def test_an_order_is_repeated_as_often_as_it_is_misheard():
    """Sendings are geometric: 1/(1 - 0.3) in the mean, 2,000 orders of seed 0, 4 SE; each takes its own time."""
    exercise = living(command=COMMAND)
    staff, golf = exercise.commanders["blue"], exercise.units["Golf"]

    def many():
        for _ in range(2000):
            yield from staff.order([golf], "do", None)

    exercise.env.run(until=exercise.env.process(many()))
    sendings = [record.details["sendings"] for record in exercise.log.of("acknowledged")]
    mean = sum(sendings) / len(sendings)

    assert abs(mean - (1 - 0.3**6) / 0.7) < 4 * sqrt(0.3 / 0.49 / 2000)
    assert max(sendings) <= 6
    assert all(pytest.approx(120.0 * record.details["sendings"]) == record.details["delay_s"]
               for record in exercise.log.of("acknowledged"))  # fmt: skip
    assert sum(sendings) - 2000 == len(list(exercise.log.of("repeated")))


def test_an_acknowledgement_leads_back_to_its_order():
    """By way of what had to be repeated."""
    exercise = living(command=COMMAND.replace("across: 30 %", "across: 100 %"))
    last, _ = told(exercise, "blue", "Golf")

    assert ["acknowledged", *["repeated"] * 5, "order"] == [
        record.kind for record in exercise.log.chain(last)
    ]


def test_an_order_to_nobody_is_over_at_once():
    """And gives back its cause."""
    exercise = living()
    process = exercise.env.process(exercise.commanders["blue"].order([], "do", None, cause=0))

    assert 0 == exercise.env.run(until=process)
