"""Replenishment at sea: the time line of each customer, the queue at the rig, and what FINEX leaves behind."""

from math import degrees

import pytest
from small_exercise import PLATFORMS, SECTIONS, clock, living, played, scenario, serial

from sim.errors import ScenarioError
from sim.geometry import course_of, velocity
from sim.runs import Run
from sim.units.ship import CASUALTY

SHEETS = "\n" + PLATFORMS.replace(
    "tanker: {like: type-903a,",
    "tanker: {like: type-903a, replenishment: {stations: 1, rate: 200 t/h, cargo: 10500 t},",
).replace(
    "frigate: {like: type-054a,",
    "frigate: {like: type-054a, fuel: {capacity: 1000 t, idle: 0 t/h, burn: 1e-9 t/h, burn_at: 15 kn},",
)  # fmt: skip
LOW = SECTIONS["forces"].replace("{platform: frigate,", "{platform: frigate, fuel: 65 %,")
PHASES = {"approach": "15 min", "hook_up": "20 min", "unhook": "10 min", "departure": "10 min", "speed": "12 kn",
          "abort_slight": "0 %", "top_up_to": "95 %"}  # fmt: skip


def ras(customers="[Alpha, Bravo, Golf]", **more):
    """A replenishment with fixed phases; customers lack 300 t each."""
    said = {"duration": "8 h", "roles": f"{{tanker: Tango, customers: {customers}}}"} | PHASES | more
    return serial(1, "replenishment", **said)


def test_time_line_of_three_customers_at_one_station():
    """REQ-LOG-03: 15 + 20 + 60 x 300/200 + 10 + 10 = 145 min each, 435 min in all, 29 nmi a customer at 12 kn."""
    run = played(ras(), platforms=SHEETS, forces=LOW)
    clear, legs = run.log.table("clear"), [record for record in run.log.of("leg") if record.unit == "Tango"]
    under_way = next(record for record in legs if record.details["vx_m_per_s"] > 0)

    assert [pytest.approx(145, abs=1e-3)] * 3 == list(clear["served_s"] / 60)
    assert pytest.approx(435, abs=1e-3) == (clear["time"][-1] - under_way.time) / 60
    speed = under_way.details["vx_m_per_s"]
    assert pytest.approx(29, abs=1e-3) == speed * clear["served_s"][0] / 1852
    assert [pytest.approx(300, abs=1e-3)] * 3 == list(run.log.table("transfer")["fuel_t"])
    assert [pytest.approx(145 * 60 * place, abs=0.1) for place in range(3)] == list(
        run.log.table("alongside")["waited_s"]
    )
    assert "completed" == run.outcomes["1"].details["result"]


def test_two_stations_serve_two_at_once():
    """The third waits for the first to be clear."""
    run = played(ras(), platforms=SHEETS.replace("stations: 1", "stations: 2"), forces=LOW)

    assert [pytest.approx(each, abs=0.1) for each in (0, 0, 145 * 60)] == list(
        run.log.table("alongside")["waited_s"]
    )


def test_finex_in_the_middle_keeps_what_has_flowed():
    """After half the pumping half of the fuel is over, and both books agree."""
    exercise = living(
        ras("[Alpha]", duration="70 min"), platforms=SHEETS, forces=LOW)  # fmt: skip
    run = Run(exercise.plan, 0, 0, exercise.run())
    pumped = clock(8) + 1.25 * 70 * 60 - run.log.table("pumping")["time"][0]

    assert pytest.approx(200 / 3600 * pumped) == run.log.table("transfer")["fuel_t"][0]
    assert pytest.approx(exercise.units["Alpha"].received) == exercise.units["Tango"].delivered
    assert 0 < run.log.table("transfer")["fuel_t"][0] < 300
    assert "stopped" == run.outcomes["1"].details["result"]
    assert None is exercise.units["Alpha"].booked


def test_an_emergency_breakaway_cuts_the_transfer():
    """Somewhere between nothing and all is taken over; the customer still gets clear."""
    run = played(ras(abort_slight="100 %"), platforms=SHEETS, forces=LOW)

    assert 3 == len(list(run.log.of("breakaway")))
    assert all(0 < fuel < 300 for fuel in run.log.table("transfer")["fuel_t"])
    assert 3 == len(list(run.log.of("clear")))


def test_a_rig_that_fails_is_slipped():
    """Fuel stops with it; the tanker that cannot be mended ends the serial."""
    exercise = living(ras("[Alpha, Bravo]"), platforms=SHEETS, forces=LOW)
    tanker = exercise.units["Tango"]

    def fails():
        yield exercise.env.timeout(clock(9))
        tanker.down["rig"] = exercise.log.write(CASUALTY, tanker.now, unit="Tango", equipment="rig")
        exercise.news.ring()

    exercise.env.process(fails())
    run = Run(exercise.plan, 0, 0, exercise.run())
    pumping, transfer = run.log.table("pumping"), run.log.table("transfer")

    assert [clock(9)] == list(transfer["time"])
    assert pytest.approx(200 / 3600 * (clock(9) - pumping["time"][0])) == transfer["fuel_t"][0]
    assert 1 == len(list(run.log.of("breakaway")))
    assert ("stopped", "casualty") == (
        run.outcomes["1"].details["result"],
        run.outcomes["1"].details["reason"],
    )


def test_two_customers_give_up_a_broken_tanker_once():
    """Both wait for her repair at two stations; she drops out once."""
    exercise = living(
        ras("[Alpha, Bravo]"), platforms=SHEETS.replace("stations: 1", "stations: 2"), forces=LOW
    )
    tanker = exercise.units["Tango"]

    def fails():
        yield exercise.env.timeout(clock(8, 1))
        tanker.down["rig"] = exercise.log.write(CASUALTY, tanker.now, unit="Tango", equipment="rig")

    exercise.env.process(fails())
    run = Run(exercise.plan, 0, 0, exercise.run())

    assert ["Tango"] == [record.unit for record in run.log.of("dropped-out")]
    assert "casualty" == run.outcomes["1"].details["reason"]


def test_the_cargo_is_all_there_is():
    """A tanker with 400 t gives 400 t."""
    run = played(ras(), platforms=SHEETS.replace("cargo: 10500 t", "cargo: 400 t"), forces=LOW)

    assert [pytest.approx(each, abs=1e-3) for each in (300, 100, 0)] == list(
        run.log.table("transfer")["fuel_t"]
    )


def test_the_course_is_a_true_one():
    """Three degrees and more east of the datum the tanker's course on the plane is off the true one by the convergence."""
    east = (
        SECTIONS["forces"]
        .replace("40-01N 134-01E", "40-00N 139-00E")
        .replace("40-00N 134-00E", "40-00N 139-00E")
    )
    exercise = living(
        ras("[Golf]", course="30 deg", area=None, duration="30 min"),
        platforms=SHEETS, forces=east.replace("{platform: frigate,", "{platform: frigate, fuel: 65 %,"),
    )  # fmt: skip
    log = exercise.run()
    leg = next(
        record for record in log.of("leg") if record.unit == "Tango" and record.cause and record.details["vy_m_per_s"]
        and record.time >= clock(8)
    )  # fmt: skip
    grid = degrees(course_of(leg.details["vx_m_per_s"], leg.details["vy_m_per_s"]))

    assert exercise.plane.convergence(*leg.at) > 3.0
    assert 30.0 == pytest.approx(exercise.plane.true_course(*leg.at, grid))
    assert abs(grid - 30.0) > 3.0


def test_alongside_stays_alongside_when_the_tanker_slows():
    """She makes 10 kn from nine o'clock on: the customer pumping on her beam slows with her."""
    exercise = living(ras("[Alpha]"), platforms=SHEETS, forces=LOW)
    tanker, ship = exercise.units["Tango"], exercise.units["Alpha"]
    found = []

    def slows():
        yield exercise.env.timeout(clock(9))
        tanker.steer(*velocity(tanker.heading, 10 * 1852 / 3600))
        yield exercise.env.timeout(1200.0)
        found.append(ship.distance_to(tanker.position))
        found.append(ship.motion.speed * 3600 / 1852)

    exercise.env.process(slows())
    run = Run(exercise.plan, 0, 0, exercise.run())

    assert [55.0, 10.0] == pytest.approx(found)
    assert run.log.table("pumping")["time"][0] < clock(9) < run.log.table("transfer")["time"][0]


def test_a_speed_without_a_unit_is_refused_at_its_line():
    """With the fix shown."""
    with pytest.raises(
        ScenarioError, match=r"small.yaml:\d+:\d+: serials.0.speed: '12' has no unit; write '12 kn'"
    ):
        scenario(ras(speed="12"))
