"""A small exercise that tests change at will: steady weather, sound equipment, nobody passing by."""

from pathlib import Path

from sim.exercise import Exercise
from sim.runs import play
from sim.scenario.read import read_tree
from sim.scenario.tree import plant

MAIN = Path(__file__).parent.parent / "scenarios" / "northern_interaction_2023.yaml"

SOUND = "{mtbf: 1e9 h, mttr: 1 h}"
PLATFORMS = f"""\
  frigate: {{like: type-054a, equipment: {{propulsion: {SOUND}, main-gun: {SOUND}, close-in: {SOUND}}}}}
  tanker: {{like: type-903a, equipment: {{propulsion: {SOUND}, rig: {SOUND}}}}}
  tug: {{like: sea-tug, equipment: {{propulsion: {SOUND}, tow: {SOUND}}}}}
  copter: {{like: ka-27, serviceability: 100 %, late_start: {{chance: 0 %, delay: 25 min}}, launch: 20 min, recovery: 20 min, turnaround: 60 min}}
  jet: {{like: su-30sm, serviceability: 100 %, late_start: {{chance: 0 %, delay: 25 min}}}}
"""
SECTIONS = {
    "navdrill": "1",
    "exercise": "Small",
    "begins": "2023-07-20 06:00 +08:00",
    "ends": "2023-07-20 18:00 +08:00",
    "datum": "40-00N 134-00E",
    "environment": "{sea_state: 2, visibility: 10 nmi, wind: 4 m/s}",
    "forces": """
  blue:
    name: Blue
    flagship: Alpha
    at: 40-00N 134-00E
    units:
      - {platform: frigate, names: [Alpha, Bravo]}
      - {platform: tug, names: [Tug]}
      - {platform: copter, names: [Kilo, Lima], embarked: [Alpha, Bravo]}
  red:
    name: Red
    flagship: Golf
    at: 40-01N 134-01E
    units:
      - {platform: frigate, names: [Golf, Hotel]}
      - {platform: tanker, names: [Tango]}
      - {platform: jet, names: [Juliet, Mike], base: field}""",
    "bases": "{field: {at: 42-00N 134-00E}}",
    "command": """
  officer_conducting: Alpha
  order_delay: {national: 30 s, across: 2 min}
  misunderstood: {national: 0 %, across: 0 %}
  learning: {per_joint_serial: 90 %, floor: 40 %}
  defect_grace: 30 min""",
    "safety": "{least_cpa: 0 m, danger_area: 0 m, aircraft_clear: 0 m}",  # all of them lie at one place to begin with
    "areas": """
  range: {centre: 40-05N 134-00E, radius: 8 nmi, exclusive: true, uses: [live-fire], fouling_margin: 3 nmi}
  sea: {centre: 40-00N 134-00E, radius: 15 nmi}
  other: {centre: 39-58N 134-05E, radius: 8 nmi, exclusive: true}""",
    "platforms": "\n" + PLATFORMS,
}


def serial(number, drill="evolution", comex="08:00", duration="1 h", area="sea", **more):
    """One serial as text; roles and what else it says as keywords, in the file's own words."""
    said = {"serial": number, "title": f"Serial {number}", "drill": drill, "comex": f"20 Jul {comex}",
            "duration": duration, "area": area, **more}  # fmt: skip
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in said.items() if value is not None) + "}\n"


def text(*serials, **changes):
    """The small scenario as text: its serials, and sections put in place of the usual ones."""
    content = SECTIONS | changes
    parts = [f"{name}: {said}\n" for name, said in content.items() if said is not None]
    return "".join(parts) + ("serials:\n" + "".join(serials) if serials else "")


def scenario(*serials, **changes):
    """The same, read."""
    return read_tree(plant(text(*serials, **changes), "small.yaml"), Path())


def sound(name, like, **more):
    """A platform sheet whose equipment is as stated, for `platforms`."""
    said = {"like": like, **more}
    return f"  {name}: {{" + ", ".join(f"{key}: {value}" for key, value in said.items()) + "}\n"


def living(*serials, seed=0, replication=0, **changes):
    """An exercise that has not begun."""
    return Exercise(scenario(*serials, **changes), seed, replication)


def played(*serials, seed=0, replication=0, **changes):
    """A run of the small scenario."""
    return play(scenario(*serials, **changes), seed, replication)


def result(run, number):
    """(result, reason) of a serial."""
    details = run.outcomes[number].details
    return details["result"], details["reason"]


def words(run, number):
    """The kinds of record in the chain behind a serial's outcome."""
    return [record.kind for record in run.why(number)]


def clock(hours, minutes=0):
    """A time of the small exercise as seconds since 06:00."""
    return (hours - 6) * 3600.0 + minutes * 60.0
