"""Columns that hold only what may be kept: screened text, sealed text; and the checks on it."""
