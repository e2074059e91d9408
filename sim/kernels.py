"""Whether the compiled kernels are used: the extra `compiled`, which nobody needs and which changes no bit of a result."""

from __future__ import annotations

import importlib
import importlib.util
import os
from types import ModuleType

from sim.errors import CompiledError

VARIABLE = "NAVDRILL_COMPILED"  # 1: always, 0: never, auto or unset: when there and worth it
WORTH = 1.5  # s of CPU time saved; loading what has been compiled before costs half a second
ANEW = 10.0  # s likewise, where nothing compiled can be kept and each process compiles anew
HOME = "sim.compiled"


def compiled(saved: float) -> ModuleType | None:
    """The module of compiled kernels where it is to be used, else None.

    saved: s of CPU time it would save, roughly. Not loaded for less than it costs, unless NAVDRILL_COMPILED is 1.
    Raises CompiledError when that asks for it in vain, or says something else.
    """
    asked = os.environ.get(VARIABLE, "auto") or "auto"
    if asked not in ("0", "1", "auto"):
        raise CompiledError(f"{VARIABLE} is {asked!r}, want 0, 1 or auto")
    if asked == "1":
        return loaded()
    if asked == "0" or saved < WORTH or not importlib.util.find_spec("numba"):
        return None
    try:
        module = loaded()
    except CompiledError:  # there, but not fit for this Python or NumPy: the results are the same without
        return None
    return module if module.KEPT or saved >= ANEW else None


def loaded() -> ModuleType:
    """The module of compiled kernels. Raises CompiledError where it cannot be had."""
    try:
        return importlib.import_module(HOME)
    except ImportError as missing:
        raise CompiledError(
            f"compiled kernels were asked for, but numba cannot be imported ({missing}): "
            f"pip install 'navdrill[compiled]', or set {VARIABLE}=0"
        ) from missing
