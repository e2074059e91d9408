"""Shelves: each kind on each shelf loads, says what it is, and documents what it declares."""

import inspect

import pytest

from sim import shelves
from sim.errors import UnknownKind
from sim.scenario.facts import ledger
from sim.scenario.numbers import Number

KINDS = [(shelf, name) for shelf in shelves.SHELVES for name in shelves.names(shelf)]
DRILLS = pytest.mark.parametrize("name", shelves.names("drills"))


@pytest.mark.parametrize(("shelf", "name"), KINDS, ids=[f"{shelf}-{name}" for shelf, name in KINDS])
def test_loads(shelf, name):
    """A kind's file loads, and its docstring opens with one sentence."""
    assert shelves.summary(shelf, name).endswith((".", ":"))


@pytest.mark.parametrize("shelf", ["sensors", "units", "drills"])
def test_classes(shelf):
    """A file on a class shelf holds the class named after it, with a docstring of its own."""
    for name in shelves.names(shelf):
        kind = shelves.kind(shelf, name)
        assert name == "-".join(word.lower() for word in _words(kind.__name__))
        assert inspect.getdoc(kind)
        assert kind.__dict__.get("__doc__")


def _words(name):
    starts = [index for index, letter in enumerate(name) if letter.isupper()]
    return [name[start:end] for start, end in zip(starts, [*starts[1:], len(name)], strict=True)]


@DRILLS
def test_drill_roles_are_documented(name):
    """Each role says what it is; at least one unit takes part."""
    roles = shelves.kind("drills", name).roles

    assert roles
    assert all(role.doc for role in roles.values())
    assert all(role.optional or role.least > 0 for role in roles.values())


@DRILLS
def test_drill_parameters_are_documented(name):
    """Defaults pass their own reader and carry their basis: a source, or a range and a reason."""
    parameters = shelves.kind("drills", name).Parameters
    entries = ledger(parameters())

    assert inspect.getdoc(parameters)
    assert [] == [entry.path for entry in entries if entry.basis == "bare"]
    assert [] == [
        entry.path for entry in entries if entry.basis == "assumed" and not (entry.ranged and entry.why)
    ]


@DRILLS
def test_drill_limits_are_accounted_for(name):
    """Usual limits have a source, or a range and a reason."""
    assert [] == [
        entry.path for entry in ledger(shelves.kind("drills", name).limits) if entry.basis == "bare"
    ]


@DRILLS
def test_drill_parameters_refuse(name):
    """A parameter out of its bounds, and one nobody declared, are refused."""
    kind = shelves.kind("drills", name)
    with pytest.raises(ValueError, match="Extra inputs"):
        kind.Parameters.model_validate({"nothing_like_it": "1"})
    for field, value in kind.Parameters():
        if isinstance(value, Number):
            with pytest.raises(ValueError, match=r"must be|is not|too large"):
                kind.Parameters.model_validate({field: {"value": "-1e9" + value.written()["value" if not value.drawn else "mode"].lstrip("0123456789.e+-")}})  # fmt: skip


def test_unknown_kind():
    """A name nobody knows is refused with the nearest; so is a shelf that is not there."""
    with pytest.raises(UnknownKind) as refused:
        shelves.kind("drills", "surface-gunery")

    assert "no drill called 'surface-gunery'. Did you mean 'surface-gunnery'?" == str(refused.value)
    with pytest.raises(UnknownKind, match=r"no shelf called 'drill'. Did you mean 'drills'\?"):
        shelves.names("drill")


def test_names_are_those_of_the_files():
    """Hyphens for underscores, in alphabetical order, without the shelf's own files."""
    names = shelves.names("drills")

    assert "surface-gunnery" in names
    assert sorted(names) == list(names)
    assert not any(name.startswith(("_", "-")) for name in names)
