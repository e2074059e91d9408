"""Values laid over a scenario by their paths: what they change, what they leave, and where their faults stand."""

import pytest

import sim
from sim.errors import ScenarioError
from sim.scenario.library import platform
from sim.scenario.overrides import changed, read_with, with_values
from sim.scenario.read import planted, read


@pytest.fixture
def tree(put, base):
    return planted(put(base))


def refused(tree, path, value, **more):
    """The one fault of a change."""
    with pytest.raises(ScenarioError) as wrong:
        with_values(tree, {path: value}, **more)
    (fault,) = wrong.value.faults
    return str(fault)


def test_nothing_changed_is_the_scenario(tree):
    assert read("x.yaml").digest == with_values(tree, {}).digest


def test_the_tree_stays_as_it_is(tree, put, base):
    """Hundreds of variants come from one tree; whatever they change, it still is the file's."""
    values = {"serials.G1.duration": "3 h", "areas.range.radius": "9 nmi", "platforms.sea-tug.max_speed": "12 kn",
              "environment.season.sea_state.persistence": "20 h", "forces.red.units.su-30sm": None, "resources": None}  # fmt: skip
    changed(tree, values)
    fresh = planted(put(base))

    assert (fresh.data, fresh.values, fresh.keys, {}) == (tree.data, tree.values, tree.keys, tree.elsewhere)


def test_like_the_same_written_in_the_file(tree, put, base):
    """A variant is what a copy of the file with the same changes would be."""
    text = base.replace(
        "drill: air-gunnery\n    comex: 20 Jul 11:00", "drill: air-gunnery\n    comex: 20 Jul 12:00"
    )
    text = text.replace("radius: 8 nmi", "radius: 9 nmi").replace("{any: warship, least: 2}", "[Bravo, Golf]")
    text = text.replace("max_speed: 24 kn", "max_speed: {value: 22 kn, low: 20 kn, high: 24 kn, why: Old.}")
    values = {"serials.G2.comex": "20 Jul 12:00", "areas.range.radius": "9 nmi", "serials.G2.roles.firing": ["Bravo", "Golf"],
              "platforms.patrol-boat.max_speed": {"value": "22 kn", "low": "20 kn", "high": "24 kn", "why": "Old."}}  # fmt: skip

    assert read(put(text, "y.yaml")).digest == with_values(tree, values).digest != read("x.yaml").digest


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("environment.sea_state", 5, lambda plan: plan.environment.sea_state.value),
        ("serials.G1.duration", "{low: 1 h, mode: 5 s, high: 2 h}", None),
        ("serials[G1].parameters.range", "5 m", lambda plan: plan.serial("G1").parameters.range.value),
        ("serials.G1.range", "5 m", lambda plan: plan.serial("G1").parameters.range.value),
        ("forces.red.units.su-30sm.count", 5, lambda plan: plan.forces["red"].units[1].count.value),
        ("forces.red.units.1.count", 5, lambda plan: plan.forces["red"].units[1].count.value),
        ("forces.blue.units.Tug.fuel", "500 %", None),
        ("areas.range.radius", "5 m", lambda plan: plan.areas["range"].radius.value),
        ('areas."range".radius', "5 m", lambda plan: plan.areas["range"].radius.value),
        ("traffic.merchant.heed", "5 %", lambda plan: 100 * plan.traffic["merchant"].heed.value),
        ("platforms.udaloy.max_speed", "18 m/s", lambda plan: plan.platforms["udaloy"].max_speed.value - 13),
        ("platforms.udaloy.guns.0.mounts", 5, lambda plan: plan.platforms["udaloy"].guns[0].mounts.value),
        ("environment.season.sea_state.persistence", "5 s", lambda plan: plan.season.sea_state.persistence.value),
    ],
)  # fmt: skip
def test_paths(tree, path, value, found):
    """Each kind of step leads where it says; what is wrong with the value is told of that place."""
    if found is None:
        assert refused(tree, path, value).startswith("x.yaml:")
    else:
        assert 5 == pytest.approx(found(with_values(tree, {path: value})))


def test_a_sheet_of_the_library_keeps_the_rest(tree):
    """Only what is named is changed; lists of a sheet can be stepped into as if the scenario had written them."""
    plan = with_values(
        tree, {"platforms.udaloy.guns.ak-100.mounts": 1, "platforms.udaloy.is": ["warship", "old"]}
    )
    sheet, ours = platform("udaloy"), plan.platforms["udaloy"]

    assert [each.gun for each in sheet.guns] == [each.gun for each in ours.guns]
    assert ("warship", "old") == ours.words
    assert (1, sheet.guns[0].magazine) == (ours.guns[0].mounts.value, ours.guns[0].magazine)
    assert sheet.max_speed == ours.max_speed


def test_a_fault_in_what_is_borrowed_from_the_library(tree):
    """Shows the whole path, at the place where the sheet is opened."""
    told = refused(tree, "platforms.udaloy.guns.ak-100.count", 1)

    assert told == "x.yaml:39:3: platforms.udaloy.guns.0.count: no key called 'count'. Did you mean 'mounts'?"


def test_nothing_removes(tree):
    """None, or YAML's nothing; a limit without a value is lifted instead, as in a file."""
    plan = with_values(tree, {"traffic": None, "serials.G2": "null", "platforms.patrol-boat": "", "serials.G3.after": "~",
                              "forces.red.units.su-30sm": None, "serials.G3.limits.sea_state": None})  # fmt: skip

    assert ({}, ["G1", "G3"]) == (plan.traffic, [each.serial for each in plan.serials])
    assert "patrol-boat" not in plan.platforms
    assert ["type-052d"] == [each.platform for each in plan.forces["red"].units]
    assert plan.serial("G3").limits.sea_state is None is plan.serial("G3").limits.visibility


def test_places_after_a_removal(tree, base):
    """What comes after a thing taken out of a list keeps its own line."""
    with pytest.raises(ScenarioError) as wrong:
        with_values(tree, {"serials.G1": None, "serials.G3.duration": "1 nmi", "serials.G2.requires": None})
    line = next(
        number for number, text in enumerate(base.splitlines(), 1) if "duration: {low: 45 min" in text
    )

    assert [line] == [fault.line for fault in wrong.value.faults]


@pytest.mark.parametrize(
    ("path", "value", "wanted"),
    [
        ("serials.G4.comex", "x", "no serial called 'G4'; there are: G1, G2, G3"),
        ("areas.rnage.radius", "5 km", "no area called 'rnage'. Did you mean 'range'?"),
        ("forces.blue.units.udaloi.count", 1, "no thing in this list called 'udaloi'. Did you mean 'udaloy'?"),
        ("serials.G1.rolls", None, "no key called 'rolls'. Did you mean 'roles'?"),
        ("areas.range.radius.low", "5 km", "is '8 nmi', with nothing inside it called 'low'; set it as a whole"),
        ("areas..radius", "5 km", "'areas..radius' is no path; write one like 'serials.12.comex'"),
        ("", "5 km", "'' is no path; write one like 'serials.12.comex'"),
        ("environment", "{sea_state: 3", "not YAML: expected ',' or '}', but got '<stream end>'"),
        ("environment.wind", "&x 3 m/s", "anchors and aliases (&, *) are not allowed; write it out"),
    ],
)  # fmt: skip
def test_paths_that_lead_nowhere(tree, path, value, wanted):
    """Each is refused with the nearest good name, at the scenario's line; said elsewhere, at that place."""
    assert refused(tree, path, value).endswith(f": {wanted}")
    place = {path: ("study.yaml", 7, 3)}
    assert f"study.yaml:7:3: {path + ': ' if path else ''}{wanted}" == refused(tree, path, value, said=place)


def test_two_of_one_name(put, base):
    """A step that could mean either is refused."""
    text = base.replace("{platform: sea-tug, names: [Tug]}", "{platform: udaloy, names: [Tug]}")
    wanted = "2 are called 'udaloy' here; say which by its place from 0"

    assert refused(planted(put(text)), "forces.blue.units.udaloy.count", 1).endswith(wanted)


def test_faults_of_values_stand_where_they_are_said(tree, put, base):
    """At the scenario's line, or at the words of the command; what the file says itself stays at its line."""
    line = next(number for number, text in enumerate(base.splitlines(), 1) if "duration: 2 h" in text)

    assert refused(tree, "serials.G1.duration", "2 nmi").startswith(f"x.yaml:{line}:15: serials.0.duration: ")
    with pytest.raises(ScenarioError) as wrong:
        read_with(
            put(base),
            ["serials.G1.duration=2 nmi", "areas.range.centre=40N", "serials.G3.roles.ships={names: [Alfa]}"],
        )
    told = str(wrong.value)

    assert "--set serials.G1.duration=2 nmi: serials.0.duration: " in told
    assert "--set areas.range.centre=40N: areas.range.centre: " in told
    assert (
        "--set serials.G3.roles.ships={names: [Alfa]}: serials.2.roles.ships.names.0: no unit called 'Alfa'."
        in told
    )
    assert "x.yaml" not in told


def test_what_a_setting_breaks_elsewhere_stands_at_the_file(put, base):
    """A ship left out is missed where the file counts on her."""
    with pytest.raises(ScenarioError) as wrong:
        read_with(put(base), ["forces.blue.units.sea-tug="])

    assert all(str(fault).startswith("x.yaml:") for fault in wrong.value.faults)


@pytest.mark.parametrize("text", ["environment.sea_state", "=5", ""])
def test_settings_without_a_sign(put, base, text):
    with pytest.raises(ScenarioError, match=f"^--set {text}: write it like --set environment.sea_state=5$"):
        read_with(put(base), [text])


def test_load_with_values():
    """The front door takes them too; plain numbers are what a program has."""
    plan = sim.load("gunnery_day", {"environment.sea_state": 3.0, "serials.3.presentations": 4})

    assert (3, 4) == (plan.environment.sea_state.value, plan.serial("3").parameters.presentations.value)


def test_a_run_folder_can_be_varied(tmp_path):
    """Its resolved scenario has every sheet inside, and the same paths."""
    from sim import store
    from sim.runs import play

    folder = store.save(play(read("gunnery_day"), seed=1), tmp_path / "run")
    plan = read_with(folder / "scenario.json", ["serials.1.range=4 km", "platforms.udaloy.max_speed=20 kn"])

    assert 4000 == plan.serial("1").parameters.range.value
    assert (
        read_with("gunnery_day", ["serials.1.range=4 km", "platforms.udaloy.max_speed=20 kn"]).digest
        == plan.digest
    )


CLASH = ("serials.1.duration=100h",)  # of the gunnery day: its ranges are taken twice then


def test_a_shipped_scenario_is_called_as_it_was_named():
    """Where the package keeps it is nobody's business."""
    with pytest.raises(ScenarioError) as refused:
        read_with("gunnery_day", CLASH)

    assert {"gunnery_day", "--set serials.1.duration=100h"} == {each.file for each in refused.value.faults}


def test_a_shipped_scenario_is_called_so_by_those_that_extend_it(tmp_path):
    path = tmp_path / "longer.yaml"
    path.write_text("navdrill: 1\nextends: gunnery_day\nserials: {1: {duration: 100 h}}\n")
    with pytest.raises(ScenarioError) as refused:
        read(path)

    assert {"gunnery_day", path.as_posix()} == {each.file for each in refused.value.faults}
