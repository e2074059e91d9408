"""The versions of installed packages."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version(package: str) -> str | None:
    """The installed version of a package; None when it is not there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def own_version() -> str:
    """The version of navdrill; `source` where it runs from a folder that was never installed."""
    return version("navdrill") or "source"
