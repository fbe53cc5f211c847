"""Typed values from the environment refuse nonsense, all at once, and show no secret."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from safecall.config.env import Environment


def env(**variables: str) -> Environment:
    return Environment({f"SAFECALL_{name}": value for name, value in variables.items()})


@pytest.mark.parametrize("value", ["True", "TRUE", "1", "yes", "on", "flase", "0"])
def test_a_boolean_is_true_or_false_and_nothing_else(value: str) -> None:
    wrong = env(HTTPS=value)

    assert wrong.boolean("HTTPS", True) is True
    assert wrong.problems == ["SAFECALL_HTTPS must be true or false."]


@pytest.mark.parametrize(("value", "means"), [("true", True), ("false", False), (" true ", True)])
def test_a_boolean_that_is_one(value: str, means: bool) -> None:
    right = env(HTTPS=value)

    assert right.boolean("HTTPS", not means) is means
    assert right.problems == []


@pytest.mark.parametrize("value", ["", "  "])
def test_empty_counts_as_not_set(value: str) -> None:
    unset = env(HTTPS=value, DAYS=value, HOSTS=value, KEY=value)

    assert unset.boolean("HTTPS", True) is True
    assert unset.integer("DAYS", 7) == 7
    assert unset.words("HOSTS", ["here"]) == ["here"]
    assert unset.secret("KEY") == ""
    assert unset.problems == []


@pytest.mark.parametrize("value", ["-1", "1.5", "ten", "1_000", "²", "0", "11"])
def test_a_whole_number_stays_within_its_bounds(value: str) -> None:
    wrong = env(DAYS=value)

    assert wrong.integer("DAYS", 7, least=1, most=10) == 7
    assert wrong.problems == ["SAFECALL_DAYS must be a whole number from 1 to 10."]


def test_words_are_separated_by_commas() -> None:
    assert env(HOSTS="a.example, b.example,,").words("HOSTS") == ["a.example", "b.example"]


def test_a_choice_is_one_of_its_words() -> None:
    wrong = env(ENV="prod")

    assert wrong.choice("ENV", "demo", ["demo", "production"]) == "demo"
    assert wrong.problems == ["SAFECALL_ENV must be one of demo, production."]


def test_a_secret_comes_from_a_file_of_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("open sesame\n")
    file.chmod(0o600)
    right = env(KEY_FILE=str(file))

    assert right.secret("KEY") == "open sesame"
    assert right.problems == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_a_secret_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    file.write_text("open sesame")
    file.chmod(mode)
    wrong = env(KEY_FILE=str(file))
    wrong.secret("KEY")

    assert "chmod 600" in wrong.problems[0]


def test_a_secret_given_twice_or_missing_is_refused(tmp_path: Path) -> None:
    wrong = env(KEY="open sesame", KEY_FILE=str(tmp_path / "none"))
    wrong.secret("KEY")

    assert len(wrong.problems) == 2
    assert "given twice" in wrong.problems[0]
    assert "cannot be read" in wrong.problems[1]


def test_all_problems_are_told_at_once_without_what_was_typed() -> None:
    wrong = env(HTTPS="hunter2", DAYS="hunter2", ENV="hunter2")
    wrong.boolean("HTTPS", True)
    wrong.integer("DAYS", 1)
    wrong.choice("ENV", "demo", ["demo"])

    with pytest.raises(ImproperlyConfigured) as refusal:
        wrong.refuse_if_wrong()
    for name in ("SAFECALL_HTTPS", "SAFECALL_DAYS", "SAFECALL_ENV"):
        assert name in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_secrets_of_one_beginning_are_named_whether_given_or_in_a_file() -> None:
    found = env(ACCOUNT_LINE_1="7", ACCOUNT_LINE_2_FILE="/nowhere", OTHER="x")

    assert found.named("ACCOUNT_") == ["LINE_1", "LINE_2"]
