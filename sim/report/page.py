"""The report: one HTML file with all that is told of a run, which needs nothing else and fetches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.plots._paths import paths
from sim.plots._style import result
from sim.provenance import of_run
from sim.report import _legends, _sections
from sim.report._account import accounts, measured
from sim.report._html import document, embedded, fill, join, source
from sim.report._map import maps
from sim.report._player import player
from sim.report._replay import content
from sim.report._story import sentences
from sim.report._timeline import timeline
from sim.runs import Run

DATA = "replay-data"  # the element the replay reads
SCRIPTS = ("motion.js", "chart.js", "replay.js")


def report(run: Run, about: Mapping[str, Any], folder: Path) -> str:
    """The whole page. about: the manifest of the run in the folder."""
    found, ways, values = accounts(run), paths(run), run.once(measured)
    parts = (
        ("summary", "Summary", fill("<ul class=\"story\">{points}</ul>\n", points=join(
            fill("<li>{words}</li>\n", words=each) for each in sentences(run)))),
        ("timeline", "Timeline", join((timeline(run, found), _legends.bars()))),
        ("map", "Map", join((maps(run, ways, found), _legends.tracks(run)))),
        ("replay", "Replay", player(_legends.marks(run))),
        ("serials", "Serials", _sections.serials(run, found)),
        ("logistics", "Logistics", _sections.logistics(run)),
        ("safety", "Safety", _sections.safety(run)),
        ("cooperation", "Cooperation", _sections.cooperation(run, values)),
        ("measures", "Measures", _sections.measures(values)),
        ("provenance", "Provenance and assumptions", _sections.sources(of_run(run.plan, about, folder))),
        ("manifest", "Manifest", _sections.manifest(about)),
    )  # fmt: skip
    sections = join(fill('<section id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{title}</h2>\n{body}</section>\n',
                         name=name, title=title, body=body) for name, title, body in parts)  # fmt: skip
    links = join(
        fill('<li><a href="#{name}">{title}</a></li>', name=name, title=title) for name, title, _ in parts
    )
    body = fill(
        '<a class="skip" href="#summary">Skip to the summary</a>\n'
        "<header><h1>{exercise}</h1><p>{result}</p></header>\n"
        '<nav aria-label="Parts of this report"><ul>{links}</ul></nav>\n<main>\n{sections}</main>\n{data}',
        exercise=run.plan.exercise, result=result(run), links=links, sections=sections, data=embedded(DATA, content(run, ways)),
    )  # fmt: skip
    return document(
        f"{run.plan.exercise}: report",
        body,
        [source("report.css"), source("replay.css")],
        map(source, SCRIPTS),
    )


def replay(run: Run) -> str:
    """The replay alone."""
    body = fill(
        '<main class="alone">\n<header><h1>{exercise}: replay</h1><p>{result}</p></header>\n{player}</main>\n{data}',
        exercise=run.plan.exercise, result=result(run), player=player(_legends.marks(run)), data=embedded(DATA, content(run, paths(run))),
    )  # fmt: skip
    return document(
        f"{run.plan.exercise}: replay",
        body,
        [source("report.css"), source("replay.css")],
        map(source, SCRIPTS),
    )
