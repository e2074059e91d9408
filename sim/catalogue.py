"""What there is: drills, platforms, guns, seasons, measures, plots, bands, designs, figures, all pictures in one list, and scenarios, from their declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim import shelves
from sim.errors import UnknownKind, unknown
from sim.listing import paragraphs, table
from sim.parameters import HEADINGS, limit_rows, parameters, ranged, role_row, rule_rows
from sim.quantities import human
from sim.scenario import library
from sim.scenario.facts import Entry, cited_sources, ledger
from sim.scenario.files import shipped_files
from sim.scenario.numbers import Number
from sim.scenario.places import Place
from sim.scenario.read import shipped
from sim.scenario.sheets import fitted
from sim.scenario.written import written

if TYPE_CHECKING:
    from types import ModuleType

Table = tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]


@dataclass(slots=True)
class Description:
    """Something shown: its content for programs; title, text and tables for people.

    text: paragraphs to be filled, unless it is `verbatim`. tables: title, headings, rows.
    """

    title: str
    text: str = ""
    content: Any = None
    tables: Sequence[Table] = field(default_factory=list)
    verbatim: bool = False

    def lines(self, columns: int) -> Iterator[str]:
        """It in lines, for a terminal so many columns wide."""
        yield self.title
        if self.text:
            yield ""
            yield from self.text.splitlines() if self.verbatim else paragraphs(self.text, columns)
        for title, headings, rows in self.tables:
            if rows:
                yield ""
                if title:
                    yield title
                yield from table(headings, rows, columns)


def describe(what: str | None, name: str | None) -> Description:
    """Everything on a shelf, or one thing on it; a name alone is looked for on every shelf.

    Raises UnknownKind with the nearest name.
    """
    if what is None:
        rows = [(each, str(len(_names(each))), ABOUT[each]) for each in SECTIONS]
        return Description("What there is: navdrill show WHAT [NAME]", content={each: _names(each) for each in SECTIONS},
                           tables=[("", ("what", "how many", "which are"), rows)])  # fmt: skip
    shelf = what if what in SECTIONS else f"{what}s"
    if shelf not in SECTIONS:
        found = next(((each, there) for each in SECTIONS if (there := _found(each, what))), None)
        if found is None or name is not None:
            every = [thing for each in SECTIONS for thing in _names(each)]
            raise UnknownKind(unknown("shelf or thing" if name is None else "shelf", what,
                                      (*SECTIONS, *(every if name is None else ()))))  # fmt: skip
        return SECTIONS[found[0]](found[1])
    if name is None and shelf == "pictures":
        of = {each: _drawn_of(each) for each in _names(shelf)}
        return Description(f"Pictures: {ABOUT[shelf]}", content={each: f"of {whose}: {_summary(shelf, each)}" for each, whose in of.items()},
                           tables=[("", ("name", "of", "what it is"), [(each, whose, _summary(shelf, each)) for each, whose in of.items()])])  # fmt: skip
    if name is None:
        summaries = {each: _summary(shelf, each) for each in _names(shelf)}
        return Description(f"{shelf.capitalize()}: {ABOUT[shelf]}", content=summaries,
                           tables=[("", ("name", "what it is"), list(summaries.items()))])  # fmt: skip
    there = _found(shelf, name)
    if there is None:
        raise UnknownKind(unknown(shelf[:-1], name, _names(shelf)))
    return SECTIONS[shelf](there)


def _found(shelf: str, name: str) -> str | None:
    """The thing meant: Python's own spelling of a kind (gunnery_hits) will do."""
    return next((each for each in (name, name.replace("_", "-")) if each in _names(shelf)), None)


def _names(what: str) -> tuple[str, ...]:
    if what in shelves.SHELVES:
        return shelves.names(what)
    if what == "scenarios":
        return tuple(shipped())
    if what == "pictures":
        return tuple(shelves.pictures())
    return library.names(what)


def _summary(what: str, name: str) -> str:
    if what in shelves.SHELVES:
        return shelves.summary(what, name)
    if what == "pictures":
        return shelves.summary(shelves.pictures()[name][0], name)
    if what == "scenarios":
        lines = shipped_files()[name].read_text("utf-8").splitlines()
        return next(
            (line.removeprefix("exercise:").strip() for line in lines if line.startswith("exercise:")), ""
        )
    sheet = {"platforms": library.platform, "guns": library.gun, "seasons": library.season}[what](name)
    return sheet.title  # type: ignore[attr-defined]


def _drill(name: str) -> Description:
    kind, module = shelves.kind("drills", name), shelves.module("drills", name)
    roles = [role_row(each, role, kind.gear.get(each, ())) for each, role in kind.roles.items()]
    declared, limits = parameters(kind), limit_rows(kind.limits)
    scored, others = [[(each, shelves.summary("measures", each)) for each in named] for named in
                      ([kind.technical] if kind.technical else [], kind.measures)]  # fmt: skip
    tags = [*(tag for each in declared for tag in each.source), *kind.limits.source]
    content = {
        "drill": name, "summary": shelves.summary("drills", name), "live_fire": kind.live_fire,
        "roles": [{"role": each, "least": role.least, "optional": role.optional, "family": list(role.family),
                   "carries": list(role.carries), "gear": list(kind.gear.get(each, ())), "waits": role.waits, "plays": role.plays, "what": role.doc}
                  for each, role in kind.roles.items()],
        "parameters": [each.content() for each in declared],
        "limits": [dict(zip(("limit", "value", "range", "why"), row, strict=True)) for row in limits],
        "technical": kind.technical, "measures": list(kind.measures),
    }  # fmt: skip
    return Description(
        name + (" (live fire: its range must be clear)" if kind.live_fire else ""), _docstring(module), content,
        [("Roles", ("role", "how many", "who", "what"), roles),
         ("Parameters", HEADINGS, [each.row for each in declared]),
         ("Usual limits", ("limit", "value", "range", "why [source]"), limits),
         ("Safety", ("rule", "value", "range", "why"), rule_rows(kind)),
         ("Scored by", ("measure", "what it is"), scored), ("Also measured by", ("measure", "what it is"), others),
         ("Sources", ("tag", "what it is"), _sources(tags))],
    )  # fmt: skip


def _sensor(name: str) -> Description:
    """What a kind of sensor sees and what a data sheet may set of it."""
    kind, module = shelves.kind("sensors", name), shelves.module("sensors", name)
    declared = parameters(kind)
    carriers = [each for each in library.names("platforms") if name in fitted(library.platform(each))]
    content = {"sensor": name, "sees": list(kind.sees), "carried by": carriers,
               "general": kind.is_general, "active": kind.is_active, "confirm": list(kind.confirm), "drops": kind.drops,
               "parameters": [each.content() for each in declared]}  # fmt: skip
    gains, looks = kind.confirm
    rows = [("sees", ", ".join(kind.sees)), ("carried by", ", ".join(carriers) or "nothing in the library"),
            ("is on", ("always" if kind.is_general else "when a drill has it look")
             + (", while its ship radiates" if kind.is_active else "")),
            ("gains", "a contact at the first look that finds" if (gains, looks) == (1, 1)
             else f"a contact when {gains} of {looks} looks find"),
            ("loses", f"it after {kind.drops} looks missed in a row" if kind.drops else "it out of range")]  # fmt: skip
    return Description(name, _docstring(module), content,
                       [("", ("", ""), rows), ("Parameters", HEADINGS, [each.row for each in declared]),
                        ("Sources", ("tag", "what it is"), _sources([tag for each in declared for tag in each.source]))])  # fmt: skip


def _sources(tags: Sequence[str]) -> list[tuple[str, str]]:
    """What the tags of sources stand for, where the list of sources is at hand."""
    known = cited_sources() if tags else {}
    return [(tag, known[tag].title) for tag in dict.fromkeys(tags) if tag in known]


def _value(value: Any) -> str:
    if isinstance(value, Number):
        return human(value.value, value.dimension)
    return f"{value.latitude:.3f} {value.longitude:.3f}" if isinstance(value, Place) else str(value)


def _range(number: Number | Place) -> str:
    return "" if isinstance(number, Place) else ranged(number)


def _sheet(read: Callable[[str], Any]) -> Callable[[str], Description]:
    def describe_sheet(name: str) -> Description:
        sheet, entries = read(name), ledger(read(name))
        rows = [(each.path, _value(each.number), _range(each.number), _from(each)) for each in entries]
        tags = [tag for each in entries for tag in each.source]
        return Description(
            f"{name}: {sheet.title}", sheet.why or "", {name: written(sheet)},
            [("", ("value of", "value", "range", "from"), rows), ("Sources", ("tag", "what it is"), _sources(tags))],
        )  # fmt: skip

    return describe_sheet


def _from(entry: Entry) -> str:
    """What a number's own line says; what its sheet says of all of them stands above the table."""
    return ", ".join(entry.number.source) or entry.number.why or ", ".join(entry.source) or "assumed"


def _measure(name: str) -> Description:
    module = shelves.module("measures", name)
    about = {key.lower(): getattr(module, key) for key in ("OF", "UNIT", "STANDARD") if hasattr(module, key)}
    kinds = {drill: shelves.kind("drills", drill) for drill in shelves.names("drills")}
    drills = [drill for drill, kind in kinds.items() if kind.technical == name]
    readable = [drill for drill, kind in kinds.items() if name in kind.measures]
    rows = [("gives", "one value" if module.OF == "exercise" else f"a value for each {module.OF}"),
            ("unit", module.UNIT), ("how", _filled(module.measure.__doc__))]  # fmt: skip
    if "standard" in about:
        rows.append(("standard", f"{module.STANDARD:g}, at which a serial has full marks for technique"))
    if drills:
        rows.append(("scores", ", ".join(drills)))
    if readable:
        rows.append(("measures", ", ".join(readable)))
    return Description(
        name,
        _docstring(module),
        {"name": name, **about, "scores": drills, "measures": readable},
        [("", ("", ""), rows)],
    )


def _plain(shelf: str) -> Callable[[str], Description]:
    """Kinds that have nothing to show but their words."""

    def describe_plain(name: str) -> Description:
        text = _docstring(shelves.module(shelf, name))
        return Description(name, text, {"name": name, "text": text})

    return describe_plain


def _picture(name: str) -> Description:
    """What a picture shows of a run, of many and of a study, as far as it is drawn of them."""
    told = {shelf: _docstring(shelves.module(shelf, name)) for shelf in shelves.pictures()[name]}
    text = "\n\n".join(f"Of {shelves.PICTURES[shelf]}. {words}" for shelf, words in told.items())
    return Description(
        name, text, {"name": name, "text": text, "of": [shelves.PICTURES[each] for each in told]}
    )


def _drawn_of(picture: str) -> str:
    return ", ".join(shelves.PICTURES[each] for each in shelves.pictures()[picture])


def _docstring(module: ModuleType) -> str:
    return (module.__doc__ or "").strip()


def _filled(text: str | None) -> str:
    return " ".join((text or "").split())


def _scenario(name: str) -> Description:
    text = shipped_files()[name].read_text("utf-8")
    return Description(name, text, {"name": name, "text": text}, verbatim=True)


SECTIONS: dict[str, Callable[[str], Description]] = {
    "drills": _drill,
    "platforms": _sheet(library.platform),
    "guns": _sheet(library.gun),
    "seasons": _sheet(library.season),
    "sensors": _sensor,
    "units": _plain("units"),
    "measures": _measure,
    "plots": _plain("plots"),
    "bands": _plain("bands"),
    "designs": _plain("designs"),
    "figures": _plain("figures"),
    "pictures": _picture,
    "scenarios": _scenario,
}
ABOUT = {
    "drills": "kinds of activity a serial can be",
    "platforms": "class data sheets of ships, aircraft and targets",
    "guns": "data sheets of guns",
    "seasons": "weather of a sea and a month",
    "sensors": "what sees whom, how far, and how often it looks",
    "units": "kinds of agent",
    "measures": "questions that can be asked of a run",
    "plots": "pictures of a run",
    "bands": "pictures of many runs, with how they differ",
    "designs": "which points of its factors a study plays",
    "figures": "pictures of a study",
    "pictures": "plots, bands and figures in one list: what is drawn of what",
    "scenarios": "exercises that come with navdrill",
}
