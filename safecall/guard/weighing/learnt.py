"""What the second reading has learnt: a weight for each slot, and the words it learnt from."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.kinds import RuleError
from safecall.guard.weighing.features import BITS

#: Weights are kept in so many steps on either side of nought.
STEPS: Final = 127


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is learnt from sentences.

    Attributes:
        weights: for each slot, in steps; int8 of shape ``(2 ** BITS,)``.
        step: what a step weighs.
        bias: what a sentence weighs before any feature.
        heavy: a sentence that weighs more says somebody's status.
        light: a sentence that weighs less does not, whatever a rule finds in it.
        kinds: the words that were learnt from, each with its kind ("" for none).
        rules: the ids of the rules that may be overruled so.
    """

    weights: NDArray[np.int8]
    step: float
    bias: float
    heavy: float
    light: float
    kinds: Mapping[str, str]
    rules: frozenset[str]


def save(learnt: Learnt, path: Path) -> None:
    """Write to ``path``, the same bytes for the same content but for the day in the archive."""
    words = "\n".join(f"{word}\t{kind}" for word, kind in sorted(learnt.kinds.items()))
    np.savez_compressed(
        path,
        weights=learnt.weights,
        numbers=np.array([learnt.step, learnt.bias, learnt.heavy, learnt.light]),
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
            weights, numbers = data["weights"], data["numbers"]
            words, rules = (bytes(data[one]).decode().split("\n") for one in ("words", "rules"))
        step, bias, heavy, light = map(float, numbers)
        kinds = dict(line.split("\t") for line in words)
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise RuleError(f"{path}: cannot be read ({error}); install safecall again") from None
    if weights.shape != (1 << BITS,) or weights.dtype != np.int8:
        raise RuleError(f"{path}: is of another release; install safecall again")
    return Learnt(weights, step, bias, heavy, light, kinds, frozenset(rules))
