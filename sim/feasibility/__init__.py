"""Feasibility: a plan worked through on paper before it is played, at mean durations and with nothing going wrong."""
