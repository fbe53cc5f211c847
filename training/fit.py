"""Fitting weights: logistic regression on features scaled by how far they tell sentences apart.

Each feature is scaled by the logarithm of how much more often sentences of one kind have it than
those of the other ("NB-SVM": Wang and Manning, "Baselines and Bigrams: Simple, Good Sentiment and
Topic Classification", ACL 2012), which gave more than plain regression at the same errors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from safecall.guard.weighing.features import BITS, Vocabulary, features
from safecall.guard.weighing.learnt import STEPS, Learnt
from safecall.guard.weighing.weigher import NORM
from training.kinds import kinds
from training.material import Row, rule_ids

#: Words and features that are met less often are not learnt.
_LEAST = 2
#: How much of the data weights may follow.
_FREEDOM = 1.0
#: The part of the weights that is cut off at the ends, so that steps are fine.
_TAILS = 0.00002


def fit(sentences: Sequence[Row], heavy: float = 0, light: float = 0) -> Learnt:
    """Weights for these sentences."""
    ours = (one for one in sentences if not one.foreign)
    known = Counter(word for one in ours for word in set(one.words))
    vocabulary = kinds(word for word, count in known.items() if count >= _LEAST)
    matrix = of(Vocabulary(vocabulary), sentences)
    says = np.array([one.says for one in sentences])
    scales = _scales(matrix, says)
    model = LogisticRegression(solver="liblinear", C=_FREEDOM, max_iter=100, random_state=1)
    model.fit(matrix @ sp.diags(scales), says)
    weights = model.coef_.ravel() * scales
    most = float(np.quantile(np.abs(weights), 1 - _TAILS))
    step = most / STEPS
    steps = np.clip(np.rint(weights / step), -STEPS, STEPS).astype(np.int8)
    bias = float(model.intercept_[0])
    return Learnt(steps, step, bias, heavy, light, vocabulary, rule_ids())


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
