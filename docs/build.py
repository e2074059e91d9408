"""Makes the documentation.

python docs/build.py                 the reference, the index and the JSON schema, from the declarations in the code
python docs/build.py --pages         what the commands of hand-written pages print, by running them
python docs/build.py --all           both, and the measured pages by their scripts in experiments/ (half an hour on two cores)
python docs/build.py --only gallery  one measured page, or several
python docs/build.py --check         says what is stale; ends with exit code 1 if anything is
python docs/build.py --html FOLDER   browsable pages (pip install 'navdrill[docs]'); no network is needed to read them
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from making import commands, formats, front_door, index, kinds, measured, pages, records  # noqa: E402

from sim import shapes  # noqa: E402
from sim.scenario import json_schema  # noqa: E402


def generated() -> dict[str, str]:
    """All pages that follow from the code alone, by their path in docs."""
    reference = {
        "commands.md": commands.commands(), "scenario.md": formats.scenario(), "experiment.md": formats.experiment(), **kinds.pages(),
        "run_folder.md": records.run_folder(), "records.md": records.records(), "python.md": front_door.front_door(),
    }  # fmt: skip
    found = {f"reference/{name}": text for name, text in reference.items()}
    return found | {
        "README.md": index.index(HERE, found),
        "json.md": shapes.page(),
        "navdrill.schema.json": json_schema.written(),
    }


def stale(found: dict[str, str]) -> list[str]:
    """Those that are not on disk as they should be, and pages of the reference that should be no more."""
    wrong = [
        name
        for name, text in found.items()
        if not (HERE / name).is_file() or (HERE / name).read_text("utf-8") != text
    ]
    return wrong + [
        name
        for each in sorted((HERE / "reference").glob("*.md"))
        if (name := f"reference/{each.name}") not in found
    ]


def write(found: dict[str, str]) -> None:
    """Writes what is stale, and says so."""
    for name in stale(found):
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        if name in found:
            path.write_text(found[name], "utf-8")
        else:
            path.unlink()
        print(f"docs/{name}")


def renew() -> None:
    """Runs the blocks of hand-written pages, and puts in what they print."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = pages.clone(Path(scratch))
        for path in pages.written():
            name, text = path.relative_to(pages.ROOT).as_posix(), path.read_text("utf-8")
            found = pages.blocks(text)
            if any(each.language == "text" for each in found) and any(each.is_run for each in found):
                print(name, file=sys.stderr)
                place = pages.desk(copy, name)
                path.write_text(pages.renewed(text, list(pages.run(found, place))), "utf-8")
                pages.pictures(text, path, place)


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument(
        "--pages", action="store_true", help="renew what hand-written pages show of their commands"
    )
    ask.add_argument("--all", action="store_true", help="everything, measured pages too")
    ask.add_argument(
        "--only",
        nargs="+",
        metavar="NAME",
        default=[],
        choices=[*measured.scripts()],
        help=f"measured pages: {', '.join(measured.scripts())}",
    )
    ask.add_argument("--check", action="store_true", help="say what is stale, and write nothing")
    ask.add_argument("--html", type=Path, metavar="FOLDER", help="write browsable pages")
    given = ask.parse_args()
    if given.check:
        wrong = [f"docs/{name}: python docs/build.py" for name in stale(generated())] + measured.stale()
        print("\n".join(wrong) or "nothing is stale")
        sys.exit(1 if wrong else 0)
    measured.make(list(measured.scripts()) if given.all else given.only)
    if given.pages or given.all:
        renew()
    write(generated())
    if given.html is not None:
        from making import html

        print(html.build(given.html))


if __name__ == "__main__":
    main()
