"""Numbers as tables and JSON have them: a few digits, a sign where a difference is meant, nothing for what is no number."""

from __future__ import annotations

from math import isfinite, isnan
from typing import Any

from sim.estimates import Estimate

NONE = "-"  # in a table, where there is no number


def shown(value: float) -> str:
    """Four digits."""
    return NONE if isnan(value) else f"{value:.4g}"


def signed(value: float, digits: int = 3) -> str:
    """A few digits and the sign, without a power of ten where it can be."""
    return NONE if isnan(value) else f"{float(f'{value:.{digits}g}'):+g}"


def whole(value: float) -> str:
    """Without a fraction."""
    return NONE if isnan(value) else f"{value:.0f}"


def percent(value: float) -> str:
    """A share in whole hundredths, without the sign."""
    return whole(100 * value)


def between(estimate: Estimate, scale: float | None = None) -> str:
    """The interval of an estimate; with a scale (100 for hundredths) in whole numbers."""
    if isnan(estimate.low):
        return NONE
    low, high = (
        shown(each) if scale is None else whole(scale * each) for each in (estimate.low, estimate.high)
    )
    return f"{low} .. {high}"


def number(value: float) -> float | None:
    """For JSON, which has no word for what is no number."""
    return value if isfinite(value) else None


def plain(estimate: Estimate) -> dict[str, Any]:
    """For JSON: value, low and high, and of how many runs."""
    return {"value": number(estimate.value), "low": number(estimate.low), "high": number(estimate.high), "runs": estimate.count}  # fmt: skip
