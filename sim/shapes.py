"""What `--json` prints, command by command: the one object on stdout, from the keys it surely has down to where kinds differ.

docs/json.md is made from this, and a test holds every command's output against it.
"""

from __future__ import annotations

from pathlib import Path

ESTIMATE = {
    "value": "mean or chance",
    "low": "lower end of the 95 % interval",
    "high": "upper end",
    "runs": "of how many runs",
}
QUANTILES = {"q5": "in 5 % of the runs at most", "q50": "in half of them", "q95": "in 95 % of them"}


def _each(path: str, said: dict[str, str]) -> dict[str, str]:
    return {f"{path}.{key}": words for key, words in said.items()}


FAULTS = {
    "faults[].file": "file, null where it is not about a file",
    "faults[].line": "from 1; 0 for the file as a whole; null without a file",
    "faults[].column": "likewise",
    "faults[].path": "place in the scenario, as serials.0.drill",
    "faults[].message": "what came, what is wanted, the nearest good answer",
}
STUDY = {
    "experiment": "title", "points[].{factor}": "value of a factor at the point, as written", "note": "of the design",
    "replications": "of each point", "missing": "runs to come", "failed[].point": "a run that broke", "failed[].replication": "which",
    "failed[].fault": "why", **_each("measures.{measure}.mean", ESTIMATE), **_each("measures.{measure}.at_points[]", ESTIMATE),
    "measures.{measure}.changes[].factor": "what a factor does", "measures.{measure}.changes[].from": "from this value",
    "measures.{measure}.changes[].to": "to this", **_each("measures.{measure}.changes[]", ESTIMATE),
    "measures.{measure}.variance": "by factor, what the design tells of the variance, as estimates; empty for other designs",
    "measures.{measure}.model": "regression: r_squared, adjusted_r_squared and terms; null where the points bear none",
    "folder": "of the study", "pictures[]": "files drawn", "written[]": "tables written",
}  # fmt: skip
SHAPES: dict[str, dict[str, str]] = {
    "run": {
        "navdrill": "format of the run folder", "version": "of navdrill", "exercise": "title", "scenario_digest": "SHA-256 of the resolved scenario",
        "seed": "of the run", "replication": "of the seed", "fingerprint": "SHA-256 of the log", "records": "how many",
        "kinds[]": "kinds of record in the log: word, doc, columns", "headline.{measure}": "as on the scoreboard",
        "command": "that repeats the run", "python": "version", "packages.{name}": "version", "folder": "of the run", "pictures[]": "files drawn",
        "removed[]": "pictures, reports and film of the run that was in the folder before",
        "serials[].serial": "number", "serials[].title": "", "serials[].drill": "kind", "serials[].area": "where it was held",
        "serials[].planned_comex": "time with zone", "serials[].comex": "null when it never began", "serials[].planned_finex": "",
        "serials[].finex": "", "serials[].result": "completed, shortened, stopped or cancelled", "serials[].reason": "empty when all went well",
        "serials[].late_min": "minutes late at COMEX", "serials[].share": "of its purpose", "serials[].technical": "score of its technical measure, 0 to 1",
        "serials[].score": "0 to 1", "serials[].mark": "in a word", "serials[].gunnery_hit_rate": "share", "serials[].presentations_hit_rate": "share",
        "serials[].shore_hit_rate": "share", "units[].unit": "name", "units[].force": "", "units[].platform": "", "units[].family": "",
        "units[].distance_nmi": "sailed or flown", "units[].fuel_t": "burnt; null of aircraft", "units[].rounds": "fired",
        "units[].sorties": "flown; null of ships", "units[].utilisation_share": "of the exercise it had a serial", "measures[].measure": "name",
        "measures[].of": "exercise, serial, unit or pair", "measures[].key": "which one; empty of the exercise", "measures[].value": "null where there is none",
        "measures[].unit": "of the value", "?audit.step_s": "with --audit-step", "?audit.sensors[]": "what steps make of each sensor's contacts",
    },
    "run -n": {
        "exercise": "title", "scenario_digest": "SHA-256 of the resolved scenario", "seed": "", "replications": "that did not break",
        "failed[].replication": "a run that broke", "failed[].fault": "why", **_each("measures.{measure}", ESTIMATE | QUANTILES),
        "serials.{number}.title": "", **_each("serials.{number}.carried_out", ESTIMATE), **_each("serials.{number}.began_on_time", ESTIMATE),
        **_each("serials.{number}.ended_on_time", ESTIMATE), **_each("serials.{number}.critical", ESTIMATE), **_each("serials.{number}.slack_min", ESTIMATE),
        **_each("serials.{number}.lateness_min", QUANTILES), "serials.{number}.reasons.{reason}": "in how many runs it ended a serial",
        "cascade[].late": "a late serial", "cascade[].pushed": "the one it pushed", "cascade[].runs": "in how many", "cascade[].mean_min": "by how much",
        "folder": "of the replications", "stopped": "with --until: why there; else empty", "picture": "file drawn",
    },
    "check": {
        **FAULTS, "good[]": "scenarios without a fault", "?plans.{scenario}.findings[]": "with --plan: what does not fit",
        "?plans.{scenario}.serials[].serial": "number", "?plans.{scenario}.serials[].begins_s": "s from the beginning, on paper",
        "?plans.{scenario}.serials[].ends_s": "", "?plans.{scenario}.serials[].slack_s": "it may end so much later",
        "?plans.{scenario}.serials[].before": "the serial that it then meets", "?plans.{scenario}.serials[].float_s": "before anything slips",
    },
    "show": {"{shelf}[]": "names of what there is"},
    "show SHELF": {"{name}": "what it is, in a sentence"},
    "show SHELF NAME": {"{key}": "its declarations; they differ from shelf to shelf"},
    "plot": {"pictures[].kind": "", "pictures[].file": "where it was drawn"},
    "why": {
        "about": "what was asked", "accounts[].of": "whom it tells of", "accounts[].root": "where the chain begins; null when nothing went wrong",
        "accounts[].chain[].record": "number in the log", "accounts[].chain[].kind": "of record", "accounts[].chain[].time_s": "from the beginning",
        "accounts[].chain[].clock": "in the exercise's zone", "accounts[].chain[].sentence": "", "accounts[].remarks[]": "what no one record says",
    },
    "report": {"kind": "report, replay or markdown", "file": "written", "bytes": "its size"},
    "animate": {
        "file": "written", "bytes": "its size", "pictures": "how many", "fps": "pictures a second", "speed": "s of the exercise in a second",
        "begin_s": "s from the beginning of the exercise", "end_s": "likewise", "width_px": "", "height_px": "", "units[]": "names of who is in it",
        "events[].time_s": "of what is told in it", "events[].words": "",
    },
    "facts": {
        "counts.fact": "numbers that are a sourced fact", "counts.assumed": "numbers that are an assumption", "counts.bare": "numbers without either",
        "numbers[].path": "place in the scenario", "numbers[].value": "", "numbers[].range": "", "numbers[].basis": "fact or assumed",
        "numbers[].source[]": "tags", "numbers[].fact": "name of the fact", "numbers[].why": "reason of an assumption",
        "facts_used.{fact}.statement": "", "facts_used.{fact}.by[]": "places that use it", "*": "more of the fact sheet",
        "?written": "the page, with --markdown or --html",
    },
    "new": {"written": "file", "drill": "of its serial", **FAULTS},
    "migrate": {"format": "the present one", "files[].file": "", "files[].changes[]": "in words; none where it was of that format"},
    "sweep": {key: words for key, words in STUDY.items() if key != "written[]"} | {"written[]": "nothing"},
    "sweep --plan-only": {"points[].{factor}": "value, as written", "runs": "of all points", "note": "of the design", "seconds_a_run": "measured here"},
    "results": STUDY,
    "results --best": {
        "measure": "", "largest_is_best": "", "margin": "the least difference worth knowing", "replications": "there are", "replications_needed": "for the guarantee",
        "points[].point": "number and values, the best first", "points[].mean": "", "points[].low": "from the best of the others, surely from",
        "points[].high": "surely to",
    },
    "compare": {
        "one": "title", "other": "title", "compared[].name": "a measure, or a question about a serial", "compared[].one": "mean or chance",
        "compared[].other": "", "compared[].difference": "other less one", "compared[].low": "of its 95 % interval", "compared[].high": "", "compared[].pairs": "of runs",
    },
    "sensitivity": {
        "points": "sets of assumptions tried", "left_out": "that made no scenario", "measures.{measure}[].path": "an assumption, the most telling first",
        "measures.{measure}[].share": "of the variance that it brings about alone", "measures.{measure}[].low": "of its 95 % interval",
        "measures.{measure}[].high": "", "folder": "of the study", "pictures[]": "files drawn",
    },
    "route": {
        "distance_nmi": "by sea", "direct_nmi": "over whatever lies between", "coast": "scale", "clearance_km": "kept off it", "?speed_kn": "with --speed",
        "?time_h": "with --speed", "points[].position": "as written", "points[].latitude_deg": "", "points[].longitude_deg": "",
        "points[].course_deg": "true, to the next; null at the end", "points[].leg_nmi": "to the next", "points[].run_nmi": "from the start",
        "?points[].run_h": "with --speed",
    },
    "verify": {
        "navdrill": "version", "seed": "", "quick": "", "failed[]": "names of cases", "cases[].id": "", "cases[].level": "", "cases[].way": "paper or played",
        "cases[].title": "", "cases[].component": "what answers", "cases[].given": "", "cases[].sources[]": "", "cases[].holds": "", "cases[].fault": "why it broke, or null",
        "cases[].outputs[].output": "", "cases[].outputs[].expected": "from the source", "cases[].outputs[].tolerance": "", "cases[].outputs[].got": "",
        "cases[].outputs[].standard_error": "", "cases[].outputs[].holds": "", "not_there[].id": "", "not_there[].title": "", "not_there[].why": "",
        "not_there[].later": "", "sources.{tag}": "in full",
    },
}  # fmt: skip
HEAD = """\
# Results as JSON

<!-- Made from sim/shapes.py; a test holds it and every command against each other. -->

Every command takes `--json`. It then prints one JSON object on standard output, and nothing else there: progress and notes go to
standard error. What is no number is `null`. Times are seconds from the beginning of the exercise where a key ends in `_s`; a unit
stands at the end of a key.

A refused command prints an object of faults instead, with exit code 2 (1 when something broke inside):

```json
{"faults": [{"file": "mine.yaml", "line": 61, "column": 12, "path": "serials.0.drill", "message": "no drill called 'surface-gunery'. Did you mean 'surface-gunnery'?"}]}
```

A key that begins with `?` is there when its option is given, `[]` is a list of such things, `{name}` stands for any name. `show schema`
prints the JSON schema of scenarios, with or without `--json`.
"""


def page() -> str:
    """docs/json.md."""
    parts = [HEAD]
    for command, keys in SHAPES.items():
        rows = [f"| `{key}` | {words} |" for key, words in keys.items()]
        parts.append("\n".join([f"## {command}\n", "| key | what |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


def write(path: str | Path) -> None:
    """Renews docs/json.md."""
    Path(path).write_text(page(), encoding="utf-8", newline="\n")
