"""Tables of ordinary sentences: every way of saying it, crossed with papers, words and persons.

A writer's sentences show what one person thought of; a table shows which combinations of plain
words a rule has forgotten. Each table may miss a few in a hundred, where a plain word alone may
mean something else ("lost the papers").
"""

from __future__ import annotations

from itertools import product

import pytest

from safecall.guard import screen

_PERSONS = (
    "She", "He", "my husband", "Her oldest", "the new cook", "Maria", "caller's mom", "his ex",
    "the victim", "Ms. Haddad", "the kid in the back seat", "Victim 2",
)  # fmt: skip
_HAVING = (
    "{who} doesn't have {paper}", "{who} never had {paper}", "{who} is still waiting for {paper}",
    "{who} applied for {paper}", "{who} lost {paper}", "{who} is trying to get {paper}",
    "{who} is here without {paper}", "{who} was denied {paper}", "{who} is about to lose {paper}",
    "{who} came here on {paper}", "{who} wants {paper}", "{who} let {paper} run out",
    "{who} has {paper} pending", "{who} will get {paper} next year", "{who} filed for {paper}",
)  # fmt: skip
_PAPERS = (
    "a green card", "a student visa", "a work visa", "asylum", "TPS", "DACA", "US citizenship",
    "permanent residence", "immigration papers", "legal status", "refugee status",
)  # fmt: skip
_BEING = (
    "{who} is {word}", "{who} isn't {word}", "{who} was {word}", "{who} will be {word}",
    "{who} might be {word}", "{who} became {word}", "heard {who} is {word}",
    "RP stated that {who} is {word}", "everyone knows {who} is {word}",
    "since {who} is {word} nobody called", "{who} is probably {word}",
)  # fmt: skip
_WORDS = (
    "undocumented", "here illegally", "here legally", "an immigrant", "a legal immigrant",
    "a refugee", "a permanent resident", "a US citizen", "not a citizen", "a green card holder",
    "an asylum seeker", "naturalized", "without papers", "without documents", "out of status",
    "deportable", "a foreign national", "a citizen of Peru", "stateless", "on a student visa",
)  # fmt: skip
_ASKING = (
    "The guard wanted to know {what}", "He asked me {what}", "A man asks kids {what}",
    "I was asked {what}", "Manager demanded to know {what}", "my teacher made us say {what}",
    "Pls ask {what}", "The form asks {what}", "Boss says tell him {what}",
)  # fmt: skip
_ASKED = (
    "if I was legal", "whether she is a citizen", "where my daughter was born",
    "what country they're from", "what passport I travel on", "which visa she's on",
    "if he's undocumented", "my immigration status", "if she has a green card",
    "how I got into the country", "if mom is here legally", "if his visa had expired",
    "who is documented and who is not", "if my kids are citizens",
)  # fmt: skip
_PERSONAS = (
    "Mi esposo", "Ella", "La señora que limpia", "mi prima", "El testigo", "Don Chuy", "mi jefe",
)  # fmt: skip
_TENER = (
    "{who} no tiene {paper}", "{who} nunca tuvo {paper}", "{who} sigue esperando {paper}",
    "{who} anda sin {paper}", "{who} quiere sacar {paper}", "a {who} le negaron {paper}",
    "{who} perdió {paper}", "a {who} se le venció {paper}", "{who} está tramitando {paper}",
)  # fmt: skip
_PAPELES = (
    "la green card", "la residencia", "la ciudadanía", "la visa de estudiante", "el TPS",
    "el asilo", "el permiso de trabajo", "el DACA", "la mica", "el estatus",
)  # fmt: skip


def _table(frames: tuple[str, ...], **cells: tuple[str, ...]) -> list[str]:
    every = product(frames, *cells.values())
    texts = [frame.format(**dict(zip(cells, rest, strict=True))) for frame, *rest in every]
    return [f"{text[0].upper()}{text[1:]}, and the truck left." for text in texts]


_TABLES = {
    "having": ("en", _table(_HAVING, who=_PERSONS, paper=_PAPERS)),
    "being": ("en", _table(_BEING, who=_PERSONS, word=_WORDS)),
    "asking": ("en", _table(_ASKING, what=_ASKED)),
    "tener": ("es", _table(_TENER, who=_PERSONAS, paper=_PAPELES)),
}


@pytest.mark.parametrize("name", _TABLES)
def test_plain_combinations_are_found(name: str) -> None:
    lang, every = _TABLES[name]
    missed = [text for text in every if not any(one.removed for one in screen(text, lang).findings)]
    assert len(missed) <= 0.03 * len(every), f"{len(missed)} of {len(every)}: {missed[:30]}"


@pytest.mark.parametrize(
    "text",
    [
        "The truck is not legal, and she never had insurance.",
        "He applied for a fishing permit and lost the papers for the boat.",
        "She was denied a refund and is still waiting for the manager.",
        "The driver is a good citizen.",
        "He was asked where the dog was born.",
        "My teacher made us say what team we are on.",
        "Ella no tiene el recibo y sigue esperando la grúa.",
    ],
)
def test_the_same_frames_around_other_things_are_left(text: str) -> None:
    assert screen(text).text == text
