"""`safecall feedback`: what people say of the police."""

from typing import Annotated

import typer

from safecall.cli._django import fail, setup

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def feedback() -> None:
    """Three questions without an account, and complaints without a name (docs/feedback.md).

    Example:

      safecall feedback text --language es
    """


@app.command()
def text(
    language: Annotated[
        str, typer.Option(help="A language that the public pages come in: en, es ...")
    ] = "en",
) -> None:
    """Print a text message that invites whoever called to say how it went.

    Nothing is sent. Send it only where nobody else may read it: at home with a violent partner, a
    message from the police is a danger.

    Examples:

      safecall feedback text

      safecall feedback text --language es
    """
    setup()
    from django.conf import settings

    from safecall.feedback.invitation import text_message

    if not settings.PUBLIC_URL:
        fail(
            "Where is this service? Set SAFECALL_PUBLIC_URL, such as https://calls.police.example."
        )
    offered = [tag for tag, _ in settings.LANGUAGES]
    if language not in offered:
        fail(f"--language is one of: {', '.join(offered)}.")
    typer.echo(text_message(language))
