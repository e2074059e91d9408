"""The shelf of designs: which points of its factors a study plays.

A file has `design(levels, points, seed)`, which gives a `_design.Design`.
"""
