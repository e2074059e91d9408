"""The shelf of measures: each file asks one question of a run (MOE, MOP).

A file has OF (exercise, serial, unit, area, reason or pair: what one value is of), UNIT, and `measure(run)`.
"""
