"""Sites ashore: radars and headquarters that look, report and command, and never move."""

from __future__ import annotations

from sim.units._craft import Craft


class Site(Craft):
    """A fixed place ashore with what is on its sheet; its best speed is nothing."""
