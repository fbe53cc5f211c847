"""The second reading: sentences in which no rule found anything are weighed as a whole.

What it has learnt is in ``learnt.npz``, made by ``python -m training`` from the project's own
sentences; ``anchors.txt`` are the words without which a sentence is not weighed.
"""
