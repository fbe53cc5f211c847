"""Interpreters to be rung."""

from tests.interpreting.conftest import interpreter

__all__ = ["interpreter"]
