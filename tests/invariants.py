"""What must hold in every exercise, whatever its plan and its seed: asked of the played exercise and its log."""

from collections import Counter
from math import dist, hypot

from sim.exercise import Exercise
from sim.fuel import FULL
from sim.units.aircraft import Aircraft
from sim.units.ship import Ship

ENDS = ("outcome", "postponed")  # of an attempt at a serial
SHOTS = {"round": 1, "shore-round": 1}
ROOTS = (
    "weather",
    "sun",
    "casualty",
    "out-of-fuel",
    "sighted",
    "called",
    "delayed",
    "unserviceable",
    "call",
    "startex",
)
TOGETHER = {
    "alongside": 200.0,
    "pumping": 200.0,
    "transfer": 200.0,
    "boarded": 1.0,
    "ship-searched": 1.0,
    "boat-back": 1.0,
    "deck-landing": 1.0,
    "deck-take-off": 1.0,
    "wave-off": 1.0,
    "landed": 100.0,
    "met": 1.0,
    "intercepted": 5e3,
    "hailed": 1e3,
}  # m at the most between the two of a record
LONGEST_ORDER = 6 * 8 * 60.0  # s: six sendings of the slowest delay


def check(exercise: Exercise) -> None:
    """Everything below."""
    for invariant in INVARIANTS:
        invariant(exercise)


def rounds_are_conserved(exercise):
    """Magazines at the start = left + fired; fired = the sum of the records."""
    fired = Counter()
    for record in exercise.log.of("round", "shore-round", "burst", "shots", "warning-shots"):
        fired[record.unit, record.details["gun"]] += SHOTS.get(record.kind) or record.details["rounds"]
    for ship in ships(exercise):
        for mounting, gun in zip(ship.platform.guns, ship.guns, strict=True):
            assert mounting.mounts.whole * mounting.magazine.whole == gun.rounds + gun.fired
            assert gun.fired == fired[ship.name, gun.sheet.gun]
            assert gun.rounds >= 0


def fuel_is_conserved(exercise):
    """Bunkers at the start + received - burnt = left; what a tanker gives another ship takes."""
    received, given = Counter(), Counter()
    for record in exercise.log.of("transfer"):
        received[record.unit] += record.details["fuel_t"]
        given[record.other] += record.details["fuel_t"]
        assert 0 <= record.details["fuel_t"] <= record.details["wanted_t"] + 1e-6
    fuels = {each.name: each.group.fuel for each in exercise.board.roster}
    for ship in ships(exercise):
        share = fuels[ship.name].value if fuels[ship.name] is not None else FULL
        assert abs(share * ship.capacity + ship.received - ship.burnt - ship.bunkers) < 1e-3
        assert abs(received[ship.name] - ship.received / 1e3) < 1e-6
        assert abs(given[ship.name] - ship.delivered / 1e3) < 1e-6
        assert 0 <= ship.bunkers <= ship.capacity + 1e-6
        rig = ship.platform.replenishment
        if rig is not None:
            assert abs(rig.cargo.value - ship.cargo - ship.delivered) < 1e-3
            assert ship.cargo >= 0
    for record in exercise.log.of("fuel"):
        assert -1e-9 <= record.details["fuel_t"] <= record.details["capacity_t"] + 1e-9


def aircraft_are_conserved(exercise):
    """Every launch has one landing or is in the air at ENDEX; nobody flies twice at once or longer than its fuel."""
    aloft = {}
    for record in exercise.log.of("launched", "landed"):
        if record.kind == "launched":
            assert record.unit not in aloft
            aloft[record.unit] = record.time
        else:
            flown = record.time - aloft.pop(record.unit)
            assert abs(flown - record.details["flown_s"]) < 1e-6
            assert flown <= exercise.units[record.unit].platform.endurance.value + 1e-6
    for unit in exercise.units.values():
        if isinstance(unit, Aircraft):
            assert unit.is_airborne == (unit.name in aloft)
            if unit.is_airborne:
                assert unit.endurance_left() >= -1e-6


def units_are_in_one_serial_at_a_time(exercise):
    """By the records of assignment and release, and nobody is left booked."""
    booked = {}
    for record in exercise.log.of("assigned", "released", "dropped-out"):
        if record.kind == "assigned":
            assert record.unit not in booked, record
            booked[record.unit] = record.serial
        else:
            assert booked.pop(record.unit) == record.serial
    assert {} == booked
    assert [] == [unit.name for unit in exercise.units.values() if unit.booked is not None]


def time_and_causes_run_forward(exercise):
    """No record is earlier than the one before it, and its cause is an earlier record."""
    before = 0.0
    for record in exercise.log:
        assert before <= record.time
        before = record.time
        assert record.cause is None or 0 <= record.cause < record.number
    assert "startex" == exercise.log[0].kind
    assert "endex" == exercise.log[len(exercise.log) - 1].kind
    assert exercise.plan.length == before


def nobody_is_faster_than_his_platform(exercise):
    """On any leg of anyone, strangers and targets included."""
    trades = {record.unit: record.details["trade"] for record in exercise.log.of("sighted")}
    for record in exercise.log.of("leg"):
        if record.unit in exercise.units:
            platform = exercise.units[record.unit].platform
        elif record.unit in trades:
            platform = exercise.plan.platforms[exercise.plan.traffic[trades[record.unit]].platform]
        else:
            platform = exercise.plan.platforms[record.unit.rpartition(" ")[0]]
        speed = hypot(record.details["vx_m_per_s"], record.details["vy_m_per_s"])
        assert speed <= platform.max_speed.value * (1 + 1e-9)


def exclusive_areas_are_not_shared(exercise):
    """From the grant to the end of the attempt no other serial is granted the area."""
    attempt, holders, held = Counter(), {}, {}
    for record in exercise.log.of("granted", *ENDS):
        serial = exercise.plan.serial(record.serial)
        if record.kind == "granted":
            areas = [serial.area, *(each.area or serial.area for each in serial.alternates)]
            area = areas[attempt[record.serial]]
            if area is not None and exercise.plan.areas[area].exclusive:
                assert area not in holders, record
                holders[area] = record.serial
                held[record.serial] = area
        else:
            attempt[record.serial] += 1
            holders.pop(held.pop(record.serial, None), None)
    assert {} == exercise.board.areas
    assert {} == exercise.board.running
    assert [] == exercise.board.requests
    for name, count in exercise.plan.resources.items():
        assert count.whole == exercise.board.resources[name]


def nobody_fires_on_a_fouled_range(exercise):
    """By the guard's records, and by where the strangers who keep no watch really are."""
    fouled, heeds, legs = set(), {}, {}
    shapes = {
        record.serial: exercise.areas.get(record.details["area"]) for record in exercise.log.of("comex")
    }
    for record in exercise.log.of(
        "fouled", "resume", "outcome", "sighted", "gone", "leg", *SHOTS, "burst", "shots"
    ):
        if record.kind == "sighted":
            heeds[record.unit] = bool(record.details["heeds"])
            legs[record.unit] = (record.time, *record.at, 0.0, 0.0)
        elif record.kind == "leg":
            if record.unit in heeds:
                details = record.details
                legs[record.unit] = (record.time, *record.at, details["vx_m_per_s"], details["vy_m_per_s"])
        elif record.kind == "gone":
            legs.pop(record.unit, None)
        elif record.kind == "fouled":
            fouled.add(record.serial)
        elif record.kind == "outcome" or (
            record.kind == "resume" and record.details["reason"] == "foul-range"
        ):
            fouled.discard(record.serial)
        elif record.kind in SHOTS or record.kind in ("burst", "shots"):
            assert record.serial not in fouled
            shape = shapes[record.serial]
            for name, (since, at_x, at_y, vx, vy) in legs.items():
                x, y = at_x + vx * (record.time - since), at_y + vy * (record.time - since)
                inside = hypot(x - shape.centre[0], y - shape.centre[1]) < shape.reach - 1.0
                assert heeds[name] or not (inside and shape.contains(x, y))


def serials_end_once_and_leave_nothing(exercise):
    """One outcome each; after it no process runs and nothing but the way home is recorded."""
    assert [each.serial for each in exercise.plan.serials] == sorted(
        (record.serial for record in exercise.log.of("outcome")),
        key=[each.serial for each in exercise.plan.serials].index,
    )
    over, begun = set(), set()
    for record in exercise.log:
        if record.kind == "comex":
            assert record.serial not in begun
            begun.add(record.serial)
        if record.serial in over:
            assert record.kind in ("released", "landed"), record
        if record.kind == "outcome":
            over.add(record.serial)
            ran = record.serial in begun
            assert ran == (record.details["result"] != "cancelled")
    for live in exercise.conductor.serials.values():
        assert [] == [process for process in live._processes if process.is_alive]
        assert {} == live.holds
    assert begun == {record.serial for record in exercise.log.of("finex")}


def holds_end(exercise):
    """Each hold has its resumption, of the same reason, before the serial is over."""
    held = set()
    for record in exercise.log.of("hold", "resume", *ENDS):
        if record.kind == "hold":
            assert (record.serial, record.details["reason"]) not in held
            held.add((record.serial, record.details["reason"]))
        elif record.kind == "resume":
            held.remove((record.serial, record.details["reason"]))
            assert record.details["held_s"] >= 0
        else:
            assert not [each for each in held if each[0] == record.serial]


def orders_are_acknowledged(exercise):
    """Or cut by the end of their serial."""
    ends = {}
    for record in exercise.log.of("finex", *ENDS):
        ends.setdefault(record.serial, []).append(record)
    answered = set()
    for record in exercise.log.of("acknowledged"):
        sent = exercise.log[record.cause]
        while sent.kind == "repeated":
            sent = exercise.log[sent.cause]
        assert (record.serial, record.unit, record.other) == (sent.serial, sent.other, sent.unit)
        assert sent.number not in answered
        answered.add(sent.number)
    for record in exercise.log.of("order"):
        if record.number not in answered:
            assert any(0 <= end.time - record.time <= LONGEST_ORDER and end.number > record.number
                       for end in ends[record.serial])  # fmt: skip


def outcomes_have_a_root(exercise):
    """What is late, cut short or cancelled has a reason and a chain of causes back to where it began."""
    for outcome in exercise.log.of("outcome"):
        details = outcome.details
        late = details["comex_s"] - details["planned_s"] > 15 * 60
        if details["result"] != "completed" or late:
            assert details["reason"]
        chain = exercise.log.chain(outcome.number)
        assert len(chain) > 1
        assert chain[-1].kind in ROOTS, chain


def what_takes_two_is_done_together(exercise):
    """Where both are by their legs, of what is alongside, aboard, on deck or in sight."""
    legs = {}
    for record in exercise.log.of("leg", *TOGETHER):
        if record.kind == "leg":
            legs[record.unit] = record
        elif record.unit in legs and record.other in legs:
            places = []
            for leg in (legs[record.unit], legs[record.other]):
                gone = record.time - leg.time
                places.append(
                    [
                        place + leg.details[f"v{axis}_m_per_s"] * gone
                        for place, axis in zip(leg.at, "xy", strict=True)
                    ]
                )
            assert dist(*places) <= TOGETHER[record.kind], record


def ships(exercise):
    """The ships of the exercise."""
    return [unit for unit in exercise.units.values() if isinstance(unit, Ship)]


INVARIANTS = (
    rounds_are_conserved, fuel_is_conserved, aircraft_are_conserved, units_are_in_one_serial_at_a_time,
    time_and_causes_run_forward, nobody_is_faster_than_his_platform, exclusive_areas_are_not_shared,
    nobody_fires_on_a_fouled_range, serials_end_once_and_leave_nothing, holds_end, orders_are_acknowledged,
    outcomes_have_a_root, what_takes_two_is_done_together,
)  # fmt: skip
