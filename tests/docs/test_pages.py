"""What the README and the pages of docs/ tell a reader to type works and prints what they show; what they point to is there."""

import os
import re
import shutil
import subprocess

import pytest
from making import markdown, pages

QUICK = ("README.md", "docs/tutorial.md", "docs/how/scenario.md")  # the others are run with -m slow
ELSEWHERE = ("docs/how/new_drill.md",)  # test_new_drill runs it
DEVELOPERS = re.compile(r"python3? -m (ruff|mypy|pytest)")
SET_UP = ("-m venv", "pip install")  # what may be left out: it needs the network
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
ALL = sorted({*pages.written(), *(pages.ROOT / "docs").rglob("*.md")})


def name(path):
    return path.relative_to(pages.ROOT).as_posix()


def found(path):
    return pages.blocks(path.read_text("utf-8"))


def runnable():
    """The pages with something to run, slow ones marked so."""
    for path in pages.written():
        if name(path) not in ELSEWHERE and any(block.is_run for block in found(path)):
            marks = [] if name(path) in QUICK else [pytest.mark.slow]
            yield pytest.param(path, id=name(path), marks=marks)


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    return pages.clone(tmp_path_factory.mktemp("reader"))


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("path", list(runnable()))
def test_a_page_works_as_it_stands(clone, path):
    """All its blocks, in order, each with the exit code and the output that it shows."""
    shown = list(
        pages.run(
            [each for each in found(path) if not DEVELOPERS.search(each.text)], pages.desk(clone, name(path))
        )
    )
    wrong = [
        f"line {each.shown.line} shows\n{each.shown.text}\nit prints\n{each.printed}"
        for each in shown
        if not pages.agrees(each)
    ]

    assert [] == wrong, "\n\n".join([*wrong, "to mend it: python docs/build.py --pages"])


@pytest.mark.slow
def test_what_developers_type_works(clone):
    """ruff and mypy, in the repository itself."""
    pytest.importorskip("ruff")
    pytest.importorskip("mypy")
    path = os.environ | {"PATH": f"{clone.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    for block in found(pages.ROOT / "README.md"):
        if block.is_run and DEVELOPERS.search(block.text):
            done = subprocess.run(
                ["sh", "-e", "-c", block.text],
                cwd=pages.ROOT,
                env=path,
                capture_output=True,
                text=True,
                check=False,
            )
            assert 0 == done.returncode, done.stdout + done.stderr


def test_only_the_set_up_is_left_out():
    """`not run` is for what needs the network, not for what does not work."""
    left_out = [(name(path), block.line) for path in pages.written() for block in found(path)
                if block.reason is not None and not any(words in block.text for words in SET_UP)]  # fmt: skip

    assert [] == left_out


def test_commands_are_marked_as_what_they_are():
    """A command in a block without a language, or in another, would never be tried."""
    astray = [(name(path), block.line) for path in pages.written() for block in found(path)
              if block.language not in ("sh", "python", "bash") and re.search(r"^\$? ?(navdrill|python3?) ", block.text, re.M)]  # fmt: skip

    assert [] == astray


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_scripts_that_cannot_be_run_here_are_scripts():
    """Jobs of a cluster are marked `bash`, and bash can read them."""
    scripts = [
        (name(path), block) for path in pages.written() for block in found(path) if block.language == "bash"
    ]

    assert scripts
    for place, block in scripts:
        done = subprocess.run(["bash", "-n"], input=block.text, capture_output=True, text=True, check=False)
        assert "" == done.stderr, f"{place}:{block.line}"


@pytest.mark.parametrize("path", ALL, ids=[name(path) for path in ALL])
def test_what_a_page_points_to_is_there(path):
    """Files, pictures, and headings within pages."""
    text, missing = path.read_text("utf-8"), []
    for match in LINK.finditer(re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)):
        link, _, anchor = (match[1] or match[2]).partition("#")
        there = path.parent / link if link else path
        known = (
            {markdown.slug(each) for each in markdown.headings(there.read_text("utf-8"))}
            if there.suffix == ".md" and there.exists()
            else ()
        )
        if not there.exists() or (anchor and anchor not in known):
            missing.append(match[0])

    assert [] == missing


def test_the_readme_tells_how_to_begin():
    """In the shell and in Python, and where to read on."""
    readme = (pages.ROOT / "README.md").read_text("utf-8")
    languages = {block.language for block in pages.blocks(readme) if block.is_run}

    assert {"sh", "python"} <= languages
    assert "](docs/README.md)" in readme
    assert "](docs/tutorial.md)" in readme
    assert "![" in readme


def test_what_is_shown_may_leave_lines_out():
    """`...` stands for any lines; else every line must be there, blanks at their ends apart."""
    sh = pages.Block(1, "sh", "", (), 0, 0)

    def shown(text, printed):
        return pages.agrees(pages.Shown(sh, printed, pages.Block(2, "text", text, (), 0, 0)))

    assert shown("a\n...\nd\n", "a  \nb\nc\nd\n")
    assert shown("...\nd\n", "d\n")
    assert shown("a (b) [c]\n", "a (b) [c]\n")
    assert not shown("a\n...\nc\n", "a\nb\nc\nd\n")
    assert not shown("a\nb\n", "a\nc\nb\n")


def test_what_is_shown_is_renewed_in_kind():
    """As many lines before, between and behind what is left out; those between are found again."""
    text = "```sh\nx\n```\n```text\nhead 1\n...\n 4 sea 0.95\n...\nend 1\n```\n"
    block, shown = pages.blocks(text)
    printed = "head 2\n 1 sky\n 4 sea 0.90\n 5 sun\nend 2\n"

    assert "head 2\n...\n 4 sea 0.90\n...\nend 2\n" in pages.renewed(
        text, [pages.Shown(block, printed, shown)]
    )


def test_the_network_is_off(clone):
    """A page that asks for it breaks."""
    block = pages.Block(
        1, "python", "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=5)", (), 0, 0
    )
    done = pages.typed(block, pages.desk(clone, "offline"))

    assert 0 != done.returncode
    assert "the network is off" in done.stdout
