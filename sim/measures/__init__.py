"""The shelf of measures: each file asks one question of a run (MOE, MOP).

A file has OF (exercise, serial, unit or area: what one value is of), UNIT, and `measure(run)`.
"""
