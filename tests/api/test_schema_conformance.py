"""Whatever is sent, answers are those that the OpenAPI document describes."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    ensure_resource_availability,
    ignored_auth,
    positive_data_acceptance,
)

from safecall.api.root import api
from tests.api.department import SET_UP
from tests.support.service import Service

schema = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))


@pytest.fixture(scope="module")
def department(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address and token of one running service for all operations."""
    service = Service(tmp_path_factory.mktemp("service")).start()
    yield service.url, service.python(SET_UP).split()[-1]
    service.kill()


@schema.parametrize()
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_those_described(case: schemathesis.Case, department: tuple[str, str]) -> None:
    url, token = department
    case.call_and_validate(
        base_url=url,
        headers={"Authorization": f"Bearer {token}"},
        # Ids and codes of this department cannot be part of a schema, so what fits the schema may
        # still be refused; and the tests of tokens are elsewhere.
        excluded_checks=[positive_data_acceptance, ensure_resource_availability, ignored_auth],
    )
