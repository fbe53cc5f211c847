"""Any engagement that can be said, for hypothesis."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from safecall.engagements.facts import Facts, Instrument, Predicate, Resources, TaskForce
from safecall.vocabulary.engagements import occasion, outcome


def _sets(kind: Any) -> st.SearchStrategy[Any]:
    return st.frozensets(st.sampled_from(kind), max_size=4)


PAPERS = st.builds(
    Instrument,
    st.sampled_from(occasion.InstrumentKind),
    st.sampled_from(occasion.Signer),
    st.sampled_from(occasion.Court),
)


def facts(**fixed: Any) -> st.SearchStrategy[Facts]:
    """Any facts, of the last hundred days; `fixed` fields are as given."""
    held = st.integers(0, 3)
    moments = st.integers(10, 100 * 24 * 60).map(
        lambda minutes: datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=minutes)
    )
    fields: dict[str, Any] = {
        "direction": st.sampled_from(occasion.Direction),
        "authority": st.sampled_from(occasion.Authority),
        "happened_at": moments,
        "purpose_class": st.sampled_from(occasion.Purpose),
        "request_types": _sets(occasion.RequestKind),
        "instruments": st.lists(PAPERS, max_size=2).map(tuple),
        "subject_role": st.sampled_from(occasion.SubjectRole),
        "subject_count": st.integers(0, 10),
        "predicate": st.builds(
            Predicate,
            st.sampled_from(["", "609.52", "13A", "152.021"]),
            st.sampled_from(occasion.OffenseLevel),
            st.sampled_from(occasion.Stage),
            st.sampled_from([None, True, False]),
        ),
        "how_identified": st.sampled_from(occasion.Identified),
        "decision": st.sampled_from(outcome.Decision),
        "decline_reason": st.sampled_from(outcome.DeclineReason),
        "decided_at": st.none() | moments,
        "legal_basis": st.sampled_from(outcome.Basis),
        "actions_taken": _sets(outcome.Action),
        "custody_outcome": st.sampled_from(outcome.Custody),
        "custody_event_at": st.none() | moments,
        "custody_received_by": st.sampled_from(outcome.Receiver),
        "held_minutes": held,
        "held_beyond_release": st.just(True),
        "subject_notice": st.sampled_from(outcome.Notice),
        "interview_consent": st.sampled_from(outcome.Consent),
        "resources": st.builds(
            Resources, st.integers(0, 9), st.integers(0, 900), st.integers(0, 5), st.integers(0, 2)
        ),
        "task_force": st.builds(
            TaskForce,
            st.sampled_from(["", "lake-drugs"]),
            st.integers(0, 5),
            st.integers(0, 5),
            st.sampled_from(occasion.TaskForcePurpose),
            _sets(occasion.Agency),
        ).map(lambda one: replace(one, arrests=one.arrests + one.immigration_arrests)),
        "exigency": st.sampled_from(outcome.Exigency),
        "source": st.sampled_from(occasion.Source),
    }
    for name, value in fixed.items():
        fields[name] = value if isinstance(value, st.SearchStrategy) else st.just(value)
    if "held_beyond_release" not in fixed:
        # Who was held for a minute was held; said otherwise, the act puts it right.
        return st.booleans().flatmap(
            lambda was_held: st.builds(
                Facts,
                **{
                    **fields,
                    "held_beyond_release": st.just(was_held),
                    "held_minutes": held if was_held else st.just(0),
                },
            )
        )
    return st.builds(Facts, **fields)
