"""Vessels passing by: merchant ships and fishing boats that belong to nobody in the exercise."""

from __future__ import annotations

from sim.units._agent import Unit


class Vessel(Unit):
    """A ship passing by on a straight course.

    trade: which of the scenario's kinds of traffic. heeds: keeps clear of a warned area by herself.
    """

    trade = ""
    heeds = True
