"""Arranging an interpreter."""
