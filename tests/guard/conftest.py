"""The small engine, made once."""

from __future__ import annotations

import pytest

from safecall.guard.matching import Engine
from tests.guard.support import small_engine


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine of a few plain rules."""
    return small_engine(tmp_path_factory.mktemp("rules"))
