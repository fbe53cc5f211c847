"""What the second reading learns from, and that it can be learnt anew."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from safecall.guard.weighing.anchors import Anchors
from safecall.guard.weighing.learnt import STEPS
from safecall.guard.weighing.weigher import Weigher
from training import anchoring, fit, kinds
from training.__main__ import weigh
from training.material import Row, Text, cut, rule_ids

TEXTS = [
    Text("She is undocumented, says the neighbor. The dog barks all night.", ("undocumented",)),
    Text("The card was declined at the store.", ()),
]


def test_the_sentence_that_says_it_is_told_from_the_others() -> None:
    made = cut(TEXTS)
    assert [(one.words[0], one.says, one.text) for one in made] == [
        ("she", True, 0), ("the", False, 0), ("the", False, 1),
    ]  # fmt: skip


def test_words_are_of_the_kinds_of_the_rules_lists() -> None:
    found = kinds.kinds(["zorp", "illegalities", "señora"])
    assert (found["he"], found["mexico"], found["neighbor"]) == ("he", "country", "person")
    assert found["zorp"] == ""


@pytest.mark.parametrize("word", ["papers", "alien"])
@pytest.mark.parametrize("manner", [fit.MANY, fit.FEW], ids=["many", "few"])
def test_what_was_learnt_tells_sentences_apart(word: str, manner: fit.Manner) -> None:
    """Enough of two kinds, of which one word and its neighbours decide."""
    persons, verbs = ("she", "he", "my aunt", "the cook"), ("has", "lost", "wants", "needs")
    things = ("dog", "boat", "permit office", "film")
    made = [
        Row([*who.split(), verb, "no", word, "yet"], True, 0)
        for who in persons for verb in verbs
    ] + [
        Row(["the", *thing.split(), verb, "no", word, "either"], False, 1)
        for thing in things for verb in verbs
    ]  # fmt: skip
    rules = rule_ids(["en"])
    learnt = fit.bounded(fit.fit(made, manner), made, heavy=1, light=-1, rules=rules)
    assert learnt.weights.dtype == np.int8
    assert np.abs(learnt.weights).max() <= STEPS
    weights = weigh(learnt, made)
    says = np.array([one.says for one in made])
    assert weights[says].min() > 0 > weights[~says].max()
    assert set(learnt.kinds) >= {word, "dog"}
    assert "en.statement.visa" in learnt.rules
    assert learnt.bounds.known == manner.known
    heavy = Weigher(learnt).heavy([one.words for one in made if one.says])
    assert sum(heavy) > 0.9 * len(heavy)


def test_an_anchor_is_a_word_of_status_that_few_other_texts_hold() -> None:
    said = [("waraabe", "sharcidarro"), ("nin", "sharcidarrada"), ("naag", "waraaqlaaw")]
    read = [(frozenset(one), frozenset([one[1]])) for one in said]
    read += [(frozenset(["nin", word]), frozenset()) for word in ("waraaqlaaw", "guri")]
    found = anchoring.chosen(read, Counter(), Anchors(()))
    assert [one for one in found if "sharcidarro".startswith(one.removesuffix("*"))]
    assert not any(one.startswith(("nin", "guri", "waraaq")) for one in found)
    assert anchoring.chosen(read, Counter(), Anchors(["sharci*"])) == []
