"""Loaded by pytest before Django's settings are read (`addopts` in pyproject.toml)."""

import os

os.environ["SAFECALL_ENV"] = "test"
os.environ["SAFECALL_DATABASE_URL"] = os.environ.get(
    "SAFECALL_TEST_DATABASE_URL", "sqlite:///var/unused.sqlite3"
)
