"""Scenarios that extend others and include libraries: what comes of them, and where their faults stand."""

import json

import pytest
from jsonschema import Draft202012Validator

from sim.errors import ScenarioError
from sim.scenario.json_schema import json_schema
from sim.scenario.overrides import read_with
from sim.scenario.read import planted, read, read_tree
from sim.scenario.tree import plant

OTHER = "navdrill: 1\nextends: base.yaml\n"


@pytest.fixture
def extended(put, base):
    """Writes the base, and a scenario that extends it; gives its path."""

    def write(more, head=OTHER):
        put(base, "base.yaml")
        return put(head + more, "other.yaml")

    return write


def faults(path):
    with pytest.raises(ScenarioError) as wrong:
        read(path)
    return [str(fault) for fault in wrong.value.faults]


def test_nothing_else_said_is_the_same(extended):
    assert read(extended("")).digest == read("base.yaml").digest


def test_mappings_are_laid_over_and_lists_replaced(extended):
    """Sections keep what is not said again; lists and numbers do not."""
    plan = read(extended("""\
exercise: Other
areas:
  range: {radius: 6 nmi, uses: [live-fire, asw]}
  far: {centre: 40-30N 134-00E, radius: 5 nmi}
forces:
  red: {flagship: Hotel, units: [{platform: type-054a, names: [Golf, Hotel]}]}
"""))  # fmt: skip
    base = read("base.yaml")

    assert ("Other", base.begins) == (plan.exercise, plan.begins)
    assert ["range", "deep", "far"] == list(plan.areas)
    assert base.areas["range"].centre == plan.areas["range"].centre
    assert (("live-fire", "asw"), True) == (plan.areas["range"].uses, plan.areas["range"].exclusive)
    assert ("Hotel", base.forces["red"].name) == (plan.forces["red"].flagship, plan.forces["red"].name)
    assert [("Golf", "Hotel")] == [each.names for each in plan.forces["red"].units]
    assert base.forces["blue"] == plan.forces["blue"]


def test_a_number_is_replaced_as_a_whole(extended, put, base):
    """A new value does not keep the old range."""
    path = extended("areas: {range: {radius: {value: 30 nmi, why: Wide.}}}\n")
    put(base.replace("radius: 8 nmi", "radius: {value: 8 nmi, low: 5 nmi, high: 9 nmi}"), "base.yaml")
    radius = read(path).areas["range"].radius

    assert (None, None, "Wide.") == (radius.low, radius.high, radius.why)


def test_serials_go_by_number(extended):
    """Those said again are changed where they stand; new ones come last, and each keeps what is not said."""
    plan = read(extended("""\
serials:
  - {serial: G4, title: More signals, drill: communications, comex: 20 Jul 15:00, duration: 1 h, roles: {ships: [Alpha, Golf]}}
  - {serial: G3, after: , limits: {sea_state: }}
  - {serial: G1, duration: 90 min, roles: {firing: [Bravo, Golf]}}
"""))  # fmt: skip
    base = read("base.yaml")

    assert ["G1", "G2", "G3", "G4"] == [each.serial for each in plan.serials]
    assert (5400, base.serial("G1").comex) == (plan.serial("G1").duration.value, plan.serial("G1").comex)
    assert base.serial("G1").roles["towing"] == plan.serial("G1").roles["towing"]
    assert base.serial("G1").parameters == plan.serial("G1").parameters
    assert base.serial("G2") == plan.serial("G2")
    assert ((), None) == (plan.serial("G3").after, plan.serial("G3").limits.sea_state)


def test_serials_by_number_may_be_left_out(extended):
    """As a mapping, where nothing removes."""
    plan = read(extended("serials:\n  G2:\n  G3: {after: G1}\n  G9: {title: New, drill: communications, comex: 20 Jul 16:00, duration: 1 h, roles: {ships: [Alpha, Golf]}}\n"))  # fmt: skip

    assert ["G1", "G3", "G9"] == [each.serial for each in plan.serials]
    assert ("G1",) == plan.serial("G3").after


def test_nothing_removes(extended):
    """A section, or a key of one."""
    plan = read(extended("traffic:\nresources: null\nplatforms: {patrol-boat: }\nserials: {G1: {range: }}\n"))

    assert ({}, {}) == (plan.traffic, plan.resources)
    assert "patrol-boat" not in plan.platforms
    assert read("base.yaml").serial("G1").parameters.range != plan.serial("G1").parameters.range


def test_like_the_copy_it_saves(extended, put, base):
    """What extends is what an edited copy would be, digest and all."""
    text = base.replace("radius: 8 nmi", "radius: 6 nmi").replace(
        "comex: 20 Jul 11:00", "comex: 20 Jul 11:30"
    )
    path = extended("areas: {range: {radius: 6 nmi}}\nserials: [{serial: G2, comex: 20 Jul 11:30}]\n")

    assert read(put(text, "copy.yaml")).digest == read(path).digest
    assert read("copy.yaml").written() == read(path).written()


def test_several_storeys(extended, put):
    """A scenario may extend one that extends; the nearest has the last word."""
    extended("exercise: Second\nareas: {range: {radius: 6 nmi}, deep: {uses: [mine]}}\n")
    (put_dir := put("", "sub").parent / "deeper").mkdir()
    third = put_dir / "third.yaml"
    third.write_text("navdrill: 1\nextends: ../other.yaml\nareas: {deep: {uses: [asw, mine]}}\n")
    plan = read(third)

    assert ("Second", ("asw", "mine")) == (plan.exercise, plan.areas["deep"].uses)
    assert 6 * 1852 == plan.areas["range"].radius.value


def test_one_that_comes_with_the_package(put):
    """By name, wherever one works; its fact sheet is found too."""
    plan = read(put("navdrill: 1\nextends: gunnery_day\nenvironment: {sea_state: 3}\n"))

    assert ("Gunnery day", 3) == (plan.exercise, plan.environment.sea_state.value)
    assert read_with("gunnery_day", ["environment.sea_state=3"]).digest == plan.digest


def test_its_fact_sheet_is_the_one_beside_the_file_that_names_it(put, tmp_path):
    """The path of `facts:` starts where it is written."""
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "own.yaml").write_text(
        "sheet: own\ntitle: Own\nfacts:\n  gunnery-slot: {statement: x, value: 20 min, exactness: exact, source: [S01], context: x}\n"
    )
    text = "navdrill: 1\nextends: gunnery_day\nfacts: own.yaml\n"
    (tmp_path / "far" / "middle.yaml").write_text(text + "drawn_from:\nserials: {1: {facts: }, 2: , 3: }\n")
    told = faults(put("navdrill: 1\nextends: far/middle.yaml\n"))

    assert not any("no fact sheet" in each for each in told)
    assert any("no fact called 'firing-area'" in each for each in told)


def test_a_written_run_can_be_extended(put, tmp_path):
    (tmp_path / "scenario.json").write_text(json.dumps(read("gunnery_day").written()))
    plan = read(put("navdrill: 1\nextends: scenario.json\nserials: {1: {range: 4 km}, 2: }\n"))

    assert (4000, ["1", "3"]) == (
        plan.serial("1").parameters.range.value,
        [each.serial for each in plan.serials],
    )


# Libraries

LIBRARY = """\
navdrill: 1
about: Ships of a third navy.
platforms:
  cutter: {like: steregushchiy, max_speed: 22 kn}
forces:
  white: {name: White force, flagship: Whale, at: 40-00N 134-10E, units: [{platform: cutter, names: [Whale]}]}
"""


def test_a_library_adds_its_forces(put, base):
    put(LIBRARY, "white.yaml")
    plan = read(put(base.replace("navdrill: 1\n", "navdrill: 1\ninclude: [white.yaml]\n")))

    assert ["white", "blue", "red"] == list(plan.forces)
    assert 22 * 1852 / 3600 == pytest.approx(plan.platforms["cutter"].max_speed.value)


def test_a_scenario_changes_what_it_includes(extended, put):
    """A library is laid over what the scenario extends; the scenario has the last word."""
    put(LIBRARY, "white.yaml")
    more = "platforms: {cutter: {max_speed: 20 kn}}\nforces: {white: {at: 40-01N 134-10E}}\n"
    plan = read(extended(more, OTHER + "include: white.yaml\n"))

    assert ["blue", "red", "white"] == list(plan.forces)
    assert 20 * 1852 / 3600 == pytest.approx(plan.platforms["cutter"].max_speed.value)
    assert ("Whale", 40 + 1 / 60) == (plan.forces["white"].flagship, plan.forces["white"].at.latitude)


def test_libraries_keep_their_names_apart(extended, put):
    put(LIBRARY, "white.yaml")
    put(LIBRARY + "areas: {}\n", "again.yaml")
    told = faults(extended("", OTHER + "include: [white.yaml, again.yaml]\n"))

    assert [
        "again.yaml:4:3: platforms.cutter: 'cutter' stands in white.yaml too",
        "again.yaml:6:3: forces.white: 'white' stands in white.yaml too",
        "again.yaml:7:1: areas: no key of a library called 'areas'; there are: navdrill, about, platforms, guns, forces, bases",
    ] == told


# Faults


def test_faults_stand_in_the_file_that_says_it(extended, put, base):
    """What is wrong below is told below, what is wrong above above; both at once."""
    path = extended(
        "areas:\n  range: {radius: 6 kn}\nserials:\n  G3: {duration: 1 nmi}\n  G1:\n    rounds: many\n"
    )
    put(base.replace("defect_grace: 30 min", "defect_grace: 30 nmi"), "base.yaml")

    assert [
        "base.yaml:31:17: command.defect_grace: unknown time unit 'nmi'",
        "other.yaml:4:19: areas.range.radius: unknown length unit 'kn'",
        "other.yaml:6:18: serials.2.duration: unknown time unit 'nmi'",
        "other.yaml:8:13: serials.0.rounds: 'many' is not a count",
    ] == [each.partition(";")[0] for each in faults(path)]


def test_plans_that_cannot_work_stand_where_they_are_made(extended):
    """A double booking is told at the ships that the changes name, and at the area, which only the other file does."""
    told = faults(extended("serials:\n  - {serial: G2, requires: [], comex: 20 Jul 08:30, roles: {firing: [Alpha, Golf]}}\n"))  # fmt: skip

    assert [
        "base.yaml:56:11: serials.1.area: 'range' is exclusive and serial G1 has it at the same time",
        "other.yaml:4:70: serials.1.roles.firing.0: 'Alpha' is booked for serial G1 at the same time",
        "other.yaml:4:77: serials.1.roles.firing.1: 'Golf' is booked for serial G1 at the same time",
    ] == told


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("navdrill: 1\nextends: bsae.yaml\n", "other.yaml:2:10: extends: bsae.yaml: no such file. Did you mean 'base.yaml'?"),
        ("navdrill: 1\nextends: gunery_day\n", "other.yaml:2:10: extends: gunery_day: no scenario called 'gunery_day'. Did you mean 'gunnery_day'?"),
        ("navdrill: 1\nextends:\n", "other.yaml:2:1: extends: must be a file, or a scenario's name; got nothing"),
        ("navdrill: 1\nextends: [base.yaml]\n", "other.yaml:2:10: extends: must be a file, or a scenario's name; got a list"),
        ('navdrill: 1\nextends: "a\\0b"\n', "other.yaml:2:10: extends: no file can be called 'a\\x00b'"),
        (f"navdrill: 1\nextends: {'x' * 5000}\n", f"other.yaml:2:10: extends: no file can be called '{'x' * 79}...'"),
        ("navdrill: 1\nextends: other.yaml\n", "other.yaml:2:10: extends: goes in a circle: other.yaml -> other.yaml"),
        ("navdrill: 1\ninclude: {a: b}\n", "other.yaml:2:10: include: must be a file, or a list of files; got a mapping"),
        ("navdrill: 1\ninclude: [base.yaml, ]\nextends: base.yaml\n", None),
        ("extends: base.yaml\n", "other.yaml:1:1: navdrill: the format version is missing; this navdrill reads 'navdrill: 1'"),
        ("navdrill: 1\nextend: base.yaml\n", "other.yaml:2:1: extend: no key called 'extend'. Did you mean 'extends'?"),
        (OTHER + "serials: {G7: }\n", "other.yaml:3:11: serials.G7: no serial called 'G7'; there are: G1, G2, G3"),
        (OTHER + "serials: 3\n", "other.yaml:3:10: serials: must be a list; got '3'"),
        (OTHER + "serials: [{serial: G9}, {serial: G9, title: x, drill: communications, comex: +1 h, duration: 1 h}]\n",
         "other.yaml:3:34: serials.4.serial: two serials are numbered 'G9'; first on line 3"),
    ],
)  # fmt: skip
def test_refused(extended, head, wanted):
    """With the place, what came, and the nearest good answer."""
    told = faults(extended("", head))

    assert wanted is None or wanted in told


def test_circles_are_told_once(put):
    put("navdrill: 1\nextends: b.yaml\n", "a.yaml")
    put("navdrill: 1\ninclude: c.yaml\n", "b.yaml")
    put("navdrill: 1\nextends: a.yaml\n", "c.yaml")

    assert ["c.yaml:2:10: extends: goes in a circle: a.yaml -> b.yaml -> c.yaml -> a.yaml"] == faults(
        "a.yaml"
    )


def test_a_broken_file_below_is_told_at_its_own_line(extended, put):
    path = extended("")
    put("navdrill: 1\nareas: [\n", "base.yaml")

    assert all(each.startswith("base.yaml:3:") for each in faults(path))
    put("- a\n", "base.yaml")
    assert ["base.yaml:1:1: is not a scenario: it must be a mapping (key: value lines)"] == faults(path)


def test_settings_reach_what_is_extended(extended):
    """The command line has the last word of all."""
    path = extended("areas: {range: {radius: 6 nmi}}\n")
    plan = read_with(
        path, ["areas.range.radius=7 nmi", "serials.G3.duration=2 h", "forces.blue.at=40-02N 133-50E"]
    )

    assert (7 * 1852, 7200) == (plan.areas["range"].radius.value, plan.serial("G3").duration.value)
    with pytest.raises(ScenarioError) as wrong:
        read_with(path, ["areas.range.radius=7 kn"])
    assert str(wrong.value).startswith("--set areas.range.radius=7 kn: areas.range.radius: ")


def test_a_scenario_by_itself_is_read_as_ever(base, put):
    """The same tree, not a copy of it."""
    tree = plant(base, "x.yaml")

    assert planted(put(base)).data == tree.data
    assert read_tree(tree, put(base).parent).digest == read("x.yaml").digest


def test_the_written_scenario_extends_nothing(extended):
    """What a run folder keeps is resolved."""
    assert not {"extends", "include"} & read(extended("")).written().keys()


# For editors

EDITOR = Draft202012Validator(json_schema())


@pytest.mark.parametrize(
    "text",
    [
        OTHER, OTHER + "include: [a.yaml, b.yaml]\n", LIBRARY,
        OTHER + "areas: {range: {radius: 6 nmi, uses: }, deep: }\ntraffic:\ncommand: {order_delay: {national: 1 min}}\n",
        OTHER + "serials: [{serial: 1, range: 5 km}]\n", OTHER + "serials: {1: {comex: 20 Jul 08:00}, 2: , G3: {late: {then: skip}}}\n",
        OTHER + "forces: {blue: {flagship: Bravo}}\nplatforms: {patrol-boat: {max_speed: 20 kn}}\nsafety: {ahead: 1 min}\n",
    ],
)  # fmt: skip
def test_editors_know_what_may_be_left_out(text):
    assert [] == [each.message for each in EDITOR.iter_errors(plant(text, "x.yaml").data)]


@pytest.mark.parametrize(
    "text",
    [
        OTHER + "areas: {range: {radus: 6 nmi}}\n", OTHER + "exercse: x\n", "extends: base.yaml\n", OTHER + "include: {a: b}\n",
        OTHER + "forces: {blue: {units: [{names: [x]}]}}\n", OTHER + "serials: {1: {late: {hodl: 1 h}}}\n",
    ],
)  # fmt: skip
def test_editors_show_slips_of_the_pen(text):
    assert [] != [each.message for each in EDITOR.iter_errors(plant(text, "x.yaml").data)]
