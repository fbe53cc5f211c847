"""Patterns: phrases as regular expressions on folded text.

Only this module, `shapes` and the folding write regular expressions; rule authors never do. All
that repeats without a bound is possessive, and everything else is short, so that no text makes
the search slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from safecall.guard.fold import BARRIER
from safecall.guard.phrases import SIGNS, WORD, Choice, Gap, Marked, Node, Sequence, Shape, Word
from safecall.guard.shapes import SHAPES

_SEP = r"""[\s\-/"'*~]++"""
_LOOSE_SEP = r"""[\s\-/"'().]{0,2}"""
_GAP_SEP = rf"[^\w.!?;{BARRIER}]++"
# Scripts that are written without spaces between words: no word boundary is asked of them.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


# In a source: a list, to be put in when the pattern is compiled, and the opening of a group.
_LIST = re.compile("\x01([^\x02]*)\x02")
_GROUP = "\x03"

#: Start, body and end of a pattern: what must hold before and after, and the phrase between.
Source = tuple[str, str, str]


def source(sequence: Sequence, lists: dict[str, str]) -> Source:
    """The source of a pattern for ``sequence``; the lists that it names are put into ``lists``."""
    start, end = _edges(sequence)
    return start, _emit(sequence, lists), end


def pattern(one: Source, lists: Mapping[str, str]) -> str:
    """The regular expression, on folded text, that finds ``one``; groups are marked parts."""
    start, body, end = one
    return start + _expand(body, lists, "(") + end


def any_pattern(sources: Iterable[Source], lists: Mapping[str, str]) -> str:
    """One regular expression that matches wherever one of ``sources`` does; no groups."""
    by_edge: dict[tuple[str, str], dict[str, None]] = {}
    for start, body, end in sources:
        by_edge.setdefault((start, end), {})[_expand(body, lists, "(?:")] = None
    return "|".join(
        f"{start}(?:{'|'.join(bodies)}){end}" for (start, end), bodies in by_edge.items()
    )


def _expand(body: str, lists: Mapping[str, str], group: str) -> str:
    while "\x01" in body:
        body = _LIST.sub(lambda match: lists[match[1]], body)
    return body.replace(_GROUP, group)


def is_unspaced(word: str) -> bool:
    """Whether ``word`` is of a script that is written without spaces between words."""
    return _UNSPACED.match(word) is not None


def _edges(sequence: Sequence) -> tuple[str, str]:
    """What must hold before and after a match, so that no word is cut."""
    texts = _texts(sequence)
    if all(text.isascii() for text in texts):
        return r"\b", r"\b"
    if any(is_unspaced(text) for text in texts):
        return "", ""
    return rf"(?<!{WORD})", rf"(?!{WORD})"


@lru_cache(maxsize=8192)
def _texts(node: Node | Sequence) -> frozenset[str]:
    """All words of ``node``."""
    if isinstance(node, Word):
        return frozenset((node.text,))
    if isinstance(node, Choice):
        return frozenset().union(*map(_texts, node.branches))
    if isinstance(node, Sequence):
        return frozenset().union(*map(_texts, node.nodes))
    return _texts(node.inside) if isinstance(node, Marked) else frozenset()


def _emit(sequence: Sequence, lists: dict[str, str]) -> str:
    out: list[str] = []
    started = False
    sep, signed = _SEP, False
    for node in sequence.nodes:
        if isinstance(node, Gap):
            out.append(rf"(?:{_GAP_SEP}{WORD}++){{0,4}}?")
            sep = _GAP_SEP
            continue
        body = _emit_node(node, lists)
        if isinstance(node, Word) and node.glued:
            out.append(body)
            continue
        signed, before = _has_sign(node), signed
        between = _SIGN_SEP if signed or before else sep
        optional = isinstance(node, Choice) and node.optional
        out.append(_join(body, between if started else "", optional=optional, sep=_after(signed)))
        started = started or not optional
        if not optional:
            sep = _SEP
    return "".join(out)


def _after(signed: bool) -> str:
    return _SIGN_SEP if signed else _SEP


def _join(body: str, before: str, *, optional: bool, sep: str) -> str:
    """``body`` with the separator before it; what opens a phrase has it after, if optional."""
    if not optional:
        return before + body
    return f"(?:{before}{body})?" if before else f"(?:{body}{sep})?"


@lru_cache(maxsize=8192)
def _has_sign(node: Node) -> bool:
    if isinstance(node, Choice):
        return any(_has_sign(part) for branch in node.branches for part in branch.nodes)
    return isinstance(node, Word) and node.text in SIGNS


def _emit_node(node: Word | Choice | Shape | Marked, lists: dict[str, str]) -> str:
    if isinstance(node, Word):
        return _emit_word(node)
    if isinstance(node, Shape):
        return f"(?:{SHAPES[node.name]})" if node.name in SHAPES else rf"{WORD}++"
    if isinstance(node, Marked):
        return f"{_GROUP}{_emit(node.inside, lists)})"
    if not node.key:
        return _emit_choice(node, lists)
    if node.key not in lists:
        lists[node.key] = _emit_choice(node, lists)
    return f"\x01{node.key}\x02"


def _emit_word(word: Word) -> str:
    if word.text in SIGNS:
        return re.escape(word.text)
    out = "".join(_LETTER.get(char, re.escape(char)) for char in word.text)
    return out + (rf"{WORD}*+" if word.prefix else "")


_SIGN_SEP = r"""[\s\-"'*~]*+"""
_LETTER = {"'": "'?", "-": _LOOSE_SEP, "/": "/?", ".": r"\.?"}


def _emit_choice(choice: Choice, lists: dict[str, str]) -> str:
    plain: list[str] = []
    others: list[str] = []
    for branch in choice.branches:
        texts = [
            node.text
            for node in branch.nodes
            if isinstance(node, Word) and not (node.prefix or node.glued or node.text in SIGNS)
        ]
        if len(texts) == len(branch.nodes):
            plain.append("\0".join(texts))
        else:
            others.append(_emit(branch, lists))
    if plain:
        others.insert(0, _trie_pattern(plain))
    return others[0] if len(others) == 1 and plain else f"(?:{'|'.join(others)})"


@dataclass(slots=True)
class _Trie:
    ends: bool
    next: dict[str, _Trie]


def _trie_pattern(words: list[str]) -> str:
    root = _Trie(False, {})
    for word in words:
        node = root
        for char in word:
            node = node.next.setdefault(char, _Trie(False, {}))
        node.ends = True
    return f"(?:{_trie_emit(root)})"


def _trie_emit(trie: _Trie) -> str:
    return "|".join(_branch(char, node) for char, node in trie.next.items())


def _branch(char: str, node: _Trie) -> str:
    head = _trie_char(char)
    while len(node.next) == 1 and not node.ends:
        [(following, node)] = node.next.items()
        head += _trie_char(following)
    return head + _tail(node)


def _trie_char(char: str) -> str:
    return _SEP if char == "\0" else _LETTER.get(char, re.escape(char))


def _tail(node: _Trie) -> str:
    if not node.next:
        return ""
    return f"(?:{_trie_emit(node)})" + ("?" if node.ends else "")
