"""Broken scenario files: every fault is told at its place, with what came, what is wanted and the near match."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_scenario import BASE

from sim.errors import ScenarioError
from sim.scenario import read as reader
from sim.scenario.read import read, read_tree
from sim.scenario.tree import LARGEST, plant

# name: (edits of the base scenario as (old, new), the faults as they are printed)
CASES = {
    "top-level key": (
        [("exercise: Base", "excercise: Base")],
        ["x.yaml:2:1: excercise: no key called 'excercise'. Did you mean 'exercise'?"],
    ),
    "serial key": (
        [("    title: First shoot", "    titel: First shoot")],
        ["x.yaml:42:5: serials.0.titel: no key called 'titel'. Did you mean 'title'?"],
    ),
    "drill parameter": (
        [("    range: {fact: joint-shoot-range}", "    ronuds: 12")],
        ["x.yaml:50:5: serials.0.ronuds: no key called 'ronuds'. Did you mean 'rounds'?"],
    ),
    "unit-group key": (
        [("base: field}", "bass: field}")],
        ["x.yaml:23:39: forces.red.units.1.bass: no key called 'bass'. Did you mean 'basis'?"],
    ),
    "unit in a role": (
        [("firing: [Alpha, Golf]", "firing: [Alpha, Glof]")],
        ["x.yaml:48:23: serials.0.roles.firing.1: no unit called 'Glof'. Did you mean 'Golf'?"],
    ),
    "unit in a role by itself": (
        [("towing: Tug", "towing: Tag")],
        ["x.yaml:49:15: serials.0.roles.towing: no unit called 'Tag'. Did you mean 'Tug'?"],
    ),
    "unit in a selector": (
        [("{any: warship, least: 2}", "{any: warship, but: [Bravoo]}")],
        ["x.yaml:58:36: serials.1.roles.firing.but.0: no unit called 'Bravoo'. Did you mean 'Bravo'?"],
    ),
    "drill": (
        [("drill: surface-gunnery", "drill: surface-gunery")],
        ["x.yaml:43:12: serials.0.drill: no drill called 'surface-gunery'. Did you mean 'surface-gunnery'?"],
    ),
    "role": (
        [("      towing: Tug", "      tawing: Tug")],
        ["x.yaml:49:7: serials.0.roles.tawing: no role called 'tawing'. Did you mean 'towing'?"],
    ),
    "needed role": (
        [("      firing: {any: warship, least: 2}", "      fireing: {any: warship, least: 2}")],
        ["x.yaml:58:7: serials.1.roles.fireing: no role called 'fireing'. Did you mean 'firing'?"],
    ),
    "role left out": (
        [("    roles: {ships: [Alpha, Bravo]}", "    roles: {}")],
        ["x.yaml:65:5: serials.2.roles: the drill needs a role 'ships': ships that exchange signals"],
    ),
    "flagship": (
        [("flagship: Alpha", "flagship: Alfa")],
        ["x.yaml:11:15: forces.blue.flagship: no unit called 'Alfa'. Did you mean 'Alpha'?"],
    ),
    "flagship of the others": (
        [("flagship: Alpha", "flagship: Golf")],
        ["x.yaml:11:15: forces.blue.flagship: 'Golf' belongs to red; blue has: Alpha, Bravo, Tug, Kilo"],
    ),
    "flagship that flies": (
        [("flagship: Alpha", "flagship: Kilo")],
        [
            "x.yaml:11:15: forces.blue.flagship: the flagship must be a ship, or a site ashore; 'Kilo' is a helicopter"
        ],
    ),
    "force in a selector": (
        [("least: 2}", "from: bleu}")],
        ["x.yaml:58:36: serials.1.roles.firing.from: no force called 'bleu'. Did you mean 'blue'?"],
    ),
    "kind of unit": (
        [("any: warship", "any: warshipp")],
        [
            "x.yaml:58:21: serials.1.roles.firing.any: no kind of unit called 'warshipp'. Did you mean 'warship'?"
        ],
    ),
    "gun in a selector": (
        [("least: 2}", "carries: ak-10}")],
        [
            "x.yaml:58:39: serials.1.roles.firing.carries: no thing carried called 'ak-10'. Did you mean 'ak-100'?"
        ],
    ),
    "gun of a platform": (
        [("max_speed: 24 kn}", "guns: [{gun: ak-101, mounts: 1, magazine: 100}]}")],
        ["x.yaml:39:51: platforms.patrol-boat.guns.0.gun: no gun called 'ak-101'. Did you mean 'ak-100'?"],
    ),
    "area": (
        [("    area: range\n    roles:\n      firing: [", "    area: rnage\n    roles:\n      firing: [")],
        ["x.yaml:46:11: serials.0.area: no area called 'rnage'. Did you mean 'range'?"],
    ),
    "traffic's ground": (
        [("ground: deep", "ground: deeep")],
        ["x.yaml:37:100: traffic.merchant.ground: no area called 'deeep'. Did you mean 'deep'?"],
    ),
    "platform": (
        [("platform: udaloy", "platform: udaloi")],
        ["x.yaml:14:20: forces.blue.units.0.platform: no platform called 'udaloi'. Did you mean 'udaloy'?"],
    ),
    "platform to be like": (
        [("like: steregushchiy", "like: steregushchi")],
        [
            "x.yaml:39:23: platforms.patrol-boat.like: no platform called 'steregushchi'. Did you mean 'steregushchiy'?"
        ],
    ),
    "target": (
        [("    range: {fact: joint-shoot-range}", "    target: towed-sheild")],
        ["x.yaml:50:13: serials.0.target: no platform called 'towed-sheild'. Did you mean 'towed-shield'?"],
    ),
    "season": (
        [("sea-of-japan-july", "sea-of-japan-juli")],
        [
            "x.yaml:7:23: environment.season: no season called 'sea-of-japan-juli'. Did you mean 'sea-of-japan-july'?"
        ],
    ),
    "base": (
        [("base: field", "base: feild")],
        ["x.yaml:23:45: forces.red.units.1.base: no base called 'feild'. Did you mean 'field'?"],
    ),
    "resource": (
        [("    after: G2", "    resources: {tuggs: 1}")],
        ["x.yaml:66:17: serials.2.resources.tuggs: no resource called 'tuggs'. Did you mean 'tugs'?"],
    ),
    "fact": (
        [("{fact: joint-shoot-range}", "{fact: joint-shot-range}")],
        [
            "x.yaml:50:12: serials.0.range: no fact called 'joint-shot-range'. Did you mean 'joint-shoot-range'?"
        ],
    ),
    "fact of another sheet": (
        [("{fact: joint-shoot-range}", "{fact: sea-of-japan-2022/joint-shoot-range}")],
        [
            "x.yaml:50:12: serials.0.range: no fact sheet called 'sea-of-japan-2022'. Did you mean 'sea-of-japan-2023'?"
        ],
    ),
    "fact beside a value": (
        [("{fact: joint-shoot-range}", "{value: 5 km, fact: joint-shot-range}")],
        [
            "x.yaml:50:12: serials.0.range: no fact called 'joint-shot-range'. Did you mean 'joint-shoot-range'?"
        ],
    ),
    "facts of a section": (
        [("    after: G2", "    after: G2\n    facts: [drill-cont]")],
        ["x.yaml:67:13: serials.2.facts.0: no fact called 'drill-cont'. Did you mean 'drill-count'?"],
    ),
    "facts of the exercise": (
        [("exercise: Base", "exercise: Base\ndrawn_from: [start, plase]")],
        ["x.yaml:3:21: drawn_from.1: no fact called 'plase'. Did you mean 'place'?"],
    ),
    "fact without a number": (
        [("{fact: joint-shoot-range}", "{fact: place}")],
        ["x.yaml:50:12: serials.0.range: fact 'place' states no number"],
    ),
    "fact that does not fit": (
        [("{fact: joint-shoot-range}", "{fact: drill-count}")],
        [
            "x.yaml:50:12: serials.0.range: fact 'drill-count' says '20', but here a length is wanted, like '12 nmi'"
        ],
    ),
    "fact sheet": (
        [("facts: sea_of_japan_2023.yaml", "facts: sea_of_japan_2032.yaml")],
        [
            "x.yaml:3:8: facts: no fact sheet at 'sea_of_japan_2032.yaml'. Did you mean 'sea_of_japan_2023.yaml'?"
        ],
    ),
    "fact without a sheet": (
        [("facts: sea_of_japan_2023.yaml\n", "")],
        [
            "x.yaml:49:12: serials.0.range: refers to fact 'joint-shoot-range', but the scenario names no sheet ('facts: FILE')"
        ],
    ),
    "prerequisite": (
        [("requires: [G1]", "requires: [G4]")],
        ["x.yaml:59:16: serials.1.requires.0: no serial called 'G4'; there are: G1, G2, G3"],
    ),
    "serial waiting for itself": (
        [("after: G2", "after: G3")],
        ["x.yaml:66:12: serials.2.after: circular prerequisites: G3 waits for G3"],
    ),
    "two in a circle": (
        [("    range: {fact: joint-shoot-range}", "    after: [G2]")],
        ["x.yaml:50:13: serials.0.after.0: circular prerequisites: G1 waits for G2 waits for G1"],
    ),
    "three in a circle": (
        [("    range: {fact: joint-shoot-range}", "    after: [G3]")],
        [
            "x.yaml:50:13: serials.0.after.0: circular prerequisites: G1 waits for G3 waits for G2 waits for G1"
        ],
    ),
    "planned later": (
        [("comex: 20 Jul 11:00", "comex: 20 Jul 14:00")],
        ["x.yaml:66:12: serials.2.after: waits for serial G2, planned no earlier than itself"],
    ),
    "missing unit": (
        [("radius: 8 nmi", "radius: 8")],
        [
            "x.yaml:33:43: areas.range.radius: '8' has no unit; write '8 nmi' or another of: m, km, nmi, yd, ft, mm"
        ],
    ),
    "unknown unit": (
        [("radius: 8 nmi", "radius: 8 leagues")],
        ["x.yaml:33:43: areas.range.radius: unknown length unit 'leagues'; known: m, km, nmi, yd, ft, mm"],
    ),
    "nanometres": (
        [("radius: 8 nmi", "radius: 20 nm")],
        [
            "x.yaml:33:43: areas.range.radius: unknown length unit 'nm'; known: m, km, nmi, yd, ft, mm. Did you mean '20 nmi'?"
        ],
    ),
    "kilonewtons": (
        [("max_speed: 24 kn", "max_speed: 24 kN")],
        [
            "x.yaml:39:49: platforms.patrol-boat.max_speed: unknown speed unit 'kN'; known: m/s, kn, km/h. Did you mean '24 kn'?"
        ],
    ),
    "comma": (
        [("radius: 8 nmi", "radius: '1,000 m'")],
        [
            "x.yaml:33:43: areas.range.radius: '1,000 m' has a comma in its number; write 1000 or 1.5, like '12 nmi'"
        ],
    ),
    "words for a number": (
        [("duration: 1 h", "duration: an hour")],
        ["x.yaml:55:15: serials.1.duration: 'an hour' is not a time; write it like '90 min'"],
    ),
    "bad time": (
        [("20 Jul 08:00", "20 Jul 25:00")],
        ["x.yaml:44:12: serials.0.comex: '20 Jul 25:00' is not a clock time: hour must be in 0..23"],
    ),
    "no time": (
        [("20 Jul 08:00", "tomorrow")],
        ["x.yaml:44:12: serials.0.comex: 'tomorrow' is not a clock time; write it like '22 Jul 15:30'"],
    ),
    "bad month": (
        [("20 Jul 08:00", "20 Jli 08:00")],
        ["x.yaml:44:12: serials.0.comex: no month called 'Jli'; did you mean 'Jul'?"],
    ),
    "bad day": (
        [("20 Jul 08:00", "31 Feb 08:00")],
        ["x.yaml:44:12: serials.0.comex: '31 Feb 08:00' is not a clock time: day is out of range for month"],
    ),
    "before the beginning": (
        [("20 Jul 08:00", "19 Jul 08:00")],
        ["x.yaml:44:12: serials.0.comex: is before the exercise begins"],
    ),
    "no zone": (
        [("06:00 +08:00", "06:00")],
        [
            "x.yaml:4:9: begins: '2023-07-20 06:00' is not a time with its zone; write it like '2023-07-20 08:00 +08:00'"
        ],
    ),
    "bad zone": (
        [("06:00 +08:00", "06:00 +25:00")],
        ["x.yaml:4:9: begins: '+25:00' is not a time zone; write it like '+08:00'"],
    ),
    "bad year": (
        [("2023-07-20 06:00", "0023-07-20 06:00")],
        ["x.yaml:4:9: begins: '0023-07-20 06:00 +08:00' is not a time: the year must be from 1900 to 2199"],
    ),
    "bad position": (
        [("datum: 40-00N 134-00E", "datum: 40.0 134.0")],
        ["x.yaml:6:8: datum: '40.0 134.0' is not a position; write it like '40-00.0N 134-00.0E'"],
    ),
    "minutes of a position": (
        [("datum: 40-00N 134-00E", "datum: 40-75N 134-00E")],
        ["x.yaml:6:8: datum: '40-75N 134-00E' is not a position: minutes must be under 60"],
    ),
    "latitude": (
        [("datum: 40-00N 134-00E", "datum: 91-00N 134-00E")],
        ["x.yaml:6:8: datum: '91-00N 134-00E' is not on the earth: latitude up to 90, longitude up to 180"],
    ),
    "longitude": (
        [("datum: 40-00N 134-00E", "datum: 40-00N 181-00E")],
        ["x.yaml:6:8: datum: '40-00N 181-00E' is not on the earth: latitude up to 90, longitude up to 180"],
    ),
    "number for a mapping": (
        [("  learning: {per_joint_serial: 92 %, floor: 40 %}", "  learning: 92 %")],
        ["x.yaml:30:13: command.learning: must be a mapping (key: value lines); got '92 %'"],
    ),
    "mapping for a number": (
        [("defect_grace: 30 min", "defect_grace: {national: 30 min}")],
        [
            "x.yaml:31:17: command.defect_grace: no part of a number called 'national'; there are: value, low, mode, high, basis, why, source, fact, confidence"
        ],
    ),
    "list for a number": (
        [("defect_grace: 30 min", "defect_grace: [30 min]")],
        ["x.yaml:31:17: command.defect_grace: must be a time, like '90 min'; got a list"],
    ),
    "list for text": (
        [("name: Blue force", "name: [Blue, force]")],
        ["x.yaml:10:11: forces.blue.name: must be text; got a list"],
    ),
    "text for a list": (
        [("corners: [40-20N 134-00E, 40-20N 134-20E, 40-00N 134-20E]", "corners: 40-20N 134-00E")],
        ["x.yaml:34:19: areas.deep.corners: must be a list; got '40-20N 134-00E'"],
    ),
    "mapping for a list": (
        [("uses: [asw]", "uses: {asw: yes}")],
        ["x.yaml:34:75: areas.deep.uses: must be a list; got a mapping"],
    ),
    "text for a switch": (
        [("exclusive: true", "exclusive: perhaps")],
        ["x.yaml:33:61: areas.range.exclusive: must be true or false; got 'perhaps'"],
    ),
    "no value": (
        [("defect_grace: 30 min", "defect_grace:")],
        ["x.yaml:31:3: command.defect_grace: has no value; write a time, like '90 min'"],
    ),
    "unit booked twice": (
        [("comex: 20 Jul 13:00", "comex: 20 Jul 09:30"), ("    after: G2\n", "")],
        ["x.yaml:65:21: serials.2.roles.ships.0: 'Alpha' is booked for serial G1 at the same time"],
    ),
    "area booked twice": (
        [("comex: 20 Jul 11:00", "comex: 20 Jul 09:30"), ("    requires: [G1]\n", "")],
        ["x.yaml:56:11: serials.1.area: 'range' is exclusive and serial G1 has it at the same time"],
    ),
    "unit in two roles": (
        [
            ("drill: communications", "drill: formation-manoeuvres"),
            ("roles: {ships: [Alpha, Bravo]}", "roles: {guide: Alpha, ships: [Alpha, Bravo]}"),
        ],
        ["x.yaml:65:35: serials.2.roles.ships.0: 'Alpha' is in the role 'guide' of this serial already"],
    ),
    "unit twice in a role": (
        [("firing: [Alpha, Golf]", "firing: [Alpha, Alpha]")],
        ["x.yaml:48:23: serials.0.roles.firing.1: 'Alpha' is named twice here"],
    ),
    "key twice": (
        [("    duration: 2 h", "    duration: 2 h\n    comex: 20 Jul 09:00")],
        ["x.yaml:46:5: serials.0.comex: key given twice; first on line 44"],
    ),
    "anchor": (
        [("radius: 8 nmi", "radius: &far 8 nmi")],
        ["x.yaml:33:43: areas.range.radius: anchors and aliases (&, *) are not allowed; write it out"],
    ),
    "alias": (
        [("radius: 8 nmi", "radius: *far")],
        ["x.yaml:33:43: areas.range.radius: anchors and aliases (&, *) are not allowed; write it out"],
    ),
    "tag": (
        [("radius: 8 nmi", "radius: !!float 8")],
        [
            "x.yaml:33:43: areas.range.radius: tags (tag:yaml.org,2002:float) are not allowed; plain values only"
        ],
    ),
    "python tag": (
        [("exercise: Base", "exercise: !!python/object/apply:os.system [ls]")],
        [
            "x.yaml:2:11: exercise: tags (tag:yaml.org,2002:python/object/apply:os.system) are not allowed; plain values only"
        ],
    ),
    "not YAML": (
        [("datum: 40-00N 134-00E", "datum: 40-00N: 134-00E")],
        [
            "x.yaml:6:14: not YAML: mapping values are not allowed here (text with ': ' in it needs quotes, or the indent is off)"
        ],
    ),
    "tab": (
        [("    name: Blue force", "\tname: Blue force")],
        [
            "x.yaml:10:1: not YAML: found character '\\t' that cannot start any token (indent with spaces, not tabs)"
        ],
    ),
    "two documents": (
        [("forces:\n", "---\nforces:\n")],
        ["x.yaml:8:1: holds more than one document; keep one a file"],
    ),
    "serial number twice": (
        [("serial: G2", "serial: G1"), ("after: G2", "after: G1")],
        ["x.yaml:51:13: serials.1.serial: two serials are numbered 'G1'; first on line 41"],
    ),
    "unit name twice": (
        [("names: [Golf]", "names: [Golf, Bravo]")],
        ["x.yaml:22:45: forces.red.units.0.names.1: two units are called 'Bravo'"],
    ),
    "counted units of one name": (
        [
            ("names: [Tug]", "count: 1"),
            ("names: [Golf]}", "names: [Golf]}\n      - {platform: sea-tug, count: 1}"),
            ("towing: Tug", "towing: sea-tug 1"),
        ],
        ["x.yaml:23:9: forces.red.units.1: two units are called 'sea-tug 1'; give them 'names:'"],
    ),
    "no deck": (
        [("embarked: [Alpha]", "embarked: [Tug]")],
        ["x.yaml:16:53: forces.blue.units.2.embarked.0: 'Tug' (sea-tug) has no flight deck"],
    ),
    "full hangar": (
        [("names: [Kilo]", "count: 3")],
        ["x.yaml:16:48: forces.blue.units.2.embarked.0: 3 aircraft on 'Alpha', whose hangar keeps 2"],
    ),
    "aeroplane aboard": (
        [("base: field", "embarked: [Golf]")],
        ["x.yaml:23:39: forces.red.units.1.embarked: su-30sm is no helicopter and needs a 'base:'"],
    ),
    "aircraft nowhere": (
        [(", embarked: [Alpha]", "")],
        ["x.yaml:16:9: forces.blue.units.2: a helicopter needs 'embarked:' ships or a 'base:'"],
    ),
    "embarked ship": (
        [("names: [Tug]", "names: [Tug], embarked: [Alpha]")],
        ["x.yaml:15:43: forces.blue.units.1.embarked: only aircraft have one; sea-tug is a ship"],
    ),
    "ship nowhere": (
        [("    at: 40-05N 134-00E\n", "")],
        ["x.yaml:21:9: forces.red.units.0: needs 'at:', where it starts (here or for the whole force)"],
    ),
    "too many units": (
        [("count: 2", "count: 1e9")],
        ["x.yaml:23:36: forces.red.units.1.count: is 1000000000, must be at most 500"],
    ),
    "nobody for a role": (
        [("least: 2", "least: 4")],
        [
            "x.yaml:58:15: serials.1.roles.firing: needs 4 units, but only 3 could take it (ships that fire, in this order)"
        ],
    ),
    "wrong family": (
        [("towing: Tug", "towing: Kilo")],
        [
            "x.yaml:49:15: serials.0.roles.towing: 'Kilo' cannot take it: ship that tows the target; without one it floats; needs a ship, and it is a helicopter"
        ],
    ),
    "without the gun": (
        [("firing: [Alpha, Golf]", "firing: [Alpha, Tug]")],
        [
            "x.yaml:48:23: serials.0.roles.firing.1: 'Tug' cannot take it: ships that fire, in this order; needs main-gun, and it carries lookout, radar, propulsion, tow"
        ],
    ),
    "left out by but": (
        [("{any: warship, least: 2}", "{names: [Alpha, Bravo], but: Bravo}")],
        ["x.yaml:58:31: serials.1.roles.firing.names.1: 'Bravo' cannot take it: 'but:' leaves it out"],
    ),
    "more than named": (
        [("{any: warship, least: 2}", "{names: [Alpha, Bravo], least: 3}")],
        [
            "x.yaml:58:15: serials.1.roles.firing: needs 3 units, but only 2 could take it (ships that fire, in this order)"
        ],
    ),
    "left out by count": (
        [("names: [Alpha, Bravo]", "names: [Alpha, Bravo], count: 1")],
        [
            "x.yaml:65:28: serials.2.roles.ships.1: 'Bravo' is not in the exercise: its group's count leaves it out"
        ],
    ),
    "officer left out": (
        [
            ("names: [Golf]", "names: [Foxtrot, Golf], count: 1"),
            ("flagship: Golf", "flagship: Foxtrot"),
            ("firing: [Alpha, Golf]", "firing: [Alpha]"),
        ],
        [
            "x.yaml:27:23: command.officer_conducting: 'Golf' is not in the exercise: its group's count leaves it out"
        ],
    ),
    "most below least": (
        [("least: 2", "least: 2, most: 1")],
        ["x.yaml:58:15: serials.1.roles.firing: most (1) is below least (2)"],
    ),
    "empty selector": (
        [("{any: warship, least: 2}", "{least: 2}")],
        [
            "x.yaml:58:15: serials.1.roles.firing: needs unit names, or 'any:' a kind of unit, or what it 'carries:'"
        ],
    ),
    "COMEX after the end": (
        [("comex: 20 Jul 13:00", "comex: 20 Jul 18:00")],
        ["x.yaml:63:12: serials.2.comex: is not before the exercise ends (20 Jul 18:00)"],
    ),
    "duration past the end": (
        [("comex: 20 Jul 13:00", "comex: 20 Jul 17:30")],
        ["x.yaml:64:15: serials.2.duration: runs 30 min past the end of the exercise (20 Jul 18:00)"],
    ),
    "two shapes": (
        [("radius: 8 nmi", "radius: 8 nmi, box: [40-00N 133-00E, 40-10N 133-10E]")],
        [
            "x.yaml:33:10: areas.range: needs exactly one shape: centre and radius, or box, or corners; got centre, radius, box"
        ],
    ),
    "half a circle": (
        [("radius: 8 nmi, ", "")],
        [
            "x.yaml:33:10: areas.range: needs exactly one shape: centre and radius, or box, or corners; got centre"
        ],
    ),
    "two corners": (
        [("40-20N 134-00E, 40-20N 134-20E, 40-00N 134-20E", "40-20N 134-00E, 40-20N 134-20E")],
        ["x.yaml:34:9: areas.deep: corners needs at least three positions; got 2"],
    ),
    "crossing edges": (
        [
            (
                "40-20N 134-00E, 40-20N 134-20E, 40-00N 134-20E",
                "40-20N 134-00E, 40-00N 134-20E, 40-20N 134-20E, 40-00N 134-00E",
            )
        ],
        ["x.yaml:34:19: areas.deep.corners: makes no area: the edges from corners 1 and 3 cross or touch"],
    ),
    "corners on one line": (
        [
            (
                "40-20N 134-00E, 40-20N 134-20E, 40-00N 134-20E",
                "40-00N 134-00E, 40-10N 134-00E, 40-20N 134-00E",
            )
        ],
        ["x.yaml:34:19: areas.deep.corners: makes no area: the corners lie on one line"],
    ),
    "same corner": (
        [
            (
                "40-20N 134-00E, 40-20N 134-20E, 40-00N 134-20E",
                "40-20N 134-00E, 40-20N 134-00E, 40-00N 134-20E",
            )
        ],
        ["x.yaml:34:19: areas.deep.corners: makes no area: corners 1 and 2 are the same place"],
    ),
    "box the wrong way": (
        [("centre: 40-10N 133-40E, radius: 8 nmi", "box: [40-10N 133-40E, 40-00N 133-50E]")],
        ["x.yaml:33:16: areas.range.box: must go from its south-west corner to its north-east corner"],
    ),
    "low above high": (
        [("radius: 8 nmi", "radius: 8 nmi (10 .. 5 nmi)")],
        ["x.yaml:33:43: areas.range.radius: its low 10 nmi is above its high 5 nmi"],
    ),
    "outside its range": (
        [("radius: 8 nmi", "radius: 8 nmi (10 .. 15 nmi)")],
        ["x.yaml:33:43: areas.range.radius: is 8 nmi, outside its own range 10 nmi .. 15 nmi"],
    ),
    "range with a dash": (
        [("radius: 8 nmi", "radius: 8 nmi (5 - 12 nmi)")],
        [
            "x.yaml:33:43: areas.range.radius: '8 nmi (5 - 12 nmi)' has a range that cannot be read; write it like '12 nmi (LOW .. HIGH)' or '12 nmi (±OFF)'"
        ],
    ),
    "mode where not drawn": (
        [("radius: 8 nmi", "radius: {low: 5 nmi, mode: 8 nmi, high: 9 nmi}")],
        [
            "x.yaml:33:43: areas.range.radius: is one number, not drawn each time: write 'value' instead of 'mode'"
        ],
    ),
    "mode alone": (
        [("{low: 45 min, mode: 1 h, high: 2 h}", "{mode: 1 h}")],
        ["x.yaml:64:15: serials.2.duration: 'mode' needs 'low' and 'high' beside it"],
    ),
    "part of a number": (
        [("{low: 45 min, mode: 1 h, high: 2 h}", "{low: 45 min, mod: 1 h, high: 2 h}")],
        ["x.yaml:64:15: serials.2.duration: no part of a number called 'mod'. Did you mean 'mode'?"],
    ),
    "bounds without a value": (
        [("{low: 45 min, mode: 1 h, high: 2 h}", "{low: 45 min, high: 2 h}")],
        [
            "x.yaml:64:15: serials.2.duration: a number needs 'value', or 'low', 'mode' and 'high', or 'fact'; got low, high"
        ],
    ),
    "basis": (
        [("radius: 8 nmi", "radius: {value: 8 nmi, basis: fakt}")],
        ["x.yaml:33:43: areas.range.radius: no basis called 'fakt'. Did you mean 'fact'?"],
    ),
    "reason that is a list": (
        [("radius: 8 nmi", "radius: {value: 8 nmi, why: [because]}")],
        ["x.yaml:33:43: areas.range.radius: 'why' must be text; got a list"],
    ),
    "below nothing": (
        [("radius: 8 nmi", "radius: -8 nmi")],
        ["x.yaml:33:43: areas.range.radius: is -8 nmi, must be more than 0 m"],
    ),
    "share above all": (
        [("heed: 85 %", "heed: 850 %")],
        ["x.yaml:37:71: traffic.merchant.heed: is 850 %, must be at most 100 %"],
    ),
    "half a unit": (
        [("count: 2", "count: 2.5")],
        ["x.yaml:23:36: forces.red.units.1.count: is 2.5, must be a whole number"],
    ),
    "huge number": (
        [("radius: 8 nmi", "radius: 1e999 nmi")],
        ["x.yaml:33:43: areas.range.radius: '1e999 nmi' is too large a number"],
    ),
    "missing key": (
        [("  defect_grace: 30 min\n", "")],
        ["x.yaml:27:3: command.defect_grace: is missing; write 'defect_grace: 90 min'"],
    ),
    "missing section": (
        [("datum: 40-00N 134-00E\n", "")],
        ["x.yaml:1:1: datum: is missing; write 'datum: 40-00.0N 134-00.0E'"],
    ),
    "wrong version": (
        [("navdrill: 1", "navdrill: 2")],
        [
            "x.yaml:1:11: navdrill: the format version is '2'; this navdrill reads 'navdrill: 1'; it was made for a newer navdrill: update this one"
        ],
    ),
    "no version": (
        [("navdrill: 1\n", "")],
        ["x.yaml:1:1: navdrill: the format version is missing; this navdrill reads 'navdrill: 1'"],
    ),
    "far area": (
        [("centre: 40-10N 133-40E", "centre: 56-40N 134-00E")],
        ["x.yaml:33:19: areas.range.centre: is 1001 nmi from the datum; at most 480 nmi"],
    ),
    "area at the antipodes": (
        [("centre: 40-10N 133-40E", "centre: 40-00S 46-00W")],
        [
            "x.yaml:33:19: areas.range.centre: is on the other side of the earth from the datum; at most 480 nmi"
        ],
    ),
    "polar datum": (
        [("datum: 40-00N 134-00E", "datum: 89-00N 134-00E")],
        ["x.yaml:6:8: datum: is nearer a pole than latitude 85, where courses lose their meaning"],
    ),
    "wide area": (
        [("radius: 8 nmi", "radius: 800 nmi")],
        ["x.yaml:33:43: areas.range.radius: is 800 nmi; an area reaches at most 480 nmi"],
    ),
    "ends before it begins": (
        [("ends: 2023-07-20 18:00", "ends: 2023-07-19 18:00")],
        ["x.yaml:5:7: ends: '2023-07-19 18:00 +08:00' is not after 'begins'"],
    ),
    "no area for live fire": (
        [("    area: range\n    roles:\n      firing: [", "    roles:\n      firing: [")],
        ["x.yaml:41:5: serials.0.area: live firing needs an area"],
    ),
    "area not for live fire": (
        [("    area: range\n    roles:\n      firing: [", "    area: deep\n    roles:\n      firing: [")],
        ["x.yaml:46:11: serials.0.area: live firing in 'deep', whose uses are asw"],
    ),
    "range no gun reaches": (
        [("range: {fact: joint-shoot-range}", "range: 50 km")],
        ["x.yaml:50:12: serials.0.range: no gun here reaches 50 km; the longest reaches 29.5 km"],
    ),
    "season and nothing": (
        [("{season: sea-of-japan-july}", "{sea_state: 3}")],
        [
            "x.yaml:7:14: environment: needs a season, or sea_state, visibility and wind together; got only sea_state"
        ],
    ),
    "alternate without any": (
        [("    after: G2", "    late: {hold: 1 h, then: alternate}")],
        ["x.yaml:66:29: serials.2.late.then: says 'alternate', but the serial lists no alternates"],
    ),
    "word for what then": (
        [("    after: G2", "    late: {hold: 1 h, then: shorted}")],
        [
            "x.yaml:66:29: serials.2.late.then: must be one of skip, shorten, alternate; got 'shorted'. Did you mean 'shorten'?"
        ],
    ),
    "too many tugs": (
        [("    after: G2", "    resources: {tugs: 2}")],
        ["x.yaml:66:23: serials.2.resources.tugs: needs 2 of 'tugs', but the exercise has 1"],
    ),
    "aircraft passing by": (
        [("platform: merchant-ship", "platform: il-38")],
        ["x.yaml:37:24: traffic.merchant.platform: 'il-38' is an aircraft, not a vessel"],
    ),
    "sheet under another name": (
        [("{like: steregushchiy", "{platform: patrol, like: steregushchiy")],
        [
            "x.yaml:39:27: platforms.patrol-boat.platform: the sheet is called 'patrol-boat', but says platform: 'patrol'"
        ],
    ),
    "empty name": (
        [("names: [Tug]", "names: [Tug, '']")],
        ["x.yaml:15:42: forces.blue.units.1.names.1: must not be empty"],
    ),
    "lone surrogate": (
        [("exercise: Base", 'exercise: "\\ud800"')],
        ["x.yaml:2:11: exercise: holds half of a character (a lone surrogate)"],
    ),
    "several at once": (
        [
            ("flagship: Golf", "flagship: Gulf"),
            ("radius: 8 nmi", "radius: 8"),
            ("drill: air-gunnery", "drill: air-gunery"),
            ("begins: 2023-07-20 06:00 +08:00", "begins: 2023-07-20 06:00"),
        ],
        [
            "x.yaml:4:9: begins: '2023-07-20 06:00' is not a time with its zone; write it like '2023-07-20 08:00 +08:00'",
            "x.yaml:19:15: forces.red.flagship: no unit called 'Gulf'. Did you mean 'Golf'?",
            "x.yaml:33:43: areas.range.radius: '8' has no unit; write '8 nmi' or another of: m, km, nmi, yd, ft, mm",
            "x.yaml:53:12: serials.1.drill: no drill called 'air-gunery'. Did you mean 'air-gunnery'?",
        ],
    ),
    "broken sheet tells no more": (
        [("platform: udaloy", "platform: udaloi"), ("any: warship", "any: anti-submarine-ship")],
        ["x.yaml:14:20: forces.blue.units.0.platform: no platform called 'udaloi'. Did you mean 'udaloy'?"],
    ),
    "mapping for text": (
        [("title: First shoot", "title: {first: shoot}")],
        ["x.yaml:42:12: serials.0.title: must be text; got a mapping"],
    ),
    "list for a mapping": (
        [("forces:\n", "forces: []\nforce:\n")],
        [
            "x.yaml:8:9: forces: must be a mapping (key: value lines); got a list",
            "x.yaml:9:1: force: no key called 'force'. Did you mean 'forces'?",
        ],
    ),
    "mapping for serials": (
        [("serials:\n", "serials: {}\nserial:\n")],
        [
            "x.yaml:40:10: serials: must be a list; got a mapping",
            "x.yaml:41:1: serial: no key called 'serial'. Did you mean 'serials'?",
        ],
    ),
    "text for a role": (
        [("roles: {ships: [Alpha, Bravo]}", "roles: all")],
        ["x.yaml:65:12: serials.2.roles: must be a mapping (key: value lines); got 'all'"],
    ),
    "text for a data sheet": (
        [("{like: steregushchiy, max_speed: 24 kn}", "steregushchiy")],
        [
            "x.yaml:39:16: platforms.patrol-boat: must be a data sheet: 'like: PLATFORM' and what differs, or a whole sheet; got 'steregushchiy'"
        ],
    ),
    "aircraft aboard and ashore": (
        [("embarked: [Alpha]", "embarked: [Alpha], base: field")],
        [
            "x.yaml:16:61: forces.blue.units.2.base: embarked already; an aircraft lives aboard or ashore, not both"
        ],
    ),
    "from the wrong force": (
        [("{any: warship, least: 2}", "{names: [Alpha, Golf], from: red}")],
        [
            "x.yaml:58:24: serials.1.roles.firing.names.0: 'Alpha' cannot take it: it belongs to blue, and 'from:' asks for red"
        ],
    ),
    "no weather": (
        [
            (
                "environment: {season: sea-of-japan-july}",
                "environment: {season: {season: mine, title: My own}}",
            )
        ],
        [
            "x.yaml:7:23: environment.season.sea_state: is missing; write 'sea_state: {states: ..., persistence: ...}'",
            "x.yaml:7:23: environment.season.visibility: is missing; write 'visibility: {states: ..., persistence: ...}'",
        ],
    ),
    "shares of a season": (
        [
            (
                "environment: {season: sea-of-japan-july}",
                "environment: {season: {like: sea-of-japan-july, visibility: {persistence: 6 h, states: [{name: clear, share: 90 %, range: 10 nmi}]}}}",
            )
        ],
        ["x.yaml:7:23: environment.season: shares of visibility add up to 90.0 %, not 100 %"],
    ),
    "tanker without a rig": (
        [("max_speed: 24 kn}", "replenishment: {stations: 0, rate: 200 t/h, cargo: 100 t}}")],
        ["x.yaml:39:64: platforms.patrol-boat.replenishment.stations: is 0, must be at least 1"],
    ),
    "cruises above its best": (
        [("max_speed: 24 kn}", "max_speed: 2 kn}")],
        ["x.yaml:39:16: platforms.patrol-boat: cruise_speed (14 kn) is above max_speed (2 kn)"],
    ),
    "faster in a rougher sea": (
        [("max_speed: 24 kn}", "speed_kept: {sea_4: 90 %, sea_5: 95 %, sea_6: 60 %, sea_7: 40 %}}")],
        ["x.yaml:39:50: platforms.patrol-boat.speed_kept: sea_5 (95 %) is above sea_4 (90 %)"],
    ),
    "no steerage way": (
        [("max_speed: 24 kn}", "speed_kept: {sea_4: 90 %, sea_5: 80 %, sea_6: 60 %, sea_7: 0 %}}")],
        [
            "x.yaml:39:50: platforms.patrol-boat.speed_kept: sea_7 must be more than 0 %: a sound ship keeps steerage way"
        ],
    ),
    "aircraft in a seaway": (
        [
            (
                "{like: steregushchiy, max_speed: 24 kn}",
                "{like: ka-27, speed_kept: {sea_4: 90 %, sea_5: 80 %, sea_6: 60 %, sea_7: 40 %}}",
            )
        ],
        [
            "x.yaml:39:16: platforms.patrol-boat: only ships have a speed_kept, this is of the family 'helicopter'"
        ],
    ),
    "ships on land": (
        [("at: 40-05N 133-50E", "at: 43-00N 141-30E")],
        ["x.yaml:12:9: forces.blue.at: is on land; nearest water 43-11.9N 141-17.1E, 15.2 nmi north-west"],
    ),
    "group of ships on land": (
        [("names: [Golf]}", "names: [Golf], at: 38-00N 140-30E}")],
        ["x.yaml:22:50: forces.red.units.0.at: is on land; nearest water 38-00.0N 140-55.8E, 20.4 nmi east"],
    ),
    "circle without water": (
        [("centre: 40-10N 133-40E, radius: 8 nmi", "centre: 44-00N 127-00E, radius: 8 nmi")],
        [
            "x.yaml:33:19: areas.range.centre: has no water in it; nearest water 42-04.4N 130-05.1E, 178.3 nmi south-east of its centre"
        ],
    ),
    "box without water": (
        [
            (
                "corners: [40-20N 134-00E, 40-20N 134-20E, 40-00N 134-20E]",
                "box: [44-00N 127-00E, 45-00N 128-00E]",
            )
        ],
        [
            "x.yaml:34:15: areas.deep.box: has no water in it; nearest water 42-39.6N 130-40.3E, 176.9 nmi south-east of its middle"
        ],
    ),
    "polygon without water, and ships on land beside it": (
        [
            (
                "40-20N 134-00E, 40-20N 134-20E, 40-00N 134-20E",
                "44-00N 127-00E, 45-00N 128-00E, 45-00N 127-00E",
            ),
            ("at: 40-05N 134-00E", "at: 43-00N 141-30E"),
        ],
        [
            "x.yaml:20:9: forces.red.at: is on land; nearest water 43-11.9N 141-17.1E, 15.2 nmi north-west",
            "x.yaml:34:19: areas.deep.corners: has no water in it; nearest water 42-04.4N 130-05.1E, 178.3 nmi south-east of its first corner",
        ],
    ),
    "harbour of traffic": (
        [("density: 1 per 1000 nmi2", "density: 1e9 per 1000 nmi2")],
        [
            "x.yaml:37:48: traffic.merchant.density: is 1000000000 per 1000 nmi2, must be at most 1000 per 1000 nmi2"
        ],
    ),
}


def faults_of(path):
    """The lines of the refusal of a file."""
    with pytest.raises(ScenarioError) as refused:
        read(path)
    return str(refused.value).split("\n")


def test_base_is_whole(put, base):
    """The scenario that the cases below break has no fault of its own."""
    assert "Base" == read(put(base)).exercise


@pytest.mark.parametrize("name", CASES)
def test_edit(name, put, base):
    """One edit, and the faults it makes, in the order of the file."""
    edits, wanted = CASES[name]
    for old, new in edits:
        assert 1 == base.count(old), f"{old!r} is not once in the base scenario"
        base = base.replace(old, new)

    assert wanted == faults_of(put(base))


WHOLE = {
    "empty": ("", "x.yaml:1:1: is empty"),
    "comments only": ("# a plan\n# to be\n", "x.yaml:1:1: is empty"),
    "nothing": ("~\n", "x.yaml:1:1: is empty"),
    "text": (
        "Northern Interaction\n",
        "x.yaml:1:1: is not a scenario: it must be a mapping (key: value lines)",
    ),
    "list": ("- navdrill: 1\n", "x.yaml:1:1: is not a scenario: it must be a mapping (key: value lines)"),
    "unclosed": ("navdrill: [1\n", "x.yaml:2:1: not YAML: expected ',' or ']', but got '<stream end>'"),
    "alias bomb": (
        "navdrill: 1\na: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
        "x.yaml:2:4: a: anchors and aliases (&, *) are not allowed; write it out",
    ),
    "merge": (
        "navdrill: 1\n<<: *a\n",
        "x.yaml:2:5: <<: anchors and aliases (&, *) are not allowed; write it out",
    ),
    "anchored key": ("&a navdrill: 1\n", "x.yaml:1:1: anchors and tags (&, !) are not allowed on a key"),
    "list as a key": ("? [a, b]\n: 1\n", "x.yaml:1:3: a key must be plain text"),
    "deep": ("a: " + "[" * 100_000, "x.yaml:1:36: a.0.0: nested deeper than 32 levels"),
    "deep mappings": ("{a: " * 40, "x.yaml:1:133: a.a.a: nested deeper than 32 levels"),
    "three documents": (
        "navdrill: 1\n---\na: 1\n---\n",
        "x.yaml:2:1: holds more than one document; keep one a file",
    ),
    "NUL": ("navdrill: 1\nexercise: a\0b\n", "x.yaml:2:12: holds a control character: not a text file"),
    "binary": (bytes(range(128, 256)), "x.yaml:1:1: is not text in UTF-8 (a binary file?)"),
    "binary further down": (
        b"navdrill: 1\nexercise: \xff\n",
        "x.yaml:2:1: is not text in UTF-8 (a binary file?)",
    ),
    "UTF-16": ("navdrill: 1\n".encode("utf-16"), "x.yaml:1:1: is not text in UTF-8 (a binary file?)"),
    "bad directive": ("%YAML 9.x\n---\na: 1\n", "x.yaml:1:9: not YAML: expected a digit, but found 'x'"),
    "too large": (b" " * (LARGEST + 1), "x.yaml: is larger than 5 MB, which no scenario needs"),
    "only a version": (
        "navdrill: 1\n",
        "x.yaml:1:1: begins: is missing; write 'begins: 2023-07-20 08:00 +08:00'",
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_whole_file(name, put):
    """Files that are no scenario at all are refused at once, with the first place that shows it."""
    content, wanted = WHOLE[name]
    began = time.monotonic()

    assert wanted == faults_of(put(content))[0]
    assert time.monotonic() - began < 5


def test_folder(put, base, tmp_path):
    """A folder is refused with what it holds."""
    put(base)

    assert [f"{tmp_path.as_posix()}: is a folder, not a file; it holds x.yaml"] == faults_of(tmp_path)


def test_missing_file(put, base):
    """A file that is not there is refused with the nearest that is."""
    put(base, "gunnery_day.yaml")

    assert ["gunery_day.yaml: no such file. Did you mean 'gunnery_day.yaml'?"] == faults_of("gunery_day.yaml")
    assert ["away/x.yaml: no such file"] == faults_of("away/x.yaml")


def test_missing_scenario_by_name(tmp_path, monkeypatch):
    """A name without a file is looked for among the scenarios that come with the package."""
    monkeypatch.chdir(tmp_path)

    assert ["gunery_day: no scenario called 'gunery_day'. Did you mean 'gunnery_day'?"] == faults_of(
        "gunery_day"
    )


def test_fact_sheet_faults_are_told_once(put, base):
    """A broken fact sheet is told at its own line; references into it add nothing."""
    put(
        "sheet: s\ntitle: t\nfacts:\n  one: {statement: x, exactness: exakt, source: [S01], context: none}\n",
        "s.yaml",
    )
    path = put(base.replace("sea_of_japan_2023.yaml", "s.yaml"))
    wanted = "s.yaml:4:34: facts.one.exactness: must be one of exact, approximate, at-least, unspecified; got 'exakt'. Did you mean 'exact'?"

    assert [wanted] == faults_of(path)


def test_impossible_fact_sheet_names(put, base):
    """Names no disk can hold are refused like any other that is not there."""
    for name in ("n" * 5000, '"a\\0b"', "../..", "''"):
        (line,) = faults_of(put(base.replace("sea_of_japan_2023.yaml", name)))
        assert line.startswith("x.yaml:3:8: facts: no fact sheet at ")


def test_faults_are_sorted_and_survive_copying(put, base):
    """All faults of a file are carried together, in the order of its lines."""
    import pickle

    broken = base.replace("8 nmi", "8").replace("92 %", "92 kn").replace("flagship: Golf", "flagship: Gulf")
    path = put(broken)
    with pytest.raises(ScenarioError) as refused:
        read(path)
    again = pickle.loads(pickle.dumps(refused.value))

    assert [19, 30, 33] == [fault.line for fault in again.faults]
    assert str(refused.value) == str(again)


# What a slip of the hand or of a script may leave where a value should be.
ODD = ["", "~", "null", "[]", "{}", "[1, 2]", "[~]", "[{}]", "{a: 1}", "''", "1e400", "-1", "0", "NaN", ".inf", "1e300",
       "99999999999999999999", "é±…", "😀", '"\\0"', '"\\ud800"', "true", "12:30", "2023-01-01", "&a b", "*a", "!!int 3",
       "[", "}", ": :", "x: y", "'", "\t", "%", "@", "Alpha", "G1", "range", "90-00N 180-00E", "00-00N 000-00E",
       "+90 min", "5 km (±1e300 km)", "{value: 5 km}", "{fact: place}", "{fact: [a]}", "{value: {}}",
       "{low: 1, mode: 2, high: 3}", "9999-12-31 23:59:59.9999999 +00:00", "| \n x", "x" * 300, "0 kn", "0 nmi"]  # fmt: skip


@st.composite
def mutated(draw):
    """The base scenario with a few lines deleted, doubled, swapped, or a value replaced by an odd one."""
    lines = BASE.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        index, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        how = draw(st.sampled_from(["delete", "double", "swap", "value", "value", "item"]))
        if how == "delete" and len(lines) > 1:
            del lines[index]
        elif how == "double":
            lines.insert(other, lines[index])
        elif how == "swap":
            lines[index], lines[other] = lines[other], lines[index]
        else:
            cut = ": " if how == "value" else ", "
            pieces = lines[index].split(cut)
            pieces[-1] = draw(st.sampled_from(ODD) | st.text(max_size=8))
            lines[index] = cut.join(pieces)
    return "\n".join(lines)


def refused_or_read(text, folder):
    """Reads a text; whatever but a ScenarioError escapes fails the test."""
    try:
        read_tree(plant(text, "x.yaml"), folder)
        faults = None
    except ScenarioError as refused:
        faults = refused.faults
    assert faults is None or (faults and all(fault.message for fault in faults))
    assert all(fault.line <= text.count("\n") + 1 for fault in faults or ())


QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@given(mutated())
@QUICK
def test_no_mutation_escapes(text):
    """However the lines of a scenario are torn, only ScenarioError comes out."""
    refused_or_read(text, reader.PACKAGE)


PARTS = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["Alpha", "G1", "1 h"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
@QUICK
def test_no_odd_part_escapes(data):
    """Any part of a scenario may be replaced by anything at all."""
    content = plant(BASE, "x.yaml").data
    part, step = content, data.draw(st.sampled_from(sorted(content)))
    while isinstance(part[step], dict | list) and part[step] and data.draw(st.integers(0, 4)):
        part = part[step]
        step = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
    part[step] = data.draw(PARTS)

    refused_or_read(json.dumps(content), reader.PACKAGE)


ODD_LETTERS = "{}[]:,-&*!%@|>'#? ab1" + chr(10) + chr(9) + chr(34) + chr(92)


@given(st.text(max_size=60) | st.text(alphabet=ODD_LETTERS, max_size=60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_text_escapes(text):
    """Any text at all is a tree or is refused."""
    refused_or_read(text, reader.PACKAGE)


def test_a_file_named_without_its_ending(tmp_path, monkeypatch):
    """`navdrill run mine` beside mine.yaml."""
    (tmp_path / "mine.yaml").write_text("navdrill: 1\n")
    monkeypatch.chdir(tmp_path)

    assert ["mine: no scenario called 'mine'. Did you mean 'mine.yaml'?"] == faults_of("mine")
