"""Modules loaded when first used: what Mesa imports for its spaces and tables costs half the start of a process.

A run needs Mesa's models and agents only. Meant for processes of navdrill's own, its workers and its command;
a program that imports `sim` keeps its modules as they are.
"""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

SPARED = ("pandas", "networkx", "mesa.space", "mesa.discrete_space", "mesa.experimental.continuous_space",
          "mesa.experimental.meta_agents")  # fmt: skip
SCANNED = (
    "__file__",
    "__wrapped__",
    "__warningregistry__",
)  # asked of every module there is, by `inspect` and others


class Later(ModuleType):
    """Stands for a module until something in it is asked for; then the module is loaded and takes its place."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None)

    def __getattr__(self, name: str) -> Any:
        if name in SCANNED:
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def put_off(*names: str) -> None:
    """Has some modules loaded when first used; those loaded already stay."""
    for name in names or SPARED:
        sys.modules.setdefault(name, Later(name))
