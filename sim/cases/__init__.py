"""Verification cases: published and derived results that the shipped components must reproduce, a file for each chapter."""
