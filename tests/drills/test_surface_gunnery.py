"""Surface gunnery: what hits, how the aim is found, and what cuts a shoot short."""

from math import hypot, sqrt

import pytest
from small_exercise import PLATFORMS, living, played, scenario, serial

from sim.drills.surface_gunnery import is_hit
from sim.errors import ScenarioError
from sim.exercise import Exercise
from sim.runs import Run
from sim.scenario.numbers import Number
from sim.units.ship import CASUALTY
from sim.weapons.dispersion import chance_in_rectangle

FIRING = "{firing: [Alpha, Bravo, Golf, Hotel], towing: Tug}"


def shoot(roles=FIRING, **more):
    """A shoot of twelve rounds a ship."""
    return serial(
        1, "surface-gunnery", area="range", duration="3 h", roles=roles, **({"rounds": "12"} | more)
    )


def test_hits_are_as_many_as_the_closed_form_says():
    """Without an error of the first aim: dispersion of the gun and the string's error, normal on both axes.

    150 replications of four strings of twelve, seeds 0 to 149; the strings' common error makes rounds of one
    string alike, so the standard error is taken between strings. Four of them are allowed.
    """
    plan = scenario(shoot(first_error="0 %", first_deflection="0 mrad", most_corrections=1, gain="0 %"))
    shares = []
    for seed in range(150):
        exercise = Exercise(plan, seed)
        exercise.run()
        shares += [record.details["hits"] / record.details["fired"] for record in exercise.log.of("string")
                   if record.details["fired"] == 12]  # fmt: skip
    gun, target, distance = exercise.units["Alpha"].guns_of("main")[0], plan.platforms["towed-shield"], 5000.0
    across, along = gun.spread(distance, 1.0)
    expected = chance_in_rectangle(
        target.length.value, gun.depth_of(target.height.value, distance),
        sqrt(across**2 + (0.001 * distance) ** 2), sqrt(along**2 + (0.003 * distance) ** 2),
    )  # fmt: skip
    mean = sum(shares) / len(shares)
    error = sqrt(sum((share - mean) ** 2 for share in shares)) / len(shares)

    assert len(shares) > 550
    assert abs(mean - expected) < 4 * error
    assert error < 0.01


def test_a_hit_is_a_round_through_the_target():
    """Half its length to either side, half its danger space over and short; nothing without a length."""
    length = Number(22.0, "length")

    assert is_hit((11.0, -25.0), length, 50.0)
    assert not is_hit((11.1, 0.0), length, 50.0)
    assert not is_hit((0.0, 25.1), length, 50.0)
    assert not is_hit((0.0, 0.0), None, 50.0)


def test_ranging_ends_when_a_salvo_straddles():
    """No further salvo after one spotted within the danger space; never more than are allowed."""
    run = played(shoot(first_error="3 %", most_corrections=4, ranging_rounds=3), seed=3)
    gun = Exercise(run.plan).units["Alpha"].guns_of("main")[0]
    half = gun.depth_of(run.plan.platforms["towed-shield"].height.value, 5000.0) / 2
    spots = {}
    for record in run.log.of("spot"):
        spots.setdefault(record.other, []).append(record.details)

    for salvos in spots.values():
        assert all(abs(each["along_m"]) > half for each in salvos[:-1])
        assert abs(salvos[-1]["along_m"]) <= half or len(salvos) == 4
    rounds = [record for record in run.log.of("round") if record.details["phase"] == "ranging"]
    assert 3 * sum(map(len, spots.values())) == len(rounds)


def test_corrections_bring_the_aim_on():
    """With a full gain and no errors but the first, the second salvo is spotted on the target."""
    none = {"spot_error": "1 mm", "own_spot_error": "1 mm"}
    guns = "{h-pj-26: {like: h-pj-26, dispersion_range: 0 %, dispersion_deflection: 0 mrad}}"
    run = played(shoot(first_error="3 %", gain="100 %", **none), guns=guns, seed=1)
    spots = {}
    for record in run.log.of("spot"):
        spots.setdefault(record.other, []).append(record.details["along_m"])

    assert any(len(each) == 2 for each in spots.values())
    for each in spots.values():
        assert len(each) <= 2
        assert pytest.approx(0.0, abs=0.01) == each[-1] or len(each) == 1


def test_a_spotter_on_task_sees_better_than_the_ship():
    """The helicopter spots when it is there; in its hangar it spots nothing."""
    roles = "{firing: [Golf, Hotel], spotter: {names: [Kilo], least: 0}}"
    with_it = played(shoot(roles))
    grounded = PLATFORMS.replace("serviceability: 100 %", "serviceability: 0 %", 1)
    without = played(shoot(roles), platforms="\n" + grounded)
    hangar = living(shoot(roles))
    hangar.units["Kilo"].home.motion.place(0.0, *hangar.areas["range"].centre)
    hangar.units["Kilo"].limits_broken = lambda: ["wind"]

    assert {"helicopter"} == {record.details["spotter"] for record in with_it.log.of("spot")}
    assert {"Kilo"} == {record.unit for record in with_it.log.of("spot")}
    assert {"ship"} == {record.details["spotter"] for record in without.log.of("spot")}
    assert {"ship"} == {record.details["spotter"] for record in hangar.run().of("spot")}


def test_a_stoppage_costs_its_time():
    """In a gun that always stops once, no round is lost and the string is as much longer."""
    guns = "{h-pj-26: {like: h-pj-26, stoppage: 100 %}}"
    run = played(shoot("{firing: [Alpha]}", slot="3 h"), guns=guns)
    clear = played(shoot("{firing: [Alpha]}", slot="3 h"), guns="{h-pj-26: {like: h-pj-26, stoppage: 0 %}}")
    (stoppage,) = run.log.of("stoppage")
    long, short = next(run.log.of("string")).details, next(clear.log.of("string")).details

    assert (12, 12) == (long["fired"], short["fired"])
    assert pytest.approx(short["seconds"] + stoppage.details["stopped_s"]) == long["seconds"]


def test_a_slot_cuts_the_string():
    """A long stoppage leaves fewer rounds than were ordered."""
    run = played(shoot("{firing: [Alpha]}", slot="20 min", run_in="1 min", rounds="140"))
    (string,) = run.log.of("string")

    assert 0 < string.details["fired"] < 140


def test_an_empty_magazine_ends_the_shoot():
    """Never a round that is not there; a ship that has none fires nothing and has achieved nothing."""
    exercise = living(shoot("{firing: [Alpha, Bravo]}", rounds="30"))
    exercise.units["Alpha"].guns_of("main")[0].rounds = 10
    exercise.units["Bravo"].guns_of("main")[0].rounds = 0
    run = Run(exercise.plan, 0, 0, exercise.run())

    assert 0 == exercise.units["Alpha"].guns_of("main")[0].rounds
    assert {"Alpha"} == {record.unit for record in run.log.of("round")}
    assert 10 == len(list(run.log.of("round")))
    assert 0.5 == run.outcomes["1"].details["share"]


def test_the_tow_turns_at_the_ends_of_the_range():
    """Tug and target keep together and inside, for three hours."""
    run = played(shoot(slot="40 min", rounds="150"))
    tug = [
        (record.time, record.at)
        for record in run.log.of("leg")
        if record.unit == "Tug" and record.details["vx_m_per_s"]
    ]
    target = [
        (record.time, record.at) for record in run.log.of("leg") if record.unit.startswith("towed-shield")
    ]
    centre, reach = Exercise(run.plan).areas["range"].centre, 8 * 1852

    assert len(target) > 2
    for _, (x, y) in target:
        assert (x - centre[0]) ** 2 + (y - centre[1]) ** 2 < reach**2
    assert {time for time, _ in target} - {time for time, _ in tug} <= {run.outcomes["1"].details["finex_s"]}


def test_a_tow_that_parts_stops_the_target_until_it_is_mended():
    """Twenty minutes without way on it; then tug and target go on together."""
    exercise = living(shoot("{firing: [Alpha, Bravo], towing: Tug}", slot="40 min", rounds="100"))
    tug = exercise.units["Tug"]

    def parts():
        yield exercise.env.timeout(2.5 * 3600)
        tug.down["tow"] = exercise.log.write(CASUALTY, tug.now, unit="Tug", equipment="tow")
        exercise.news.ring()
        yield exercise.env.timeout(1200.0)
        del tug.down["tow"]
        exercise.news.ring()

    exercise.env.process(parts())
    log = exercise.run()
    stops = [record for record in log.of("leg") if record.unit.startswith("towed-shield")
             and record.time in (2.5 * 3600, 2.5 * 3600 + 1200)]  # fmt: skip

    assert [0.0, pytest.approx(8 * 1852 / 3600)] == [
        hypot(each.details["vx_m_per_s"], each.details["vy_m_per_s"]) for each in stops
    ]


@pytest.mark.parametrize(("said", "fault"), [
    ({"area": None}, "serials.0.area: live firing needs an area"),
    ({"range": "60 km"}, "serials.0.range: no gun here reaches 60 km"),
    ({"target": "air-target"}, "serials.0.target: 'air-target' has no length and height to be hit"),
    ({"slot": "30"}, "serials.0.slot: '30' has no unit"),
])  # fmt: skip
def test_bad_parameters_are_refused_at_their_line(said, fault):
    """With the place and what is wanted."""
    with pytest.raises(ScenarioError, match=r"small.yaml:\d+:\d+: " + fault.replace("(", r"\(")):
        scenario(
            shoot(**said) if "area" not in said else serial(1, "surface-gunnery", area=None, roles=FIRING)
        )
