"""The canaries, and where to look for them."""

import random
import string
from pathlib import Path

from django.db import connection

from safecall.contacts.models import Contact, Draft

PHRASES = [
    line
    for line in (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
AROUND = "Two men are at the back door. {}. They have a crowbar."


def _canary(phrase: str, seed: int) -> str:
    """The phrase in a spelling that exists once."""
    chance = random.Random(seed)
    filled = phrase.format(
        n9="".join(chance.choices(string.digits, k=9)),
        n10="".join(chance.choices(string.digits, k=10)),
    )
    return "".join(chance.choice((char.upper(), char.lower())) for char in filled)


CANARIES = [_canary(phrase, seed) for seed, phrase in enumerate(PHRASES)]
TEXTS = [AROUND.format(said) for said in CANARIES]


def everything_stored() -> str:
    """Every value of every table, sealed columns opened."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.extend(str(value) for row in cursor.fetchall() for value in row)
    for contact in Contact.objects.all():
        found += [contact.callback, contact.caller_name, contact.concern_who, contact.concern_where]
    found += [str(draft.text) for draft in Draft.objects.all()]
    return "\n".join(found)


def files_below(folder: Path) -> str:
    """All that is written in a folder."""
    return "\n".join(
        path.read_bytes().decode("utf-8", "replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


def traces(text: str) -> list[str]:
    """The canaries of which the spelling is in the text."""
    return [word for word in CANARIES if word in text]
