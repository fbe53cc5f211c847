"""Engagements between their pages and the acts."""
