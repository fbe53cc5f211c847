"""`safecall ledger`: publishing the public ledger, and checking it."""

import typer

from safecall.cli.ledger import checking, keys, publishing

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="""The public ledger: publish it, check it, watch over it.

    Anyone can check a ledger: `verify`, `check-proof` and `witness` need neither the database nor
    any setting. The others belong to the department.""",
)
app.command("publish")(publishing.publish)
app.command("verify")(checking.verify)
app.command("prove")(publishing.prove)
app.command("check-proof")(checking.check_proof)
app.command("witness")(checking.witness)
app.command("nil-return")(publishing.nil_return)
app.command("telephone")(publishing.telephone)
app.command("new-key")(keys.new_key)
app.command("change-key")(keys.change_key)
