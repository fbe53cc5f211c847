"""Fixtures for all tests: a running service, a browser, PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from psycopg import sql

from tests.support.browser import chromium
from tests.support.postgresql import cluster
from tests.support.service import Service, migrate

pytest_plugins = ["tests.cast"]

# A busy machine is no fault of what is tested.
hypothesis.settings.register_profile("safecall", deadline=None)
hypothesis.settings.load_profile("safecall")


# What is kept, numbered and read back has to hold on both databases.
ON_BOTH_DATABASES = {
    "accountability",
    "contacts",
    "engagements",
    "feedback",
    "interpreting",
    "referrals",
    "texts",
    "ledger",
    "people",
    "privacy",
    "api",
    "canary",
}


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests of records that use the database, so that they also run on PostgreSQL."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        needs = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}
        if needs and item.path.parent.name in ON_BOTH_DATABASES:
            item.add_marker("both")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server for this run, by way of its own database."""
    with cluster() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_up_to_date(postgres_server: str) -> str:
    """The name of a database without rows, with all migrations: copying it is quick."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = urlsplit(postgres_server)._replace(path=f"/{name}").geturl()
    migrate(url)
    return name


@pytest.fixture
def postgres(postgres_server: str, postgres_up_to_date: str) -> str:
    """The address of a database without rows on PostgreSQL, for SAFECALL_DATABASE_URL."""
    name = f"test_{uuid4().hex}"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(copy.format(*map(sql.Identifier, (name, postgres_up_to_date))))
    return urlsplit(postgres_server)._replace(path=f"/{name}").geturl()


@pytest.fixture
def new_service(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """Makes services, not yet started: `new_service(database_url="", settings=None)`."""
    made: list[Service] = []

    def make(database_url: str = "", settings: dict[str, str] | None = None) -> Service:
        folder = tmp_path / f"service-{len(made)}"
        folder.mkdir()
        made.append(Service(folder, database_url, settings))
        return made[-1]

    yield make
    for service in made:
        service.kill()


@pytest.fixture
def service(new_service: Callable[..., Service]) -> Service:
    """A running service with an empty database on SQLite."""
    made: Service = new_service()
    return made.start()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; it loads the pages of services on this machine."""
    with chromium() as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own: no cookies, 1280 by 800 points, English."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US") as made:
        made.set_default_timeout(15_000)
        yield made


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page in `context`."""
    return context.new_page()
