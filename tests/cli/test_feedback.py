"""`safecall feedback text` prints an invitation that names nobody."""

import pytest
from typer.testing import CliRunner

from safecall.cli.main import app


@pytest.mark.parametrize(("language", "words"), [("en", "Were you helped?"), ("es", "ayudaron?")])
def test_the_text_of_each_language(language: str, words: str) -> None:
    done = CliRunner().invoke(app, ["feedback", "text", "--language", language])
    assert done.exit_code == 0
    assert words in done.stdout
    assert f"/{language}/feedback" in done.stdout
    assert "911" in done.stdout
    assert len(done.stdout) < 200, "it fits two short messages"


def test_a_language_without_pages_is_named() -> None:
    done = CliRunner().invoke(app, ["feedback", "text", "--language", "xx"])
    assert done.exit_code == 2
    assert "en, es" in done.stderr
