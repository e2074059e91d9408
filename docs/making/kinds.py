"""The reference of kinds and data sheets: what `navdrill show` prints, as pages."""

from __future__ import annotations

from making.markdown import cell, page, plain, section, slug, table
from sim.catalogue import ABOUT, SECTIONS, Description, describe
from sim.scenario.files import shipped_files

MORE = {
    "drills": "Each drill with a lesson, a picture and what came out of it once: [drills.md](../drills.md). How to write one: "
    "[new_drill.md](../how/new_drill.md).",
    "guns": "The weapons of the exercise are guns: their sheets are here, what they may hit is in the [drills](drills.md), and the closed "
    "forms of trajectory, dispersion and spotting are in `sim/weapons`, held against published results in "
    "[verification.md](../verification.md). Launches of missiles are simulated shots, a parameter of their drills.",
    "bands": "Named like the picture of one run; `navdrill plot` of a folder of replications, or of FOLDER@POINT of a study, draws them: [gallery.md](../gallery.md).",
    "pictures": "`navdrill plot` draws what fits the folder it is given: a run, replications or FOLDER@POINT of a study, a study: [gallery.md](../gallery.md).",
    "plots": "Each with a picture: [gallery.md](../gallery.md).",
    "measures": "In a table a measure's name has its unit behind it (`hit_rate_share`) and, of a serial, the number (`lateness_min.15`).",
    "designs": "How a study names its design: [experiment.md](experiment.md).",
}  # fmt: skip


def listed(shelf: str) -> str:
    """The page of a shelf: a table of what is on it, then each thing."""
    names = list(describe(shelf, None).content)
    return page(shelf.capitalize(), f"{ABOUT[shelf].capitalize()}. The same is printed by `navdrill show {shelf}` "
                f"and `navdrill show {shelf} NAME`. {MORE.get(shelf, '')}",
                table(("name", "what it is"), ((f"[{name}](#{slug(name)})", words) for name, words in describe(shelf, None).content.items())),
                *(thing(describe(shelf, name), name) for name in names))  # fmt: skip


def thing(found: Description, name: str) -> str:
    """One thing under its name."""
    about = found.title.partition(name)[2].strip(" :()")
    tables = []
    for title, heads, rows in found.tables:
        if rows and not any(heads):  # a list of what is so, without a title
            tables.append("\n".join(f"- {what}: {cell(words)}" for what, words in rows))
        elif rows:
            tables.append((f"**{title}**\n\n" if title else "") + table(heads, rows))
    return section(name, f"{about[:1].upper()}{about[1:]}." if about else "", plain(found.text), *tables)


def scenarios() -> str:
    """The page of shipped scenarios, by title; the files say the rest."""
    rows = [
        (f"[{name}]({_path(name)})", title) for name, title in describe("scenarios", None).content.items()
    ]
    return page("Scenarios", f"{ABOUT['scenarios'].capitalize()}: `navdrill run NAME` plays one, `navdrill show scenarios NAME` prints it.",
                table(("name", "exercise"), rows))  # fmt: skip


def _path(name: str) -> str:
    """From the page to the file, in the repository as in the package."""
    parts = shipped_files()[name].parts
    at = len(parts) - 1 - parts[::-1].index("scenarios")
    return "/".join(("..", "..", *parts[at:]))


def pages() -> dict[str, str]:
    """All of them, by their file."""
    found = {shelf: listed(shelf) for shelf in SECTIONS if shelf != "scenarios"}
    return {f"{name}.md": text for name, text in (found | {"scenarios": scenarios()}).items()}
