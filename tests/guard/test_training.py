"""What the second reading learns from, and that it can be learnt anew."""

from __future__ import annotations

import numpy as np
import pytest

from safecall.guard.weighing.features import Vocabulary
from safecall.guard.weighing.learnt import STEPS
from training import fit, kinds
from training.__main__ import weigh
from training.material import Row, Text, cut

TEXTS = [
    Text("She is undocumented. The dog barks.", ("undocumented",)),
    Text("Er hat keine Papiere, sagt die Nachbarin.", ("keine Papiere",), foreign=True),
    Text("The card was declined.", ()),
]


def test_the_sentence_that_says_it_is_told_from_the_others() -> None:
    made = cut(TEXTS)
    assert [(one.words[0], one.says, one.text) for one in made] == [
        ("she", True, 0), ("the", False, 0), ("the", False, 2),
    ]  # fmt: skip


def test_words_are_of_the_kinds_of_the_rules_lists() -> None:
    found = kinds.kinds(["zorp", "illegalities", "señora"])
    assert (found["he"], found["mexico"], found["neighbor"]) == ("he", "country", "person")
    assert found["zorp"] == ""


@pytest.mark.parametrize("word", ["papers", "alien"])
def test_what_was_learnt_tells_sentences_apart(word: str) -> None:
    """Enough of two kinds, of which one word and its neighbours decide."""
    persons, verbs = ("she", "he", "my aunt", "the cook"), ("has", "lost", "wants", "needs")
    things = ("dog", "boat", "permit office", "film")
    made = [
        Row([*who.split(), verb, "no", word, "yet"], True, 0, False)
        for who in persons for verb in verbs
    ] + [
        Row(["the", *thing.split(), verb, "no", word, "either"], False, 1, False)
        for thing in things for verb in verbs
    ]  # fmt: skip
    learnt = fit.fit(made, heavy=1, light=-1)
    assert learnt.weights.dtype == np.int8
    assert np.abs(learnt.weights).max() <= STEPS
    weights = weigh(learnt, made)
    says = np.array([one.says for one in made])
    assert weights[says].min() > 0 > weights[~says].max()
    assert set(Vocabulary(learnt.kinds).kinds) >= {word, "dog"}
    assert "en.statement.visa" in learnt.rules
