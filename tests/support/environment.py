"""Loaded by pytest before Django's settings are read (`addopts` in pyproject.toml)."""

import os

os.environ["SAFECALL_ENV"] = "test"
os.environ["SAFECALL_DATABASE_URL"] = os.environ.get(
    "SAFECALL_TEST_DATABASE_URL", "sqlite:///var/unused.sqlite3"
)
# Playwright's loop runs in the thread of the tests, where Django then refuses its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
