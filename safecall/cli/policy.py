"""``safecall policy``: a department's texts, written by one person and published by another."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from safecall.people.models import User
    from safecall.texts.models import Version

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="The texts that a department publishes about itself: the policy, a word of its own.",
)
Name = Annotated[str, typer.Option("--text", help="policy, or promise: a word on the first page.")]
Lang = Annotated[str, typer.Option("--lang", help="Tag of the language, such as es.")]
By = Annotated[str, typer.Option("--by", help="Your user name; it stands beside the version.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The id that `safecall policy list` shows.")]


@app.command("list")
def list_() -> None:
    """List all versions, the newest first.

    Example:

        safecall policy list
    """
    from safecall.cli._django import setup

    setup()
    from safecall.texts import selectors

    table = Table("id", "text", "language", "version", "state", "written by", "published by")
    for one in selectors.versions():
        by = one.published_by.display_name if one.published_by else ""
        number, state = str(one.number or ""), one.get_state_display()
        writer = one.written_by.display_name
        table.add_row(str(one.pk)[:8], one.name, one.lang, number, state, writer, by)
    if table.row_count:
        Console(soft_wrap=True).print(table)
    else:
        typer.echo("There is no text yet. Begin with: safecall policy edit --by YOUR-USER-NAME")


@app.command()
def edit(
    by: By,
    name: Name = "policy",
    lang: Lang = "en",
    file: Annotated[
        Path | None, typer.Option("--from", help="A Markdown file; else your editor opens.")
    ] = None,
    changed: Annotated[str, typer.Option("--changed", help="What changes, in a sentence.")] = "",
    draft: Annotated[str, typer.Option("--draft", help="Id of your draft, to write on.")] = "",
) -> None:
    """Write a draft: from a file, or in your editor, which starts with what is in force.

    Examples:

        safecall policy edit --by ruth

        safecall policy edit --by ruth --from policy.md --changed "We say more about detainers."
    """
    from safecall.cli._django import fail, setup

    setup()
    from safecall.texts import selectors

    one = _version(draft) if draft else None
    if file is not None:
        if not file.exists():
            fail(f"{file} does not exist.")
        body = file.read_text(encoding="utf-8")
    else:
        now = one or selectors.current(name, lang)
        start = now.body if now else selectors.model_policy() if name == "policy" else ""
        body = _in_editor(start)
        if body == start and one is not None:
            fail("Nothing was changed, so nothing was kept.")
    _write(_user(by), one, name if one is None else one.name, lang, body, changed)


def _in_editor(start: str) -> str:
    """The text as the person leaves it in the editor of $VISUAL or $EDITOR."""
    from safecall.cli._django import fail

    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.md"
        path.write_text(start, encoding="utf-8")
        try:
            done = subprocess.run([*editor, str(path)], check=False)  # noqa: S603  their editor
        except FileNotFoundError:
            fail(f"{editor[0]} is not installed. Set EDITOR, or give a file with --from.")
        if done.returncode:
            fail(f"{editor[0]} ended with an error, so nothing was kept.")
        return path.read_text(encoding="utf-8")


def _write(user: User, one: Version | None, name: str, lang: str, body: str, changed: str) -> None:
    from safecall.cli._django import fail
    from safecall.contacts.actions import ActRefused, InvalidField
    from safecall.guard import GuardUnavailable
    from safecall.texts import actions

    try:
        kept = actions.write(user, name, lang, body, changed=changed, version=one)
    except (ActRefused, InvalidField) as error:
        fail(error.message)
    except GuardUnavailable as error:
        fail(f"Nothing was kept: {error}")
    typer.echo(f"Kept as a draft. Next: safecall policy propose {str(kept.pk)[:8]} --by ...")


@app.command()
def preview(
    id_: Id, out: Annotated[Path | None, typer.Option("--out", help="Write it here.")] = None
) -> None:
    """Show a version as HTML, and what it changes against the one in force.

    Example:

        safecall policy preview 3f2a91bc --out policy.html
    """
    from safecall.cli._django import setup

    setup()
    from safecall.texts import markdown, selectors
    from safecall.texts.changes import changes

    one = _version(id_)
    html = str(markdown.html(one.body))
    if out is None:
        typer.echo(html)
    else:
        page = f'<!doctype html><html lang="{one.lang}"><meta charset="utf-8">'
        out.write_text(f"{page}<title>{one}</title>{html}", encoding="utf-8")
        typer.echo(f"{out}: open it in a browser.")
    now = selectors.current(one.name, one.lang)
    if now is not None and now.lang == one.lang and now.pk != one.pk:
        for kind, text in changes(now.body, one.body):
            typer.echo(f"{'+' if kind == 'added' else '-'} {text}", err=True)


@app.command()
def propose(id_: Id, by: By) -> None:
    """Hand your draft to a second person.

    Example:

        safecall policy propose 3f2a91bc --by ruth
    """
    _act("propose", id_, by)
    typer.echo(f"It waits for a second person: safecall policy publish {id_} --by ...")


@app.command()
def publish(id_: Id, by: By) -> None:
    """Put a proposed version in force. Never its writer, always a supervisor or administrator.

    Example:

        safecall policy publish 3f2a91bc --by sofia
    """
    done = _act("publish", id_, by)
    typer.echo(f"Version {done.number} is in force, and has its line in the ledger.")


def _act(name: str, id_: str, by: str) -> Version:
    from safecall.cli._django import fail, setup

    setup()
    from safecall.contacts.actions import ActRefused
    from safecall.texts import actions

    acts = {"propose": actions.propose, "publish": actions.publish}
    try:
        return acts[name](_user(by), _version(id_))
    except ActRefused as error:
        fail(error.message)


def _user(name: str) -> User:
    from safecall.cli._django import fail
    from safecall.people.models import User
    from safecall.people.permissions import may

    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        fail(f"There is no open account {name}. See: safecall manage staff --help")
    if not may(user, "desk:text-write"):
        fail(f"{name} may not write texts. Records clerks, supervisors and administrators may.")
    return user


def _version(id_: str) -> Version:
    from safecall.cli._django import fail
    from safecall.texts.models import Version

    typed = id_.lower()
    found = [one for one in Version.objects.only("pk") if typed and str(one.pk).startswith(typed)]
    if len(found) != 1:
        fail(f"{'Several versions begin' if found else 'No version begins'} with {id_}.")
    return Version.objects.get(pk=found[0].pk)
