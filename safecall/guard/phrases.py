"""Phrases of a rule, as authors write them, read into a tree.

The signs: ``word``, ``word*`` (any ending), ``[optional]``, ``(one|another)``, ``{list}``,
``...`` (up to four words of the same sentence), ``{@shape}`` (a number) and ``<part>`` (only
this part is removed). A group may carry an ending: ``{person}'s``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from safecall.guard.alphabet import SIGNS, WORD
from safecall.guard.fold import fold_word
from safecall.guard.shapes import SHAPES


class PhraseError(ValueError):
    """A phrase cannot be read; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word; with ``prefix``, any word that begins so; if ``glued``, an ending."""

    text: str
    prefix: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several sequences; ``optional`` if it may be absent; ``key`` names a shared list."""

    branches: tuple[Sequence, ...]
    optional: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A number, by its name in `shapes`; or any one word, as ``word``."""

    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to four words of the same sentence."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The part of a phrase that is removed."""

    inside: Sequence


Node = Word | Choice | Shape | Gap | Marked


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """Nodes one after another."""

    nodes: tuple[Node, ...]


_TOKEN = re.compile(r"\.\.\.|\{[^{}]*\}|[\[\]()<>|]|[^\s\[\]()<>|{}]+|[{}]")
_LIST_NAME = re.compile(r"@?[a-z0-9_]+")
Lists = Mapping[str, Choice]


def parse(phrase: str, lists: Lists) -> Sequence:
    """Read ``phrase``.

    Raises:
        PhraseError: an unknown sign or list, an unclosed bracket, nothing obligatory.
    """
    reader = _Reader(phrase, lists)
    sequence = reader.sequence(closing="")
    _check(sequence, phrase)
    return sequence


class _Reader:
    def __init__(self, phrase: str, lists: Lists) -> None:
        self.phrase, self.lists = phrase, lists
        self.tokens = list(_TOKEN.finditer(phrase))
        self.at = 0

    def sequence(self, closing: str) -> Sequence:
        nodes: list[Node] = []
        last_end = -1
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            sign = token.group()
            if sign == closing or (sign == "|" and closing in ("]", ")")):
                return Sequence(tuple(nodes))
            self.at += 1
            if token.start() == last_end and nodes:
                nodes.append(self.ending(sign, nodes[-1]))
            else:
                nodes.append(self.node(sign))
            last_end = self.tokens[self.at - 1].end()
        if closing:
            raise PhraseError(f"`{closing}` is missing in `{self.phrase}`")
        return Sequence(tuple(nodes))

    def node(self, sign: str) -> Node:
        if sign == "...":
            return Gap()
        if sign in "[(":
            return self.choice("]" if sign == "[" else ")")
        if sign == "<":
            inside = self.sequence(">")
            self.at += 1
            return Marked(inside)
        if sign.startswith("{") and sign.endswith("}") and len(sign) > 2:
            return self.named(sign[1:-1])
        if sign in "])>|{}":
            raise PhraseError(f"`{sign}` stands alone in `{self.phrase}`")
        return self.word(sign)

    def ending(self, sign: str, before: Node) -> Word:
        """The ending of a group: the `'s` of `{person}'s`, the star of `(migrant|refugee)*`."""
        word = fold_word(sign)
        group = isinstance(before, Choice) and not before.optional
        if group and sign == "*":
            return Word("", prefix=True, glued=True)
        if not group or not re.fullmatch(r"'[^\W_]+", word):
            raise PhraseError(f"put a space before `{sign}` in `{self.phrase}`")
        return Word(word, glued=True)

    def choice(self, closing: str) -> Choice:
        branches: list[Sequence] = []
        while True:
            branch = self.sequence(closing)
            if not branch.nodes:
                raise PhraseError(f"an empty alternative in `{self.phrase}`")
            branches.append(branch)
            self.at += 1
            if self.tokens[self.at - 1].group() == closing:
                return Choice(tuple(branches), optional=closing == "]")

    def named(self, name: str) -> Node:
        if name == "@287g":
            return Word("287-g")
        if name.startswith("@"):
            if name[1:] not in SHAPES and name != "@word":
                known = ", ".join(f"{{@{shape}}}" for shape in SHAPES)
                raise PhraseError(f"no number is called {{{name}}}; there are {known}")
            return Shape(name[1:])
        if not _LIST_NAME.fullmatch(name) or name not in self.lists:
            raise PhraseError(f"no list is called {{{name}}}; add it to lists.toml")
        return self.lists[name]

    def word(self, sign: str) -> Word:
        prefix = sign.endswith("*")
        text = fold_word(sign[:-1] if prefix else sign).strip(".,:;!?\u00bf\u00a1")
        if sign in SIGNS:
            return Word(sign)
        if not text or not re.search(r"\w", text) or re.search(rf"(?!{WORD})[^'\-/.&+]", text):
            raise PhraseError(f"`{sign}` is no word (in `{self.phrase}`)")
        return Word(text, prefix)


def _check(sequence: Sequence, phrase: str) -> None:
    nodes = sequence.nodes
    if not nodes or all(isinstance(node, Choice) and node.optional for node in nodes):
        raise PhraseError(
            f"nothing is obligatory in `{phrase}`, or in one of its alternatives: put the "
            "optional part outside the ( | )"
        )
    if isinstance(nodes[0], Gap) or isinstance(nodes[-1], Gap):
        raise PhraseError(f"`...` must stand between words in `{phrase}`")
    for node in nodes:
        if isinstance(node, Choice) and not node.key:
            for branch in node.branches:
                _check(branch, phrase)
        if isinstance(node, Marked):
            _check(node.inside, phrase)


_PIECES: Final = re.compile(rf"{WORD}+")


def pieces(word: str) -> list[str]:
    """The words of folded text that ``word`` is made of: several, if it has a hyphen."""
    return _PIECES.findall(word)
