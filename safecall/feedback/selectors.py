"""Counts of feedback for statements, and what waits for a supervisor.

Counts are exact; whoever publishes them hides the small ones, since they are about residents. What
a demonstration made up (`demo`) is counted like the rest, as everywhere in a demonstration.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from safecall.feedback.models import Answers, Complaint, Reply

#: What a page shows at most at once.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Replies:
    """How often each answer was given to one question."""

    yes: int
    no: int
    unsaid: int


@dataclass(frozen=True, slots=True)
class MonthAnswers:
    """The answers of one month (its first day). `coded`: how many came with a report's code, of
    which each counts once; of the others nobody knows whether they dealt with the police."""

    month: date
    answers: int
    coded: int
    helped: Replies
    own_language: Replies
    asked: Replies


@dataclass(frozen=True, slots=True)
class MonthComplaints:
    """Complaints received and settled in one month, by kind, and outcomes of those settled."""

    month: date
    received: int
    settled: int
    received_by_kind: Mapping[str, int]
    settled_by_kind: Mapping[str, int]
    outcomes: Mapping[str, int]


def answers_by_month(first: date, last: date) -> list[MonthAnswers]:
    """The months from that of `first` to that of `last` in which anybody answered. One query."""
    counts = {
        f"{question}_{reply}": Count("pk", filter=Q(**{question: reply}))
        for question in ("helped", "own_language", "asked")
        for reply in Reply.values
    }
    rows = (
        Answers.objects.filter(month__gte=first.replace(day=1), month__lte=last)
        .values("month")
        .annotate(answers=Count("pk"), with_code=Count("pk", filter=Q(coded=True)), **counts)
        .order_by("month")
    )

    def replies(row: Mapping[str, Any], question: str) -> Replies:
        return Replies(*(row[f"{question}_{reply}"] for reply in ("yes", "no", "unsaid")))

    return [
        MonthAnswers(
            row["month"],
            row["answers"],
            row["with_code"],
            replies(row, "helped"),
            replies(row, "own_language"),
            replies(row, "asked"),
        )
        for row in rows
    ]


def complaints_by_month(first: date, last: date) -> list[MonthComplaints]:
    """The months in which a complaint was received or settled, between these days. Two queries.

    A complaint that was opened again counts as settled in the month of its last settling alone.
    """
    received: dict[date, Counter[str]] = defaultdict(Counter)
    settled: dict[date, Counter[str]] = defaultdict(Counter)
    outcomes: dict[date, Counter[str]] = defaultdict(Counter)
    came = Complaint.objects.filter(received_on__range=(first, last))
    for day, kind, n in _counted(came, "received_on", "kind"):
        received[day.replace(day=1)][kind] += n
    ended = Complaint.objects.filter(settled_on__range=(first, last))
    for day, kind, outcome, n in _counted(ended, "settled_on", "kind", "outcome"):
        settled[day.replace(day=1)][kind] += n
        outcomes[day.replace(day=1)][outcome] += n
    return [
        MonthComplaints(
            month,
            received[month].total(),
            settled[month].total(),
            dict(received[month]),
            dict(settled[month]),
            dict(outcomes[month]),
        )
        for month in sorted(received.keys() | settled.keys())
    ]


def _counted(complaints: QuerySet[Complaint], *columns: str) -> Iterator[tuple[Any, ...]]:
    """The values of these columns, and how many complaints have them."""
    yield from complaints.values_list(*columns).annotate(n=Count("pk")).order_by()


def open_complaints_on(day: date) -> int:
    """Complaints received by the end of this day and not settled by then, as things stand now."""
    return (
        Complaint.objects.filter(received_on__lte=day)
        .exclude(settled_on__isnull=False, settled_on__lte=day)
        .count()
    )


def unseen_asked() -> QuerySet[Answers]:
    """Answers that say that the police asked, which no supervisor has seen yet."""
    return Answers.objects.filter(asked=Reply.YES.value, seen_at__isnull=True).order_by("month")


def open_complaints() -> Sequence[Complaint]:
    """Complaints that wait for a supervisor: those with news first, then the oldest."""
    waiting = Complaint.objects.filter(~Q(state=Complaint.State.SETTLED) | Q(news=True))
    return list(waiting.order_by("-news", "received_on", "pk")[:MOST])


def settled_lately(length: int = 20) -> Sequence[Complaint]:
    """Complaints that were settled last, newest first."""
    settled = Complaint.objects.filter(state=Complaint.State.SETTLED, news=False)
    return list(settled.order_by("-settled_on", "-pk")[:length])


def waiting() -> int:
    """How much a supervisor has not seen yet. Two queries, each in an index of its own."""
    return unseen_asked().count() + Complaint.objects.filter(news=True).count()
