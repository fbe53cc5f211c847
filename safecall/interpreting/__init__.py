"""Arranging an interpreter: who is asked, when, and how long it took. Help never waits for it."""
