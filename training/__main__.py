"""Learns the weights of the guard's second reading, and says what they add and cost.

    python -m training              learn from all sentences, write what was learnt
    python -m training so ar        of these languages alone
    python -m training --try        only show what sentences would be found, by cross-validation
    python -m training --changed 3  let it find something in 3 of 1,000 clean texts at most
    python -m training --lost 2     let it overrule rules in 2 of 1,000 sentences of status at most

Each text is judged by weights that were learnt without it (five parts, each judged by the other
four). A sentence that weighs more than a bound says somebody's status, in English and Spanish one
that weighs less than another says nobody's, whatever a rule finds in it; both bounds are what
judging allows.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from safecall.guard.weighing.anchors import Anchors, listed
from safecall.guard.weighing.features import Vocabulary
from safecall.guard.weighing.learnt import Learnt, save
from safecall.guard.weighing.scale import GROUPS, learnt_of
from training.fit import FEW, MANY, Manner, bounded, fit, of
from training.material import Row, Text, cut, rule_ids, texts

Floats = NDArray[np.float64]

_PARTS = 5
_LEVELS = (1, 2, 3, 5, 10)
#: Nothing weighs as little as this.
_NOTHING = -99.0
_MANY = "en"


def main() -> int:
    """See --help."""
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    known = sorted(lang for group in GROUPS for lang in group)
    parser.add_argument("lang", nargs="*", help="languages; all by default")
    parser.add_argument("--try", dest="only", action="store_true", help="write nothing")
    number = {"type": float, "metavar": "N"}
    parser.add_argument("--changed", help="of 1,000 clean texts", **number)
    parser.add_argument("--lost", help="of 1,000 of status, in English and Spanish", **number)
    wanted = parser.parse_args()
    if unknown := sorted(set(wanted.lang) - set(known)):
        parser.error(f"not learnt: {', '.join(unknown)}; there are {', '.join(known)}")
    groups = [one for one in GROUPS if not wanted.lang or not set(one).isdisjoint(wanted.lang)]
    for place, group in enumerate(groups, 1):
        print(f"{place} of {len(groups)}: {', '.join(group)}")
        _learn(group, wanted)
    return 0


def _learn(group: Sequence[str], wanted: argparse.Namespace) -> None:
    """Learn of the languages of a group, and write what was learnt."""
    started = time.monotonic()
    manner = MANY if _MANY in group else FEW
    changed = manner.changed if wanted.changed is None else wanted.changed
    lost = manner.lost if wanted.lost is None else wanted.lost
    every = texts(group)
    sentences = cut(every)
    status = sum(bool(one.says) for one in every)
    print(f"{len(every):,} texts, {status:,} of status; {len(sentences):,} sentences", flush=True)
    weights = _judged(every, sentences, manner)
    heavy = _heavy(every, sentences, weights, changed)
    light = _light(sentences, weights, lost) if manner.lost else -np.inf
    if not wanted.only:
        rules = rule_ids(group) if manner.lost else frozenset[str]()
        path = learnt_of(group)
        save(bounded(fit(sentences, manner), sentences, heavy, light, rules), path)
        size = path.stat().st_size / 1024
        print(f"Learnt in {time.monotonic() - started:.0f} s: {path} ({size:,.0f} KiB)")


def _judged(every: Sequence[Text], sentences: Sequence[Row], manner: Manner) -> Floats:
    """What each sentence weighs, by weights that have not seen its text."""
    out = np.zeros(len(sentences))
    part = np.random.default_rng(1).integers(0, _PARTS, len(every))[[one.text for one in sentences]]
    for number in range(_PARTS):
        judged = np.flatnonzero(part == number)
        learnt = fit([sentences[at] for at in np.flatnonzero(part != number)], manner)
        out[judged] = weigh(learnt, [sentences[at] for at in judged])
    return out


def weigh(learnt: Learnt, sentences: Sequence[Row]) -> Floats:
    """What sentences weigh."""
    matrix = of(Vocabulary(learnt.kinds, learnt.runs), sentences)
    found: Floats = matrix @ (learnt.weights * learnt.step) + learnt.bias
    return found


def _heavy(
    every: Sequence[Text], sentences: Sequence[Row], weights: Floats, changed: float
) -> float:
    """From which weight on a sentence says somebody's status; prints what others would find."""
    known = Anchors(listed())
    texts = np.full(len(every), _NOTHING)
    some = [at for at, one in enumerate(sentences) if known.among(one.words)]
    np.maximum.at(texts, [sentences[at].text for at in some], weights[some])
    says = np.array([bool(one.says) for one in every])
    clean = np.sort(texts[~says])[::-1]
    print("of 1,000 clean texts changed   heavier than   status found")
    return _bound(clean, changed, lambda least: float((texts[says] > least).mean()))


def _light(sentences: Sequence[Row], weights: Floats, lost: float) -> float:
    """Up to which weight a sentence says nobody's, whatever a rule finds in it."""
    says = np.array([one.says for one in sentences])
    status = np.sort(weights[says])
    print("of 1,000 of status lost        lighter than   others left")
    return _bound(status, lost, lambda most: float((weights[~says] < most).mean()))


def _bound(judged: Floats, wanted: float, share: Callable[[float], float]) -> float:
    """The weight that ``wanted`` of 1,000 of ``judged`` are beyond; prints others too, each with
    what it brings.
    """
    bounds = {level: float(judged[int(len(judged) * level / 1000)]) for level in {*_LEVELS, wanted}}
    for level, bound in sorted(bounds.items()):
        print(f"{level:28.1f}   {bound:12.2f}   {share(bound):12.1%}")
    return bounds[wanted]


if __name__ == "__main__":
    sys.exit(main())
