"""A study that takes no time: signals in a lesson, two factors, four points."""

import re
from pathlib import Path

from sim.scenario.tree import plant
from sim.studies.experiment import study_of

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
TEXT = """\
experiment: Signals
scenario: communications
design: full-factorial
replications: 6
seed: 3
factors:
  sea_state: {path: environment.sea_state, levels: [1, 4]}
  delay: {path: command.order_delay.across, levels: [1 min, 8 min]}
measures: [serials_completed, signals_in_time.1, lateness.1]
"""


def study(text=TEXT, **instead):
    """The study of a text, with some lines said otherwise."""
    for key, said in instead.items():
        text = re.sub(rf"(?m)^{key}:.*\n(?: .*\n)*", "", text)
        text += f"{key}: {said}\n" if said is not None else ""
    return study_of(plant(text, "study.yaml"), EXPERIMENTS)
