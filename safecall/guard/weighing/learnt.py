"""What the second reading has learnt of a language: a weight for each slot, and its words."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.kinds import RuleError
from safecall.guard.weighing.features import BITS, Runs

#: Weights are kept in so many steps on either side of nought.
STEPS: Final = 127


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which weight on a sentence says somebody's status, and what makes it be weighed.

    Attributes:
        heavy: a sentence that weighs more says somebody's status.
        light: a sentence that weighs less does not, whatever a rule finds in it.
        may_be_heavy: what its words weigh at least without their neighbours, in steps, if it is.
        may_be_light: what they weigh at most, if it is.
        known: the share of its words that must have been learnt from.
    """

    heavy: float = 0.0
    light: float = -np.inf
    may_be_heavy: float = -np.inf
    may_be_light: float = np.inf
    known: float = 0.0


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is learnt from the sentences of a language, or of several that are often mixed.

    Attributes:
        weights: for each slot, in steps; int8 of shape ``(2 ** BITS,)``.
        step: what a step weighs.
        bias: what a sentence weighs before any feature.
        bounds: see there.
        runs: what is looked at in the letters of a word.
        kinds: the words that were learnt from, each with its kind ("" for none).
        rules: the ids of the rules that may be overruled by what is light.
    """

    weights: NDArray[np.int8]
    step: float
    bias: float
    bounds: Bounds
    runs: Runs
    kinds: Mapping[str, str]
    rules: frozenset[str]


def save(learnt: Learnt, path: Path) -> None:
    """Write to ``path``, the same bytes for the same content but for the day in the archive."""
    words = "\n".join(f"{word}\t{kind}" for word, kind in sorted(learnt.kinds.items()))
    lengths, shortest = learnt.runs
    np.savez_compressed(
        path,
        weights=learnt.weights,
        scale=np.array([learnt.step, learnt.bias]),
        bounds=np.array(astuple(learnt.bounds)),
        runs=np.array([shortest, *lengths]),
        words=_packed(words),
        rules=_packed("\n".join(sorted(learnt.rules))),
    )


def _packed(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def load(path: Path) -> Learnt:
    """Read what `save` wrote.

    Raises:
        RuleError: there is no such file, or it is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            weights = data["weights"]
            words, rules = (bytes(data[one]).decode().split("\n") for one in ("words", "rules"))
            step, bias = map(float, data["scale"])
            bounds = Bounds(*map(float, data["bounds"]))
            shortest, *lengths = map(int, data["runs"])
        kinds = dict(line.split("\t") for line in words)
    except (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise RuleError(f"{path}: cannot be read ({error}); install safecall again") from None
    if weights.shape != (1 << BITS,) or weights.dtype != np.int8:
        raise RuleError(f"{path}: is of another release; install safecall again")
    runs = tuple(lengths), shortest
    return Learnt(weights, step, bias, bounds, runs, kinds, frozenset(filter(None, rules)))
