"""The gallery has every kind of picture, with a sentence and a file for each."""

import importlib.util
from pathlib import Path

import pytest

from sim import shelves

ROOT = Path(__file__).parents[2]
KINDS, BANDS = shelves.names("plots"), shelves.names("bands")


@pytest.fixture(scope="module")
def gallery():
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "experiments" / "gallery.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_of_every_kind_something_is_said_and_of_no_other(gallery):
    assert set(KINDS) == set(gallery.SAID)
    assert set(BANDS) == set(gallery.MANY)


def test_the_page_shows_every_kind(gallery):
    text = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert gallery.SAID[kind] in text, f"{kind}: run python experiments/gallery.py"
        assert f"![{kind}](pictures/gallery/{kind}.png)" in text
        assert (ROOT / "docs" / "pictures" / "gallery" / f"{kind}.png").exists()
    for kind in BANDS:
        assert gallery.MANY[kind] in text, f"{kind}: run python experiments/gallery.py"
        assert f"(pictures/gallery/many-{kind}.png)" in text
        assert (ROOT / "docs" / "pictures" / "gallery" / f"many-{kind}.png").exists()


def test_a_page_made_anew_is_the_same_text(gallery, main_run, monkeypatch, tmp_path):
    """Without drawing: only the words are compared here."""
    monkeypatch.setattr(gallery, "save", lambda figure, path, dots: path)
    monkeypatch.setattr(
        gallery.shelves,
        "module",
        lambda shelf, kind: type("Kind", (), {"draw": staticmethod(lambda run: None)}),
    )
    assert gallery.page(main_run, [main_run] * gallery.RUNS, tmp_path) == (
        ROOT / "docs" / "gallery.md"
    ).read_text(encoding="utf-8")
