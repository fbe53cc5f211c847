"""Fitting weights: logistic regression on features scaled by how far they tell sentences apart.

Each feature is scaled by the logarithm of how much more often sentences of one kind have it than
those of the other ("NB-SVM": Wang and Manning, "Baselines and Bigrams: Simple, Good Sentiment and
Topic Classification", ACL 2012), which gave more than plain regression at the same errors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from safecall.guard.weighing.features import BITS, Runs, Vocabulary, features
from safecall.guard.weighing.learnt import STEPS, Bounds, Learnt
from safecall.guard.weighing.weigher import NORM, Weigher, Words
from training.kinds import kinds
from training.material import Row

#: Words and features that are met less often are not learnt.
_LEAST = 2
#: How much of the data weights may follow.
_FREEDOM = 1.0
#: The part of the weights that is cut off at the ends, so that steps are fine.
_TAILS = 0.00002
#: The part of heavy and of light sentences whose words may not weigh so by themselves.
_APART = 0.03


@dataclass(frozen=True, slots=True)
class Manner:
    """How a language is learnt.

    Attributes:
        runs: what is looked at in the letters of a word; of short ones more, the fewer sentences.
        kinds: whether words count as what they are, too (`training.kinds`).
        known: as in `Bounds`.
        changed: of 1,000 clean texts so many may have something that is heavy, by themselves.
        lost: of 1,000 sentences of status so many may be light.
    """

    runs: Runs = ((2, 3, 4, 5), 1)
    kinds: bool = False
    known: float = 0.25
    changed: float = 6.0
    lost: float = 0.0


#: Of English and Spanish there are ten times as many sentences as of any other language. Of
#: sentences with status 99.7 % have so many words that were learnt from.
MANY = Manner(runs=((4, 5), 4), kinds=True, known=0.75, changed=10.0, lost=8.0)
FEW = Manner()


def fit(sentences: Sequence[Row], manner: Manner) -> Learnt:
    """Weights for these sentences; without bounds."""
    counts = Counter(word for one in sentences for word in set(one.words))
    words = [word for word, count in counts.items() if count >= _LEAST and not word.isdigit()]
    vocabulary = kinds(words) if manner.kinds else dict.fromkeys(words, "")
    matrix = of(Vocabulary(vocabulary, manner.runs), sentences)
    says = np.array([one.says for one in sentences])
    scales = _scales(matrix, says)
    model = LogisticRegression(solver="liblinear", C=_FREEDOM, max_iter=100, random_state=1)
    model.fit(matrix @ sp.diags(scales), says)
    weights = model.coef_.ravel() * scales
    step = float(np.quantile(np.abs(weights), 1 - _TAILS)) / STEPS
    steps = np.clip(np.rint(weights / step), -STEPS, STEPS).astype(np.int8)
    bias = float(model.intercept_[0])
    bounds = Bounds(known=manner.known)
    return Learnt(steps, step, bias, bounds, manner.runs, vocabulary, frozenset())


def bounded(
    learnt: Learnt, sentences: Sequence[Row], heavy: float, light: float, rules: frozenset[str]
) -> Learnt:
    """With these bounds, and the rules that what is light overrules."""
    bounds = replace(learnt.bounds, heavy=heavy, light=light)
    weigher = Weigher(replace(learnt, bounds=bounds))
    status, others = (
        [one.words for one in sentences if one.says == says] for says in (True, False)
    )
    least = _alone(weigher, compress(status, weigher.heavy(status)), _APART)
    most = _alone(weigher, compress(others, weigher.light(others)), 1 - _APART)
    bounds = replace(bounds, may_be_heavy=least, may_be_light=most)
    return replace(learnt, bounds=bounds, rules=rules)


def _alone(weigher: Weigher, rows: Iterable[Words], part: float) -> float:
    """What the words of a part of these weigh less than by themselves."""
    found = [weigher.alone(words) for words in rows]
    return float(np.quantile(found, part)) if found else 0.0


def of(vocabulary: Vocabulary, sentences: Sequence[Row]) -> sp.csr_matrix:
    """The features of sentences, a row each."""
    every = features(vocabulary, [one.words for one in sentences])
    shape = len(sentences), 1 << BITS
    ones = np.ones(len(every.slots), np.float32)
    matrix = sp.csr_matrix((ones, (every.rows, every.slots)), shape=shape)
    number = np.bincount(every.rows, minlength=len(sentences))
    return (sp.diags((NORM / np.sqrt(np.maximum(number, 1))).astype(np.float32)) @ matrix).tocsr()


def _scales(matrix: sp.csr_matrix, says: NDArray[np.bool_]) -> NDArray[np.float32]:
    there = matrix.copy()
    there.data[:] = 1
    yes, no = (np.asarray(there[which].sum(0)).ravel() for which in (says, ~says))
    odds = np.log((yes + 1) / (yes + 1).sum()) - np.log((no + 1) / (no + 1).sum())
    return np.where(yes + no >= _LEAST, np.abs(odds) + 0.05, 0).astype(np.float32)
