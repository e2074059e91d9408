"""Scenarios: YAML files read, checked and frozen, every number with its unit and where it comes from."""
