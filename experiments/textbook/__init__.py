"""What the teaching scenarios ask of their runs, and what textbooks answer: one function for each, named as its scenario.

A function is given the plan and its runs and gives lines: what is asked, the textbook's value worked out from the numbers of that plan (so
that it follows every --set), and one value from each run that says something. Sources are in the heads of the scenarios.
"""

from __future__ import annotations
