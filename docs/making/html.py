"""The documentation as browsable pages, by Sphinx with MyST and Furo: one folder that needs no network and no server."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from making.index import parts

ROOT = Path(__file__).parents[2]
NEEDED = ("sphinx", "myst_parser", "furo")
SHOWN = ("docs", "README.md", "CHANGELOG.md")  # pages
OFFERED = ("scenarios", "experiments", "seeds", "LICENSE")  # what pages point to; a reader may take it along
HOME = "docs/README"
SETTINGS = {
    "project": "navdrill",
    "extensions": ["myst_parser"],
    "root_doc": HOME,
    "exclude_patterns": ["scenarios", "experiments", "seeds", "docs/making"],
    "myst_heading_anchors": 4,
    "html_theme": "furo",
    "html_title": "navdrill",
    "html_show_sphinx": False,
    "html_copy_source": False,
    "suppress_warnings": ["misc.highlighting_failure"],  # a block of YAML that shows part of a list
}
FRONT = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={0}"><title>navdrill</title><a href="{0}">navdrill</a>\n'


def missing() -> list[str]:
    """Which libraries it takes are not installed."""
    return [name for name in NEEDED if find_spec(name) is None]


def build(folder: Path) -> Path:
    """Writes the pages into a folder; gives the first. Raises SystemExit without the libraries, or where a link leads nowhere."""
    if missing():
        raise SystemExit(
            f"browsable pages take {', '.join(missing())}: pip install 'navdrill[docs]', or -e '.[docs]' here"
        )
    from sphinx.application import Sphinx

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        source, made = Path(scratch) / "source", Path(scratch) / "made"
        _laid_out(source)
        app = Sphinx(source, None, made, Path(scratch) / "seen", "html", SETTINGS, warningiserror=True, status=None, parallel=os.cpu_count() or 1)  # fmt: skip
        app.build()
        if app.statuscode:
            raise SystemExit("the pages have faults; they are told above")
        shutil.copytree(
            made, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".buildinfo", "objects.inv")
        )
    (folder / "index.html").write_text(FRONT.format(f"{HOME}.html"), "utf-8")
    return folder / "index.html"


def _laid_out(source: Path) -> None:
    """What Sphinx reads: a copy of the pages, with the index of the documentation as their tree."""
    source.mkdir()
    for name in (*SHOWN, *OFFERED):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, source / name)
    trees = [
        f"```{{toctree}}\n:hidden:\n:caption: {part}\n\n"
        + "\n".join(name.removesuffix(".md") for name in names)
        + "\n```"
        for part, names in parts(source / "docs", {}).items()
        if names
    ]
    others = "```{toctree}\n:hidden:\n:caption: Project\n\n../README\n../CHANGELOG\n```"
    home = source / f"{HOME}.md"
    home.write_text("\n\n".join([home.read_text("utf-8").rstrip(), *trees, others]) + "\n", "utf-8")
    for path in source.rglob("*.md"):  # links to whole folders, which a page cannot offer
        text = path.read_text("utf-8")
        path.write_text(
            re.sub(
                r"(?<!!)\[([^\]]*)\]\((?!https?:)([^)#\s]+)\)",
                lambda link, at=path: link[1] if (at.parent / link[2]).is_dir() else link[0],
                text,
            ),
            "utf-8",
        )
