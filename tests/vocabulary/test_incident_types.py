"""The field's codes, less the one that asks what is never asked."""

import csv
from pathlib import Path

import pytest

from safecall.vocabulary import dispositions, incident_types, languages, unit_status
from safecall.vocabulary.unit_status import ENDED, NEXT, Step

REGISTRIES = Path(__file__).parents[3] / "shared" / "registries"


def _codes(name: str) -> set[str]:
    path = REGISTRIES / name
    if not path.exists():
        pytest.skip(f"the registry {name} is not beside the project")
    with path.open(encoding="utf-8") as file:
        return {row["Value"] for row in csv.DictReader(file) if row["Value"]}


def test_immigration_is_no_incident_type_here() -> None:
    assert "ALIEN" not in incident_types.BY_CODE
    assert incident_types.REPLACED["ALIEN"] in incident_types.BY_CODE


def test_every_other_code_of_the_standard_is_there() -> None:
    standard = _codes("incident_type_common_registry.csv")
    assert set(incident_types.BY_CODE) == standard - {"ALIEN"}


def test_dispositions_and_unit_statuses_are_those_of_the_standard() -> None:
    assert set(dispositions.BY_CODE) <= _codes("common_disposition_codes_registry.csv")
    assert set(Step) <= _codes("secondary_unit_status_common_registry.csv")
    assert set(unit_status.Primary) == _codes("primary_unit_status_common_registry.csv")


def test_every_response_can_come_to_an_end() -> None:
    for step in Step:
        assert step in ENDED or NEXT[step] & ENDED


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("som", "so"), ("soomaali", "so"), ("espanol", "es"), ("Việt", "vi"), ("farsi", "fa")],
)
def test_a_language_is_found_by_any_of_its_names(typed: str, tag: str) -> None:
    assert tag in [language.tag for language in languages.search(typed)]


def test_hmong_and_chinese_are_offered_by_variety_and_never_guessed() -> None:
    assert [language.tag for language in languages.search("hmong")] == ["hmn", "mww", "hnj"]
    assert [language.tag for language in languages.search("chinese")][:3] == ["zh", "cmn", "yue"]


@pytest.mark.parametrize("text", ["so", "zh-Hant", "es-419", "hmn"])
def test_the_form_of_a_tag(text: str) -> None:
    assert languages.is_tag(text)


@pytest.mark.parametrize("text", ["Somali", "e", "es_MX", "so ", "<b>"])
def test_what_is_no_tag(text: str) -> None:
    assert not languages.is_tag(text)
