"""Teaches the guard's second reading from the project's own sentences: ``python -m training``."""
