"""What people read about a request and its offers. Staff pages are English."""

from collections.abc import Callable
from typing import Any, Final

from safecall.interpreting.models import InterpreterRequest
from safecall.interpreting.terms import Kind, Stage
from safecall.vocabulary.languages import label

KINDS: Final = {
    Kind.STAFF.value: "a bilingual colleague",
    Kind.ROSTER.value: "an interpreter on the roster",
    Kind.VENDOR.value: "an interpreter of a company's line",
    Kind.SUPERVISOR.value: "a supervisor",
}
STAGES: Final = {
    Stage.FIRST.value: "The first interpreter is being called",
    Stage.ALL.value: "All interpreters of this language are being called",
    Stage.VENDOR.value: "Dial the company's line now",
    Stage.SECOND_VENDOR.value: "Dial the other lines too",
    Stage.SUPERVISOR.value: "Nobody yet: the supervisor has been told",
    Stage.CONNECTED.value: "An interpreter has accepted",
    Stage.OVER.value: "Ended",
}
_ENDINGS: Final = dict(InterpreterRequest.Ending.choices)


def history_line(data: dict[str, Any]) -> str:
    """A history entry of the act `interpret`, in words; codes alone come in."""
    words = _STEPS.get(data.get("step", ""))
    return words(data) if words else "interpreter: a step of a newer release"


def _requested(data: dict[str, Any]) -> str:
    asked = f"asked for an interpreter, {label(data.get('language', ''))}"
    return f"{asked} (by itself)" if data.get("by_itself") else asked


def _language(data: dict[str, Any]) -> str:
    old, new = (label(tag) for tag in data["language"])
    return f"the language is {new}" if old == new else f"the language is {new}, not {old}"


_STEPS: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "requested": _requested,
    "language": _language,
    "consent": lambda _: "the caller agrees to a related language",
    "vendor_dialled": lambda _: "dialled a company's line for an interpreter",
    "vendor_failed": lambda _: "the company's line had no interpreter",
    "answered": lambda data: f"interpreter: {KINDS.get(data.get('by', ''), 'somebody')} accepted",
    "first_word": lambda _: "heard the first interpreted word",
    "lost": lambda _: "the interpreter was lost; others are being called",
    "supervisor_seen": lambda _: "saw that no interpreter had answered",
    "ended": lambda data: f"interpreter: {_ENDINGS.get(data.get('ending', ''), 'ended').lower()}",
}
