"""A study that takes no time: signals in a lesson, two factors, four points."""

from pathlib import Path

from sim.studies.experiment import study_of
from sim.scenario.tree import plant

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
        lines = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
        text = "\n".join([*lines, f"{key}: {said}"] if said is not None else lines) + "\n"
    return study_of(plant(text, "study.yaml"), EXPERIMENTS)
